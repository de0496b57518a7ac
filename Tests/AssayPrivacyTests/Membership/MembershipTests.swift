import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayPrivacy
import AssayTable
import AssayTestKit
import Testing

@Suite struct `Membership` {
  private static func tables(_ seed: UInt64, rows: Int) -> (
    training: RawTable, holdout: RawTable, fresh: RawTable
  ) { LeakSamples.tables(of: 7, seed, rows: rows) }

  private static func plan(_ permutations: Int = 999) -> EvaluationPlan {
    LeakSamples.plan(permutations)
  }

  @Test func `of a copy is seen by every attack that looks at distances`() async throws {
    let (training, holdout, _) = Self.tables(1, rows: 250)
    let trial = try Trial(
      training: training, synthetic: training, holdout: holdout, plan: Self.plan())
    let scores = try await trial.scores(of: MembershipInference())
    let table = try #require(scores.first)
    #expect(try #require(table.value) > 0.8)
    #expect(try #require(table.test?.pValue) < 1e-6)
    #expect(scores.count >= 11)
    for attack in ["distance", "local-distance", "calibrated-distance"] {
      let own = try #require(
        scores.first { $0.parameters["attack"] == .string(attack) && $0.subject.segment == "all" })
      #expect(try #require(own.test?.adjusted) <= 0.001, "\(attack)")
      #expect(try #require(own.details["area"]?.doubleValue) > 0.7, "\(attack)")
      #expect(try #require(own.details["epsilonLower"]?.doubleValue) > 0.3, "\(attack)")
    }
    let leak = try #require(try await trial.scores(of: AnyLeak()).first)
    #expect(try #require(leak.value) > 0.5)
    #expect(try #require(try await trial.scores(of: RecordTailTest()).first?.test?.pValue) < 1e-6)
  }

  @Test func `of one jittered row in ten is seen in the tails`() async throws {
    let (training, holdout, fresh) = Self.tables(2, rows: 400)
    let leaky = PlantedDamage(.jitteredCopy, strength: 0.1, seed: 2).applied(
      to: fresh, training: training)
    let trial = try Trial(training: training, synthetic: leaky, holdout: holdout, plan: Self.plan())
    let tails = try #require(try await trial.scores(of: RecordTailTest()).first)
    #expect(try #require(tails.test?.pValue) <= 0.01)
  }

  @Test func `accuses no fresh sample: the level holds over thirty of them`() async throws {
    var rejections = (battery: 0, tails: 0, verdict: 0)
    for seed in UInt64(10)..<40 {
      let (training, holdout, fresh) = Self.tables(seed, rows: 80)
      var plan = Self.plan(99)
      plan.seed = seed
      let trial = try Trial(training: training, synthetic: fresh, holdout: holdout, plan: plan)
      let battery = try #require(try await trial.scores(of: MembershipInference()).first)
      let tails = try #require(try await trial.scores(of: RecordTailTest()).first)
      if try #require(battery.test?.pValue) <= 0.05 { rejections.battery += 1 }
      if try #require(tails.test?.pValue) <= 0.05 { rejections.tails += 1 }
      let verdict = try #require(try await trial.scores(of: AnyLeak()).first)
      if try #require(verdict.test?.pValue) <= 0.001 { rejections.verdict += 1 }
    }
    // Binomial(30, 0.05) exceeds 5 with a chance of 0.3 %.
    #expect(rejections.battery <= 5)
    #expect(rejections.tails <= 5)
    #expect(rejections.verdict == 0)
  }

  @Test func `is undecided where the holdout is another population`() async throws {
    let (training, holdout, fresh) = Self.tables(3, rows: 250)
    let shifted = PlantedDamage(.shift, strength: 1, seed: 2).applied(
      to: holdout, training: training)
    let trial = try Trial(training: training, synthetic: fresh, holdout: shifted, plan: Self.plan())
    let validity = try #require(try await trial.scores(of: HoldoutExchangeability()).first)
    #expect(validity.details["holds"] == .boolean(false))
    let verdict = try #require(try await trial.scores(of: AnyLeak()).first)
    #expect(verdict.status == .notApplicable)
    #expect(try #require(verdict.reason).contains("told apart"))
  }

  @Test func `is undecided with few rows, and says how many rates they can show`() async throws {
    let (training, holdout, fresh) = Self.tables(4, rows: 60)
    let trial = try Trial(training: training, synthetic: fresh, holdout: holdout, plan: Self.plan())
    let verdict = try #require(try await trial.scores(of: AnyLeak()).first)
    #expect(verdict.status == .notApplicable)
    // Zero successes in 60 attacks bound the rate by 3/60.
    #expect(try #require(verdict.reason).contains("below 5 %"))
  }

  @Test func `is judged of tables of one and of two columns too`() async throws {
    let (training, holdout, fresh) = Self.tables(6, rows: 60)
    for count in 1...2 {
      let names = Array(training.columns.map(\.name).prefix(count))
      let trial = try Trial(
        training: training.columns(names), synthetic: fresh.columns(names),
        holdout: holdout.columns(names), plan: Self.plan(99))
      let score = try #require(try await trial.scores(of: MembershipInference()).first)
      #expect(score.status == .measured)
    }
  }

  @Test func `is not applicable without a holdout`() async throws {
    let (training, _, fresh) = Self.tables(5, rows: 60)
    let trial = try Trial(training: training, synthetic: fresh, plan: Self.plan(99))
    for scores in [
      try await trial.scores(of: MembershipInference()), try await trial.scores(of: AnyLeak()),
      try await trial.scores(of: RecordTailTest()),
      try await trial.scores(of: HoldoutExchangeability()),
    ] {
      #expect(scores.count == 1)
      #expect(scores.first?.reason?.contains("holdout") == true)
    }
  }
}

@Suite struct `Guesses of one run` {
  @Test func `count the right ones of the highest and the lowest scores`() {
    let made = OneRunGuesses(
      scores: [9, 1, 8, 2, 5, 7], included: [true, false, false, true, true, true], guesses: 4)
    // Highest: 9 (in), 8 (out); lowest: 2 (in), 1 (out).
    #expect(made == OneRunGuesses(candidates: 6, guesses: 4, correct: 2))
    #expect(OneRunGuesses.usual(of: 10) == 4)
  }

  @Test func `are right about half of the time where nothing leaked, ties and all`() async throws {
    // Few coarse columns: most scores are equal, and order must not give sides away.
    let simulator = Simulator(seed: 61)
    let names = Array(simulator.table(rows: 10).columns.map(\.name).prefix(2))
    var plan = EvaluationPlan.brief()
    plan.membershipRows = 400
    let trial = try Trial(
      training: simulator.table(rows: 400).columns(names),
      synthetic: simulator.table(rows: 400, stream: "s").columns(names),
      holdout: simulator.table(rows: 300, stream: "h").columns(names), plan: plan)
    for score in try await trial.scores(of: MembershipInference()).dropFirst()
    where score.subject.segment == "all" {
      let made = try #require(score.details["oneRun"])
      #expect(made["candidates"]?.integerValue == 600)
      #expect(made["guesses"]?.integerValue == 300)
      let correct = try #require(made["correct"]?.integerValue)
      // Four standard deviations of a binomial law.
      #expect(abs(correct - 150) < 35, "\(score.parameters)")
    }
  }
}
