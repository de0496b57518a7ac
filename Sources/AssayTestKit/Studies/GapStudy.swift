public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// How often the interval of a gap between models takes in 0 where both sides are real rows.
public struct GapStudy: Sendable {
  /// What was found for one metric.
  public struct Row: Sendable, Hashable {
    /// The metric.
    public var metric: MetricID
    /// Samples with a value.
    public var runs: Int
    /// The mean gap.
    public var mean: Double
    /// The standard deviation of the gap over samples.
    public var spread: Double
    /// The mean of the standard deviation that the intervals state.
    public var deviation: Double
    /// The share of intervals that take in 0.
    public var holds: Double
  }

  /// Rows of every side.
  public var rows: Int
  /// Samples.
  public var trials: Int
  /// What evaluations do.
  public var plan: EvaluationPlan

  /// Makes a study.
  public init(rows: Int, trials: Int, plan: EvaluationPlan) {
    self.rows = rows
    self.trials = trials
    self.plan = plan
  }

  /// Samples a population and counts.
  ///
  /// - Parameters:
  ///   - population: A perfect one: synthetic rows are real rows that no other side has.
  ///   - target: The column that models predict.
  ///   - declared: What is said of the columns.
  ///   - metrics: Metrics whose score of a target is a gap.
  ///   - threads: How many samples are in work at one time.
  /// - Returns: A row for each metric that had a value.
  /// - Throws: ``/AssayMetrics/MetricError`` or ``/AssayTable/AlignmentError``.
  public func run(
    _ population: StudyPopulation, target: String, declared: SchemaDeclaration,
    metrics: [any Metric], threads: Int
  ) async throws -> [Row] {
    let found = try await concurrentTrials(trials, threads: threads) { number -> [Score]? in
      guard let sample = population.samples(rows, trial: number) else { return nil }
      var plan = plan
      plan.seed = UInt64(number) &+ 1
      let trial = try Trial(
        training: sample.training, synthetic: sample.synthetic, holdout: sample.holdout,
        declared: declared, plan: plan)
      var scores: [Score] = []
      for metric in metrics {
        scores += try await trial.scores(of: metric).filter { $0.subject.target == target }
      }
      return scores
    }
    return metrics.compactMap { metric in
      let scores = found.joined().filter { $0.metric == metric.descriptor.id }
      let gaps = Moments(scores.compactMap(\.value))
      guard gaps.count > 0 else { return nil }
      let intervals = scores.compactMap(\.interval)
      let holding = intervals.count { $0.lower <= 0 && $0.upper >= 0 }
      let stated = scores.compactMap { score -> Double? in
        guard case .normal(let law)? = score.bounds?.law else { return nil }
        return law.deviation
      }
      return Row(
        metric: metric.descriptor.id, runs: gaps.count, mean: gaps.mean, spread: gaps.deviation,
        deviation: Moments(stated).mean, holds: Double(holding) / Double(max(1, intervals.count)))
    }
  }
}
