extension RawColumn {
  /// How dates are written, where the column is one of dates.
  var temporalFormat: TemporalFormat? {
    if case .temporal(let values) = values { values.format } else { nil }
  }

  /// The column read again where its words were no numbers or dates for want of knowledge: words
  /// that stand for a missing value, the order of day and month.
  func reading(missing tokens: [String], dateOrder: TemporalOrder?) -> RawColumn {
    switch values {
    case .numeric, .temporal: return self
    case .coded, .text: break
    }
    guard !tokens.isEmpty || (dateOrder != nil && spelling.hasAmbiguousDates) else { return self }
    let promotion = ColumnPromotion(
      numbers: NumberScanner(decimalMark: spelling.decimalComma ? 0x2C : 0x2E),
      tokens: MissingTokens(ReadingOptions.standardMissingTokens + tokens), dateOrder: dateOrder,
      isForcedText: false)
    let (again, spelled) = promotion.promote(values, spelling)
    switch again {
    case .numeric, .temporal:
      return RawColumn(
        name: name, position: position, values: again, spelling: spelled, isRowIndex: isRowIndex)
    case .coded, .text:
      return self
    }
  }

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
    let blank = Set(tokens.map { Array($0.utf8) })
    let levels = (0..<coded.levels.count).map { level -> [UInt8] in
      let bytes = Array(coded.levels.bytes(at: level))
      return blank.contains(bytes) ? [] : bytes
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

extension NumericValues {
  /// The column with some numbers taken as missing.
  func masking(_ numbers: [Double]) -> NumericValues {
    let hidden = Set(numbers)
    guard values.contains(where: { hidden.contains($0) }) else { return self }
    let present = values.indices.map { self[$0].map { !hidden.contains($0) } ?? false }
    return NumericValues(
      values: values.indices.map { present[$0] ? values[$0] : 0 },
      validity: ValidityMask(present: present))
  }
}
