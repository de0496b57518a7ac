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
  /// The columns as they were read.
  let sides: [RealColumn]
  /// The file names and digests of the two sides.
  public let sources: [TableRole: TableSummary]
  /// Rows of the population that neither side holds, where they were given.
  public private(set) var reference: AlignedTable?
  /// The file of these rows.
  public private(set) var referenceSource: TableSummary?
  /// Differences in form between holdout and training, and what the real side leaves open.
  public let disagreements: [Disagreement]
  /// The real rows weighed to declared differences; `nil` where none are declared.
  public let intended: IntendedRows?
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
  ///   - intended: Differences that are on purpose.
  ///   - settings: Numbers of bins.
  ///   - threads: How many threads fit the columns; the result does not depend on it.
  /// - Throws: ``AlignmentError`` with every problem.
  /// - Complexity: O(cells · log rows).
  public init(
    training: RawTable, holdout: RawTable?, declared: SchemaDeclaration,
    matchesSpelling: Bool = true, intended: [IntendedDifference] = [],
    settings: BinSettings = BinSettings(), threads: Int = 1
  ) throws(AlignmentError) {
    let empty = [training, holdout].compactMap(\.self).filter { $0.rowCount == 0 }
    guard empty.isEmpty else {
      throw AlignmentError(.tooFewRows, empty.map { "\($0.name): no rows" })
    }
    let survey = ColumnSurvey(
      training: training, holdout: holdout, declared: declared, matchesSpelling: matchesSpelling)
    let seen: [ColumnSurvey.Seen]
    do throws(NumericsError) {
      seen = try survey.look(threads: threads)
    } catch {
      throw AlignmentError(.cancelled, [error.message])
    }
    let inference = SchemaInference(survey, seen, declared: declared)
    var alignment = RealAlignment(
      inference, declared: declared, matchesSpelling: matchesSpelling)
    alignment.align(training: training, holdout: holdout)
    let problems = inference.problems + alignment.schemaProblems
    guard problems.isEmpty else {
      throw AlignmentError(.schema, problems + alignment.holdoutProblems)
    }
    guard alignment.holdoutProblems.isEmpty else {
      throw AlignmentError(.holdout, alignment.holdoutProblems)
    }
    schema = inference.schema
    droppedIndex = inference.droppedIndex
    sides = inference.sides
    self.matchesSpelling = matchesSpelling
    matchers = alignment.matchers
    realLevels = alignment.levels
    disagreements = alignment.disagreements
    self.training = AlignedTable(rowCount: training.rowCount, columns: alignment.training)
    self.holdout = holdout.map {
      AlignedTable(rowCount: $0.rowCount, columns: alignment.holdout)
    }
    if intended.isEmpty {
      self.intended = nil
    } else {
      var resolution = IntendedResolution(
        schema: inference.schema, levels: alignment.levels, matchers: alignment.matchers,
        training: self.training, holdout: self.holdout)
      self.intended = resolution.rows(intended)
      guard resolution.problems.isEmpty else {
        throw AlignmentError(.schema, resolution.problems)
      }
    }
    var sources: [TableRole: TableSummary] = [.training: training.summary]
    sources[.holdout] = holdout?.summary
    self.sources = sources
    do throws(NumericsError) {
      fits = try ColumnFit.fit(
        self.training, schema: inference.schema, levels: alignment.levels, settings: settings,
        threads: threads)
    } catch {
      throw AlignmentError(.cancelled, [error.message])
    }
  }

  /// Adds rows of the population that neither side holds, in the form of the real side.
  ///
  /// Nothing is fitted on them: levels that they alone have equal no level of another row.
  ///
  /// - Throws: ``AlignmentError`` where there are no rows, or columns that are compared are lacking or
  ///   cannot be read.
  /// - Complexity: O(cells).
  public mutating func add(reference table: RawTable) throws(AlignmentError) {
    guard table.rowCount > 0 else {
      throw AlignmentError(.tooFewRows, ["\(table.name): no rows"])
    }
    var builder = SyntheticAlignment(self, table)
    builder.align()
    let problems = schema.featureIndices.compactMap { column -> String? in
      let name = schema.columns[column].name
      if builder.lacking.contains(column) {
        return "the reference \(table.name) lacks column '\(name)'"
      }
      return builder.unfit[column] == nil
        ? nil
        : "column '\(name)' of the reference \(table.name) cannot be compared with the real one"
    }
    guard problems.isEmpty else {
      throw AlignmentError(
        .reference, problems + ["the reference must have the columns of the real table"])
    }
    reference = AlignedTable(rowCount: table.rowCount, columns: builder.data)
    referenceSource = table.summary
  }
}
