import AssayDocument
import AssayMetrics
import AssayTable
import AssayTestKit
import Testing

@testable import AssayPrivacy

@Suite struct `Near copies and exposed records` {
  private let simulator = Simulator(seed: 19)
  private var plan: EvaluationPlan {
    var plan = EvaluationPlan.brief()
    plan.permutations = 199
    plan.membershipRows = 300
    plan.neighbourSample = nil
    return plan
  }

  private func numbers(_ name: String, _ values: [Double]) -> RawTable {
    TableBuilder(name).numbers("x", values)
      .levels("c", values.indices.map { $0 % 2 == 0 ? "even" : "odd" }).table()
  }

  @Test func `counts a row within one part in a hundred of the range, and none beyond`()
    async throws
  {
    // 5 % and 95 % of 0, 10, …, 1990 are 99.5 and 1890.5: the tolerance is 17.91.
    let training = numbers("t", (0..<200).map { 10 * Double($0) })
    let synthetic = numbers("s", [0.5, 10.5, 5_000, 6_000])
    let found = try Trial(training: training, synthetic: synthetic, plan: plan)
    // Without a holdout the pool is the training rows alone.
    let score = try #require(try await found.scores(of: NearMatch()).table())
    #expect(score.value == 0.5)
    #expect(score.test == nil)
  }

  @Test func `keeps to the tolerance that the schema declares of a column`() async throws {
    let training = numbers("t", (0..<200).map { 10 * Double($0) })
    // Off by 0.5, 3, 3 and 6 from the nearest number of the same level.
    let synthetic = numbers("s", [0.5, 13, 23, 36])
    for (tolerance, share) in [(0.5, 0.25), (3, 0.75), (6, 1), (0, 0)] {
      let declared = SchemaDeclaration([ColumnDeclaration(name: "x", tolerance: tolerance)])
      let trial = try Trial(
        training: training, synthetic: synthetic, declared: declared, plan: plan)
      let score = try #require(try await trial.scores(of: NearMatch()).table())
      #expect(score.value == share, "within \(tolerance)")
      #expect(score.details["declaredTolerances"]?.arrayValue?.count == 1)
    }
    let days = TableBuilder("t").days("d", (0..<40).map { 10 * $0 }).table()
    let near = TableBuilder("s").days("d", [1, 12, 25, 33]).table()
    let declared = SchemaDeclaration([
      ColumnDeclaration(name: "d", kind: .datetime, tolerance: 2 * 86_400)
    ])
    let trial = try Trial(training: days, synthetic: near, declared: declared, plan: plan)
    #expect(try await trial.scores(of: NearMatch()).table()?.value == 0.5)
  }

  @Test func `agrees with comparing all pairs`() async throws {
    let trial = try Trial(
      training: simulator.table(rows: 120, stream: "t"),
      synthetic: simulator.table(rows: 90, stream: "s"),
      holdout: simulator.table(rows: 60, stream: "h"), plan: plan)
    let frame = trial.comparison.exchangeable
    let all = frame.schema.featureIndices
    // Few columns, so that rows do agree.
    for columns in [Array(all.prefix(2)), Array(all.suffix(2)), [all[0]]] {
      let rule = NearRule(frame, columns: columns)
      let training = try #require(frame.table(.training))
      let fast = try rule.matches(
        frame.synthetic, rows: Array(0..<90), among: training, threads: 2)
      for row in 0..<90 {
        let slow = (0..<120).filter { rule.agree(frame.synthetic, row, training, $0) }
        #expect(fast[row] == slow.map { Int32($0) })
      }
    }
  }

  @Test func `of a fresh sample are as many as chance gives, of a copy all`() async throws {
    let training = simulator.table(rows: 250, stream: "t")
    let holdout = simulator.table(rows: 250, stream: "h")
    let copied = try Trial(training: training, synthetic: training, holdout: holdout, plan: plan)
    #expect(try await copied.scores(of: NearMatch()).table()?.value == 1)
    let exposed = try #require(try await copied.scores(of: ExposedShare()).table(.both))
    #expect(try #require(exposed.value) > 0.5)
    let frame = copied.comparison.exchangeable
    let list = try await Workspace(frame, plan: plan, threads: 1).value(of: ExposedRecords())
    let records = try #require(list?.records)
    #expect(Set(records.map(\.row)).count == records.count)
    #expect(records.allSatisfy { $0.row >= 1 && $0.row <= 250 })
    #expect(records.allSatisfy { $0.reasons.contains("an exact copy is in the synthetic table") })

    let fresh = try Trial(
      training: training, synthetic: simulator.table(rows: 250, stream: "f"), holdout: holdout,
      plan: plan)
    let near = try #require(try await fresh.scores(of: NearMatch()).table())
    #expect(try #require(near.test?.pValue) > 0.001)
    let few = try #require(try await fresh.scores(of: ExposedShare()).table(.both))
    #expect(try #require(few.value) < 0.05)
  }

  @Test func `are the same records where nothing but they is looked for`() async throws {
    let training = simulator.table(rows: 250, stream: "t")
    let leaky = PlantedDamage(.jitteredCopy, strength: 0.2, seed: 3).applied(
      to: simulator.table(rows: 250, stream: "f"), training: training)
    let trial = try Trial(
      training: training, synthetic: leaky, holdout: simulator.table(rows: 250, stream: "h"),
      plan: plan)
    let workspace = Workspace(trial.comparison.exchangeable, plan: plan, threads: 2)
    let shared = try await workspace.value(of: ExposedRecords())
    let alone = try await workspace.value(of: ExposedRecords(alone: true))
    #expect(alone?.records == shared?.records)
    #expect(try #require(alone?.records.count) > 5)
    #expect(alone?.cohorts.isEmpty == true)
  }

  @Test func `publishes counts of at least k only`() async throws {
    let training = simulator.table(rows: 250, stream: "t")
    let leaky = PlantedDamage(.leak, strength: 0.1, seed: 3).applied(
      to: simulator.table(rows: 250, stream: "f"), training: training)
    let trial = try Trial(
      training: training, synthetic: leaky, holdout: simulator.table(rows: 250, stream: "h"),
      plan: plan)
    let score = try #require(try await trial.scores(of: ExposedShare()).table(.both))
    let cohorts = try #require(score.details["cohorts"]?.arrayValue)
    #expect(!cohorts.isEmpty)
    for cohort in cohorts {
      #expect(try #require(cohort["records"]?.doubleValue) >= 10)
      if let count = cohort["exposed"]?.doubleValue { #expect(count == 0 || count >= 10) }
    }
  }
}
