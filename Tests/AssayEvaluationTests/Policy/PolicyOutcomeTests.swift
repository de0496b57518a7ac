import AssayDocument
import AssayEvaluation
import Testing

@Suite struct `What a policy asks of a run` {
  private static let bad = PolicySample(scores: [PolicySample.distance(0.5, deviation: 0.01)])
  private static let open = PolicySample(scores: [PolicySample.distance(0.1, deviation: 0.01)])

  private static func judgement(
    _ sample: PolicySample, _ severity: PolicySeverity = .blocking,
    waivers: [Policy.Waiver] = [], day: String? = nil, advisory: Bool = false,
    onUndecided: OnUndecided? = nil
  ) throws -> PolicyJudgement {
    var requirement = PolicySample.atMost(0.1, severity: severity)
    requirement.onUndecided = onUndecided
    var policy = PolicySample.policy(requirement, waivers: waivers)
    policy.isAdvisory = advisory
    return try PolicyJudge(
      policy: policy, document: sample.document, day: day.flatMap(PolicyDay.init)
    ).judgement()
  }

  @Test func `undecided ends the run where the severity says so`() throws {
    #expect(try Self.judgement(Self.open).consequence == .undecided)
    #expect(try Self.judgement(Self.open, .major).consequence == .warn)
    #expect(try Self.judgement(Self.open, .minor, onUndecided: .fail).consequence == .undecided)
    let passed = try Self.judgement(Self.open, onUndecided: .pass)
    #expect(passed.consequence == .none)
    #expect(passed.verdict.status == .passed)
  }

  @Test func `a failure counts at any severity`() throws {
    for severity in PolicySeverity.allCases {
      #expect(try Self.judgement(Self.bad, severity).consequence == .failed)
    }
  }

  @Test func `an advisory policy asks nothing`() throws {
    let judged = try Self.judgement(Self.bad, advisory: true)
    #expect(judged.consequence == .none)
    #expect(judged.verdict.status == .evaluated)
    #expect(judged.verdict.requirements[0].status == .failed)
  }

  @Test func `a waiver holds to its last day and is shown`() throws {
    let waiver = Policy.Waiver(
      requirement: "distance", owner: "Ada", reason: "known", expires: "2026-05-31")
    let held = try Self.judgement(Self.bad, waivers: [waiver], day: "2026-05-31")
    #expect(held.consequence == .warn)
    #expect(held.verdict.status == .passed)
    #expect(held.verdict.requirements[0].status == .failed)
    #expect(held.verdict.requirements[0].waiver == "Ada: known (until 2026-05-31)")
    let ended = try Self.judgement(Self.bad, waivers: [waiver], day: "2026-06-01")
    #expect(ended.consequence == .failed)
    #expect(ended.verdict.requirements[0].waiver == nil)
    #expect(ended.verdict.requirements[0].why.hasSuffix("ended on 2026-05-31"))
    #expect(throws: PolicyError.self) { try Self.judgement(Self.bad, waivers: [waiver]) }
  }

  @Test func `a waiver of one column leaves the others`() throws {
    let sample = PolicySample(scores: [
      PolicySample.distance(0.5, deviation: 0.01, columns: ["a"]),
      PolicySample.distance(0.5, deviation: 0.01, columns: ["b"]),
    ])
    let policy = PolicySample.policy(
      PolicySample.atMost(0.1, place: .eachColumn),
      waivers: [
        .init(requirement: "distance", columns: ["a"], owner: "Ada", reason: "known")
      ])
    let judged = try PolicyJudge(policy: policy, document: sample.document).judgement()
    #expect(judged.consequences == [.warn, .failed])
  }

  @Test func `what had to be measured and was not fails unless it is waived`() throws {
    let sample = PolicySample(scores: [PolicySample.distance(0.01, deviation: 0.01)])
    func judged(_ waivers: [Policy.Waiver]) throws -> PolicyJudgement {
      try PolicyJudge(
        policy: PolicySample.policy(
          PolicySample.atMost(0.1),
          coverage: .init(metrics: ["privacy.exact-match"], dimensions: [.fidelity]),
          waivers: waivers), document: sample.document
      ).judgement()
    }
    let plain = try judged([])
    #expect(plain.consequence == .failed)
    #expect(
      plain.verdict.requirements.map(\.id)
        == ["distance", "coverage/privacy.exact-match", "coverage/fidelity"])
    #expect(plain.verdict.requirements.map(\.status) == [.passed, .failed, .passed])
    let waived = try judged([
      .init(requirement: "coverage/privacy.exact-match", owner: "Ada", reason: "no real rows")
    ])
    #expect(waived.consequence == .warn)
  }

  @Test func `answers follow the requirements of their question`() throws {
    func mark(_ sample: PolicySample) throws -> Answer? {
      try Self.judgement(sample).verdict.answers.first { $0.question == .looksReal }
    }
    #expect(try mark(Self.bad)?.mark == .bad)
    #expect(try mark(Self.open)?.mark == .undecided)
    #expect(
      try mark(PolicySample(scores: [PolicySample.distance(0.01, deviation: 0.001)]))?.mark == .good
    )
  }

  @Test func `dimensions are judged part by part, and by real rows that would do as well`() throws {
    func member(_ facet: String, _ place: Double) -> DimensionScore.Member {
      // Floor 0.02 and far end 0.52: the place p is the value 0.52 − 0.5 p.
      let law = BoundLaw.normal(.init(lowerCentre: place, upperCentre: place, deviation: 0.01))
      return DimensionScore.Member(
        facet: facet, against: .holdout, value: 0.52 - 0.5 * place,
        floor: ScoreFloor(value: 0.02, spread: 0.001, method: "closed-form"),
        baseline: ScoreBaseline(value: 0.52, method: "x"), score: place, interval: nil,
        bounds: ScoreBounds(lower: place - 0.0164, upper: place + 0.0164, law: law),
        effectiveRows: EffectiveRows(
          value: 1, lower: 1, upper: 1, level: 0.95, rows: 2_000, method: "x"), subjects: 2)
    }
    let sample = PolicySample(dimensions: [
      DimensionScore(
        id: .fidelity, score: 0.7, method: "minimum of the parts",
        members: [member("marginal", 0.98), member("dependence", 0.7)],
        counts: .init(measured: 2))
    ])
    func status(
      _ facet: String?, _ compare: PolicyCompare, _ margin: Double
    ) throws -> Verdict.Status {
      let requirement = PolicyRequirement(
        id: "r", what: .dimension(.fidelity, facet: facet), compare: compare,
        margin: .atLeast(margin), reason: "for the test")
      return try PolicyJudge(
        policy: PolicySample.policy(requirement), document: sample.document
      ).judgement().verdict.status
    }
    #expect(try status("marginal", .normalised, 0.9) == .passed)
    #expect(try status("dependence", .normalised, 0.9) == .failed)
    #expect(try status(nil, .normalised, 0.9) == .failed)
    #expect(try status(nil, .normalised, 0.5) == .passed)
    // The place 0.98 is the value 0.03, 1.5 times what a fresh sample gets: 2.25 / 1,000 − 1 / 2,000
    // is the inverse of 571 rows.
    #expect(try status("marginal", .effectiveRows, 300) == .passed)
    #expect(try status("marginal", .effectiveRows, 571) == .undecided)
    #expect(try status("marginal", .effectiveRows, 1_990) == .undecided)
    #expect(try status("dependence", .effectiveRows, 300) == .failed)
  }

  @Test func `each run's share sums to one and falls`() {
    var sum = 0.0
    var last = 1.0
    for run in 1...20_000 {
      let share = OnlineControl.share(run: run)
      #expect(share > 0)
      if run > 2 { #expect(share < last) }
      last = share
      sum += share
    }
    // The rest of the series: 2 e^{−s} (s³ + 3s² + 6s + 6) / 12.6451 with s = √log 20,000 = 3.14699.
    #expect(abs(sum + 2 * 0.0429815 * 85.76 / 12.645107872871 - 1) < 0.001)
  }
}
