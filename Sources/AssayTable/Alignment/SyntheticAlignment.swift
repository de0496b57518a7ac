import AssayDocument

/// Brings the synthetic rows into the form of the real side and collects every difference.
struct SyntheticAlignment {
  private let real: RealTables
  private let table: RawTable
  private(set) var data: [ColumnData] = []
  private(set) var levels: [SharedLevels?] = []
  private(set) var unfit: [Int: String] = [:]
  /// Columns that the synthetic table lacks.
  private(set) var lacking: Set<Int> = []
  private(set) var disagreements: [Disagreement] = []
  private(set) var representation: [[String]] = []

  init(_ real: RealTables, _ table: RawTable) {
    self.real = real
    self.table = table
  }

  mutating func align() {
    let names = real.schema.columns.map(\.name)
    let match = HeaderMatch(
      training: names, other: table.columns.map(\.name), matchesSpelling: real.matchesSpelling)
    noteHeaders(match)
    for (position, column) in real.schema.columns.enumerated() {
      guard let found = match.positions[position] else {
        addMissing(column, at: position, match)
        continue
      }
      let order = real.matchesSpelling ? real.sides[position].temporal?.order : nil
      let raw = table.columns[found].reading(missing: column.missingTokens, dateOrder: order)
      if column.kind.isNominal {
        addNominal(raw, as: column, at: position)
      } else {
        addValues(raw, as: column, at: position)
      }
    }
    let found = match.positions.compactMap(\.self)
    if found != found.sorted() {
      note(.columnOrder, [], "the columns come in another order", "matched by name")
    }
  }

  private mutating func note(
    _ code: Disagreement.Code, _ columns: [String], _ sentence: String, _ consequence: String
  ) {
    disagreements.append(
      Disagreement(
        code: code, role: .synthetic, columns: columns, sentence: sentence,
        consequence: consequence))
  }

  private mutating func noteHeaders(_ match: HeaderMatch) {
    for pair in match.renamed {
      note(.renamedColumn, [pair.training], "the header is written differently", "matched")
    }
    for place in match.extra {
      let column = table.columns[place]
      if place == 0, column.isRowIndex || RowIndexName.matches(column.name) {
        note(
          .droppedIndex, [column.name], "the first column holds row numbers", "it is left out")
      } else if real.droppedIndex != column.name {
        note(
          .extraColumn, [column.name], "the real table has no such column", "it is left out")
      }
    }
  }

  private static func consequence(_ column: ColumnSchema) -> String {
    column.isFeature ? "it counts as a complete miss" : "it is not compared"
  }

  private mutating func addMissing(
    _ column: ColumnSchema, at position: Int, _ match: HeaderMatch
  ) {
    let rows = table.rowCount
    switch real.training.columns[position] {
    case .nominal: data.append(.nominal([Int32](repeating: -1, count: rows)))
    case .numeric: data.append(.numeric(NumericValues(allMissing: rows)))
    case .bytes:
      data.append(
        .bytes(TextValues(bytes: [], offsets: [Int](repeating: 0, count: rows + 1))))
    }
    levels.append(real.realLevels[position])
    representation.append([])
    unfit[position] = "the synthetic table lacks the column"
    lacking.insert(position)
    var sentence = "the synthetic table lacks the column"
    if let other = match.unmatched[position] {
      sentence += " ('\(other)' is written differently)"
    } else if let near = EditDistance.suggestion(
      for: column.name, among: match.extra.map { table.columns[$0].name })
    {
      sentence += " (is it '\(near)'?)"
    }
    note(.missingColumn, [column.name], sentence, Self.consequence(column))
  }

  private mutating func addNominal(_ raw: RawColumn, as column: ColumnSchema, at position: Int) {
    guard var matcher = real.matchers[position], let known = real.realLevels[position] else {
      return
    }
    matcher.resetCount()
    let own = ColumnConversion.levels(of: raw, missing: column.missingTokens)
    let map = own.levels.map { matcher.position(of: $0) }
    let codes = own.codes.map { $0 < 0 ? -1 : map[Int($0)] }
    data.append(.nominal(codes))
    levels.append(
      SharedLevels(
        names: matcher.names, trainingCount: known.trainingCount, realCount: known.realCount))
    noteEmpty(column, at: position)
    var differences: [String] = []
    if matcher.respelled > 0 {
      differences.append(SpellingComparison.levels(matcher.respelled))
    } else {
      differences += SpellingComparison.differences(
        real.sides[position], raw, kind: column.kind)
    }
    noteSpelling(differences, of: column, isMatched: real.matchesSpelling)
  }

  private mutating func addValues(_ raw: RawColumn, as column: ColumnSchema, at position: Int) {
    var differences: [String] = []
    var conversion = ColumnConversion(
      raw, to: column.kind, missing: column.missingTokens, matchesSpelling: real.matchesSpelling)
    if real.matchesSpelling, column.kind == .integer, conversion.unfit != nil,
      real.training.columns[position].numeric?.isZeroOne == true,
      let numbers = raw.readingTruthWords(missing: column.missingTokens)
    {
      conversion = ColumnConversion(numbers)
      differences.append("1 and 0 are written as words")
    }
    data.append(conversion.data)
    levels.append(nil)
    if !real.matchesSpelling, column.kind == .datetime, conversion.unfit == nil,
      let own = real.sides[position].temporal, let other = raw.temporalFormat, own != other
    {
      setUnfit(
        "writes dates as \(other.rawValue), the real one as \(own.rawValue)", column, position)
    } else if let reason = conversion.unfit {
      setUnfit(reason, column, position)
    } else {
      noteCells(conversion, raw, column)
      noteEmpty(column, at: position)
    }
    differences += SpellingComparison.differences(real.sides[position], raw, kind: column.kind)
    if conversion.hasDecimalComma, !differences.contains(SpellingComparison.decimalMark) {
      differences.append(SpellingComparison.decimalMark)
    }
    noteSpelling(differences, of: column, isMatched: unfit[position] == nil)
  }

  private mutating func setUnfit(_ reason: String, _ column: ColumnSchema, _ position: Int) {
    unfit[position] = reason
    note(.unfitColumn, [column.name], "the synthetic column \(reason)", Self.consequence(column))
  }

  /// Single cells that do not fit.
  private mutating func noteCells(
    _ conversion: ColumnConversion, _ raw: RawColumn, _ column: ColumnSchema
  ) {
    let total = raw.values.presentCount
    if conversion.unreadable > 0 {
      let share = KindInference.percent(conversion.unreadable, of: total)
      note(
        .unreadableCells, [column.name], "\(share) of the values cannot be read as numbers",
        "they count as missing")
    }
    if column.kind == .integer, let fractions = conversion.data.numeric?.fractionCount,
      fractions > 0
    {
      note(
        .fractions, [column.name],
        "\(KindInference.percent(fractions, of: total)) of the numbers are not whole, all real "
          + "ones are", "they are compared as they are")
    }
  }

  private mutating func noteSpelling(
    _ differences: [String], of column: ColumnSchema, isMatched: Bool
  ) {
    representation.append(differences)
    guard !differences.isEmpty else { return }
    let consequence =
      !isMatched ? "not matched" : real.matchesSpelling ? "matched" : "compared by value"
    note(.spelling, [column.name], differences.joined(separator: "; "), consequence)
  }

  private mutating func noteEmpty(_ column: ColumnSchema, at position: Int) {
    guard data[position].presentCount == 0, real.training.columns[position].presentCount > 0 else {
      return
    }
    unfit[position] = "no synthetic row has a value"
    note(
      .emptyColumn, [column.name], "no synthetic row has a value", Self.consequence(column))
  }
}

extension NumericValues {
  /// Whether there are values and each is 0 or 1.
  var isZeroOne: Bool { presentCount > 0 && values.allSatisfy { $0 == 0 || $0 == 1 } }
}
