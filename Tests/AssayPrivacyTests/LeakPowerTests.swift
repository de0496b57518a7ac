import AssayDocument
import AssayMetrics
import AssayPrivacy
import AssayTable
import AssayTestKit
import Testing

/// The power of the leak tests, against what can be worked out by hand.
@Suite struct `The smallest leak that would have been seen` {
  private func records(margin: Double) async throws -> [PowerRecord] {
    let simulator = Simulator(seed: 41)
    let trial = try Trial(
      training: simulator.table(rows: 300, stream: "training"),
      synthetic: simulator.table(rows: 300, stream: "fresh"),
      holdout: simulator.table(rows: 300, stream: "holdout"))
    return try await Workspace(trial.comparison.exchangeable, plan: trial.plan, threads: 2)
      .value(of: LeakPower(rule: .init(level: 0.001, margin: margin)))
  }

  private func smallest(
    _ metric: MetricID, _ defect: String, in records: [PowerRecord]
  ) throws -> Double? {
    try #require(records.first { $0.metric == metric && $0.defect == defect }).smallest
  }

  @Test func `of verbatim rows is a dozen, and more where nearness is asked for`() async throws {
    let found = try await records(margin: 0.02)
    #expect(found.count == 12)
    // No row repeats by chance, so k copies all lie in training with probability 2⁻ᵏ: among 999
    // relabellings none may do as well, which has the chance (1 − 2⁻ᵏ)⁹⁹⁹, 0.78 at 12, 0.89 at 13.
    for defect in ["copied-rows", "copied-outliers"] {
      let exact = try #require(
        try smallest("privacy.exact-match", defect, in: found))
      #expect((11...15).contains(Int((exact * 300).rounded())), "\(defect): \(exact)")
    }
    // The verdict takes one in 10,000 over four tests: 2⁻ᵏ is below a fortieth of a thousandth from 16 on.
    let verdict = try #require(try smallest("privacy.any-leak", "copied-rows", in: found))
    #expect((16...22).contains(Int((verdict * 300).rounded())), "\(verdict)")
    #expect(found.first { $0.metric == "privacy.any-leak" }?.level == 0.0001)
    // Noise hides every row from a comparison cell for cell.
    #expect(try smallest("privacy.exact-match", "jittered-copies", in: found) == nil)
    let share = try #require(
      try smallest("privacy.distance-to-closest-record", "copied-rows", in: found))
    #expect(share > 0.05 && share < 0.45)
    let jittered = try #require(
      try smallest("privacy.distance-to-closest-record", "jittered-copies", in: found))
    #expect(jittered >= 0.8 * share)
  }

  @Test func `is larger where more is tolerated`() async throws {
    let strict = try await records(margin: 0)
    let lenient = try await records(margin: 0.05)
    let metric: MetricID = "privacy.distance-to-closest-record"
    let small = try #require(try smallest(metric, "copied-rows", in: strict))
    let large = try smallest(metric, "copied-rows", in: lenient) ?? 1
    #expect(small < large)
  }
}
