import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayReport
import AssayTable
import AssayTestKit
import Testing

@Suite struct `An evaluation of the fixtures` {
  /// An evaluation of the first rows of each table: neighbours are slow in builds for debugging.
  private func document(
    threads: Int, synthetic: String = "synth_cart.csv", rows: Int = 400
  ) async throws -> EvaluationDocument {
    func table(_ name: String) throws -> RawTable {
      let table = try Places.table(Places.fixture(name))
      return table.rows(0..<min(rows, table.rowCount))
    }
    let prepared = try PreparedEvaluation(
      training: table("real_train.csv"), holdout: table("real_holdout.csv"),
      options: EvaluationOptions(preset: .quick, threads: threads))
    return try await prepared.evaluate(synthetic: table(synthetic))
  }

  @Test func `gives the same bytes for one thread and for two`() async throws {
    let one = try await document(threads: 1)
    let two = try await document(threads: 2)
    #expect(try one.json() == two.json())
    #expect(HTMLRenderer().render(one) == HTMLRenderer().render(two))
  }

  @Test func `reads back from its own JSON`() async throws {
    let made = try await document(threads: 2)
    let read = try EvaluationDocument(json: made.json())
    #expect(try read.json() == made.json())
  }

  @Test func `names no score twice`() async throws {
    let made = try await document(threads: 2)
    #expect(Set(made.scores.map(\.key)).count == made.scores.count)
  }

  @Test func `freezes a plan that the synthetic side cannot change`() async throws {
    let first = try await document(threads: 2)
    let second = try await document(threads: 2, synthetic: "synth_broken.csv")
    #expect(first.plan == second.plan)
    #expect(first.plan.hash.count == 64)
  }

  @Test func `tells the planted versions apart`() async throws {
    func part(_ document: EvaluationDocument, _ facet: String) -> Double {
      document.dimension(.fidelity)?.members.first {
        $0.facet == facet && $0.against == .holdout
      }?.score ?? .nan
    }
    let cart = try await document(threads: 2, rows: 1_600)
    let shuffled = try await document(threads: 2, synthetic: "synth_shuffled.csv", rows: 1_600)
    let broken = try await document(threads: 2, synthetic: "synth_broken.csv", rows: 1_600)
    let leaky = try await document(threads: 2, synthetic: "synth_leaky.csv", rows: 1_600)
    let fresh = try await document(threads: 2, synthetic: "real_fresh.csv", rows: 1_600)
    #expect(part(cart, "marginal") > 0.95 && part(cart, "dependence") > 0.85)
    #expect(part(shuffled, "marginal") > 0.95 && abs(part(shuffled, "dependence")) < 0.1)
    #expect(part(broken, "marginal") < 0.85)
    #expect(leaky.verdict.answers.first { $0.question == .leaks }?.mark == .bad)
    #expect(fresh.verdict.answers.first { $0.question == .leaks }?.mark != .bad)
    #expect(fresh.verdict.answers.first { $0.question == .valid }?.mark == .good)
    #expect(broken.verdict.answers.first { $0.question == .valid }?.mark == .bad)
    for facet in ["marginal", "dependence"] {
      let member = try #require(
        fresh.dimension(.fidelity)?.members.first {
          $0.facet == facet && $0.against == .holdout
        })
      let interval = try #require(member.interval)
      #expect(interval.lower <= 1 && interval.upper >= 1, "\(facet)")
    }
  }
}
