import AssayFiles
import AssayTable

/// A table whose cells can be changed, between two raw tables.
struct EditableTable: Sendable {
  var name: String
  var columns: [EditableColumn]

  init(name: String, columns: [EditableColumn]) {
    self.name = name
    self.columns = columns
  }

  init(_ raw: RawTable) {
    name = raw.name
    columns = raw.columns.map(EditableColumn.init)
  }

  /// The number of rows.
  var rowCount: Int { columns.first?.count ?? 0 }

  /// The rows given, in that order.
  func gathered(_ rows: [Int]) -> EditableTable {
    EditableTable(name: name, columns: columns.map { $0.gathered(rows) })
  }

  /// Replaces rows by rows of another table; columns that the other lacks keep their cells.
  mutating func replace(_ pairs: [(row: Int, source: Int)], from other: EditableTable) {
    for position in columns.indices {
      guard let source = other.columns.first(where: { $0.name == columns[position].name }) else {
        continue
      }
      columns[position].replace(pairs, from: source)
    }
  }

  /// The table as the reader would have read it.
  func raw() -> RawTable {
    RawTable(
      name: name, rowCount: rowCount,
      columns: columns.enumerated().map { $0.element.raw(position: $0.offset) },
      source: SourceInfo(
        sha256: "", bytes: 0, format: .delimitedText, delimiter: ",", hasHeader: true,
        encoding: .utf8, compression: .none),
      notices: [])
  }
}

extension EditableColumn {
  /// Above this number of levels a column of mostly different strings keeps its bytes.
  private static let codedLevels = 10_000

  /// The column as the reader would have read it.
  func raw(position: Int) -> RawColumn {
    switch cells {
    case .numbers(let values, _):
      return RawColumn(
        name: name, position: position, values: .numeric(Self.numeric(values)),
        spelling: CellSpelling.spelling(numbers: values))
    case .dates(let values, let granularity, let format):
      let numbers = Self.numeric(values)
      var spelling = Spelling()
      spelling.blankCount = numbers.missingCount
      spelling.parsedCount = numbers.presentCount
      return RawColumn(
        name: name, position: position,
        values: .temporal(
          TemporalValues(
            values: numbers.values, validity: numbers.validity, granularity: granularity,
            format: format)), spelling: spelling)
    case .levels(let codes, let names):
      let coded = CodedColumn(codes: codes, names: names)
      let values = CodedValues(codes: coded.codes, levels: LevelList(coded.names))
      var spelling = Spelling()
      spelling.blankCount = codes.count { $0 < 0 }
      spelling.distinctCount = coded.names.count
      let filled = codes.count - spelling.blankCount
      let isText = coded.names.count > Self.codedLevels && coded.names.count * 2 > filled
      return RawColumn(
        name: name, position: position,
        values: isText ? .text(Self.text(coded)) : .coded(values), spelling: spelling)
    }
  }

  private static func numeric(_ values: [Double?]) -> NumericValues {
    let mask = ValidityMask(present: values.map { $0 != nil })
    return NumericValues(values: values.map { $0 ?? 0 }, validity: mask)
  }

  private static func text(_ coded: CodedColumn) -> TextValues {
    var bytes: [UInt8] = []
    var offsets = [0]
    for code in coded.codes {
      if code >= 0 { bytes.append(contentsOf: coded.names[Int(code)].utf8) }
      offsets.append(bytes.count)
    }
    return TextValues(bytes: bytes, offsets: offsets)
  }
}
