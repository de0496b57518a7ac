public import AssayDocument
import AssayNumerics

/// The real side of a comparison: schema, training and holdout rows, and what was fitted on them.
///
/// It exists before the synthetic rows are read, so that nothing fitted here can depend on them.
public struct RealTables: Sendable {
  /// What the columns are.
  public let schema: TableSchema
  /// The rows that the generator saw.
  public let training: AlignedTable
  /// The rows that the generator never saw.
  public let holdout: AlignedTable?
  /// Fitted on training alone, a fit for each column of the schema.
  public let fits: [ColumnFit?]
  /// How values are written in training and holdout, by column.
  let spellings: [Spelling]
  /// The file names and digests of the two sides.
  public let sources: [TableRole: TableSummary]
  /// Differences in form between holdout and training.
  public let disagreements: [Disagreement]
  /// Whether spellings are matched or taken as they stand.
  public let matchesSpelling: Bool
  /// The level matcher of each nominal column, ready for the synthetic side.
  let matchers: [LevelMatcher?]
  /// The levels of each nominal column on the real side.
  let realLevels: [SharedLevels?]
  /// A column of row numbers that was dropped.
  let droppedIndex: String?

  /// Aligns the real rows.
  ///
  /// - Parameters:
  ///   - training: The rows that the generator saw.
  ///   - holdout: Rows that it never saw, with the same columns.
  ///   - declared: What the user says of the columns.
  ///   - matchesSpelling: Whether differences of spelling alone are bridged.
  ///   - settings: Numbers of bins.
  ///   - threads: How many threads fit the columns; the result does not depend on it.
  /// - Throws: ``AlignmentError`` with every problem.
  /// - Complexity: O(cells · log rows).
  public init(
    training: RawTable, holdout: RawTable?, declared: SchemaDeclaration,
    matchesSpelling: Bool = true, settings: BinSettings = BinSettings(), threads: Int = 1
  ) throws(AlignmentError) {
    let inference = SchemaInference(training: training, holdout: holdout, declared: declared)
    guard inference.problems.isEmpty else { throw AlignmentError(.schema, inference.problems) }
    guard training.rowCount > 0 else {
      throw AlignmentError(.tooFewRows, ["\(training.name): no rows"])
    }
    if let holdout, holdout.rowCount == 0 {
      throw AlignmentError(.tooFewRows, ["\(holdout.name): no rows"])
    }
    schema = inference.schema
    droppedIndex = inference.droppedIndex
    self.matchesSpelling = matchesSpelling
    var disagreements: [Disagreement] = []
    if let dropped = droppedIndex {
      disagreements.append(
        Disagreement(
          code: .droppedIndex, role: .training, columns: [dropped],
          sentence: "the first column has no name and counts the rows",
          consequence: "it is left out"))
    }
    let trainingColumns = inference.schema.columns.compactMap { column in
      training.columns.first { $0.name == column.name }
    }
    spellings = trainingColumns.map(\.spelling)
    let holdoutColumns = try Self.holdoutColumns(
      holdout, schema: inference.schema, matchesSpelling: matchesSpelling, into: &disagreements)

    var trainingData: [ColumnData] = []
    var holdoutData: [ColumnData] = []
    var matchers: [LevelMatcher?] = []
    var levels: [SharedLevels?] = []
    for (position, column) in inference.schema.columns.enumerated() {
      let raw = trainingColumns[position]
      let other = holdoutColumns?[position]
      guard column.kind.isNominal else {
        let own = ColumnConversion(raw, to: column.kind, missing: column.missingTokens)
        trainingData.append(own.data)
        if let other {
          let theirs = ColumnConversion(other, to: column.kind, missing: column.missingTokens)
          holdoutData.append(theirs.data)
          if let unfit = theirs.unfit {
            throw AlignmentError(.holdout, ["holdout column '\(column.name)' \(unfit)"])
          }
        }
        matchers.append(nil)
        levels.append(nil)
        continue
      }
      var matcher = LevelMatcher(matchesSpelling: matchesSpelling)
      for name in column.order { _ = matcher.define(name) }
      let own = ColumnConversion.levels(of: raw, missing: column.missingTokens)
      let map = own.levels.map { matcher.define($0) }
      trainingData.append(.nominal(own.codes.map { $0 < 0 ? -1 : map[Int($0)] }))
      let trainingCount = matcher.names.count
      if let other {
        matcher.resetCount()
        let theirs = ColumnConversion.levels(of: other, missing: column.missingTokens)
        let theirMap = theirs.levels.map { matcher.position(of: $0) }
        holdoutData.append(.nominal(theirs.codes.map { $0 < 0 ? -1 : theirMap[Int($0)] }))
      }
      levels.append(
        SharedLevels(
          names: matcher.names, trainingCount: trainingCount, realCount: matcher.names.count))
      matchers.append(matcher)
    }
    self.matchers = matchers
    realLevels = levels
    self.training = AlignedTable(rowCount: training.rowCount, columns: trainingData)
    self.holdout = holdout.map { AlignedTable(rowCount: $0.rowCount, columns: holdoutData) }
    self.disagreements = disagreements
    var sources: [TableRole: TableSummary] = [.training: training.summary]
    sources[.holdout] = holdout?.summary
    self.sources = sources
    do throws(NumericsError) {
      fits = try ColumnFit.fit(
        self.training, schema: inference.schema, levels: levels, settings: settings,
        threads: threads)
    } catch {
      throw AlignmentError(.cancelled, [error.message])
    }
  }

  private static func holdoutColumns(
    _ holdout: RawTable?, schema: TableSchema, matchesSpelling: Bool,
    into disagreements: inout [Disagreement]
  ) throws(AlignmentError) -> [RawColumn]? {
    guard let holdout else { return nil }
    let match = HeaderMatch(
      training: schema.columns.map(\.name), other: holdout.columns.map(\.name),
      matchesSpelling: matchesSpelling)
    let lacking = schema.columns.indices.filter { match.positions[$0] == nil }
    guard lacking.isEmpty else {
      throw AlignmentError(
        .holdout,
        lacking.map { "holdout \(holdout.name) lacks column '\(schema.columns[$0].name)'" }
          + ["the holdout must have the columns of the real training table"])
    }
    for pair in match.renamed {
      disagreements.append(
        Disagreement(
          code: .renamedColumn, role: .holdout, columns: [pair.training],
          sentence: "the header is written differently in the holdout",
          consequence: "matched"))
    }
    return match.positions.compactMap { $0.map { holdout.columns[$0] } }
  }
}
