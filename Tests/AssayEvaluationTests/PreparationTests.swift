import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTable
import AssayTestKit
import Testing

@Suite struct `Preparing an evaluation` {
  private let simulator = Simulator(seed: 12)

  @Test func `refuses a holdout that repeats training rows`() throws {
    let training = simulator.table(rows: 400, stream: "training")
    #expect {
      _ = try PreparedEvaluation(
        training: training, holdout: training.rows(0..<200), options: EvaluationOptions())
    } throws: { error in
      guard let error = error as? EvaluationError else { return false }
      return error.code == .holdout && error.description.contains("200 of its 200 rows")
        && error.description.contains("assay split")
    }
  }

  @Test func `takes a fresh holdout`() throws {
    _ = try PreparedEvaluation(
      training: simulator.table(rows: 400, stream: "training"),
      holdout: simulator.table(rows: 200, stream: "holdout"), options: EvaluationOptions())
  }

  @Test func `names the metric that was probably meant`() throws {
    #expect {
      _ = try PreparedEvaluation(
        training: simulator.table(rows: 50), holdout: nil,
        options: EvaluationOptions(metrics: ["fidelity.total-variatoin", "nonsense"]))
    } throws: { error in
      guard let error = error as? EvaluationError else { return false }
      return error.code == .metrics && error.problems.count == 2
        && error.problems[0].contains("did you mean 'fidelity.total-variation'?")
    }
  }

  @Test func `lowers the limits of attacks to their budget, and says so in the plan`() throws {
    let training = simulator.table(rows: 400, stream: "training")
    func prepared(_ seconds: Double?, frozen: PlanRecord? = nil) throws -> PreparedEvaluation {
      var options = EvaluationOptions(preset: .full, frozen: frozen)
      options.privacyBudget = seconds
      return try PreparedEvaluation(training: training, holdout: nil, options: options)
    }
    let free = try prepared(nil)
    let short = try prepared(2)
    #expect(short.plan.membershipRows == 2_000 && free.plan.membershipRows == 20_000)
    #expect(short.plan.attackTargets == 400 && short.plan.attackRows == 10_000)
    #expect(short.plan.attackPredicates == 800)
    // What is not an attack keeps its limits.
    #expect(short.plan.classifierRows == free.plan.classifierRows)
    #expect(short.plan.pairLimit == free.plan.pairLimit)
    // No budget raises a limit, and none takes an attack away.
    #expect(try prepared(1e9).plan == free.plan)
    #expect(try prepared(0.01).plan.membershipRows == 500)
    #expect(short.planRecord.sampling["membershipRows"]?.integerValue == 2_000)
    #expect(short.planRecord.hash != free.planRecord.hash)
    var options = try EvaluationOptions(plan: short.planRecord)
    options.frozen = short.planRecord
    let again = try PreparedEvaluation(training: training, holdout: nil, options: options)
    #expect(again.plan == short.plan && again.planRecord.hash == short.planRecord.hash)
  }

  @Test func `gives no fidelity score below 200 rows on a side`() async throws {
    let prepared = try PreparedEvaluation(
      training: simulator.table(rows: 150, stream: "training"), holdout: nil,
      options: EvaluationOptions(preset: .quick))
    let document = try await prepared.evaluate(
      synthetic: simulator.table(rows: 150, stream: "fresh"))
    let fidelity = try #require(document.dimension(.fidelity))
    #expect(fidelity.score == nil)
    #expect(fidelity.reason?.contains("under 200 rows") == true)
  }

  @Test func `gives no fidelity score to a partial run`() async throws {
    let prepared = try PreparedEvaluation(
      training: simulator.table(rows: 300, stream: "training"), holdout: nil,
      options: EvaluationOptions(preset: .quick, metrics: ["fidelity.total-variation"]))
    let document = try await prepared.evaluate(
      synthetic: simulator.table(rows: 300, stream: "fresh"))
    #expect(document.dimension(.fidelity)?.score == nil)
    #expect(document.dimension(.fidelity)?.reason == "partial run")
  }

  @Test func `without a holdout can see copies but clears nobody`() async throws {
    let training = simulator.table(rows: 400, stream: "training")
    let prepared = try PreparedEvaluation(
      training: training, holdout: nil, options: EvaluationOptions(preset: .quick))
    let copied = try await prepared.evaluate(synthetic: training)
    #expect(copied.verdict.answers.first { $0.question == .leaks }?.mark == .bad)
    let fresh = try await prepared.evaluate(
      synthetic: simulator.table(rows: 400, stream: "fresh"))
    #expect(fresh.verdict.answers.first { $0.question == .leaks }?.mark == .undecided)
    #expect(
      fresh.scores(of: "privacy.distance-to-closest-record").first?.status == .notApplicable)
  }

  @Test func `calls a holdout contaminated when the synthetic side repeats it`() async throws {
    let holdout = simulator.table(rows: 400, stream: "holdout")
    let prepared = try PreparedEvaluation(
      training: simulator.table(rows: 400, stream: "training"), holdout: holdout,
      options: EvaluationOptions(preset: .quick))
    let document = try await prepared.evaluate(synthetic: holdout)
    let leaks = try #require(document.verdict.answers.first { $0.question == .leaks })
    #expect(leaks.mark == .undecided)
    #expect(leaks.sentence.contains("contaminated"))
  }
}
