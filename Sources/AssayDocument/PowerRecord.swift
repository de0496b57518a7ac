/// The smallest defect of one kind that one test would have seen on these data.
public struct PowerRecord: Sendable, Hashable, Codable {
  /// What the smallest defect is counted in.
  public enum Unit: String, Sendable, Hashable, Codable {
    /// A share of the synthetic rows.
    case rows
    /// A loss on the scale from the anchor (0) to a fresh real sample (1).
    case score
  }

  /// The metric whose test it is.
  public var metric: MetricID
  /// The part of a dimension that it is about; empty for a metric as a whole.
  public var facet: String
  /// The defect, such as `copied-rows`.
  public var defect: String
  /// The smallest that would have been seen; `nil` where none up to `largest` would.
  @Nullable public var smallest: Double?
  /// The largest defect that was tried.
  public var largest: Double
  /// What the two are counted in.
  public var unit: Unit
  /// The chance with which it would have been seen, such as 0.8.
  public var power: Double
  /// The level of the test.
  public var level: Double
  /// How many trials each size of the defect had; 0 for a formula.
  public var trials: Int
  /// How it was found.
  public var method: String

  /// Makes a record.
  public init(
    metric: MetricID, facet: String = "", defect: String, smallest: Double?, largest: Double,
    unit: Unit, power: Double, level: Double, trials: Int, method: String
  ) {
    self.metric = metric
    self.facet = facet
    self.defect = defect
    self.smallest = smallest
    self.largest = largest
    self.unit = unit
    self.power = power
    self.level = level
    self.trials = trials
    self.method = method
  }
}
