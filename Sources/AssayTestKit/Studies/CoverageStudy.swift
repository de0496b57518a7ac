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
    /// `table`, `columns`, or `pairs`.
    public var subjects: String
    /// The mean truth.
    public var truth: Double
    /// Lower bounds above the truth: false failures at the margin.
    public var above: EventRate
    /// Upper bounds below the truth: false passes at the margin.
    public var below: EventRate
    /// Intervals without the truth.
    public var outside: EventRate
    /// Lower bounds of the excess over a fresh real sample that lie above 0, where the generator is
    /// perfect: false failures of a requirement on the excess at a margin of 0.
    public var excess: EventRate
  }

  /// What one trial found for one metric and kind of subject.
  private struct Tally: Sendable {
    var metric: MetricID
    var kind: String
    var count = 0
    var truth = 0.0
    var above = 0
    var below = 0
    var intervals = 0
    var outside = 0
    var excesses = 0
    var excessAbove = 0

    /// Adds what the excess says of a perfect generator.
    mutating func addExcess(_ score: Score, bounds: ScoreBounds) throws(NumericsError) {
      guard let law = bounds.excessLaw, let value = score.value, let floor = score.floor else {
        return
      }
      excesses += 1
      if try law.ends(value: value - floor.value, level: 0.95).lower > 1e-9 { excessAbove += 1 }
    }

    mutating func add(_ score: Score, bounds: ScoreBounds, truth: Double) {
      count += 1
      self.truth += truth
      // Rounding alone is no miss.
      if bounds.lower > truth + 1e-9 { above += 1 }
      if bounds.upper < truth - 1e-9 { below += 1 }
      guard let interval = score.interval else { return }
      intervals += 1
      if interval.lower > truth + 1e-9 || interval.upper < truth - 1e-9 { outside += 1 }
    }
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
  ///   - sized: Those whose quantity depends on the numbers of rows, so that populations do not tell
  ///     the truth: only their excess is looked at.
  ///   - threads: How many trials are in work at one time.
  /// - Returns: A row for each metric and kind of subject.
  /// - Throws: ``/AssayMetrics/MetricError`` or ``/AssayTable/AlignmentError``.
  public func run(
    _ population: StudyPopulation, metrics: [any Metric], sized: Set<MetricID> = [],
    threads: Int
  ) async throws -> [Row] {
    let trials = try await concurrentTrials(trials, threads: threads) { trial in
      try await tallies(population, metrics, sized, trial: trial)
    }
    var rows: [Row] = []
    var truths: [Double] = []
    var places: [[String]: Int] = [:]
    for tally in trials.joined() {
      let key = [tally.metric.rawValue, tally.kind]
      let place = places[key] ?? rows.count
      if place == rows.count {
        places[key] = place
        truths.append(0)
        rows.append(
          Row(
            population: population.name, metric: tally.metric, subjects: tally.kind, truth: 0,
            above: EventRate(), below: EventRate(), outside: EventRate(), excess: EventRate()))
      }
      truths[place] += tally.truth
      rows[place].above.add(hits: tally.above, of: tally.count)
      rows[place].below.add(hits: tally.below, of: tally.count)
      rows[place].outside.add(hits: tally.outside, of: tally.intervals)
      rows[place].excess.add(hits: tally.excessAbove, of: tally.excesses)
    }
    for place in rows.indices {
      rows[place].truth = truths[place] / Double(max(1, rows[place].above.count))
    }
    return rows.filter { $0.above.count + $0.excess.count > 0 }.sorted {
      ($0.metric.rawValue, $1.subjects) < ($1.metric.rawValue, $0.subjects)
    }
  }

  private func tallies(
    _ population: StudyPopulation, _ metrics: [any Metric], _ sized: Set<MetricID>, trial: Int
  ) async throws -> [Tally]? {
    guard let sample = population.samples(rows, trial: trial) else { return nil }
    let own = try Trial(training: sample.training, synthetic: sample.synthetic, plan: plan)
    // The populations on the bins and scales of this training sample.
    var once = plan
    once.replicates = 2
    let whole = try Trial(
      training: sample.training, synthetic: population.wholeSynthetic,
      holdout: population.wholeReal, plan: once)
    var tallies: [Tally] = []
    for metric in metrics {
      var truths: [Score.Key: Double] = [:]
      if !sized.contains(metric.descriptor.id) {
        for var score in try await whole.scores(of: metric) where score.against == .holdout {
          score.against = .training
          truths[score.key] = score.value
        }
      }
      var kinds: [Tally] = []
      for score in try await own.scores(of: metric) where score.against == .training {
        guard let bounds = score.bounds, score.value != nil else { continue }
        let kind =
          score.subject.isTable ? "table" : score.subject.columns.count > 1 ? "pairs" : "columns"
        let place = kinds.firstIndex { $0.kind == kind } ?? kinds.count
        if place == kinds.count { kinds.append(Tally(metric: score.metric, kind: kind)) }
        if let truth = truths[score.key] { kinds[place].add(score, bounds: bounds, truth: truth) }
        if population.isPerfect { try kinds[place].addExcess(score, bounds: bounds) }
      }
      tallies += kinds
    }
    return tallies
  }
}
