/// What the user says of a column; whatever is absent is inferred.
public struct ColumnDeclaration: Sendable, Hashable {
  /// The column.
  public var name: String
  /// What its values mean.
  public var kind: ColumnKind?
  /// The parts that it plays.
  public var roles: [ColumnRole]
  /// The levels of an ordinal column, lowest first.
  public var order: [String]
  /// Tokens that stand for a missing value, besides blanks.
  public var missingTokens: [String]
  /// How far numbers may lie apart and still count as near copies; in seconds for points in time.
  public var tolerance: Double?
  /// The line of the schema file that declares it.
  public var line: Int?

  /// Makes a declaration.
  public init(
    name: String, kind: ColumnKind? = nil, roles: [ColumnRole] = [], order: [String] = [],
    missingTokens: [String] = [], tolerance: Double? = nil, line: Int? = nil
  ) {
    self.name = name
    self.kind = kind
    self.roles = roles
    self.order = order
    self.missingTokens = missingTokens
    self.tolerance = tolerance
    self.line = line
  }
}

/// What the user says of the columns.
public struct SchemaDeclaration: Sendable, Hashable {
  /// One declaration per column that is spoken of.
  public var columns: [ColumnDeclaration]

  /// Makes a set of declarations.
  public init(_ columns: [ColumnDeclaration] = []) { self.columns = columns }

  /// The declaration of a column.
  public subscript(name: String) -> ColumnDeclaration? { columns.first { $0.name == name } }

  /// Adds a role to a column, declaring the column if it was not.
  public mutating func add(_ role: ColumnRole, to name: String) {
    if let position = columns.firstIndex(where: { $0.name == name }) {
      if !columns[position].roles.contains(role) { columns[position].roles.append(role) }
    } else {
      columns.append(ColumnDeclaration(name: name, roles: [role]))
    }
  }
}
