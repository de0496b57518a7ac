/// A two-sided interval estimate; the value lies inside it.
public struct ScoreInterval: Sendable, Hashable, Codable {
  /// The lower end.
  public var lower: Double
  /// The upper end.
  public var upper: Double
  /// The confidence level, such as 0.95.
  public var level: Double
  /// How it was made, such as `clopper-pearson`.
  public var method: String

  /// Makes an interval.
  public init(lower: Double, upper: Double, level: Double = 0.95, method: String) {
    self.lower = lower
    self.upper = upper
    self.level = level
    self.method = method
  }
}

/// Two one-sided bounds, each at the stated level on its own: what a requirement is judged on.
public struct ScoreBounds: Sendable, Hashable, Codable {
  /// With this confidence the true value is not below.
  public var lower: Double
  /// With this confidence the true value is not above.
  public var upper: Double
  /// The level of each bound, such as 0.95.
  public var level: Double
  /// How the bounds of any level follow.
  @Nullable public var law: BoundLaw?
  /// Likewise for how much worse than a fresh real sample the value is; positive is worse.
  @Nullable public var excessLaw: BoundLaw?

  /// Makes a pair of bounds.
  public init(
    lower: Double, upper: Double, level: Double = 0.95, law: BoundLaw? = nil,
    excessLaw: BoundLaw? = nil
  ) {
    self.lower = lower
    self.upper = upper
    self.level = level
    self.law = law
    self.excessLaw = excessLaw
  }
}

/// What a fresh real sample of the sizes at hand gets.
public struct ScoreFloor: Sendable, Hashable, Codable {
  /// The expected value.
  public var value: Double
  /// The standard deviation from sample to sample.
  public var spread: Double
  /// How it was found: `closed-form`, `size-matched-splits`, ….
  public var method: String

  /// Makes a floor.
  public init(value: Double, spread: Double, method: String) {
    self.value = value
    self.spread = spread
    self.method = method
  }
}

/// What the anchor that the metric declares gets.
public struct ScoreBaseline: Sendable, Hashable, Codable {
  /// The anchor's value.
  public var value: Double
  /// Which anchor, and how it was computed.
  public var method: String

  /// Makes a baseline.
  public init(value: Double, method: String) {
    self.value = value
    self.method = method
  }
}

/// A test of a stated hypothesis.
public struct TestResult: Sendable, Hashable, Codable {
  /// The statistic.
  public var statistic: Double
  /// The probability of a statistic at least as extreme where the hypothesis holds.
  public var pValue: Double
  /// The p-value adjusted for its family.
  @Nullable public var adjusted: Double?
  /// The family that the adjustment is for.
  @Nullable public var family: String?
  /// The test, and whether it is exact.
  public var method: String

  /// Makes a test result.
  public init(
    statistic: Double, pValue: Double, adjusted: Double? = nil, family: String? = nil,
    method: String
  ) {
    self.statistic = statistic
    self.pValue = pValue
    self.adjusted = adjusted
    self.family = family
    self.method = method
  }
}

/// How many rows of each role went into a score.
public struct RowCounts: Sendable, Hashable, Codable {
  /// Training rows.
  @Nullable public var training: Int?
  /// Synthetic rows.
  @Nullable public var synthetic: Int?
  /// Holdout rows.
  @Nullable public var holdout: Int?

  /// Makes row counts.
  public init(training: Int? = nil, synthetic: Int? = nil, holdout: Int? = nil) {
    self.training = training
    self.synthetic = synthetic
    self.holdout = holdout
  }
}

/// Why a score that should have a value has none.
public struct ScoreFailure: Sendable, Hashable, Codable {
  /// A stable word.
  public var code: String
  /// A sentence that names no content of the data.
  public var message: String

  /// Makes a failure.
  public init(code: String, message: String) {
    self.code = code
    self.message = message
  }
}

extension ScoreInterval: HoldsNumbers {
  var isFinite: Bool { lower.isFinite && upper.isFinite && level.isFinite }
}

extension ScoreBounds: HoldsNumbers {
  var isFinite: Bool { lower.isFinite && upper.isFinite && level.isFinite }
}

extension ScoreFloor: HoldsNumbers {
  var isFinite: Bool { value.isFinite && spread.isFinite }
}

extension ScoreBaseline: HoldsNumbers {
  var isFinite: Bool { value.isFinite }
}

extension TestResult: HoldsNumbers {
  var isFinite: Bool { statistic.isFinite && pValue.isFinite }
}
