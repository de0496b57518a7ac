public import AssayDocument
public import AssayTable

/// A quantity that compares synthetic rows with the rows that they were made from.
///
/// A metric is a value: its stored properties are its parameters. It names the frame that it
/// measures in, and nothing of the other frame can be reached from it.
public protocol Metric: Sendable {
  /// The view of the data that the metric needs.
  associatedtype Frame: ComparisonFrame

  /// What the metric is.
  var descriptor: MetricDescriptor { get }

  /// Whether rows count by a declared weight column. A metric that does not honour weights is not
  /// measured where a weight column is declared.
  var honoursWeights: Bool { get }

  /// Whether the metric means the same where the real rows are weighed to a declared difference
  /// and it counts them alike: true of what is no matter of shares, such as structure and copies.
  var holdsUnderReweighting: Bool { get }

  /// Measures.
  ///
  /// - Parameters:
  ///   - frame: The aligned rows.
  ///   - workspace: Where artifacts are derived once and shared.
  /// - Returns: Every score of the metric; absence is a score too.
  /// - Throws: ``MetricError`` where the metric as a whole cannot be computed.
  func measure(
    _ frame: Frame, in workspace: Workspace<Frame>
  ) async throws(MetricError) -> MetricResult
}

extension Metric {
  /// Rows count alike unless a metric says otherwise.
  public var honoursWeights: Bool { false }

  /// A metric that honours weights holds, others do not unless they say so.
  public var holdsUnderReweighting: Bool { honoursWeights }
}

/// What a metric found.
public struct MetricResult: Sendable {
  /// The scores.
  public var scores: [Score]
  /// The parts of a dimension's score that the metric stands for.
  public var facets: [FacetResult]
  /// Scores over pairs that are not listed.
  public var unlisted: Int

  /// Makes a result.
  public init(scores: [Score], facets: [FacetResult] = [], unlisted: Int = 0) {
    self.scores = scores
    self.facets = facets
    self.unlisted = unlisted
  }
}

/// A part of a dimension's score: averages over subjects, with shared replicates.
public struct FacetResult: Sendable, Hashable {
  /// The dimension.
  public var dimension: Dimension
  /// The part's name.
  public var facet: String
  /// The real side.
  public var against: Against
  /// The value, averaged over subjects.
  public var value: Double
  /// What a fresh real sample gets, averaged likewise.
  public var floor: ScoreFloor
  /// What the anchor gets, averaged likewise.
  public var baseline: ScoreBaseline
  /// The standard deviation of the value over shared replicates.
  public var deviation: Double
  /// The value in each replicate of the bootstrap, whose real rows every synthetic table shares;
  /// empty where the part has none.
  public var replicates: [Double]
  /// How many subjects were averaged.
  public var subjects: Int
  /// The subject that is furthest from a fresh real sample.
  public var worst: [String]

  /// Makes a part.
  public init(
    dimension: Dimension = .fidelity, facet: String, against: Against, value: Double,
    floor: ScoreFloor, baseline: ScoreBaseline, deviation: Double, replicates: [Double] = [],
    subjects: Int, worst: [String]
  ) {
    self.dimension = dimension
    self.facet = facet
    self.against = against
    self.value = value
    self.floor = floor
    self.baseline = baseline
    self.deviation = deviation
    self.replicates = replicates
    self.subjects = subjects
    self.worst = worst
  }
}

/// A metric could not be computed.
public struct MetricError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A stable word.
  public var code: String
  /// A sentence that names no content of the data.
  public var message: String

  /// Makes an error.
  public init(code: String, message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
