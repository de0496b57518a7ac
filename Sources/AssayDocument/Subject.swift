/// What a score speaks of: the whole table, a column, a pair, a segment.
public struct Subject: Sendable, Hashable {
  /// The columns, in schema order except where the metric is directed; empty for the whole table.
  public var columns: [String]
  /// The segment of rows that the score is limited to.
  public var segment: String?
  /// The column that is predicted.
  public var target: String?
  /// The column that is conditioned on.
  public var given: String?
  /// The part of a dimension that the score is, such as `marginal`.
  public var facet: String?

  /// Makes a subject.
  public init(
    columns: [String] = [], segment: String? = nil, target: String? = nil, given: String? = nil,
    facet: String? = nil
  ) {
    self.columns = columns
    self.segment = segment
    self.target = target
    self.given = given
    self.facet = facet
  }

  /// The table as a whole.
  public static let table = Subject()

  /// Whether the subject is the table as a whole.
  public var isTable: Bool { columns.isEmpty && segment == nil && target == nil && given == nil }
}

extension Subject: Codable {
  private enum CodingKeys: String, CodingKey { case columns, segment, target, given, facet }

  /// Reads a subject; members that are absent are empty.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    columns = try container.decodeIfPresent([String].self, forKey: .columns) ?? []
    segment = try container.decodeIfPresent(String.self, forKey: .segment)
    target = try container.decodeIfPresent(String.self, forKey: .target)
    given = try container.decodeIfPresent(String.self, forKey: .given)
    facet = try container.decodeIfPresent(String.self, forKey: .facet)
  }

  /// Writes a subject; `columns` is always there, the rest where it has a value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(columns, forKey: .columns)
    try container.encodeIfPresent(segment, forKey: .segment)
    try container.encodeIfPresent(target, forKey: .target)
    try container.encodeIfPresent(given, forKey: .given)
    try container.encodeIfPresent(facet, forKey: .facet)
  }
}
