import AssayDocument
import AssayMetrics
import AssayPrivacy
import AssayTestKit
import Testing

/// What the verdict claims to see, on tables large enough for it to be decided: the law tables of the
/// catalogue attack too few rows, three in a hundred being the smallest rate that they can show.
@Suite struct `Claims of the verdict` {
  private static let laws = Task {
    var plan = EvaluationPlan.brief(replicates: 8)
    plan.membershipRows = 300
    plan.permutations = 199
    return try await DamageLaws(
      [AnyLeak()],
      over: SimulatedTrials(
        seeds: 3, training: 300, synthetic: 300, holdout: 300,
        simulator: Simulator(seed: 900, key: "id"), plan: plan))
  }

  @Test(arguments: [MetricDescriptor.Damage.copy, .jitteredCopy, .leak, .shuffledColumns])
  func `hold for the damage`(_ damage: MetricDescriptor.Damage) async throws {
    let violations = try await Self.laws.value.violations(damage)
    #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
  }

  @Test func `and say truly what a fresh real sample gets`() async throws {
    let violations = try await Self.laws.value.calibrationViolations()
    #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
  }
}
