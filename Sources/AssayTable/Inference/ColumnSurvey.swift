import AssayNumerics

/// Looks at the columns of the real files, each on its own.
struct ColumnSurvey: Sendable {
  /// What was seen of one column.
  struct Seen: Sendable {
    let sides: RealColumn
    let evidence: ColumnEvidence
  }

  /// The columns of the training file.
  let columns: [RawColumn]
  /// How the holdout's header fits.
  let match: HeaderMatch?
  /// The first declaration of each name.
  let declarations: [String: ColumnDeclaration]
  private let holdout: RawTable?
  private let matchesSpelling: Bool

  init(
    training: RawTable, holdout: RawTable?, declared: SchemaDeclaration, matchesSpelling: Bool
  ) {
    columns = training.columns
    self.holdout = holdout
    self.matchesSpelling = matchesSpelling
    match = holdout.map {
      HeaderMatch(
        training: training.columns.map(\.name), other: $0.columns.map(\.name),
        matchesSpelling: matchesSpelling)
    }
    declarations = Dictionary(
      declared.columns.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Looks at the column at a place of the training file.
  ///
  /// - Complexity: O(rows).
  func look(at place: Int) -> Seen {
    let column = columns[place]
    let sides = RealColumn(
      training: column, holdout: match?.positions[place].flatMap { holdout?.columns[$0] },
      missing: declarations[column.name]?.missingTokens ?? [], matchesSpelling: matchesSpelling)
    return Seen(sides: sides, evidence: ColumnEvidence(sides.all))
  }

  /// Looks at every column, several at a time.
  ///
  /// - Throws: `.cancelled` when the surrounding task is cancelled.
  func look(threads: Int) throws(NumericsError) -> [Seen] {
    try parallelChunks(count: columns.count, chunk: 1, threads: threads) {
      look(at: $0.lowerBound)
    }
  }
}

/// One column as it was read from the real files, with dates settled across them.
struct RealColumn: Sendable {
  let training: RawColumn
  let holdout: RawColumn?

  /// Every side that there is.
  var all: [RawColumn] { [training] + (holdout.map { [$0] } ?? []) }

  /// How dates are written, where they are.
  var temporal: TemporalFormat? { training.temporalFormat ?? holdout?.temporalFormat }

  /// Reads declared words for a missing value, and dates in the order that the other side shows.
  init(training: RawColumn, holdout: RawColumn?, missing: [String], matchesSpelling: Bool) {
    let own = training.reading(missing: missing, dateOrder: nil)
    let other = holdout?.reading(missing: missing, dateOrder: nil)
    guard matchesSpelling else {
      self.training = own
      self.holdout = other
      return
    }
    self.training = own.reading(missing: missing, dateOrder: other?.temporalFormat?.order)
    self.holdout = other?.reading(missing: missing, dateOrder: own.temporalFormat?.order)
  }
}
