public import AssayDocument

/// A view of a comparison that says what a metric may know.
public protocol ComparisonFrame: Sendable {
  /// The view of a comparison.
  init(_ comparison: Comparison)
  /// What the columns are.
  var schema: TableSchema { get }
  /// The number of rows of each role; `nil` for a role that is absent.
  func rowCount(_ role: TableRole) -> Int?
}

/// The view for fidelity: bins, scales and levels are fitted on the training rows alone.
public struct ReferenceFrame: ComparisonFrame {
  private let comparison: Comparison

  /// The view of a comparison.
  public init(_ comparison: Comparison) { self.comparison = comparison }

  /// What the columns are.
  public var schema: TableSchema { comparison.schema }

  /// What was fitted on the training rows of each column.
  public var fits: [ColumnFit?] { comparison.real.fits }

  /// The levels of each nominal column.
  public var levels: [SharedLevels?] { comparison.levels }

  /// Columns that cannot be compared on the synthetic side, with the reason.
  public var unfit: [Int: String] { comparison.unfit }

  /// Every difference in form between the sides.
  public var disagreements: [Disagreement] { comparison.disagreements }

  /// For each column, how the synthetic side writes it differently.
  public var representation: [[String]] { comparison.representation }

  /// Vectors that were given for the rows of all tables; `nil` where they were not.
  public var embeddings: GivenEmbeddings? { comparison.embeddings }

  /// The real rows weighed to declared differences; `nil` where none are declared.
  public var intended: IntendedRows? { comparison.real.intended }

  /// How many rows that count alike are as telling as those of a role; `nil` where it is absent.
  public func effectiveRowCount(_ role: TableRole) -> Double? {
    intended?.effectiveRows[role] ?? rowCount(role).map(Double.init)
  }

  /// The rows of a role.
  public func table(_ role: TableRole) -> AlignedTable? { comparison.table(role) }

  /// The number of rows of a role.
  public func rowCount(_ role: TableRole) -> Int? { comparison.table(role)?.rowCount }
}

/// The view for membership and distance: training and holdout are one pool, and nothing that was
/// fitted on training alone can be reached from here.
public struct ExchangeableFrame: ComparisonFrame {
  private let comparison: Comparison

  /// The view of a comparison.
  public init(_ comparison: Comparison) { self.comparison = comparison }

  /// What the columns are.
  public var schema: TableSchema { comparison.schema }

  /// Columns that cannot be compared on the synthetic side, with the reason.
  public var unfit: [Int: String] { comparison.unfit }

  /// The number of rows of a role.
  public func rowCount(_ role: TableRole) -> Int? { comparison.table(role)?.rowCount }

  /// The names of a column's levels, by code, without which role has which.
  public func levelNames(_ column: Int) -> [String]? { comparison.levels[column]?.names }

  /// The rows under test.
  public var synthetic: AlignedTable { comparison.synthetic }

  /// The real rows of one column, training first and then holdout, as one pool.
  public func pool(_ column: Int) -> [ColumnData] {
    [comparison.real.training.columns[column]]
      + (comparison.real.holdout.map { [$0.columns[column]] } ?? [])
  }

  /// Rows of the population that stand for what an attacker knows, where they were given.
  public var reference: AlignedTable? { comparison.real.reference }

  /// The rows of a role, for reading values; scales are to come from ``pool(_:)``.
  public func table(_ role: TableRole) -> AlignedTable? { comparison.table(role) }
}
