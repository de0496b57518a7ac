public import AssayDocument
public import AssayMetrics
import AssayTable

/// What descriptors claim of damages, tried out.
public struct DamageLaws: Sendable {
  /// Where rows come from.
  public let trials: SimulatedTrials
  /// The metrics.
  public let metrics: [any Metric]
  private let fresh: [Score.Key: ScoreSeries]

  /// Evaluates the metrics on fresh rows.
  public init(_ metrics: [any Metric], over trials: SimulatedTrials) async throws {
    self.metrics = metrics
    self.trials = trials
    fresh = try await trials.series(of: metrics, tablesOnly: false)
  }

  /// The strengths that a damage that is seen is tried at.
  public static let strengths = [0.25, 0.5, 1]

  /// Claims about one damage that do not hold.
  ///
  /// A damage that a descriptor `sees` makes the mean of its scores of the table worse with every
  /// strength. One that it is `blindTo` leaves them where fresh rows are, at full strength. Copied
  /// rows are looked for against training and both sides only: against the holdout they are
  /// nothing to see.
  public func violations(_ damage: MetricDescriptor.Damage) async throws -> [Violation] {
    let seeing = metrics.filter { $0.descriptor.sees.contains(damage) }
    let blind = metrics.filter { $0.descriptor.blindTo.contains(damage) }
    var found: [Violation] = []
    if !seeing.isEmpty {
      let ladders = try await DamageLadder.climb(
        seeing, damage: damage, strengths: Self.strengths, over: trials, fresh: fresh)
      for metric in seeing {
        let own = ladders.filter { ladder in
          ladder.key.metric == metric.descriptor.id
            && !(Self.copies(damage) && ladder.key.against == .holdout)
        }
        if own.isEmpty {
          found.append(
            Violation("seen damage is seen", metric.descriptor.id, "no score of the table"))
        }
        found += own.filter { !$0.isSeen }.map {
          Violation("seen damage is seen", metric.descriptor.id, $0.trace)
        }
      }
    }
    if !blind.isEmpty {
      let ladders = try await DamageLadder.climb(
        blind, damage: damage, strengths: [1], over: trials, fresh: fresh)
      found += ladders.filter { !$0.isBlind }.map {
        Violation("blindness is blindness", $0.key.metric, $0.trace)
      }
    }
    return found
  }

  private static func copies(_ damage: MetricDescriptor.Damage) -> Bool {
    damage == .copy || damage == .jitteredCopy || damage == .leak
  }

  /// Scores of single columns that do not get worse when their column alone is shifted or scaled,
  /// for fidelity metrics that claim to see it.
  public func columnViolations() async throws -> [Violation] {
    var found: [Violation] = []
    for damage in [MetricDescriptor.Damage.shift, .scale] {
      let seeing = metrics.filter {
        $0.descriptor.dimension == .fidelity && $0.descriptor.sees.contains(damage)
      }
      guard !seeing.isEmpty else { continue }
      for column in ["normal", "poisson"] {
        let after = try await trials.series(
          of: seeing, damage: damage, strength: 0.5, columns: [column], tablesOnly: false)
        for metric in seeing {
          let descriptor = metric.descriptor
          let own = fresh.keys.filter {
            $0.metric == descriptor.id && $0.subject.columns == [column]
          }.sorted { $0.words < $1.words }
          for key in own {
            guard let start = fresh[key], let end = after[key] else { continue }
            let change = end.difference(from: start)
            let worse = descriptor.direction == .higherIsBetter ? -change.mean : change.mean
            if worse <= 3 * change.standardError {
              found.append(
                Violation(
                  "a damaged column scores worse", descriptor.id,
                  "\(key.words) under \(damage.rawValue): \(DamageLadder.short(start.mean)) "
                    + "becomes \(DamageLadder.short(end.mean))"))
            }
          }
        }
      }
    }
    return found
  }

  /// Fidelity scores against training that an exact copy of training does not bring to the best
  /// possible value.
  public func copyViolations() async throws -> [Violation] {
    let fidelity = metrics.filter { $0.descriptor.dimension == .fidelity }
    guard !fidelity.isEmpty else { return [] }
    let copied = try await trials.series(
      of: fidelity, damage: .copy, strength: 1, tablesOnly: false)
    var found: [Violation] = []
    for metric in fidelity {
      let descriptor = metric.descriptor
      guard descriptor.direction != .closerToFreshSample else { continue }
      let best =
        descriptor.direction == .lowerIsBetter
        ? descriptor.lowerLimit : descriptor.upperLimit ?? .infinity
      for (key, series) in copied.sorted(by: { $0.key.words < $1.key.words })
      where key.metric == descriptor.id && key.against == .training {
        if let value = series.values.compactMap(\.self).first(where: { abs($0 - best) > 1e-9 }) {
          found.append(
            Violation(
              "a copy of training is the best possible against training", descriptor.id,
              "\(key.words): \(value)"))
        }
      }
    }
    return found
  }

  /// Scores of the table whose stated value of a fresh real sample is not what fresh rows get.
  public func calibrationViolations(tolerance: Double = 0.5) -> [Violation] {
    fresh.filter { $0.key.subject.isTable && $0.value.excess.count > 1 }.sorted {
      $0.key.words < $1.key.words
    }
    .map { FreshSampleCalibration(key: $0.key, series: $0.value) }
    .filter { !$0.isCalibrated(tolerance: tolerance) }
    .map { Violation("a fresh real sample gets what is said", $0.key.metric, $0.trace) }
  }
}
