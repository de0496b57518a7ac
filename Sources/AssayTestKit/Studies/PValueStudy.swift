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
    /// How many p-values there are.
    public var count: Int
    /// The shares of p-values up to 0.01, 0.05 and 0.1.
    public var rates: [Double]
  }

  /// Rows of every side.
  public var rows: Int
  /// Samples of each population.
  public var trials: Int
  /// What evaluations do.
  public var plan: EvaluationPlan
  /// The levels that are looked at.
  public static let levels = [0.01, 0.05, 0.1]

  /// Makes a study.
  public init(rows: Int, trials: Int, plan: EvaluationPlan) {
    self.rows = rows
    self.trials = trials
    self.plan = plan
  }

  /// Samples a perfect generator and collects p-values of every metric.
  ///
  /// - Returns: A row for each metric that tests; smallest adjusted p-values of a family of columns
  ///   are one p-value a trial, under the method `family`.
  /// - Throws: ``MetricError`` or ``AlignmentError``.
  public func run(
    _ population: StudyPopulation, metrics: [any Metric], threads: Int
  ) async throws -> [Row] {
    var single: [MetricID: [Double]] = [:]
    var families: [MetricID: [Double]] = [:]
    var methods: [MetricID: String] = [:]
    for trial in 0..<trials {
      guard let sample = population.samples(rows, trial: trial) else { break }
      let own = try Trial(
        training: sample.training, synthetic: sample.synthetic, holdout: sample.holdout,
        plan: plan, threads: threads)
      for metric in metrics {
        var smallest: Double?
        for score in try await own.scores(of: metric) where score.against != .training {
          guard let test = score.test else { continue }
          methods[score.metric] = test.method
          single[score.metric, default: []].append(test.pValue)
          if let adjusted = test.adjusted { smallest = min(smallest ?? 1, adjusted) }
        }
        if let smallest { families[metric.descriptor.id, default: []].append(smallest) }
      }
    }
    func row(_ id: MetricID, _ values: [Double], _ method: String) -> Row {
      Row(
        population: population.name, metric: id, method: method, count: values.count,
        rates: Self.levels.map { level in
          Double(values.count { $0 <= level }) / Double(max(1, values.count))
        })
    }
    return single.sorted { $0.key.rawValue < $1.key.rawValue }.flatMap { id, values in
      [row(id, values, methods[id] ?? "")]
        + (families[id].map { [row(id, $0, "smallest adjusted p of the family")] } ?? [])
    }
  }

  /// The p-value of the hypothesis that randomised exact Kolmogorov–Smirnov p-values of a perfect
  /// generator are uniform, one column of numbers a trial.
  ///
  /// - Throws: ``NumericsError`` or ``AlignmentError``.
  public func uniformity(_ population: StudyPopulation) throws -> (count: Int, pValue: Double)? {
    var found: [Double] = []
    for trial in 0..<trials {
      guard let sample = population.samples(rows, trial: trial) else { break }
      let pair = try Trial(training: sample.training, synthetic: sample.synthetic, plan: plan)
      let columns = pair.comparison.schema.featureIndices.filter {
        pair.comparison.real.fits[$0]?.numeric?.varies == true
      }
      guard !columns.isEmpty else { return nil }
      var random = RandomStream(seed: 11, path: ["uniformity", population.name, String(trial)])
      let column = columns[random.below(columns.count)]
      let first = Self.sorted(pair.comparison.real.training, column)
      let second = Self.sorted(pair.comparison.synthetic, column)
      guard !first.isEmpty, !second.isEmpty else { continue }
      let test = try KolmogorovSmirnov(sorted: first.span, second.span)
      guard let tails = test.exactTails(sorted: first.span, second.span) else { continue }
      found.append(tails.beyond + random.uniform() * (tails.atLeast - tails.beyond))
    }
    guard found.count > 10 else { return nil }
    found.sort()
    let values = found
    let distance = try kolmogorovSmirnovOneSample(sorted: values.span).statistic
    return (values.count, try kolmogorovOneSampleSurvival(distance, count: values.count))
  }

  private static func sorted(_ table: AlignedTable, _ column: Int) -> [Double] {
    table.columns[column].numeric.map { sortedCopy($0.presentValues.span) } ?? []
  }
}
