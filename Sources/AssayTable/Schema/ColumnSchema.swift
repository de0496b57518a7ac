/// What is known or decided of one column.
public struct ColumnSchema: Sendable, Hashable {
  /// The column's name in the training table.
  public var name: String
  /// What its values mean.
  public var kind: ColumnKind
  /// The parts that it plays; empty for a plain feature.
  public var roles: [ColumnRole]
  /// The levels of an ordinal column, lowest first.
  public var order: [String]
  /// Tokens that stand for a missing value, besides blanks.
  public var missingTokens: [String]
  /// How far numbers may lie apart and still count as near copies, in the column's own unit, for points
  /// in time in seconds; `nil` where nothing was declared.
  public var tolerance: Double?
  /// The most decimals that real values are written with.
  public var decimals: Int?
  /// Every decision about the column, with its reason.
  public var why: [String]

  /// Makes a column schema.
  public init(
    name: String, kind: ColumnKind, roles: [ColumnRole] = [], order: [String] = [],
    missingTokens: [String] = [], tolerance: Double? = nil, decimals: Int? = nil,
    why: [String] = []
  ) {
    self.name = name
    self.kind = kind
    self.roles = roles
    self.order = order
    self.missingTokens = missingTokens
    self.tolerance = tolerance
    self.decimals = decimals
    self.why = why
  }

  /// Whether the column enters distributions, pairs and distances.
  public var isFeature: Bool { kind.isComparable && !roles.contains(where: \.isNoFeature) }

  /// Whether the column is looked at in any way.
  public var isExcluded: Bool { roles.contains(.excluded) }
}

/// What is known or decided of the columns of a comparison, in the order of the training table.
public struct TableSchema: Sendable, Hashable {
  /// The columns.
  public var columns: [ColumnSchema]

  /// Makes a schema.
  public init(_ columns: [ColumnSchema]) { self.columns = columns }

  /// The position of the column of that name.
  public func index(of name: String) -> Int? { columns.firstIndex { $0.name == name } }

  /// The positions of the columns of a role, in schema order.
  public func indices(of role: ColumnRole) -> [Int] {
    columns.indices.filter { columns[$0].roles.contains(role) }
  }

  /// The positions of the columns that enter distributions, pairs and distances.
  public var featureIndices: [Int] { columns.indices.filter { columns[$0].isFeature } }
}
