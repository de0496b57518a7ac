import AssayDocument
import AssayEvaluation
import Testing

@Suite struct `The judge of a policy` {
  private static func verdict(
    _ requirement: PolicyRequirement, _ scores: [Score], rows: Int = 2_000, holdout: Int? = 2_000,
    alpha: Double = 0.01, run: Int? = nil
  ) throws -> Verdict {
    let sample = PolicySample(rows: rows, holdout: holdout, scores: scores)
    return try PolicyJudge(
      policy: PolicySample.policy(requirement, alpha: alpha), document: sample.document, run: run
    ).judgement().verdict
  }

  // Standard normal quantiles: 1.644854 at 0.95, 2.326348 at 0.99.
  @Test(arguments: [
    (0.10, Verdict.Status.passed), (0.1164, .passed), (0.1165, .undecided), (0.1328, .undecided),
    (0.1527, .undecided), (0.1528 + 0.0205, .failed), (0.3, .failed),
  ])
  func `passes below, fails above and is undecided about the margin`(
    _ value: Double, _ status: Verdict.Status
  ) throws {
    // The margin is 0.1329, the deviation 0.01: passed up to 0.1329 − 0.016449, failed from
    // 0.1329 + 0.023263 on.
    let verdict = try Self.verdict(
      PolicySample.atMost(0.1329), [PolicySample.distance(value, deviation: 0.01)])
    #expect(verdict.requirements.map(\.status) == [status])
    #expect(verdict.status == status)
  }

  @Test func `fails where the favourable bound is outside at the policy's own level`() throws {
    let outside = try Self.verdict(
      PolicySample.atMost(0.1), [PolicySample.distance(0.1233, deviation: 0.01)])
    #expect(outside.status == .failed)
    let stricter = try Self.verdict(
      PolicySample.atMost(0.1), [PolicySample.distance(0.1233, deviation: 0.01)], alpha: 0.001)
    #expect(stricter.status == .undecided)
  }

  @Test func `counted quantities are compared as they are, and on the margin they hold`() throws {
    let requirement = PolicyRequirement(
      id: "structure", what: .metric("diagnostics.table-structure"), compare: .value,
      margin: .atLeast(1), reason: "for the test")
    #expect(try Self.verdict(requirement, [PolicySample.counted(1)]).status == .passed)
    #expect(try Self.verdict(requirement, [PolicySample.counted(0.999)]).status == .failed)
  }

  @Test func `at zero a distance with no spread passes a margin of zero`() throws {
    let score = PolicySample.distance(0, deviation: 0)
    #expect(try Self.verdict(PolicySample.atMost(0), [score]).status == .passed)
  }

  @Test func `under 200 rows on a side nothing passes, and what is wrong still fails`() throws {
    let good = try Self.verdict(
      PolicySample.atMost(0.5), [PolicySample.distance(0.01, deviation: 0.01)], rows: 199)
    #expect(good.status == .undecided)
    #expect(good.requirements[0].why.contains("under 200"))
    let bad = try Self.verdict(
      PolicySample.atMost(0.1), [PolicySample.distance(0.5, deviation: 0.01)], rows: 199)
    #expect(bad.status == .failed)
    let enough = try Self.verdict(
      PolicySample.atMost(0.5), [PolicySample.distance(0.01, deviation: 0.01)], rows: 200,
      holdout: 200)
    #expect(enough.status == .passed)
  }

  @Test func `without a holdout privacy fails but never passes`() throws {
    let requirement = PolicySample.atMost(0.05, metric: "privacy.exact-match")
    func judged(_ value: Double) throws -> Verdict {
      try Self.verdict(
        requirement,
        [
          PolicySample.distance(
            value, deviation: 0.001, against: .training, metric: "privacy.exact-match",
            dimension: .privacy)
        ], holdout: nil)
    }
    #expect(try judged(0).status == .undecided)
    #expect(try judged(0).requirements[0].why.contains("no holdout"))
    #expect(try judged(0.9).status == .failed)
  }

  @Test func `what was not measured is undecided with its reason`() throws {
    let absent = try Self.verdict(PolicySample.atMost(0.1), [])
    #expect(absent.requirements[0].status == .undecided)
    #expect(absent.requirements[0].why.contains("no score of fidelity.total-variation"))
    var score = PolicySample.distance(0.1, deviation: 0.01)
    score.outcome = .notApplicable(reason: "no column can be compared")
    #expect(
      try Self.verdict(PolicySample.atMost(0.1), [score]).requirements[0].why
        == "not measured: no column can be compared")
    score.outcome = .failed(ScoreFailure(code: "x", message: "out of range"))
    #expect(
      try Self.verdict(PolicySample.atMost(0.1), [score]).requirements[0].why.contains("it failed"))
  }

  @Test func `each column is judged, and all share the error probability`() throws {
    // z = 2.5: a tail of 0.0062 fails alone at 0.01, and not as one of two.
    let columns = [
      PolicySample.distance(0.125, deviation: 0.01, columns: ["a"]),
      PolicySample.distance(0.01, deviation: 0.01, columns: ["b"]),
    ]
    let both = try Self.verdict(PolicySample.atMost(0.1, place: .eachColumn), columns)
    #expect(both.requirements.map(\.id) == ["distance (a)", "distance (b)"])
    #expect(both.requirements.map(\.status) == [.undecided, .passed])
    let alone = try Self.verdict(PolicySample.atMost(0.1, place: .columns(["a"])), columns)
    #expect(alone.requirements.map(\.status) == [.failed])
  }

  @Test func `Holm lets the second fail at a milder level than the first`() throws {
    // Tails 0.0001 and 0.0062: the first below 0.005, the second below 0.01.
    let columns = [
      PolicySample.distance(0.1372, deviation: 0.01, columns: ["a"]),
      PolicySample.distance(0.125, deviation: 0.01, columns: ["b"]),
    ]
    let both = try Self.verdict(PolicySample.atMost(0.1, place: .eachColumn), columns)
    #expect(both.requirements.map(\.status) == [.failed, .failed])
  }

  @Test func `ties are judged alike`() throws {
    let columns = ["a", "b", "c"].map {
      PolicySample.distance(0.15, deviation: 0.01, columns: [$0])
    }
    let verdict = try Self.verdict(PolicySample.atMost(0.1, place: .eachColumn), columns)
    #expect(Set(verdict.requirements.map(\.status)) == [.failed])
  }

  @Test(arguments: [
    (PolicyCompare.excess, 0.08, 0.1), (.normalised, 0.84, 0.1), (.baseline, 0.42, 0.1),
  ])
  func `compares excesses, places and gains`(
    _ compare: PolicyCompare, _ expected: Double, _ value: Double
  ) throws {
    // 0.1 − 0.02; (0.52 − 0.1) / 0.5; 0.52 − 0.1. With no spread the bound is the value.
    let requirement = PolicyRequirement(
      id: "r", what: .metric("fidelity.total-variation"), compare: compare, margin: .atLeast(-9),
      reason: "for the test")
    let verdict = try Self.verdict(requirement, [PolicySample.distance(value, deviation: 0)])
    #expect(abs((verdict.requirements[0].bound ?? .nan) - expected) < 1e-12)
  }

  @Test func `a change is measured from the earlier document`() throws {
    let now = PolicySample(scores: [PolicySample.distance(0.2, deviation: 0.006)]).document
    let before = PolicySample(scores: [PolicySample.distance(0.1, deviation: 0.008)]).document
    let policy = PolicySample.policy(PolicySample.atMost(0.05, compare: .previous))
    let judged = try PolicyJudge(policy: policy, document: now, previous: before).judgement()
    #expect(judged.verdict.status == .failed)
    // The deviation of the difference is 0.01: 0.1 − 2.326348 · 0.01.
    #expect(abs((judged.verdict.requirements[0].bound ?? 0) - 0.07673652) < 1e-6)
    let same = try PolicyJudge(policy: policy, document: before, previous: before).judgement()
    #expect(same.verdict.status == .passed)
    let without = try PolicyJudge(policy: policy, document: now).judgement()
    #expect(without.verdict.requirements[0].why.contains("--previous"))
  }

  @Test func `a history leaves each run a share of the error probability`() throws {
    let score = PolicySample.distance(0.125, deviation: 0.01)
    #expect(try Self.verdict(PolicySample.atMost(0.1), [score]).status == .failed)
    #expect(try Self.verdict(PolicySample.atMost(0.1), [score], run: 1).status == .undecided)
    let grave = PolicySample.distance(0.4, deviation: 0.01)
    #expect(try Self.verdict(PolicySample.atMost(0.1), [grave], run: 5_000).status == .failed)
  }

  @Test func `the rows that would decide follow from the square-root law`() throws {
    // The reach 1.645 · 0.01 must become 0.005: (3.29)² · 2,000 = 21,645, in two digits 22,000.
    let verdict = try Self.verdict(
      PolicySample.atMost(0.1), [PolicySample.distance(0.095, deviation: 0.01)])
    #expect(verdict.requirements[0].why.contains("about 22,000 rows a side would decide"))
  }

  @Test func `bounds of one level alone can pass but not fail below it`() throws {
    var score = PolicySample.distance(0.5, deviation: 0.01)
    score.bounds = ScoreBounds(lower: 0.48, upper: 0.52)
    #expect(try Self.verdict(PolicySample.atMost(0.1), [score]).status == .undecided)
    #expect(try Self.verdict(PolicySample.atMost(0.6), [score]).status == .passed)
  }

  @Test func `the command quotes names as a shell takes them`() throws {
    let verdict = try Self.verdict(
      PolicySample.atMost(0.1), [PolicySample.distance(0.01, deviation: 0.01)])
    #expect(
      verdict.requirements[0].command
        == "assay evaluate 'real table.csv' synthetic.csv --holdout holdout.csv --seed 7 "
        + "--preset standard --metrics fidelity.total-variation --policy trial")
  }

  @Test func `very many comparisons are listed up to a limit, the gravest first kept`() throws {
    let columns = (0..<500).map {
      PolicySample.distance($0 == 450 ? 0.9 : 0.01, deviation: 0.001, columns: ["c\($0)"])
    }
    let verdict = try Self.verdict(PolicySample.atMost(0.1, place: .eachColumn), columns)
    #expect(verdict.requirements.count == 200)
    #expect(verdict.requirements.contains { $0.id == "distance (c450)" && $0.status == .failed })
    #expect(verdict.requirements.last?.id == "distance (301 others)")
    #expect(Set(verdict.requirements.map(\.id)).count == 200)
  }
}
