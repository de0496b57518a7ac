public import AssayDocument

/// Training, synthetic and holdout rows that provably share schema, levels, bins and scales.
///
/// There is no other way to hand data to a metric, so no metric can bin or scale each side on its
/// own. It carries two frames of different type: ``reference``, fitted on training alone, and
/// ``exchangeable``, fitted on training and holdout together and blind to which row is which.
public struct Comparison: Sendable {
  /// The real side.
  public let real: RealTables
  /// The rows under test, in the form of the real side.
  public let synthetic: AlignedTable
  /// The levels of each nominal column, of all roles.
  public let levels: [SharedLevels?]
  /// Columns that the synthetic side lacks or that cannot be compared, with the reason.
  public let unfit: [Int: String]
  /// Every difference in form between the sides.
  public let disagreements: [Disagreement]
  /// For each column, how the synthetic side writes it differently.
  public let representation: [[String]]
  /// The synthetic file.
  public let source: TableSummary
  /// Vectors that were given for the rows, where they were given for the rows under test too.
  public var embeddings: GivenEmbeddings?

  /// The view that is fitted on training alone.
  public var reference: ReferenceFrame { ReferenceFrame(self) }

  /// The view that treats training and holdout alike.
  public var exchangeable: ExchangeableFrame { ExchangeableFrame(self) }

  /// What the columns are.
  public var schema: TableSchema { real.schema }

  /// The rows of a role.
  public func table(_ role: TableRole) -> AlignedTable? {
    switch role {
    case .training: real.training
    case .synthetic: synthetic
    case .holdout: real.holdout
    }
  }

  /// Aligns synthetic rows with the real side.
  ///
  /// - Throws: ``AlignmentError`` where no column can be compared, more than half are lacking, or there are
  ///   no rows.
  /// - Complexity: O(cells).
  public init(_ real: RealTables, synthetic table: RawTable) throws(AlignmentError) {
    guard table.rowCount > 0 else {
      throw AlignmentError(.tooFewRows, ["\(table.name): no rows"])
    }
    var builder = SyntheticAlignment(real, table)
    builder.align()
    let features = real.schema.featureIndices
    let lacking = features.count { builder.lacking.contains($0) }
    let problem: String? =
      if !features.contains(where: { builder.unfit[$0] == nil }) {
        "has no column that can be compared with the real table"
      } else if lacking * 4 > features.count * 3 {
        "lacks \(lacking) of the \(features.count) columns to compare: it is another table"
      } else {
        nil
      }
    if let problem {
      throw AlignmentError(
        .nothingInCommon,
        ["\(table.name) \(problem)"]
          + builder.disagreements.prefix(20).map {
            "\($0.columns.joined(separator: ", ")): \($0.sentence)"
          })
    }
    self.real = real
    synthetic = AlignedTable(rowCount: table.rowCount, columns: builder.data)
    levels = builder.levels
    unfit = builder.unfit
    disagreements = real.disagreements + builder.disagreements
    representation = builder.representation
    source = table.summary
  }
}
