/// Several synthetic tables judged against one and the same real side.
///
/// There is no score of everything: each dimension has its own places, and what no candidate is worse
/// in is seen on the front.
public struct CandidateComparison: Sendable, Hashable, Codable {
  /// The word by which a saved comparison is known from other JSON.
  public static let kindWord = "assay-comparison"

  /// A candidate's place in one dimension: best and worst that these data admit.
  public struct Place: Sendable, Hashable, Codable {
    /// The dimension.
    public var dimension: Dimension
    /// 1 and how many candidates are better beyond chance.
    public var best: Int
    /// The number of candidates less those that are worse beyond chance.
    public var worst: Int

    /// Makes a place.
    public init(dimension: Dimension, best: Int, worst: Int) {
      self.dimension = dimension
      self.best = best
      self.worst = worst
    }
  }

  /// One table under test.
  public struct Candidate: Sendable, Hashable, Codable {
    /// The table.
    public var input: InputRecord
    /// The dimensions, as in a document of its own.
    public var dimensions: [DimensionScore]
    /// The five answers of the first look.
    public var answers: [Answer]
    /// The scores of the table as a whole.
    public var scores: [Score]
    /// The gravest findings.
    public var findings: [Finding]
    /// Places, a dimension each.
    public var places: [Place]
    /// Where it stands on each axis of the front.
    public var coordinates: [Double?]
    /// Whether no other candidate is at least as good on every axis and better on one.
    public var isOnFront: Bool

    /// Makes a candidate.
    public init(
      input: InputRecord, dimensions: [DimensionScore], answers: [Answer], scores: [Score],
      findings: [Finding], places: [Place], coordinates: [Double?], isOnFront: Bool
    ) {
      self.input = input
      self.dimensions = dimensions
      self.answers = answers
      self.scores = scores
      self.findings = findings
      self.places = places
      self.coordinates = coordinates
      self.isOnFront = isOnFront
    }
  }

  /// The difference of two candidates in one dimension.
  public struct Contrast: Sendable, Hashable, Codable {
    /// The dimension.
    public var dimension: Dimension
    /// The position of one candidate.
    public var first: Int
    /// The position of the other.
    public var second: Int
    /// The score of the first less that of the second.
    public var difference: Double
    /// The interval of the difference.
    @Nullable public var interval: ScoreInterval?
    /// The two-sided probability of so clear a difference between equals.
    public var pValue: Double
    /// The same, adjusted over all contrasts of the dimension.
    public var adjusted: Double
    /// How it was found.
    public var method: String

    /// Makes a contrast.
    public init(
      dimension: Dimension, first: Int, second: Int, difference: Double,
      interval: ScoreInterval?, pValue: Double, adjusted: Double, method: String
    ) {
      self.dimension = dimension
      self.first = first
      self.second = second
      self.difference = difference
      self.interval = interval
      self.pValue = pValue
      self.adjusted = adjusted
      self.method = method
    }
  }

  /// What candidates are held against each other on.
  public struct Axis: Sendable, Hashable, Codable {
    /// The dimension.
    public var dimension: Dimension
    /// What the numbers are.
    public var title: String
    /// Whether smaller numbers are better.
    public var lowerIsBetter: Bool
    /// Why the axis plays no part; `nil` where it does.
    @Nullable public var absence: String?

    /// Makes an axis.
    public init(
      dimension: Dimension, title: String, lowerIsBetter: Bool, absence: String? = nil
    ) {
      self.dimension = dimension
      self.title = title
      self.lowerIsBetter = lowerIsBetter
      self.absence = absence
    }
  }

  /// Always ``kindWord``.
  public var kind: String
  /// The version of the shape.
  public var schemaVersion: Int
  /// The program.
  public var tool: ToolInfo
  /// The plan that all candidates were judged by.
  public var plan: PlanRecord
  /// The owner's statements.
  public var about: About
  /// The rows that the generators saw.
  public var training: InputRecord
  /// The rows that they never saw.
  @Nullable public var holdout: InputRecord?
  /// The metrics of the scores.
  public var metrics: [MetricDescriptor]
  /// The tables, those on the front first, then by fidelity.
  public var candidates: [Candidate]
  /// Every pair of candidates in every dimension that has a score.
  public var contrasts: [Contrast]
  /// What the front is made of, and what is absent from it.
  public var axes: [Axis]

  /// Makes a comparison.
  public init(
    tool: ToolInfo, plan: PlanRecord, about: About, training: InputRecord,
    holdout: InputRecord?, metrics: [MetricDescriptor], candidates: [Candidate],
    contrasts: [Contrast], axes: [Axis]
  ) {
    kind = Self.kindWord
    schemaVersion = 1
    self.tool = tool
    self.plan = plan
    self.about = about
    self.training = training
    self.holdout = holdout
    self.metrics = metrics
    self.candidates = candidates
    self.contrasts = contrasts
    self.axes = axes
  }
}
