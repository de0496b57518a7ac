public import AssayDocument
public import AssayMetrics
import AssayNumerics
import AssayTable

/// How p-values fall where the generator is perfect: none may be too small too often.
public struct PValueStudy: Sendable {
  /// What was counted for one metric on one population.
  public struct Row: Sendable, Hashable {
    /// The population.
    public var population: String
    /// The metric.
    public var metric: MetricID
    /// The test's own name.
    public var method: String
    /// p-values up to 0.01, 0.05 and 0.1.
    public var rates: [EventRate]
  }

  /// Whether the randomised p-values of a test that is exact follow the uniform law.
  public struct Uniformity: Sendable, Hashable {
    /// The population.
    public var population: String
    /// What is tested.
    public var test: String
    /// How many p-values there are.
    public var count: Int
    /// The largest difference of their distribution function from that of the uniform law.
    public var distance: Double
    /// The p-value of that difference.
    public var pValue: Double
  }

  /// What a study found.
  public struct Found: Sendable {
    /// The shares of small p-values.
    public var rows: [Row] = []
    /// The exact tests.
    public var uniformity: [Uniformity] = []
  }

  /// The levels that are looked at.
  public static let levels = [0.01, 0.05, 0.1]

  private struct Draw: Sendable {
    var metric: MetricID
    var method: String
    var hits: [Int]
    var count: Int
  }

  private struct TrialDraws: Sendable {
    var draws: [Draw] = []
    var uniform: [(test: String, pValue: Double)] = []
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

  /// Samples a perfect generator and collects p-values of every metric.
  ///
  /// - Parameters:
  ///   - population: Where rows come from.
  ///   - metrics: The metrics.
  ///   - threads: How many trials are in work at one time.
  /// - Returns: A row for each metric and method that tests; smallest adjusted p-values of a family of
  ///   columns are one p-value a trial.
  /// - Throws: ``/AssayMetrics/MetricError`` or ``/AssayTable/AlignmentError``.
  public func run(
    _ population: StudyPopulation, metrics: [any Metric], threads: Int
  ) async throws -> Found {
    let trials = try await concurrentTrials(trials, threads: threads) { trial in
      try await draws(population, metrics, trial: trial)
    }
    var found = Found()
    var places: [[String]: Int] = [:]
    for draw in trials.lazy.flatMap(\.draws) {
      let key = [draw.metric.rawValue, draw.method]
      let place = places[key] ?? found.rows.count
      if place == found.rows.count {
        places[key] = place
        found.rows.append(
          Row(
            population: population.name, metric: draw.metric, method: draw.method,
            rates: Self.levels.map { _ in EventRate() }))
      }
      for (level, hits) in draw.hits.enumerated() {
        found.rows[place].rates[level].add(hits: hits, of: draw.count)
      }
    }
    found.rows.sort { ($0.metric.rawValue, $0.method) < ($1.metric.rawValue, $1.method) }
    var series: [(test: String, values: [Double])] = []
    for entry in trials.lazy.flatMap(\.uniform) {
      if let place = series.firstIndex(where: { $0.test == entry.test }) {
        series[place].values.append(entry.pValue)
      } else {
        series.append((entry.test, [entry.pValue]))
      }
    }
    for entry in series where entry.values.count > 10 {
      let values = entry.values.sorted()
      let distance = try kolmogorovSmirnovOneSample(sorted: values.span).statistic
      found.uniformity.append(
        Uniformity(
          population: population.name, test: entry.test, count: values.count, distance: distance,
          pValue: try kolmogorovOneSampleSurvival(distance, count: values.count)))
    }
    return found
  }

  private func draws(
    _ population: StudyPopulation, _ metrics: [any Metric], trial: Int
  ) async throws -> TrialDraws? {
    guard let sample = population.samples(rows, trial: trial) else { return nil }
    var plan = plan
    // Permutations of another trial would make its p-values go up and down with these.
    plan.seed = plan.seed &+ UInt64(trial)
    let own = try Trial(
      training: sample.training, synthetic: sample.synthetic, holdout: sample.holdout, plan: plan)
    var random = RandomStream(seed: 11, path: ["uniformity", population.name, String(trial)])
    var found = TrialDraws()
    for metric in metrics {
      var kinds: [(method: String, values: [Double])] = []
      var smallest: Double?
      for score in try await own.scores(of: metric) where score.against != .training {
        guard let test = score.test else { continue }
        let method = Self.kind(of: test.method)
        if let place = kinds.firstIndex(where: { $0.method == method }) {
          kinds[place].values.append(test.pValue)
        } else {
          kinds.append((method, [test.pValue]))
        }
        if let adjusted = test.adjusted { smallest = min(smallest ?? 1, adjusted) }
        if let value = ExactTests.randomised(test, random.uniform()) {
          found.uniform.append((metric.descriptor.id.rawValue, value))
        }
      }
      if let smallest { kinds.append(("smallest adjusted p of the family", [smallest])) }
      found.draws += kinds.map { kind in
        Draw(
          metric: metric.descriptor.id, method: kind.method,
          hits: Self.levels.map { level in kind.values.count { $0 <= level + 1e-12 } },
          count: kind.values.count)
      }
    }
    found.uniform += try ExactTests(own.comparison).randomised(&random)
    return found
  }

  /// A method's name without what changes from table to table: numbers stand as a sign.
  static func kind(of method: String) -> String {
    var text = ""
    for character in method {
      if character.isNumber {
        if text.last != "#" { text.append("#") }
      } else {
        text.append(character)
      }
    }
    return text
  }
}
