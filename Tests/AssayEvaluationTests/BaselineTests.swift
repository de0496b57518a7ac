import AssayDocument
import AssayMetrics
import AssayTestKit
import Testing

@testable import AssayEvaluation

@Suite struct `Generators of known faults` {
  private func document() async throws -> EvaluationDocument {
    let simulator = Simulator(seed: 12)
    let options = EvaluationOptions(
      seed: 3, preset: .quick, threads: 2, baselines: true, power: false)
    return try await PreparedEvaluation(
      training: simulator.table(rows: 500, stream: "training"),
      holdout: simulator.table(rows: 500, stream: "holdout"), options: options
    ).evaluate(synthetic: simulator.table(rows: 400, stream: "fresh"))
  }

  @Test func `stand where their faults put them`() async throws {
    let document = try await document()
    func score(_ id: String, _ facet: String) throws -> Double {
      let record = try #require(document.baselines.first { $0.id == id })
      #expect(record.rows == 400)
      let fidelity = try #require(record.dimensions.first { $0.id == .fidelity })
      return try #require(
        fidelity.members.first { $0.facet == facet && $0.against == .training }?.score)
    }
    func exact(_ id: String) throws -> Double {
      try #require(
        document.baselines.first { $0.id == id }?.scores.first {
          $0.metric == "privacy.exact-match" && $0.against == .training
        }?.value)
    }
    #expect(document.baselines.map(\.id) == Baselines.all.map(\.id))
    for id in ["copy", "bootstrap"] {
      #expect(try exact(id) == 1)
      // Rows drawn twice leave fewer that differ.
      #expect(try score(id, "dependence") > (id == "copy" ? 0.9 : 0.5))
    }
    #expect(try exact("jittered-copy") < 0.05)
    #expect(try score("jittered-copy", "dependence") > 0.8)
    #expect(try score("shuffled-columns", "marginal") > 0.95)
    #expect(abs(try score("shuffled-columns", "dependence")) < 0.15)
    #expect(abs(try score("uniform", "marginal")) < 0.1)
    #expect(abs(try exact("leak-5") - 0.05) < 0.005)
    #expect(abs(try exact("half-and-half") - 0.5) < 0.01)
    let half = try score("half-and-half", "dependence")
    #expect(half > 0.25 && half < 0.75)
  }
}
