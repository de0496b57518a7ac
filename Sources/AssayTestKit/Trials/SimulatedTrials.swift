public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// The same evaluation over several seeds of one simulated population.
///
/// The real side of every seed is aligned once and serves every damage and strength, and the fresh
/// synthetic rows of a seed are the same throughout, so differences between strengths are paired.
public struct SimulatedTrials: Sendable {
  /// One seed's tables.
  private struct Draw: Sendable {
    var training: RawTable
    var fresh: RawTable
    var real: RealTables
  }

  /// What the evaluations do.
  public let plan: EvaluationPlan
  /// How many seeds are in work at one time.
  public let threads: Int
  private let draws: [Draw]

  /// Simulates training, holdout and fresh synthetic rows.
  ///
  /// - Parameters:
  ///   - seeds: How many independent draws.
  ///   - training: Rows that the generator saw.
  ///   - synthetic: Rows under test.
  ///   - holdout: Rows that it never saw; `nil` for none.
  ///   - simulator: Makes the rows; its seed counts up.
  ///   - declared: What is said of the columns.
  ///   - plan: What the evaluations do.
  ///   - threads: How many threads a kernel may use.
  /// - Throws: ``/AssayTable/AlignmentError``.
  public init(
    seeds: Int = 12, training: Int = 500, synthetic: Int = 500, holdout: Int? = 500,
    simulator: Simulator = Simulator(seed: 1), declared: SchemaDeclaration = SchemaDeclaration(),
    plan: EvaluationPlan = .brief(replicates: 12), threads: Int = 1
  ) throws(AlignmentError) {
    self.plan = plan
    self.threads = threads
    var draws: [Draw] = []
    for seed in 0..<UInt64(seeds) {
      var own = simulator
      own.seed = simulator.seed &+ seed
      let real = own.table(rows: training, stream: "training")
      draws.append(
        Draw(
          training: real, fresh: own.table(rows: synthetic, stream: "synthetic"),
          real: try RealTables(
            training: real, holdout: holdout.map { own.table(rows: $0, stream: "holdout") },
            declared: declared, settings: plan.bins, threads: threads)))
    }
    self.draws = draws
  }

  /// The number of seeds.
  public var count: Int { draws.count }

  /// The trial of one seed, with a damage or with fresh rows.
  ///
  /// - Throws: ``/AssayTable/AlignmentError``.
  public func trial(
    _ index: Int, damage: MetricDescriptor.Damage? = nil, strength: Double = 0,
    columns: Set<String>? = nil, threads: Int? = nil
  ) throws(AlignmentError) -> Trial {
    let draw = draws[index]
    let synthetic =
      damage.map {
        PlantedDamage($0, strength: strength, seed: UInt64(index) + 1, columns: columns)
          .applied(to: draw.fresh, training: draw.training)
      } ?? draw.fresh
    return try Trial(draw.real, synthetic: synthetic, plan: plan, threads: threads ?? self.threads)
  }

  /// The scores of metrics over all seeds, by key.
  ///
  /// - Parameters:
  ///   - metrics: The metrics.
  ///   - damage: The damage; `nil` for fresh rows.
  ///   - strength: Its strength.
  ///   - columns: The columns that it is done to; `nil` for all.
  ///   - tablesOnly: Whether scores of single columns and pairs are left out.
  /// - Returns: A series for each key, a seed after the other.
  /// - Throws: ``/AssayMetrics/MetricError`` or ``/AssayTable/AlignmentError``.
  public func series(
    of metrics: [any Metric], damage: MetricDescriptor.Damage? = nil, strength: Double = 0,
    columns: Set<String>? = nil, tablesOnly: Bool = true
  ) async throws -> [Score.Key: ScoreSeries] {
    var found: [Score.Key: ScoreSeries] = [:]
    // Small tables leave the kernels nothing to share: the seeds are what threads work on.
    let scores = try await concurrentTrials(draws.count, threads: threads) { index in
      let trial = try trial(index, damage: damage, strength: strength, columns: columns, threads: 1)
      var scores: [Score] = []
      for metric in metrics {
        scores += try await trial.scores(of: metric).filter { $0.subject.isTable || !tablesOnly }
      }
      return scores
    }
    for score in scores.joined() { found[score.key, default: ScoreSeries()].add(score) }
    return found
  }
}

/// One score over several seeds.
public struct ScoreSeries: Sendable, Hashable {
  /// The values, a seed each; seeds without a value have none.
  public private(set) var values: [Double?] = []
  /// What a fresh real sample is said to get, a seed each.
  public private(set) var floors: [ScoreFloor?] = []

  /// Makes an empty series.
  public init() {}

  /// Adds the score of the next seed.
  public mutating func add(_ score: Score) {
    values.append(score.value)
    floors.append(score.floor)
  }

  /// The mean of the values that exist.
  public var mean: Double { Moments(values.compactMap(\.self)).mean }

  /// The mean of what a fresh real sample is said to get.
  public var meanFloor: Double { Moments(floors.compactMap { $0?.value }).mean }

  /// The mean of the stated spread of a fresh real sample.
  public var meanSpread: Double { Moments(floors.compactMap { $0?.spread }).mean }

  /// The standard deviation of the values.
  public var deviation: Double { Moments(values.compactMap(\.self)).deviation }

  /// Value less what a fresh real sample is said to get, where both exist.
  public var excess: Moments {
    Moments(
      zip(values, floors).compactMap { value, floor in
        if let value, let floor { value - floor.value } else { nil }
      })
  }

  /// The paired differences from another series: this less the other.
  public func difference(from other: ScoreSeries) -> Moments {
    Moments(
      zip(values, other.values).compactMap { own, theirs in
        if let own, let theirs { own - theirs } else { nil }
      })
  }
}

/// Mean and standard deviation of some numbers.
public struct Moments: Sendable, Hashable {
  /// How many numbers there are.
  public var count: Int
  /// Their mean; 0 without any.
  public var mean: Double
  /// Their standard deviation with divisor n − 1; 0 for fewer than two.
  public var deviation: Double

  /// The moments of numbers.
  public init(_ values: [Double]) {
    count = values.count
    mean = values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    let centre = mean
    deviation =
      values.count > 1
      ? (values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(values.count - 1))
        .squareRoot() : 0
  }

  /// The standard error of the mean.
  public var standardError: Double { count > 0 ? deviation / Double(count).squareRoot() : 0 }
}
