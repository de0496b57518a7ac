public import AssayDocument
public import AssayMetrics
import AssayNumerics

/// From which strength on each metric sees each damage, over many seeds.
public struct PowerStudy: Sendable {
  /// What was found for one score of a metric under one damage.
  public struct Row: Sendable, Hashable {
    /// The damage.
    public var damage: MetricDescriptor.Damage
    /// The metric.
    public var metric: MetricID
    /// The real side.
    public var against: Against
    /// Whether the descriptor says that it sees the damage; otherwise that it is blind to it.
    public var claimed: Bool
    /// The mean worsening at each strength, in deviations from seed to seed of fresh rows.
    public var worsening: [Double]
    /// The first strength at which four fifths of the seeds are worse than 95 % of fresh rows.
    public var seenFrom: Double?
    /// How often, from one strength to the next, the mean gets better by more than two standard
    /// errors.
    public var reversals: Int
    /// The chance of the largest such step where no step makes a score better, by Student's t and
    /// Bonferroni over the steps; 1 where none makes it better.
    public var reversalTail: Double
    /// Whether the score stays where a fresh real sample is at every strength.
    public var isBlind: Bool
  }

  /// The strengths of the ladder.
  public static let strengths = [0.01, 0.02, 0.05, 0.1, 0.2]

  /// Independent populations.
  public var seeds: Int
  /// Rows of every side.
  public var rows: Int

  /// Makes a study.
  public init(seeds: Int, rows: Int) {
    self.seeds = seeds
    self.rows = rows
  }

  /// Climbs every ladder of every metric that claims to see, or not to see, a damage.
  ///
  /// - Parameters:
  ///   - metrics: The metrics.
  ///   - threads: How many seeds are in work at one time.
  ///   - progress: Is told the damage.
  /// - Returns: Rows by damage.
  /// - Throws: ``/AssayMetrics/MetricError`` or ``/AssayTable/AlignmentError``.
  public func run(
    _ metrics: [any Metric], threads: Int, progress: (String) -> Void = { _ in }
  ) async throws -> [Row] {
    var plan = EvaluationPlan.brief(replicates: 12)
    plan.neighbourSample = nil
    let trials = try SimulatedTrials(
      seeds: seeds, training: rows, synthetic: rows, holdout: rows,
      simulator: Simulator(seed: 5_000, key: "id"), plan: plan, threads: threads)
    let fresh = try await trials.series(of: metrics)
    var found: [Row] = []
    for damage in MetricDescriptor.Damage.allCases {
      progress(damage.rawValue)
      let chosen = metrics.filter {
        $0.descriptor.sees.contains(damage) || $0.descriptor.blindTo.contains(damage)
      }
      let ladders = try await DamageLadder.climb(
        chosen, damage: damage, strengths: Self.strengths, over: trials, fresh: fresh)
      for ladder in ladders {
        let claimed =
          chosen.first { $0.descriptor.id == ladder.key.metric }?.descriptor.sees
          .contains(damage) ?? false
        found.append(try Self.row(ladder, claimed: claimed))
      }
    }
    return found
  }

  private static func row(_ ladder: DamageLadder, claimed: Bool) throws -> Row {
    let unit = max(ladder.steps[0].deviation, 1e-12)
    var reversals = 0
    var tail = 1.0
    for step in ladder.steps.indices.dropFirst() {
      let change = ladder.worsening(step, from: step - 1)
      guard change.mean < -1e-12 else { continue }
      if change.mean < -2 * change.standardError { reversals += 1 }
      guard change.standardError > 0, change.count > 1 else {
        tail = 0
        continue
      }
      let t = -change.mean / change.standardError
      let own = try studentUpperTail(t, degreesOfFreedom: Double(change.count - 1))
      tail = min(tail, own * Double(ladder.steps.count - 1))
    }
    let sign = ladder.direction == .higherIsBetter ? -1.0 : 1.0
    let start = ladder.steps[0].values.compactMap(\.self).map { sign * $0 }.sorted()
    let limit = start.isEmpty ? 0 : start[min(start.count - 1, start.count * 95 / 100)]
    let seenFrom = ladder.steps.indices.dropFirst().first { step in
      let values = ladder.steps[step].values.compactMap(\.self).map { sign * $0 }
      return !values.isEmpty && Double(values.count { $0 > limit }) >= 0.8 * Double(values.count)
    }
    return Row(
      damage: ladder.damage, metric: ladder.key.metric, against: ladder.key.against,
      claimed: claimed,
      worsening: ladder.steps.indices.dropFirst().map { ladder.worsening($0, from: 0).mean / unit },
      seenFrom: seenFrom.map { ladder.strengths[$0] }, reversals: reversals, reversalTail: tail,
      isBlind: ladder.isBlind)
  }
}
