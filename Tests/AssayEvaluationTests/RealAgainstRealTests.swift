import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayPrivacy
import AssayTable
import AssayTestKit
import Testing

/// Law: fresh real rows handed out as synthetic are not accused.
///
/// The limits are those of a binomial count: of 200 true hypotheses at 5 % a share of 9 % or more
/// is rejected with a chance of about one in a hundred.
@Suite struct `Fresh real rows as synthetic` {
  private static let pairs = 200
  private static let rows = 150

  @Test func `are rejected by the copy tests at their level`() async throws {
    let rejections = try await withThrowingTaskGroup(of: (Bool, Bool).self) { group in
      for seed in 0..<UInt64(Self.pairs) {
        group.addTask {
          let simulator = Simulator(seed: 9_000 + seed)
          var plan = EvaluationPlan.brief(replicates: 4, seed: seed)
          plan.permutations = 199
          let trial = try Trial(
            training: simulator.table(rows: Self.rows, stream: "training"),
            synthetic: simulator.table(rows: Self.rows, stream: "fresh"),
            holdout: simulator.table(rows: Self.rows, stream: "holdout"), plan: plan)
          let share = try await trial.scores(of: DistanceToClosestRecord())
          let exact = try await trial.scores(of: ExactMatch())
          return (
            (share.first?.test?.pValue ?? 1) <= 0.05, (exact.first?.test?.pValue ?? 1) <= 0.05
          )
        }
      }
      return try await group.reduce(into: (0, 0)) { counts, found in
        counts.0 += found.0 ? 1 : 0
        counts.1 += found.1 ? 1 : 0
      }
    }
    #expect(Double(rejections.0) <= 0.09 * Double(Self.pairs), "share: \(rejections.0)")
    #expect(Double(rejections.1) <= 0.09 * Double(Self.pairs), "exact: \(rejections.1)")
  }

  @Test func `score within their interval of 1 on both parts of fidelity`() async throws {
    var missed: [String] = []
    let runs: UInt64 = 20
    for seed in 0..<runs {
      let simulator = Simulator(seed: 400 + seed)
      let prepared = try PreparedEvaluation(
        training: simulator.table(rows: 600, stream: "training"),
        holdout: simulator.table(rows: 600, stream: "holdout"),
        options: EvaluationOptions(
          seed: seed, preset: .quick, threads: 2,
          metrics: ["fidelity.total-variation", "fidelity.cramers-v"]))
      let document = try await prepared.evaluate(
        synthetic: simulator.table(rows: 600, stream: "fresh"))
      let members = document.dimension(.fidelity)?.members ?? []
      #expect(members.count == 4)
      for member in members where member.against == .holdout {
        let interval = try #require(member.interval)
        if !(interval.lower <= 1 && interval.upper >= 1) {
          missed.append("\(member.facet), seed \(seed): \(interval)")
        }
      }
    }
    // 40 intervals of 95 %: five or more misses have a chance of about one in twenty.
    #expect(missed.count <= 4, "\(missed)")
  }
}
