/// The score of a dimension, or why it has none.
///
/// There is no score of everything.
public struct DimensionScore: Sendable, Hashable {
  /// One of the parts that a dimension's score is made of.
  public struct Member: Sendable, Hashable, Codable {
    /// The part's name, such as `marginal`.
    public var facet: String
    /// The real side.
    public var against: Against
    /// The raw value, averaged over its subjects.
    public var value: Double?
    /// What a fresh real sample gets.
    public var floor: ScoreFloor?
    /// What the anchor gets.
    public var baseline: ScoreBaseline?
    /// The position between the two, unclipped.
    public var score: Double?
    /// The interval of `score`.
    public var interval: ScoreInterval?
    /// How many columns or pairs were averaged.
    public var subjects: Int
    /// Why there is no score.
    public var reason: String?

    private enum CodingKeys: String, CodingKey {
      case facet, against, value, floor, baseline, score, interval, subjects, reason
    }

    /// Makes a member.
    public init(
      facet: String, against: Against, value: Double?, floor: ScoreFloor?,
      baseline: ScoreBaseline?, score: Double?, interval: ScoreInterval?, subjects: Int,
      reason: String? = nil
    ) {
      self.facet = facet
      self.against = against
      self.value = value
      self.floor = floor
      self.baseline = baseline
      self.score = score
      self.interval = interval
      self.subjects = subjects
      self.reason = reason
    }

    /// Writes a member with every member of its own.
    public func encode(to encoder: any Encoder) throws {
      var c = encoder.container(keyedBy: CodingKeys.self)
      try c.encode(facet, forKey: .facet)
      try c.encode(against, forKey: .against)
      try c.encode(value, forKey: .value)
      try c.encode(floor, forKey: .floor)
      try c.encode(baseline, forKey: .baseline)
      try c.encode(score, forKey: .score)
      try c.encode(interval, forKey: .interval)
      try c.encode(subjects, forKey: .subjects)
      try c.encode(reason, forKey: .reason)
    }
  }

  /// Where the dimension is worst.
  public struct Worst: Sendable, Hashable, Codable {
    /// The part.
    public var facet: String
    /// The columns.
    public var columns: [String]

    /// Makes a place.
    public init(facet: String, columns: [String]) {
      self.facet = facet
      self.columns = columns
    }
  }

  /// How many scores of the dimension came to what.
  public struct Counts: Sendable, Hashable, Codable {
    /// Scores with a value.
    public var measured: Int
    /// Scores that are not defined here.
    public var notApplicable: Int
    /// Scores that should have a value and have none.
    public var failed: Int

    /// Makes counts.
    public init(measured: Int = 0, notApplicable: Int = 0, failed: Int = 0) {
      self.measured = measured
      self.notApplicable = notApplicable
      self.failed = failed
    }
  }

  /// The dimension.
  public var id: Dimension
  /// The score; `nil` where it has none.
  public var score: Double?
  /// The interval of the score.
  public var interval: ScoreInterval?
  /// How the score follows from its members.
  public var method: String
  /// The parts.
  public var members: [Member]
  /// Where it is worst.
  public var worst: Worst?
  /// Outcomes of the dimension's scores.
  public var counts: Counts
  /// Why there is no score.
  public var reason: String?

  /// Makes a dimension score.
  public init(
    id: Dimension, score: Double?, interval: ScoreInterval? = nil, method: String,
    members: [Member] = [], worst: Worst? = nil, counts: Counts, reason: String? = nil
  ) {
    self.id = id
    self.score = score
    self.interval = interval
    self.method = method
    self.members = members
    self.worst = worst
    self.counts = counts
    self.reason = reason
  }
}

extension DimensionScore: Codable {
  private enum CodingKeys: String, CodingKey {
    case id, score, interval, method, members, worst, counts, reason
  }

  /// Writes a dimension score with every member.
  public func encode(to encoder: any Encoder) throws {
    var c = encoder.container(keyedBy: CodingKeys.self)
    try c.encode(id, forKey: .id)
    try c.encode(score, forKey: .score)
    try c.encode(interval, forKey: .interval)
    try c.encode(method, forKey: .method)
    try c.encode(members, forKey: .members)
    try c.encode(worst, forKey: .worst)
    try c.encode(counts, forKey: .counts)
    try c.encode(reason, forKey: .reason)
  }
}
