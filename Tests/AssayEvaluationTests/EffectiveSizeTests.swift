import AssayDocument
import AssayMetrics
import AssayTable
import Testing

@testable import AssayEvaluation
@testable import AssayTestKit

@Suite struct `The number of real rows that would do as well` {
  private func facet(_ value: Double, deviation: Double = 0.001) -> FacetResult {
    FacetResult(
      facet: "marginal", against: .training, value: value,
      floor: ScoreFloor(value: 0.02, spread: 0.001, method: "closed-form"),
      baseline: ScoreBaseline(value: 0.5, method: "uniform-values"), deviation: deviation,
      subjects: 3, worst: [])
  }

  private func rows(_ value: Double) throws -> EffectiveRows {
    try #require(
      EffectiveSize(facet(value), real: 1_000, synthetic: 1_000).rows(level: 0.95, z: 1.96))
  }

  @Test func `is the number at hand for what a fresh sample gets, and never more`() throws {
    #expect(try rows(0.02).value == 1_000)
    #expect(try rows(0.01).value == 1_000)
    #expect(try rows(0).upper == 1_000)
  }

  @Test func `follows from the law of sizes`() throws {
    // (x/c)² = 1/n + 1/m with c = 0.02 / √(2/1000): at twice the value 8/1000 − 1/1000.
    #expect(abs(try rows(0.04).value - 1_000.0 / 7) < 1e-9)
    let found = try rows(0.04)
    #expect(found.lower < found.value && found.value < found.upper)
  }

  @Test func `is said to two digits`() throws {
    #expect(EffectiveSize.words(try rows(0.04)) == "140 real rows")
    #expect(EffectiveSize.words(try rows(0.02)) == "1,000 real rows")
  }

  /// Four hundred rows handed out five times over are worth four hundred.
  @Test func `sees through repeated rows`() async throws {
    let simulator = Simulator(seed: 8)
    let few = simulator.table(rows: 400, stream: "few")
    let options = EvaluationOptions(
      seed: 1, preset: .quick, threads: 2, metrics: ["total-variation", "cramers-v"])
    let prepared = try PreparedEvaluation(
      training: simulator.table(rows: 2_000, stream: "training"), holdout: nil, options: options)
    let document = try await prepared.evaluate(synthetic: few.repeated(5))
    let found = try #require(document.dimension(.fidelity)?.members.first?.effectiveRows)
    #expect(found.rows == 2_000)
    #expect(found.value > 150 && found.value < 900, "\(found.value)")
  }
}

extension RawTable {
  /// The rows, one round after the other.
  fileprivate func repeated(_ times: Int) -> RawTable {
    let rows = Array(0..<rowCount)
    return EditableTable(self).gathered((0..<times).flatMap { _ in rows }).raw()
  }
}
