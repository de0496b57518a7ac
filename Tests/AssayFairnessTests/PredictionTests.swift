import AssayDocument
import AssayFairness
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import Foundation
import Testing

@Suite struct `Parity of predictions` {
  /// Rows whose outcome follows from two numbers in both groups alike; labels of `noisy` are at random.
  private func rows(
    _ count: Int, _ stream: String, noisy: String? = nil, seed: UInt64 = 1
  ) -> RawTable {
    var random = RandomStream(seed: seed, name: "predictions", stream)
    var sex: [String?] = []
    var x: [Double?] = []
    var z: [Double?] = []
    var yes: [String?] = []
    for _ in 0..<count {
      let own = random.uniform() < 0.4 ? "f" : "m"
      let (a, b) = (random.normal(), random.normal())
      sex.append(own)
      x.append(a)
      z.append(b)
      var answer = a + 0.5 * b + 0.3 * random.normal() > 0
      if own == noisy { answer = random.uniform() < 0.5 }
      yes.append(answer ? "yes" : "no")
    }
    return TableBuilder(stream).levels("sex", sex).numbers("x", x).numbers("z", z)
      .levels("yes", yes).table()
  }

  private let declared = SchemaDeclaration([
    ColumnDeclaration(name: "sex", roles: [.sensitive]),
    ColumnDeclaration(name: "yes", roles: [.target]),
  ])

  private var plan: EvaluationPlan {
    var plan = EvaluationPlan.brief(replicates: 60)
    plan.utility = UtilitySettings(
      rows: 2_000, linearRows: 1_000, neighbourRows: 500, trees: 15, refits: 10, refitRows: 300,
      curveRepeats: 1)
    return plan
  }

  /// Planted truth: labels of one group are noise, so that its errors grow and those of the other do not.
  @Test func `falls where the labels of one group are noise`() async throws {
    let trial = try Trial(
      training: rows(1_200, "training"), synthetic: rows(1_200, "synthetic", noisy: "f"),
      holdout: rows(900, "holdout"), declared: declared, plan: plan)
    let scores = try await trial.scores(of: EqualisedOdds())
    let score = try #require(scores.first { $0.subject.columns == ["sex"] && $0.value != nil })
    #expect((score.value ?? 0) > 0.15 && (score.interval?.lower ?? 0) > 0)
    let opportunity = try await trial.scores(of: EqualOpportunity())
    let women = try #require(opportunity.first { $0.subject.segment == "f" })
    let men = try #require(opportunity.first { $0.subject.segment == "m" })
    #expect((women.interval?.upper ?? 0) < 0)
    #expect((men.value ?? -1) > -0.1)
    for metric in [
      DemographicParity(), EqualisedOdds(), EqualOpportunity(), PredictiveParity(),
      GroupCalibration(), SubgroupArea(),
    ] as [any Metric] {
      let found = WellFormed.violations(
        try await trial.result(of: metric), metric.descriptor, on: "noise")
      #expect(found.isEmpty, "\(found.map(\.description))")
    }
  }

  /// Closed form: fairlearn's definitions on the models' own predictions are what the details say.
  @Test func `gaps are those of the rates of the groups`() async throws {
    let trial = try Trial(
      training: rows(500, "training"), synthetic: rows(500, "synthetic"),
      holdout: rows(500, "holdout"), declared: declared, plan: plan)
    let scores = try await trial.scores(of: DemographicParity())
    let rates = scores.filter { $0.subject.segment != nil }
    let real = try rates.map { try #require($0.details["real"]?.doubleValue) }
    let synthetic = try rates.map { try #require($0.details["synthetic"]?.doubleValue) }
    let score = try #require(
      scores.first { $0.subject.columns == ["sex"] && $0.subject.segment == nil })
    let change =
      try (#require(synthetic.max()) - #require(synthetic.min()))
      - (#require(real.max()) - #require(real.min()))
    #expect(abs((score.value ?? 9) - change) < 3e-4)
  }

  /// Law: the intervals of models of a fresh sample hold 0.
  @Test func `of a fresh real sample is not accused`() async throws {
    var missed = 0
    let rounds = 15
    for seed in 0..<rounds {
      let trial = try Trial(
        training: rows(400, "training", seed: UInt64(seed)),
        synthetic: rows(400, "synthetic", seed: UInt64(seed)),
        holdout: rows(400, "holdout", seed: UInt64(seed)), declared: declared, plan: plan)
      let table = try #require(
        try await trial.scores(of: EqualisedOdds()).first { $0.subject.isTable })
      let interval = try #require(table.interval)
      if interval.lower > 0 || interval.upper < 0 { missed += 1 }
    }
    // 15 trials of a 7 % event stay at 4 or below but for one time in a hundred.
    #expect(missed <= 4, "\(missed)")
  }

  @Test func `says how many rows a group lacks`() async throws {
    let trial = try Trial(
      training: rows(300, "training"), synthetic: rows(300, "synthetic"),
      holdout: rows(40, "holdout"), declared: declared, plan: plan)
    let scores = try await trial.scores(of: DemographicParity())
    #expect(scores.allSatisfy { $0.value == nil })
    let table = try #require(scores.first { $0.subject.isTable })
    #expect(table.reason?.contains("30 rows of either answer") == true)
  }
}
