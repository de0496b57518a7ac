import AssayDocument
import AssayMetrics
import AssayPrivacy
import AssayTable
import AssayTestKit
import Testing

@Suite struct `Copy screening` {
  private let simulator = Simulator(seed: 31)
  private var training: RawTable { simulator.table(rows: 400, stream: "training") }
  private var holdout: RawTable { simulator.table(rows: 400, stream: "holdout") }
  private var fresh: RawTable { simulator.table(rows: 400, stream: "fresh") }

  private var plan: EvaluationPlan {
    var plan = EvaluationPlan.brief()
    plan.permutations = 999
    return plan
  }

  @Test func `finds every row of a verbatim copy`() async throws {
    let trial = try Trial(
      training: training, synthetic: training, holdout: holdout, plan: plan)
    let exact = try #require(try await trial.scores(of: ExactMatch()).first)
    #expect(exact.value == 1)
    #expect(exact.test?.pValue == 0.001)
    let share = try #require(try await trial.scores(of: DistanceToClosestRecord()).first)
    #expect(try #require(share.value) == 1)
    #expect(share.test?.pValue == 0.001)
  }

  @Test func `counts a leak of 5 % and blames it on training`() async throws {
    let leaky = PlantedDamage(.leak, strength: 0.25, seed: 2).applied(
      to: fresh, training: training)
    let trial = try Trial(training: training, synthetic: leaky, holdout: holdout, plan: plan)
    let exact = try #require(try await trial.scores(of: ExactMatch()).first)
    #expect(try #require(exact.value) >= 0.05)
    #expect(try #require(exact.test?.pValue) <= 0.002)
  }

  @Test func `sees jittered copies that no cell betrays`() async throws {
    let jittered = PlantedDamage(.jitteredCopy, strength: 1, seed: 2).applied(
      to: fresh, training: training)
    let trial = try Trial(training: training, synthetic: jittered, holdout: holdout, plan: plan)
    let share = try #require(try await trial.scores(of: DistanceToClosestRecord()).first)
    #expect(try #require(share.value) > 0.9)
  }

  @Test func `takes half of the rows to be closer when the real sides are equally large`()
    async throws
  {
    let trial = try Trial(training: training, synthetic: fresh, holdout: holdout, plan: plan)
    let share = try #require(try await trial.scores(of: DistanceToClosestRecord()).first)
    #expect(share.floor?.value == 0.5)
    let value = try #require(share.value)
    let spread = try #require(share.floor?.spread)
    #expect(abs(value - 0.5) < 4 * spread)
  }

  @Test func `splits ties, so that a coarse table accuses nobody`() async throws {
    // 27 cells: nearly every row has its copies on both sides.
    func coarse(_ stream: String) -> RawTable {
      let table = simulator.table(rows: 600, stream: stream)
      let names = table.columns.map(\.name)
      return table.columns([names[6]])
    }
    let trial = try Trial(
      training: coarse("training"), synthetic: coarse("fresh"), holdout: coarse("holdout"),
      plan: plan)
    let share = try #require(try await trial.scores(of: DistanceToClosestRecord()).first)
    #expect(try #require(share.test?.pValue) > 0.001)
    #expect(abs(try #require(share.value) - 0.5) < 0.1)
  }

  @Test func `expects the share that training has among the real rows`() async throws {
    let small = simulator.table(rows: 100, stream: "holdout")
    let trial = try Trial(training: training, synthetic: fresh, holdout: small, plan: plan)
    let share = try #require(try await trial.scores(of: DistanceToClosestRecord()).first)
    #expect(abs(try #require(share.floor?.value) - 0.8) < 1e-12)
  }

  @Test func `is not applicable without a holdout, and says why`() async throws {
    let trial = try Trial(training: training, synthetic: fresh, plan: plan)
    let share = try #require(try await trial.scores(of: DistanceToClosestRecord()).first)
    #expect(share.status == .notApplicable)
    #expect(share.reason?.contains("holdout") == true)
  }
}
