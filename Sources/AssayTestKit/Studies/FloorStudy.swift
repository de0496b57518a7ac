public import AssayDocument
public import AssayMetrics
import AssayNumerics

/// Whether what metrics say that a fresh real sample gets is what fresh real samples get on average.
///
/// ```
/// mean of (value − what is said) over trials, within Student's t limits and an allowance
/// ```
///
/// What is said may come of limits in large samples: its error is allowed to be of the order 1/n. As
/// values of fresh samples are of the order 1/√n, the allowance is a share 1/√n of them: of the spread
/// that is stated, and of the stated value too where 0 is the best possible one.
public struct FloorStudy: Sendable {
  /// What was found for one score.
  public struct Row: Sendable, Hashable {
    /// The metric.
    public var metric: MetricID
    /// The column; `nil` for the table.
    public var column: String?
    /// What else tells scores of one column apart.
    public var parameters: String
    /// Trials with a value.
    public var trials: Int
    /// The mean value.
    public var value: Double
    /// The mean of what is said.
    public var floor: Double
    /// The standard deviation of values from trial to trial.
    public var deviation: Double
    /// The mean of the spread that is stated.
    public var spread: Double
    /// The mean of value less what is said.
    public var excess: Double
    /// Its standard error.
    public var standardError: Double
    /// How far it may lie from 0 beyond chance.
    public var allowance: Double
    /// The two-sided p-value of an excess within the allowance.
    public var pValue: Double
    /// The p-value by Holm's procedure over all rows of the study.
    public var adjusted: Double
  }

  /// Columns whose values are continuous, tied, zero-inflated, and of levels.
  public static let population = Population([
    .init("continuous", .normal(mean: 50, deviation: 10, decimals: 6), loadings: [0.7]),
    .init("heavy", .student(degreesOfFreedom: 3, scale: 10, decimals: 6), loadings: [0.5]),
    .init("tied", .poisson(mean: 4), loadings: [-0.6]),
    .init("rounded", .normal(mean: 0, deviation: 8, decimals: 0), missing: .atRandom(0.1)),
    .init(
      "zero-inflated", .zeroInflated(zeroShare: 0.6, logMean: 5, logDeviation: 1, unit: 10),
      loadings: [0.4]),
    .init("levels", .levels(["a", "b", "c"], shares: [0.6, 0.3, 0.1]), loadings: [0.5]),
  ])

  /// Rows of either side.
  public var rows: Int
  /// Independent draws of both sides.
  public var trials: Int
  /// What evaluations do.
  public var plan: EvaluationPlan

  /// Makes a study.
  public init(rows: Int, trials: Int, plan: EvaluationPlan) {
    self.rows = rows
    self.trials = trials
    self.plan = plan
  }

  /// Draws training and fresh rows and compares.
  ///
  /// - Parameters:
  ///   - metrics: The metrics.
  ///   - seed: The first seed.
  ///   - threads: How many trials are in work at one time.
  /// - Returns: A row for each score of the table and of each column that has a value and says what a
  ///   fresh real sample gets in at least half of the trials.
  /// - Throws: ``/AssayMetrics/MetricError``, ``/AssayTable/AlignmentError`` or
  ///   ``/AssayNumerics/NumericsError``.
  public func run(
    _ metrics: [any Metric], seed: UInt64 = 4_000, threads: Int
  ) async throws -> [Row] {
    let draws = try SimulatedTrials(
      seeds: trials, training: rows, synthetic: rows, holdout: nil,
      simulator: Simulator(seed: seed, population: Self.population), plan: plan, threads: threads)
    let best = Dictionary(
      metrics.map { ($0.descriptor.id, Self.best($0.descriptor)) }, uniquingKeysWith: { $1 })
    var found: [Row] = []
    for own in try await FreshSampleCalibration.of(metrics, over: draws, tablesOnly: false) {
      let (key, series) = (own.key, own.series)
      guard key.subject.isTable || key.subject.columns.count == 1,
        2 * series.excess.count >= trials
      else { continue }
      let excess = series.excess
      let gap = (best[key.metric] ?? nil).map { abs($0 - series.meanFloor) } ?? 0
      let scale = series.meanSpread + gap
      let allowance = scale / Double(rows).squareRoot()
      found.append(
        Row(
          metric: key.metric, column: key.subject.columns.first,
          parameters: key.parameters.sorted { $0.key < $1.key }.map {
            "\($0.key) \($0.value.stringValue ?? "\($0.value)")"
          }
          .joined(separator: " "),
          trials: excess.count, value: series.mean, floor: series.meanFloor,
          deviation: series.deviation, spread: series.meanSpread, excess: excess.mean,
          standardError: excess.standardError, allowance: allowance,
          pValue: try Self.pValue(excess, allowance: allowance), adjusted: 1))
    }
    let pValues = found.map(\.pValue)
    for (index, adjusted) in try holmAdjustedPValues(pValues.span).enumerated() {
      found[index].adjusted = adjusted
    }
    return found
  }

  /// The value of equal tables without end, which what is said of finite ones goes to as the root of their
  /// rows; `nil` where there is none.
  private static func best(_ descriptor: MetricDescriptor) -> Double? {
    switch descriptor.direction {
    case .lowerIsBetter: 0
    case .higherIsBetter: descriptor.upperLimit
    case .closerToFreshSample: nil
    }
  }

  /// The p-value of a mean that lies within the allowance of 0.
  static func pValue(_ excess: Moments, allowance: Double) throws(NumericsError) -> Double {
    let beyond = abs(excess.mean) - allowance
    // Rounding alone is no excess.
    guard beyond > 1e-9 * max(1, abs(excess.mean)) else { return 1 }
    guard excess.standardError > 0, excess.count > 1 else { return 0 }
    return try min(
      1,
      2
        * studentUpperTail(
          beyond / excess.standardError, degreesOfFreedom: Double(excess.count - 1)))
  }
}
