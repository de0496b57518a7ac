/// Brings a column as it was read into the form that its kind asks for.
struct ColumnConversion: Sendable {
  /// The values.
  var data: ColumnData
  /// Cells that have a value which cannot be read as the column's kind; they count as missing.
  var unreadable = 0
  /// Why the whole column cannot be compared.
  var unfit: String?

  /// Converts to numbers, points in time or bytes; nominal columns go through ``nominal``.
  init(_ column: RawColumn, to kind: ColumnKind, missing tokens: [String]) {
    switch kind {
    case .integer, .real:
      self.init(numbers: column, missing: tokens)
    case .datetime:
      self.init(times: column)
    default:
      self.init(data: .bytes(column.textValues(missing: tokens)))
    }
  }

  private init(data: ColumnData) { self.data = data }

  private init(numbers column: RawColumn, missing tokens: [String]) {
    switch column.values {
    case .numeric(let values):
      data = .numeric(values)
    case .coded(let values):
      let converted = values.numericValues(
        missingTokens: ReadingOptions.standardMissingTokens + tokens)
      data = .numeric(converted.values)
      unreadable = converted.unparsedCount
    case .text(let values):
      let converted = values.numericValues(
        missingTokens: ReadingOptions.standardMissingTokens + tokens)
      data = .numeric(converted.values)
      unreadable = converted.unparsedCount
    case .temporal(let values):
      data = .numeric(NumericValues(allMissing: values.count))
      unfit = "holds dates where the real column holds numbers"
    }
    noteUnfit(of: column, expected: "numbers")
  }

  private init(times column: RawColumn) {
    switch column.values {
    case .temporal(let values):
      data = .numeric(NumericValues(values: values.values, validity: values.validity))
    case .numeric(let values) where values.presentCount == 0:
      data = .numeric(values)
    default:
      data = .numeric(NumericValues(allMissing: column.values.count))
      if column.values.presentCount > 0 {
        unfit = "cannot be read as dates, as the real column can"
      }
    }
  }

  private mutating func noteUnfit(of column: RawColumn, expected: String) {
    let present = column.values.presentCount
    guard unfit == nil, present > 0, unreadable * 2 > present else { return }
    unfit = "most of its values are not \(expected)"
  }

  /// The levels of a column and the code of each row, in order of first appearance.
  static func levels(
    of column: RawColumn, missing tokens: [String]
  ) -> (codes: [Int32], levels: [String]) {
    let coded = column.codedValues()
    let names = (0..<coded.levels.count).map { coded.levels[$0] }
    guard !tokens.isEmpty else { return (coded.codes, names) }
    var position = [Int32](repeating: -1, count: names.count)
    var kept: [String] = []
    let lower = Set(tokens.map { $0.lowercased() })
    for (level, name) in names.enumerated() where !lower.contains(name.lowercased()) {
      position[level] = Int32(kept.count)
      kept.append(name)
    }
    return (coded.codes.map { $0 < 0 ? -1 : position[Int($0)] }, kept)
  }
}
