/// The values of one column of one role, in the form that its kind asks for.
public enum ColumnData: Sendable {
  /// Numbers and points in time (seconds since 1970).
  case numeric(NumericValues)
  /// Positions in the column's shared list of levels; −1 where missing.
  case nominal([Int32])
  /// Bytes, for names and free text of many different values.
  case bytes(TextValues)

  /// The number of rows.
  public var count: Int {
    switch self {
    case .numeric(let values): values.count
    case .nominal(let codes): codes.count
    case .bytes(let values): values.count
    }
  }

  /// The numbers, where the column has numbers.
  public var numeric: NumericValues? {
    if case .numeric(let values) = self { values } else { nil }
  }

  /// The codes, where the column has levels.
  public var nominal: [Int32]? {
    if case .nominal(let codes) = self { codes } else { nil }
  }

  /// The number of rows with a value.
  public var presentCount: Int {
    switch self {
    case .numeric(let values): values.presentCount
    case .nominal(let codes): codes.reduce(into: 0) { if $1 >= 0 { $0 += 1 } }
    case .bytes(let values): values.presentCount
    }
  }
}

/// The rows of one role, a column for each column of the schema and in its order.
public struct AlignedTable: Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// The columns, in schema order.
  public let columns: [ColumnData]

  /// Makes a table of columns of `rowCount` rows each.
  public init(rowCount: Int, columns: [ColumnData]) {
    precondition(columns.allSatisfy { $0.count == rowCount }, "columns of unequal length")
    self.rowCount = rowCount
    self.columns = columns
  }
}

/// The levels of a nominal column, shared by all roles.
///
/// Levels of the training rows come first, then those of the holdout alone, then those of the
/// synthetic rows alone: a position says where a level was first seen.
public struct SharedLevels: Sendable, Hashable {
  /// The levels.
  public var names: [String]
  /// How many of them occur in training.
  public var trainingCount: Int
  /// How many of them occur in training or holdout.
  public var realCount: Int

  /// Makes a list of levels.
  public init(names: [String], trainingCount: Int, realCount: Int) {
    self.names = names
    self.trainingCount = trainingCount
    self.realCount = realCount
  }
}
