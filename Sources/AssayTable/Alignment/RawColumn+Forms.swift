extension RawColumn {
  /// The cells as levels in order of first appearance, numbers and dates in one spelling.
  func codedValues() -> CodedValues {
    switch values {
    case .coded(let values): values
    case .numeric(let values): values.codedValues()
    case .temporal(let values):
      NumericValues(values: values.values, validity: values.validity).codedValues()
    case .text(let values): values.coded()
    }
  }

  /// The cells as bytes; declared words for missing become blank.
  func textValues(missing tokens: [String]) -> TextValues {
    if case .text(let values) = values, tokens.isEmpty { return values }
    let coded = codedValues()
    let blank = Set(tokens.map { $0.lowercased() })
    let levels = (0..<coded.levels.count).map { level -> [UInt8] in
      let bytes = Array(coded.levels.bytes(at: level))
      return blank.contains(String(decoding: bytes, as: UTF8.self).lowercased()) ? [] : bytes
    }
    var bytes: [UInt8] = []
    var offsets = [0]
    offsets.reserveCapacity(coded.codes.count + 1)
    for code in coded.codes {
      if code >= 0 { bytes.append(contentsOf: levels[Int(code)]) }
      offsets.append(bytes.count)
    }
    return TextValues(bytes: bytes, offsets: offsets)
  }
}

extension RawTable {
  /// What a document says of the file.
  public var summary: TableSummary {
    TableSummary(
      name: name, sha256: source.sha256, bytes: source.bytes, rows: rowCount,
      columns: columns.count, notices: notices.map(\.description))
  }
}
