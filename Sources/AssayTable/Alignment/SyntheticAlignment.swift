import AssayDocument

/// Brings the synthetic rows into the form of the real side and collects every difference.
struct SyntheticAlignment {
  private let real: RealTables
  private let table: RawTable
  private(set) var data: [ColumnData] = []
  private(set) var levels: [SharedLevels?] = []
  private(set) var unfit: [Int: String] = [:]
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
        addMissing(column, at: position)
        continue
      }
      add(table.columns[found], as: column, at: position)
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
    for position in match.extra {
      let column = table.columns[position]
      if position == 0, RowIndexName.matches(column.name) {
        note(
          .droppedIndex, [column.name], "the first column has no name: row numbers",
          "it is left out")
      } else if real.droppedIndex != column.name {
        note(
          .extraColumn, [column.name], "the real table has no such column", "it is left out")
      }
    }
  }

  private mutating func addMissing(_ column: ColumnSchema, at position: Int) {
    let rows = table.rowCount
    data.append(
      column.kind.isNominal
        ? .nominal([Int32](repeating: -1, count: rows))
        : .numeric(NumericValues(allMissing: rows)))
    levels.append(real.realLevels[position])
    representation.append([])
    unfit[position] = "the synthetic table lacks the column"
    note(
      .missingColumn, [column.name], "the synthetic table lacks the column",
      column.isFeature ? "it scores as shuffled columns or uniform values would" : "it is left out")
  }

  private mutating func add(_ raw: RawColumn, as column: ColumnSchema, at position: Int) {
    var differences: [String] = []
    if column.kind.isNominal, var matcher = real.matchers[position],
      let known = real.realLevels[position]
    {
      matcher.resetCount()
      let own = ColumnConversion.levels(of: raw, missing: column.missingTokens)
      let map = own.levels.map { matcher.position(of: $0) }
      let codes = own.codes.map { $0 < 0 ? -1 : map[Int($0)] }
      data.append(.nominal(codes))
      levels.append(
        SharedLevels(
          names: matcher.names, trainingCount: known.trainingCount, realCount: known.realCount))
      if matcher.respelled > 0 {
        let noun = matcher.respelled == 1 ? "1 level is" : "\(matcher.respelled) levels are"
        differences.append("\(noun) written differently (blanks, letter case or 1 and 1.0)")
      }
      noteEmpty(column, at: position, present: raw.values.presentCount)
    } else {
      let conversion = ColumnConversion(raw, to: column.kind, missing: column.missingTokens)
      data.append(conversion.data)
      levels.append(nil)
      if let reason = conversion.unfit {
        unfit[position] = reason
        note(
          .unfitColumn, [column.name], "the synthetic column \(reason)",
          "it scores as shuffled columns or uniform values would")
      } else if conversion.unreadable > 0 {
        note(
          .unreadableCells, [column.name],
          "\(conversion.unreadable) cells cannot be read as \(column.kind.rawValue)",
          "they count as missing")
      }
      noteEmpty(column, at: position, present: raw.values.presentCount)
      differences += SpellingComparison.differences(
        real: real.spellings[position], synthetic: raw.spelling, kind: column.kind)
    }
    representation.append(differences)
    if !differences.isEmpty {
      note(
        .spelling, [column.name], differences.joined(separator: "; "),
        real.matchesSpelling ? "matched" : "not matched")
    }
  }

  private mutating func noteEmpty(_ column: ColumnSchema, at position: Int, present: Int) {
    guard present == 0, real.training.columns[position].presentCount > 0 else { return }
    unfit[position] = "no synthetic row has a value"
    note(
      .emptyColumn, [column.name], "no synthetic row has a value", "it scores as shuffled columns or uniform values would")
  }
}

/// Tells how the same kind of value is written on two sides.
enum SpellingComparison {
  static func differences(real: Spelling, synthetic: Spelling, kind: ColumnKind) -> [String] {
    var found: [String] = []
    guard kind == .integer || kind == .real else { return found }
    let realWhole = real.pointCount == 0 && real.integerCount > 0
    if realWhole, synthetic.pointCount > 0, synthetic.pointCount >= synthetic.integerCount {
      found.append("1 is written as 1.0")
    } else if real.pointCount > 0, real.pointCount >= real.integerCount,
      synthetic.pointCount == 0, synthetic.integerCount > 0, real.integerCount == 0
    {
      found.append("1.0 is written as 1")
    }
    if kind == .real, synthetic.maxDecimals > real.maxDecimals + 2 {
      found.append(
        "up to \(synthetic.maxDecimals) decimals, the real values have \(real.maxDecimals)")
    }
    if real.decimalComma != synthetic.decimalComma { found.append("another decimal mark") }
    if real.exponentCount == 0, synthetic.exponentCount > 0 {
      found.append("some values are in scientific notation")
    }
    let realTokens = Set(real.missingTokens.map(\.token))
    let synthTokens = Set(synthetic.missingTokens.map(\.token))
    if !synthTokens.subtracting(realTokens).isEmpty {
      found.append("another word for missing values")
    }
    return found
  }
}
