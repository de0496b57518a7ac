public import AssayDocument
public import AssayMetrics

/// Tries what metrics claim on data with known truth, on the machine at hand.
///
/// Rows are drawn from a population that is known, damaged in a known way, and measured. Each claim
/// of a descriptor is one check: a damage that it `sees` makes its scores worse with every
/// strength, one that it is `blindTo` leaves them where fresh rows are, an exact copy of training
/// is the best possible against training, and what a fresh real sample is said to get is what
/// fresh rows get.
public struct SelfTest: Sendable {
  /// One claim and whether it holds here.
  public struct Check: Sendable, Hashable, Codable {
    /// What became of it.
    public enum Outcome: String, Sendable, Hashable, Codable {
      /// It holds.
      case holds
      /// It does not.
      case violated
    }

    /// The metric.
    public var metric: MetricID
    /// The damage; empty where the claim is about fresh rows.
    public var damage: String
    /// The claim: `sees`, `blind to`, `copy is best`, `fresh sample`.
    public var claim: String
    /// Whether it holds.
    public var outcome: Outcome
    /// The figures behind it.
    public var figures: String
  }

  private let metrics: [any Metric]
  private let trials: SimulatedTrials

  /// Draws the rows.
  ///
  /// - Parameters:
  ///   - metrics: The metrics.
  ///   - seeds: How many independent populations.
  ///   - rows: Rows of every side.
  ///   - seed: The seed of the first.
  ///   - threads: How many threads a kernel may use.
  /// - Throws: ``/AssayTable/AlignmentError``.
  public init(
    _ metrics: [any Metric], seeds: Int = 12, rows: Int = 500, seed: UInt64 = 1, threads: Int = 1
  ) throws {
    // Fewer than 300 rows a side are not enough for a verdict on leaks, whatever is planted.
    self.metrics = metrics.filter { rows >= 300 || $0.descriptor.id != "privacy.any-leak" }
    var plan = EvaluationPlan.brief(replicates: 24)
    plan.neighbourSample = nil
    plan.membershipRows = min(rows, 1_000)
    trials = try SimulatedTrials(
      seeds: seeds, training: rows, synthetic: rows, holdout: rows,
      simulator: Simulator(seed: seed, key: "id"), plan: plan, threads: threads)
  }

  /// The checks, by damage in the order of their definition, then those on fresh rows.
  ///
  /// - Parameter progress: Is told what is being tried and the share of the work that is behind.
  /// - Returns: A check for each claim.
  /// - Throws: ``/AssayMetrics/MetricError`` or ``/AssayTable/AlignmentError``.
  public func checks(
    progress: (_ step: String, _ share: Double) -> Void = { _, _ in }
  ) async throws -> [Check] {
    progress("fresh rows", 0)
    let laws = try await DamageLaws(metrics, over: trials)
    let damages = MetricDescriptor.Damage.allCases
    var checks: [Check] = []
    for (index, damage) in damages.enumerated() {
      progress(damage.rawValue, Double(index + 1) / Double(damages.count + 2))
      let violations = try await laws.violations(damage)
      for metric in metrics.map(\.descriptor) {
        for (claim, damages) in [("sees", metric.sees), ("blind to", metric.blindTo)]
        where damages.contains(damage) {
          checks.append(
            Self.check(
              metric.id, damage.rawValue, claim, violations.filter { $0.metric == metric.id }))
        }
      }
    }
    progress("copies", Double(damages.count + 1) / Double(damages.count + 2))
    let copies = try await laws.copyViolations()
    let fresh = laws.calibrationViolations()
    for metric in metrics.map(\.descriptor) {
      if metric.dimension == .fidelity {
        checks.append(
          Self.check(metric.id, "", "copy is best", copies.filter { $0.metric == metric.id }))
      }
      checks.append(
        Self.check(metric.id, "", "fresh sample", fresh.filter { $0.metric == metric.id }))
    }
    return checks
  }

  private static func check(
    _ metric: MetricID, _ damage: String, _ claim: String, _ violations: [Violation]
  ) -> Check {
    Check(
      metric: metric, damage: damage, claim: claim,
      outcome: violations.isEmpty ? .holds : .violated,
      figures: violations.map(\.trace).joined(separator: "; "))
  }
}
