import AssayDocument

/// Brings training and holdout rows into one form and collects every problem and difference.
struct RealAlignment {
  private let inference: SchemaInference
  private let declared: [String: ColumnDeclaration]
  private let matchesSpelling: Bool
  private(set) var training: [ColumnData] = []
  private(set) var holdout: [ColumnData] = []
  private(set) var matchers: [LevelMatcher?] = []
  private(set) var levels: [SharedLevels?] = []
  private(set) var disagreements: [Disagreement] = []
  /// Declarations that the data do not bear out.
  private(set) var schemaProblems: [String] = []
  /// Why the holdout cannot stand beside the training rows.
  private(set) var holdoutProblems: [String] = []

  init(_ inference: SchemaInference, declared: SchemaDeclaration, matchesSpelling: Bool) {
    self.inference = inference
    self.declared = Dictionary(
      declared.columns.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.matchesSpelling = matchesSpelling
  }

  mutating func align(training: RawTable, holdout: RawTable?) {
    if let dropped = inference.droppedIndex {
      note(
        .droppedIndex, .training, [dropped], "the first column holds row numbers",
        "it is left out")
    }
    if let holdout, let match = inference.holdoutMatch { compareHeaders(holdout, match) }
    for (position, column) in inference.schema.columns.enumerated() {
      let side = inference.sides[position]
      let isOpen = side.all.contains { $0.spelling.hasAmbiguousDates && $0.temporalFormat == nil }
      if isOpen, declared[column.name]?.kind == nil, column.isFeature || column.kind == .text {
        note(
          .openDateOrder, .training, [column.name],
          "its dates leave the order of day and month open",
          (column.kind == .text ? "it is not compared" : "its values are compared as words")
            + "; give the order by --date-order dmy or --date-order mdy")
      }
      if column.kind.isNominal { addNominal(column, side) } else { addValues(column, side) }
    }
  }

  private mutating func note(
    _ code: Disagreement.Code, _ role: TableRole, _ columns: [String], _ sentence: String,
    _ consequence: String
  ) {
    disagreements.append(
      Disagreement(
        code: code, role: role, columns: columns, sentence: sentence, consequence: consequence))
  }

  private mutating func compareHeaders(_ holdout: RawTable, _ match: HeaderMatch) {
    let lacking = inference.sides.filter { $0.holdout == nil }.map(\.training.name)
    holdoutProblems += lacking.map { "holdout \(holdout.name) lacks column '\($0)'" }
    if !lacking.isEmpty {
      holdoutProblems.append("the holdout must have the columns of the real training table")
    }
    for pair in match.renamed {
      note(
        .renamedColumn, .holdout, [pair.training],
        "the header is written differently in the holdout", "matched")
    }
    for place in match.extra {
      let column = holdout.columns[place]
      if place == 0, column.isRowIndex || RowIndexName.matches(column.name) {
        note(
          .droppedIndex, .holdout, [column.name],
          "the first column of the holdout holds row numbers", "it is left out")
      } else {
        note(
          .extraColumn, .holdout, [column.name],
          "the holdout has a column that the real table has not", "it is left out")
      }
    }
  }

  private mutating func refuse(_ column: ColumnSchema, _ problem: String) {
    schemaProblems.append(
      "\(SchemaInference.line(declared[column.name]))column '\(column.name)' \(problem)")
  }

  private mutating func addValues(_ column: ColumnSchema, _ side: RealColumn) {
    let own = ColumnConversion(
      side.training, to: column.kind, missing: column.missingTokens,
      matchesSpelling: matchesSpelling)
    training.append(own.data)
    matchers.append(nil)
    levels.append(nil)
    var sides = [own]
    if let other = side.holdout {
      let theirs = ColumnConversion(
        other, to: column.kind, missing: column.missingTokens, matchesSpelling: matchesSpelling)
      holdout.append(theirs.data)
      sides.append(theirs)
      if own.unfit == nil, let unfit = theirs.unfit {
        holdoutProblems.append("holdout column '\(column.name)' \(unfit)")
      }
    }
    if let unfit = own.unfit {
      refuse(column, "is declared as \(column.kind.rawValue) but \(unfit)")
    } else if column.kind == .integer, declared[column.name]?.kind == .integer {
      let fractions = sides.reduce(0) { $0 + ($1.data.numeric?.fractionCount ?? 0) }
      if fractions > 0 {
        refuse(column, "is declared as integer but \(fractions) of its numbers are not whole")
      }
    }
  }

  private mutating func addNominal(_ column: ColumnSchema, _ side: RealColumn) {
    // Only names without an order of their own are told apart by spelling alone.
    let isOpen = column.kind == .category
    var matcher = LevelMatcher(
      matchesSpelling: matchesSpelling, isBoolean: column.kind == .boolean)
    for name in column.order { _ = matcher.define(name) }
    let own = ColumnConversion.levels(of: side.training, missing: column.missingTokens)
    let map = own.levels.map { isOpen ? matcher.define($0) : matcher.position(of: $0) }
    training.append(.nominal(own.codes.map { $0 < 0 ? -1 : map[Int($0)] }))
    let trainingCount = matcher.names.count
    if let other = side.holdout {
      matcher.resetCount()
      let theirs = ColumnConversion.levels(of: other, missing: column.missingTokens)
      let theirMap = theirs.levels.map { matcher.position(of: $0) }
      holdout.append(.nominal(theirs.codes.map { $0 < 0 ? -1 : theirMap[Int($0)] }))
      if matcher.respelled > 0 {
        note(
          .spelling, .holdout, [column.name],
          SpellingComparison.levels(matcher.respelled),
          matchesSpelling ? "matched" : "not matched")
      }
    }
    let count = matcher.names.count
    levels.append(
      SharedLevels(names: matcher.names, trainingCount: trainingCount, realCount: count))
    matchers.append(matcher)
    if declared[column.name]?.kind == .boolean, count > 2 {
      refuse(column, "is declared as boolean but has \(count) different values")
    }
    let beyond = count - column.order.count
    if column.kind == .ordinal, !column.order.isEmpty, beyond > 0 {
      refuse(
        column,
        beyond == 1
          ? "has 1 level that its 'order' lacks" : "has \(beyond) levels that its 'order' lacks")
    }
  }
}

extension NumericValues {
  /// The number of values that are not whole.
  var fractionCount: Int { values.reduce(into: 0) { if $1 != $1.rounded() { $0 += 1 } } }
}
