/// Brings a column as it was read into the form that its kind asks for.
struct ColumnConversion: Sendable {
  /// The values.
  private(set) var data: ColumnData
  /// Cells that have a value which cannot be read as the column's kind; they count as missing.
  private(set) var unreadable = 0
  /// Why the whole column cannot be compared.
  private(set) var unfit: String?
  /// Whether the decimal mark is a comma where the file's other numbers have a point.
  private(set) var hasDecimalComma = false

  /// Converts to numbers, points in time or bytes; nominal columns go through ``levels(of:missing:)``.
  init(_ column: RawColumn, to kind: ColumnKind, missing tokens: [String], matchesSpelling: Bool) {
    switch kind {
    case .integer, .real:
      self.init(
        numbers: column, missing: tokens, mayHaveComma: matchesSpelling && kind == .real)
    case .datetime:
      self.init(times: column, missing: tokens)
    default:
      self.init(data: .bytes(column.textValues(missing: tokens)))
    }
  }

  private init(data: ColumnData) { self.data = data }

  /// Takes numbers as they are.
  init(_ numbers: NumericValues) { data = .numeric(numbers) }

  private init(numbers column: RawColumn, missing tokens: [String], mayHaveComma: Bool) {
    let words = ReadingOptions.standardMissingTokens + tokens
    switch column.values {
    case .numeric(let values):
      let hidden = tokens.compactMap { NumberSpelling.canonical($0).flatMap(Double.init) }
      data = .numeric(values.masking(hidden))
    case .temporal(let values):
      data = .numeric(NumericValues(allMissing: values.count))
      unfit = "holds dates, not numbers"
    case .coded, .text:
      data = .numeric(NumericValues(allMissing: 0))
      read(column.codedValues(), missing: words, mayHaveComma: mayHaveComma)
    }
    let present = column.values.presentCount
    guard unfit == nil, present > 0, unreadable * 2 > present else { return }
    unfit =
      column.holdsIntervals
      ? "holds intervals such as (a, b], not numbers" : "holds mostly words, not numbers"
  }

  /// Words as numbers, with a decimal comma where nothing else makes numbers of them.
  private mutating func read(_ values: CodedValues, missing words: [String], mayHaveComma: Bool) {
    let plain = values.numericValues(missingTokens: words)
    data = .numeric(plain.values)
    unreadable = plain.unparsedCount
    guard mayHaveComma, unreadable > 0, !Self.mayBeThousands(values) else { return }
    let comma = values.numericValues(missingTokens: words, decimalComma: true)
    guard comma.unparsedCount * 10 < unreadable else { return }
    data = .numeric(comma.values)
    unreadable = comma.unparsedCount
    hasDecimalComma = true
  }

  /// Whether every comma stands before exactly three digits, as one between thousands does.
  private static func mayBeThousands(_ values: CodedValues) -> Bool {
    for level in 0..<values.levels.count {
      let bytes = values.levels.bytes(at: level)
      guard let comma = bytes.lastIndex(of: 0x2C) else { continue }
      let digits = bytes[(comma + 1)...].prefix { (0x30...0x39).contains($0) }
      if digits.count != 3 { return false }
    }
    return true
  }

  private init(times column: RawColumn, missing tokens: [String]) {
    switch column.values {
    case .temporal(let values):
      let list = LevelList(tokens)
      let survey = LevelSurvey(
        list, rows: [Int](repeating: 0, count: list.count),
        numbers: NumberScanner(decimalMark: 0x2E),
        tokens: MissingTokens([]))
      let hidden = survey.temporalValues(values.format).compactMap { $0?.seconds }
      data = .numeric(
        NumericValues(values: values.values, validity: values.validity).masking(hidden))
    case .numeric(let values) where values.presentCount == 0:
      data = .numeric(values)
    default:
      data = .numeric(NumericValues(allMissing: column.values.count))
      guard column.holdsValues(missing: tokens) else { return }
      unreadable = column.values.presentCount
      unfit =
        column.spelling.hasAmbiguousDates
        ? "holds dates that leave the order of day and month open; give it by --date-order"
        : "cannot be read as dates"
    }
  }

  /// The levels of a column and the code of each row, in order of first appearance.
  ///
  /// Cells of blanks alone and the given words have no level.
  static func levels(
    of column: RawColumn, missing tokens: [String]
  ) -> (codes: [Int32], levels: [String]) {
    let coded = column.codedValues()
    let names = coded.levels.strings
    let hidden = Set(tokens.map { Array($0.utf8) })
    var position = [Int32](repeating: -1, count: names.count)
    var kept: [String] = []
    for (level, name) in names.enumerated() {
      let isBlank = name.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
      if isBlank || hidden.contains(Array(name.utf8)) { continue }
      position[level] = Int32(kept.count)
      kept.append(name)
    }
    guard kept.count < names.count else { return (coded.codes, names) }
    return (coded.codes.map { $0 < 0 ? -1 : position[Int($0)] }, kept)
  }
}

extension RawColumn {
  /// Whether there is a value that is neither blank nor a word for a missing one.
  fileprivate func holdsValues(missing tokens: [String]) -> Bool {
    guard case .coded(let coded) = values else { return values.presentCount > 0 }
    let words = Set(ReadingOptions.standardMissingTokens + tokens)
    return coded.levels.strings.contains { !$0.trimmed.isEmpty && !words.contains($0.trimmed) }
  }

  /// Whether the first values are intervals.
  fileprivate var holdsIntervals: Bool {
    guard case .coded(let coded) = values, coded.levels.count > 0 else { return false }
    return (0..<min(coded.levels.count, 20)).allSatisfy {
      let text = coded.levels[$0].trimmed
      guard let first = text.first, let last = text.last else { return true }
      return "([".contains(first) && ")]".contains(last) && text.contains(",")
    }
  }
}
