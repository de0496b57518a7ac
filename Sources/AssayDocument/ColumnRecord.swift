/// A column of an evaluation as it is written down.
public struct ColumnRecord: Sendable, Hashable {
  /// The column's name in the training table.
  public var name: String
  /// integer, real, boolean, category, ordinal, datetime, identifier or text.
  public var kind: String
  /// The first role: feature, target, sensitive, …, excluded.
  public var role: String
  /// All roles.
  public var roles: [String]
  /// Every decision about the column, with its reason.
  public var why: [String]
  /// How the values are written on each side and where that differs; empty where alike.
  public var representation: [String]
  /// Shares of each cell by role; `nil` for a column that is not drawn.
  @Nullable public var profile: ColumnProfile?

  /// Makes a column record.
  public init(
    name: String, kind: String, role: String, roles: [String] = [], why: [String],
    representation: [String], profile: ColumnProfile? = nil
  ) {
    self.name = name
    self.kind = kind
    self.role = role
    self.roles = roles
    self.why = why
    self.representation = representation
    self.profile = profile
  }
}

/// The distribution of one column over published cells, by role.
public struct ColumnProfile: Sendable, Hashable, Codable {
  /// One published cell.
  public struct Cell: Sendable, Hashable, Codable {
    /// What the cell is called, such as a level, `other levels`, `missing` or `20 to 30`.
    public var label: String
    /// bin, atom, level, pooled, outside or missing.
    public var kind: String
    /// The cell's lower edge, rounded outward; `nil` where it has none.
    @Nullable public var lower: Double?
    /// The cell's upper edge, rounded outward; `nil` where it has none.
    @Nullable public var upper: Double?

    /// Makes a cell.
    public init(label: String, kind: String, lower: Double? = nil, upper: Double? = nil) {
      self.label = label
      self.kind = kind
      self.lower = lower
      self.upper = upper
    }
  }

  /// The cells, in order.
  public var cells: [Cell]
  /// Shares of the training rows.
  public var training: [Double]
  /// Shares of the synthetic rows.
  public var synthetic: [Double]
  /// Shares of the holdout rows.
  @Nullable public var holdout: [Double]?
  /// A word for the unit of the edges: number, date or level.
  public var scale: String

  /// Makes a profile.
  public init(
    cells: [Cell], training: [Double], synthetic: [Double], holdout: [Double]?, scale: String
  ) {
    self.cells = cells
    self.training = training
    self.synthetic = synthetic
    self.holdout = holdout
    self.scale = scale
  }
}

extension ColumnProfile: HoldsNumbers {
  var isFinite: Bool {
    (training + synthetic + (holdout ?? [])).allSatisfy(\.isFinite)
  }
}

extension ColumnRecord: Codable {
  private enum CodingKeys: String, CodingKey {
    case name, kind, role, roles, why, representation, profile
  }

  /// Reads a column record.
  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      name: try c.decode(String.self, forKey: .name),
      kind: try c.decode(String.self, forKey: .kind),
      role: try c.decodeIfPresent(String.self, forKey: .role) ?? "feature",
      roles: try c.decodeIfPresent([String].self, forKey: .roles) ?? [],
      why: try c.decodeIfPresent([String].self, forKey: .why) ?? [],
      representation: try c.decodeIfPresent([String].self, forKey: .representation) ?? [],
      profile: try c.decodeIfPresent(ColumnProfile.self, forKey: .profile))
  }
}
