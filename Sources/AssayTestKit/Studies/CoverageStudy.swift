public import AssayDocument
public import AssayMetrics
import AssayNumerics
import AssayTable

/// How often one-sided bounds leave the truth out, over many samples of known populations.
///
/// A requirement at a margin fails where the lower bound is above it and passes where the upper
/// bound is below it. With the margin at the truth, where a decision is hardest, the two rates
/// here are the rates of false failures and of false passes.
public struct CoverageStudy: Sendable {
  /// What was counted for one metric on one population.
  public struct Row: Sendable, Hashable {
    /// The population.
    public var population: String
    /// The metric.
    public var metric: MetricID
    /// `table` or `columns`.
    public var subjects: String
    /// How many bounds were looked at, and in how many trials.
    public var count: Int
    /// In how many trials.
    public var trials: Int
    /// The mean truth.
    public var truth: Double
    /// The share of lower bounds above the truth: false failures at the margin.
    public var above: Double
    /// The share of upper bounds below the truth: false passes at the margin.
    public var below: Double
  }

  private struct Tally {
    var count = 0
    var trials: Set<Int> = []
    var truth = 0.0
    var above = 0
    var below = 0
  }

  /// Rows of every side.
  public var rows: Int
  /// Samples of each population.
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
  ///   - population: Where rows come from.
  ///   - metrics: Metrics of the reference frame whose bounds are for the true distance.
  ///   - threads: How many threads a kernel may use.
  /// - Returns: A row for each metric and kind of subject.
  /// - Throws: ``MetricError`` or ``AlignmentError``.
  public func run(
    _ population: StudyPopulation, metrics: [any Metric], threads: Int
  ) async throws -> [Row] {
    var tallies: [MetricID: [String: Tally]] = [:]
    let real = population.wholeReal
    let synthetic = population.wholeSynthetic
    var once = plan
    once.replicates = 2
    for trial in 0..<trials {
      guard let sample = population.samples(rows, trial: trial) else { break }
      let own = try Trial(
        training: sample.training, synthetic: sample.synthetic, plan: plan, threads: threads)
      // The populations on the bins and scales of this training sample.
      let whole = try Trial(
        training: sample.training, synthetic: synthetic, holdout: real, plan: once,
        threads: threads)
      for metric in metrics {
        let truths = Dictionary(
          try await whole.scores(of: metric).filter { $0.against == .holdout }
            .map { ($0.subject, $0.value) }, uniquingKeysWith: { first, _ in first })
        for score in try await own.scores(of: metric) where score.against == .training {
          guard let bounds = score.bounds, let found = truths[score.subject], let truth = found
          else { continue }
          let kind = score.subject.isTable ? "table" : "columns"
          var tally = tallies[score.metric]?[kind] ?? Tally()
          tally.count += 1
          tally.trials.insert(trial)
          tally.truth += truth
          // Rounding alone is no miss.
          if bounds.lower > truth + 1e-9 { tally.above += 1 }
          if bounds.upper < truth - 1e-9 { tally.below += 1 }
          tallies[score.metric, default: [:]][kind] = tally
        }
      }
    }
    return tallies.sorted { $0.key.rawValue < $1.key.rawValue }.flatMap { metric, kinds in
      kinds.sorted { $0.key > $1.key }.map { kind, tally in
        Row(
          population: population.name, metric: metric, subjects: kind, count: tally.count,
          trials: tally.trials.count, truth: tally.truth / Double(tally.count),
          above: Double(tally.above) / Double(tally.count),
          below: Double(tally.below) / Double(tally.count))
      }
    }
  }

  /// The largest rate that so many trials of a 5 % event show with a probability of 1 in
  /// `comparisons` × 1,000, counting the scores of one trial as one.
  ///
  /// - Throws: ``NumericsError``.
  public static func limit(trials: Int, comparisons: Int) throws -> Double {
    let tail = 1 / (1_000 * Double(max(1, comparisons)))
    for hits in 0...trials {
      if try binomialUpperTail(atLeast: hits, trials: trials, probability: 0.05) < tail {
        return Double(hits) / Double(trials)
      }
    }
    return 1
  }
}
