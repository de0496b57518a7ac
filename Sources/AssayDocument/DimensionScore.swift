/// The score of a dimension, or why it has none.
///
/// There is no score of everything.
public struct DimensionScore: Sendable, Hashable, Codable {
  /// One of the parts that a dimension's score is made of.
  public struct Member: Sendable, Hashable, Codable {
    /// The part's name, such as `marginal`.
    public var facet: String
    /// The real side.
    public var against: Against
    /// The raw value, averaged over its subjects.
    @Nullable public var value: Double?
    /// What a fresh real sample gets.
    @Nullable public var floor: ScoreFloor?
    /// What the anchor gets.
    @Nullable public var baseline: ScoreBaseline?
    /// The position between the two, unclipped.
    @Nullable public var score: Double?
    /// The interval of `score`.
    @Nullable public var interval: ScoreInterval?
    /// The one-sided bounds of `score`.
    @Nullable public var bounds: ScoreBounds?
    /// How many real rows would do as well.
    @Nullable public var effectiveRows: EffectiveRows?
    /// How many columns or pairs were averaged.
    public var subjects: Int
    /// Why there is no score.
    @Nullable public var reason: String?

    /// Makes a member.
    public init(
      facet: String, against: Against, value: Double?, floor: ScoreFloor?,
      baseline: ScoreBaseline?, score: Double?, interval: ScoreInterval?,
      bounds: ScoreBounds? = nil, effectiveRows: EffectiveRows? = nil, subjects: Int,
      reason: String? = nil
    ) {
      self.facet = facet
      self.against = against
      self.value = value
      self.floor = floor
      self.baseline = baseline
      self.score = score
      self.interval = interval
      self.bounds = bounds
      self.effectiveRows = effectiveRows
      self.subjects = subjects
      self.reason = reason
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
  @Nullable public var score: Double?
  /// The interval of the score.
  @Nullable public var interval: ScoreInterval?
  /// The one-sided bounds of the score.
  @Nullable public var bounds: ScoreBounds?
  /// How many real rows would do as well as the worst part.
  @Nullable public var effectiveRows: EffectiveRows?
  /// How the score follows from its members.
  public var method: String
  /// The parts.
  public var members: [Member]
  /// Where it is worst.
  @Nullable public var worst: Worst?
  /// Outcomes of the dimension's scores.
  public var counts: Counts
  /// Why there is no score.
  @Nullable public var reason: String?

  /// Makes a dimension score.
  public init(
    id: Dimension, score: Double?, interval: ScoreInterval? = nil, bounds: ScoreBounds? = nil,
    effectiveRows: EffectiveRows? = nil, method: String,
    members: [Member] = [], worst: Worst? = nil, counts: Counts, reason: String? = nil
  ) {
    self.id = id
    self.score = score
    self.interval = interval
    self.bounds = bounds
    self.effectiveRows = effectiveRows
    self.method = method
    self.members = members
    self.worst = worst
    self.counts = counts
    self.reason = reason
  }
}
