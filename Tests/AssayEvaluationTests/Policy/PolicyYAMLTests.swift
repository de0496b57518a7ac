import AssayDocument
import AssayEvaluation
import Testing

@Suite struct `A policy in YAML` {
  @Test(arguments: PolicyPresets.all)
  func `an embedded policy is read back as it was written`(_ policy: Policy) throws {
    let read = try Policy(yaml: policy.yaml(), file: "policy.yml")
    #expect(read == policy)
    #expect(read.reference == policy.reference)
    #expect(!policy.purpose.isEmpty)
    #expect(policy.requirements.allSatisfy { !$0.reason.isEmpty })
  }

  @Test func `everything that can be said is read back`() throws {
    let policy = Policy(
      name: "all", version: "2", title: "A \"title\": with # signs", purpose: "yes",
      alpha: 0.002, onUndecided: [.blocking: .warn, .major: .pass, .minor: .fail],
      requirements: [
        PolicyRequirement(
          id: "pair", what: .metric("fidelity.cramers-v"), against: .training,
          place: .columns(["a: b", "null"]), segment: "sex=F", compare: .previous,
          margin: .atMost(0.125), severity: .minor, onUndecided: .pass, reason: "no\nreason"),
        PolicyRequirement(
          id: "columns", what: .metric("fidelity.*"), place: .eachColumn, compare: .excess,
          margin: .atMost(1e-7), reason: "r"),
        PolicyRequirement(
          id: "pairs", what: .metric("spearman"), place: .eachPair, compare: .baseline,
          margin: .atLeast(-3), reason: "r"),
        PolicyRequirement(
          id: "rows", what: .dimension(.fidelity, facet: "marginal"), compare: .effectiveRows,
          margin: .atLeast(1_000), reason: "r"),
      ],
      coverage: .init(metrics: ["fidelity.*"], dimensions: [.privacy]),
      waivers: [
        .init(
          requirement: "pair", columns: ["a: b", "null"], owner: "Ada", reason: "r",
          expires: "2028-02-29"),
        .init(requirement: "coverage/privacy", owner: "Ada", reason: "r"),
      ])
    #expect(try Policy(yaml: policy.yaml(), file: "p.yml") == policy)
  }

  @Test func `all problems are told at once, each with its line`() {
    let yaml = """
      assay-policy: 1
      name: nightly run
      version: "1"
      alhpa: 0.01
      requirements:
        - id: a
          metric: fidelity.totl-variation
          at-most: 0.1
          reason: r
        - id: a
          dimension: fidelity
          facet: dependance
          at-most: much
          severity: mayor
          reason: r
        - id: b
          metric: fidelity.total-variation
          dimension: fidelity
          at-most: 1
          at-least: 0
      coverage:
        dimensions: [privcy]
      waivers:
        - requirement: c
          owner: Ada
          expires: 2026-02-30
      """
    let error = #expect(throws: PolicyError.self) { try Policy(yaml: yaml, file: "p.yml") }
    let expected = [
      "p.yml:2: 'name' may hold letters",
      "p.yml:4: unknown key 'alhpa'; did you mean 'alpha'?",
      "p.yml:7: no metric matches 'fidelity.totl-variation'; did you mean 'fidelity.total-variation'?",
      "p.yml:12: unknown facet 'dependance'; did you mean 'dependence'?",
      "p.yml:13: 'at-most' must be a number",
      "p.yml:14: unknown severity 'mayor'; did you mean 'major'?",
      "p.yml:16: 'reason' is missing",
      "p.yml:17: a requirement speaks of a 'metric' or of a 'dimension'",
      "p.yml:19: a requirement has one margin",
      "p.yml:22: unknown dimension 'privcy'; did you mean 'privacy'?",
      "p.yml:24: 'reason' is missing",
      "p.yml:24: no requirement is called 'c'",
      "p.yml:26: 'expires' must be a day",
    ]
    let problems = error?.problems ?? []
    for words in expected {
      #expect(problems.contains { $0.hasPrefix(words) }, "\(words) is not among \(problems)")
    }
    #expect(problems.count == expected.count)
  }

  @Test(arguments: [
    ("", "expected a mapping"), ("a: [", "not YAML"), ("a: 1\na: 2", "given twice"),
    ("- 1", "expected a mapping"), ("assay-policy: 2\nname: x", "must be 1"),
  ])
  func `what is no policy is refused`(_ yaml: String, _ words: String) {
    let error = #expect(throws: PolicyError.self) { try Policy(yaml: yaml, file: "p.yml") }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test func `a digest follows from what is said, not from how it is written`() throws {
    let policy = PolicyPresets.release
    let respelt = policy.yaml().replacing("name: release", with: "name: 'release' # a comment")
    #expect(try Policy(yaml: respelt, file: "p.yml").reference == policy.reference)
    var other = policy
    other.alpha = 0.002
    #expect(other.reference.hash != policy.reference.hash)
  }

  @Test func `days are those of the calendar`() {
    for day in ["2024-02-29", "2000-02-29", "2026-12-31"] { #expect(PolicyDay(day) != nil) }
    for day in ["2023-02-29", "1900-02-29", "2026-13-01", "2026-1-1", "0000-01-01", "2026/01/01"] {
      #expect(PolicyDay(day) == nil)
    }
  }
}

@Suite struct `Calibration of a policy` {
  @Test func `every accepted document passes at the proposed margin`() throws {
    let documents = [0.05, 0.07, 0.031].map {
      PolicySample(scores: [PolicySample.distance($0, deviation: 0.01)]).document
    }
    var policy = PolicySample.policy(PolicySample.atMost(0.01))
    let proposals = try PolicyCalibration.proposals(policy, accepted: documents)
    // 0.07 + 1.644854 · 0.01 = 0.08645, away from it in two digits; 1 − 0.05^(1/3).
    #expect(proposals[0].proposed == 0.087)
    #expect(abs(proposals[0].highestRate - 0.6315968) < 1e-6)
    policy.requirements[0].margin = .atMost(try #require(proposals[0].proposed))
    for document in documents {
      #expect(
        try PolicyJudge(policy: policy, document: document).judgement().verdict.status == .passed)
    }
  }

  @Test func `thirds are disjoint, of one size and follow the seed`() {
    let parts = PolicyTally.thirds(rows: 100, seed: 3, run: 1)
    #expect(parts.map(\.count) == [33, 33, 33])
    #expect(Set(parts.flatMap(\.self)).count == 99)
    #expect(parts == PolicyTally.thirds(rows: 100, seed: 3, run: 1))
    #expect(parts != PolicyTally.thirds(rows: 100, seed: 3, run: 2))
  }

  @Test func `too few rows are told before anything is measured`() {
    let policy = PolicyPresets.release
    let few = PolicyFeasibility(training: 500, synthetic: 500, holdout: 500).undecidable(policy)
    #expect(few.contains { $0.hasPrefix("copies cannot pass") && $0.contains("600 rows a side") })
    #expect(
      PolicyFeasibility(training: 16_000, synthetic: 16_000, holdout: 16_000)
        .undecidable(policy).isEmpty)
    let alone = PolicyFeasibility(training: 9_000, synthetic: 9_000, holdout: nil)
      .undecidable(policy)
    #expect(alone.count == 6 && alone.allSatisfy { $0.contains("no holdout") })
    #expect(
      PolicyFeasibility(training: 150, synthetic: 9_000, holdout: nil).undecidable(policy).count
        == 1)
  }
}
