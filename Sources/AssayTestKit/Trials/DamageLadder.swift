public import AssayDocument
public import AssayMetrics

/// How the scores of a metric answer to a damage of growing strength.
///
/// ```swift
/// let ladders = try await DamageLadder.climb(
///   [TotalVariation()], damage: .shift, strengths: [0.1, 0.3, 1], over: trials)
/// #expect(ladders.allSatisfy(\.isSeen))
/// ```
public struct DamageLadder: Sendable, Hashable {
  /// The score.
  public var key: Score.Key
  /// The damage.
  public var damage: MetricDescriptor.Damage
  /// The strengths, 0 first.
  public var strengths: [Double]
  /// The score at each strength.
  public var steps: [ScoreSeries]
  /// Which way the score improves.
  public var direction: Direction

  /// Evaluates metrics at every strength over the same seeds.
  ///
  /// - Parameters:
  ///   - metrics: The metrics.
  ///   - damage: The damage.
  ///   - strengths: Ascending and above 0; strength 0 is added.
  ///   - trials: Where rows come from.
  ///   - fresh: The series at strength 0, where they are known already.
  /// - Returns: A ladder for each score of the whole table that has a value.
  /// - Throws: ``/AssayMetrics/MetricError`` or ``/AssayTable/AlignmentError``.
  public static func climb(
    _ metrics: [any Metric], damage: MetricDescriptor.Damage, strengths: [Double],
    over trials: SimulatedTrials, fresh: [Score.Key: ScoreSeries]? = nil
  ) async throws -> [DamageLadder] {
    let start: [Score.Key: ScoreSeries]
    if let fresh { start = fresh } else { start = try await trials.series(of: metrics) }
    var steps: [[Score.Key: ScoreSeries]] = [start]
    for strength in strengths {
      steps.append(try await trials.series(of: metrics, damage: damage, strength: strength))
    }
    var ladders: [DamageLadder] = []
    for metric in metrics {
      let descriptor = metric.descriptor
      let keys = start.filter {
        $0.key.metric == descriptor.id && $0.key.subject.isTable
          && $0.value.values.contains { $0 != nil }
      }
      .keys.sorted { $0.words < $1.words }
      for key in keys {
        let series = steps.compactMap { $0[key] }
        guard series.count == steps.count else { continue }
        ladders.append(
          DamageLadder(
            key: key, damage: damage, strengths: [0] + strengths, steps: series,
            direction: descriptor.direction))
      }
    }
    return ladders
  }

  /// How much worse step *i* is than step *j*, seed by seed: positive means worse.
  public func worsening(_ i: Int, from j: Int) -> Moments {
    switch direction {
    case .lowerIsBetter:
      return steps[i].difference(from: steps[j])
    case .higherIsBetter:
      return steps[j].difference(from: steps[i])
    case .closerToFreshSample:
      let centre = steps[0].mean
      return Moments(
        zip(steps[i].values, steps[j].values).compactMap { own, other in
          if let own, let other { abs(own - centre) - abs(other - centre) } else { nil }
        })
    }
  }

  /// Whether the score gets worse with every step, up to three standard errors of the paired
  /// difference, and is clearly worse at the last one: by more than three standard errors and by
  /// half of the deviation from seed to seed.
  public var isSeen: Bool {
    for step in steps.indices.dropFirst() {
      let change = worsening(step, from: step - 1)
      if change.mean < -3 * change.standardError - 1e-12 { return false }
    }
    let total = worsening(steps.count - 1, from: 0)
    return total.mean > 3 * total.standardError && total.mean > 0.5 * steps[0].deviation
      && total.mean > 1e-9
  }

  /// Whether the score stays where a fresh sample is at every strength: the excess over what a
  /// fresh real sample of the sizes at hand gets changes by less than one deviation from seed to
  /// seed, up to three standard errors.
  public var isBlind: Bool {
    steps.indices.dropFirst().allSatisfy { step in
      let change = excessChange(step)
      return abs(change.mean) <= steps[0].deviation + 3 * change.standardError + 1e-9
    }
  }

  private func excessChange(_ step: Int) -> Moments {
    Moments(
      steps[step].values.indices.compactMap { seed in
        guard seed < steps[0].values.count, let value = steps[step].values[seed],
          let start = steps[0].values[seed]
        else { return nil }
        let floor = steps[step].floors[seed]?.value ?? 0
        let first = steps[0].floors[seed]?.value ?? 0
        return (value - floor) - (start - first)
      })
  }

  /// The means, a step each, and the deviation from seed to seed at the start.
  public var trace: String {
    let means = zip(strengths, steps).map { "\($0): \(Self.short($1.mean))" }
    let last = worsening(steps.count - 1, from: 0)
    return "\(key.metric) against \(key.against.rawValue) under \(damage.rawValue): "
      + means.joined(separator: ", ")
      + "; deviation \(Self.short(steps[0].deviation)), last step worse by "
      + "\(Self.short(last.mean)) ± \(Self.short(last.standardError))"
  }

  static func short(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return "\(value)" }
    return "\(Published.rounded(value))"
  }
}
