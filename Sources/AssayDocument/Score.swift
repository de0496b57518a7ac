/// One measured quantity: its value, how sure it is, and both ends of its scale.
///
/// A score is found by (`metric`, `against`, `subject`, `parameters`), and no two scores of a
/// document share that key. Absence is an outcome: a score that has no value says why.
public struct Score: Sendable, Hashable {
  /// What identifies a score in a document.
  public struct Key: Sendable, Hashable {
    /// The metric.
    public var metric: MetricID
    /// The real side.
    public var against: Against
    /// What it speaks of.
    public var subject: Subject
    /// Parameters that differ from score to score of the metric.
    public var parameters: [String: DetailValue]

    /// Makes a key.
    public init(
      metric: MetricID, against: Against, subject: Subject = .table,
      parameters: [String: DetailValue] = [:]
    ) {
      self.metric = metric
      self.against = against
      self.subject = subject
      self.parameters = parameters
    }
  }

  /// What became of a score.
  public enum Outcome: Sendable, Hashable {
    /// It has a finite value.
    case measured(Double)
    /// It is not defined here.
    case notApplicable(reason: String)
    /// It should have a value and has none.
    case failed(ScoreFailure)

    /// The outcome, where a value that is not finite counts as a failure with the code
    /// `not-finite`.
    fileprivate var finite: Outcome {
      guard case .measured(let value) = self, !value.isFinite else { return self }
      return .failed(
        ScoreFailure(code: "not-finite", message: "the value is not a finite number"))
    }
  }

  /// The metric in the catalogue.
  public var metric: MetricID
  /// The question that it belongs to.
  public var dimension: Dimension
  /// The real side.
  public var against: Against
  /// What it speaks of.
  public var subject: Subject
  /// Parameters that differ from score to score of the metric.
  public var parameters: [String: DetailValue]
  /// The value, or why there is none; setting a value that is not finite makes it a failure.
  public var outcome: Outcome {
    didSet { outcome = outcome.finite }
  }
  /// The unit of the value; empty for a pure number.
  public var unit: String
  /// The two-sided interval.
  public var interval: ScoreInterval?
  /// The one-sided bounds.
  public var bounds: ScoreBounds?
  /// What a fresh real sample of the sizes at hand gets.
  public var floor: ScoreFloor?
  /// What the anchor gets.
  public var baseline: ScoreBaseline?
  /// The same statistic of holdout against training, for display.
  public var reference: Double?
  /// The test, where there is one.
  public var test: TestResult?
  /// Rows of each role.
  public var n: RowCounts
  /// Whatever else the metric has to say.
  public var details: [String: DetailValue]

  /// Makes a score; a value that is not finite becomes a failure.
  public init(
    metric: MetricID, dimension: Dimension, against: Against, subject: Subject = .table,
    parameters: [String: DetailValue] = [:], outcome: Outcome, unit: String = "",
    interval: ScoreInterval? = nil, bounds: ScoreBounds? = nil, floor: ScoreFloor? = nil,
    baseline: ScoreBaseline? = nil, reference: Double? = nil, test: TestResult? = nil,
    n: RowCounts = RowCounts(), details: [String: DetailValue] = [:]
  ) {
    self.metric = metric
    self.dimension = dimension
    self.against = against
    self.subject = subject
    self.parameters = parameters
    self.outcome = outcome.finite
    self.unit = unit
    self.interval = interval
    self.bounds = bounds
    self.floor = floor
    self.baseline = baseline
    self.reference = reference
    self.test = test
    self.n = n
    self.details = details
  }

  /// The key that no other score of the document has.
  public var key: Key {
    Key(metric: metric, against: against, subject: subject, parameters: parameters)
  }

  /// What became of the score, as one word.
  public var status: ScoreStatus {
    switch outcome {
    case .measured: .measured
    case .notApplicable: .notApplicable
    case .failed: .failed
    }
  }

  /// The value, where there is one.
  public var value: Double? { if case .measured(let value) = outcome { value } else { nil } }

  /// Why the score is not defined here.
  public var reason: String? {
    if case .notApplicable(let reason) = outcome { reason } else { nil }
  }

  /// Why the score has no value although it should.
  public var failure: ScoreFailure? {
    if case .failed(let failure) = outcome { failure } else { nil }
  }

  /// Where the value lies between the anchor (0) and a fresh real sample (1), unclipped.
  ///
  /// `nil` where an end is missing or where the two ends are less than three spreads apart, so
  /// that the metric cannot tell them from each other at these sizes.
  public var normalised: Double? {
    guard let value, let floor, let baseline else { return nil }
    return Self.normalise(value, floor: floor, baseline: baseline.value)
  }

  /// `(baseline − value) / (baseline − floor)`, or `nil` where the ends cannot be told apart.
  public static func normalise(_ value: Double, floor: ScoreFloor, baseline: Double) -> Double? {
    let width = baseline - floor.value
    guard width != 0, width.isFinite, floor.spread >= 0, abs(width) >= 3 * floor.spread else {
      return nil
    }
    let position = (baseline - value) / width
    return position.isFinite ? position : nil
  }
}
