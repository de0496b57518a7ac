import AssayDocument
import AssayMetrics
import AssayTestKit
import Testing

@testable import AssayEvaluation

@Suite struct `Findings of attacks` {
  private func attack(
    _ metric: MetricID, value: Double = 0.1, pValue: Double, columns: [String] = []
  ) -> Score {
    Score(
      metric: metric, dimension: .privacy, against: .both, outcome: .measured(value),
      floor: ScoreFloor(value: 0.01, spread: 0.01, method: "label permutation"),
      test: TestResult(statistic: value, pValue: 0.0001, adjusted: pValue, method: "joint"),
      details: [
        "worst": .object(["columns": .strings(columns)]),
        "successRate": .object(["training": .number(0.4), "holdout": .number(0.3)]),
      ])
  }

  private static let metrics: [MetricID] = [
    "privacy.singling-out", "privacy.linkability", "privacy.inference",
    "privacy.attribute-disclosure", "privacy.model-inference", "privacy.membership-inference",
    "privacy.rare-combinations", "privacy.record-tails",
  ]

  @Test(arguments: metrics)
  func `name each attack whose adjusted p-value is an alarm`(_ metric: MetricID) throws {
    let found = Array(AttackFindings([attack(metric, pValue: 0.001, columns: ["income"])]))
    #expect(found.count == 1)
    let one = try #require(found.first)
    #expect(one.severity == .error)
    #expect(one.sentence.contains("training"))
    #expect(one.remedy != nil)
    for word in ["safe", "anonymous", "compliant", "inconclusive", "floor"] {
      #expect(!one.sentence.contains(word))
    }
  }

  @Test func `say nothing of what chance gives, nor of less than a fresh sample gets`() {
    #expect(Array(AttackFindings(Self.metrics.map { attack($0, pValue: 0.0011) })).isEmpty)
    #expect(
      Array(AttackFindings(Self.metrics.map { attack($0, value: -0.1, pValue: 0.0001) })).isEmpty)
  }

  @Test func `say nothing where the holdout does not stand for unseen rows`() {
    let verdict = Score(
      metric: "privacy.any-leak", dimension: .privacy, against: .both,
      outcome: .notApplicable(reason: "told apart"),
      details: ["problems": .strings(["the two can be told apart"])])
    #expect(
      Array(AttackFindings([verdict, attack("privacy.linkability", pValue: 0.001)])).isEmpty)
  }

  @Test func `put the secret that is guessed and both rates into words`() throws {
    let found = Array(
      AttackFindings([attack("privacy.inference", pValue: 0.001, columns: ["income"])]))
    let one = try #require(found.first)
    #expect(one.columns == ["income"])
    #expect(
      one.sentence
        == "'income' is guessed from the nearest synthetic rows for 40 % of the training "
        + "records, for 30 % of the holdout records")
  }

  @Test func `do not say again what the verdict says`() {
    let verdict = Score(
      metric: "privacy.any-leak", dimension: .privacy, against: .both, outcome: .measured(0.02),
      test: TestResult(statistic: 4, pValue: 1e-6, method: "combined"),
      details: [
        "tests": .array([
          .object(["test": "membership-inference", "pValue": .number(1e-7)]),
          .object(["test": "exact-match", "pValue": .number(0.9)]),
        ])
      ])
    let found = AttackFindings([
      verdict, attack("privacy.membership-inference", pValue: 1e-6),
      attack("privacy.linkability", pValue: 0.001),
    ])
    #expect(found.map(\.code) == ["linkability"])
  }

  @Test func `partial copies are an alarm where they are beyond the margin for certain`() {
    var parts = attack("privacy.rare-combinations", pValue: 0.001)
    parts.test?.pValue = 0.001
    parts.bounds = ScoreBounds(lower: 0.05, upper: 0.15, level: 0.95)
    #expect(LeakScreening([parts]).alarms.count == 1)
    #expect(Array(AttackFindings([parts])).isEmpty)
    parts.bounds = ScoreBounds(lower: 0.01, upper: 0.15, level: 0.95)
    #expect(LeakScreening([parts]).alarms.isEmpty)
    #expect(AttackFindings([parts]).map(\.code) == ["partial-copies"])
  }
}

@Suite struct `A claim of differential privacy` {
  @Test(arguments: [
    ("epsilon 1", 1.0, 0.0), ("ε = 3.5, δ = 1e-5", 3.5, 1e-5), ("(2.5, 10^-6)-DP", 2.5, 1e-6),
    ("DP-SGD with eps<=0.5; delta: 0.00001", 0.5, 1e-5), ("epsilon of 8", 8, 0),
    ("ε ≤ 1,5 and δ=2·10⁻⁵ per record", 1.5, 2e-5), ("ε: 4, δ: 2*10^-5", 4, 2e-5),
    ("(epsilon = 10, delta = 1e-9)", 10, 1e-9), ("Epsilon is at most 2", 2, 0),
  ])
  func `is read for its ε and δ`(_ text: String, _ epsilon: Double, _ delta: Double) throws {
    let claim = try #require(PrivacyClaim(text))
    #expect(claim.epsilon == epsilon)
    #expect(abs(claim.delta - delta) <= 1e-9 * delta)
  }

  @Test(arguments: ["", "differentially private", "steps: 300", "delta = 1e-5", "epsilon: none"])
  func `states no ε in other words`(_ text: String) {
    #expect(PrivacyClaim(text) == nil)
  }

  private func scores(correct: Int, of guesses: Int) -> [Score] {
    ["distance", "density"].map { attack in
      Score(
        metric: "privacy.membership-inference", dimension: .privacy, against: .both,
        subject: Subject(columns: [], segment: "all"), parameters: ["attack": .string(attack)],
        outcome: .measured(0),
        details: [
          "title": "Closest synthetic row",
          "oneRun": .object([
            "candidates": .integer(2 * guesses), "guesses": .integer(guesses),
            "correct": .integer(correct),
          ]),
        ])
    }
  }

  @Test func `is refuted by more right guesses than it allows, and by no fewer`() throws {
    // At ε = 1 a guess is right with 0.731 at most: 95 of 100 are impossible, 75 are not.
    let refuted = try #require(
      try ClaimFinding("epsilon 1", scores: scores(correct: 95, of: 100), level: 0.001))
    #expect(refuted.isRefuted)
    #expect(refuted.sentence.hasPrefix("the claimed ε = 1 is refuted"))
    #expect(try #require(refuted.evidence["epsilonLower"]?.doubleValue) > 1)
    let held = try #require(
      try ClaimFinding("epsilon 1", scores: scores(correct: 75, of: 100), level: 0.001))
    #expect(!held.isRefuted)
    #expect(held.sentence.contains("proves nothing"))
    // The same guesses do not refute a larger ε.
    let larger = try ClaimFinding("epsilon 6", scores: scores(correct: 95, of: 100), level: 0.001)
    #expect(larger?.isRefuted == false)
  }

  @Test func `is not spoken of where none is made, and has nothing to be held against without ε`()
    throws
  {
    let none = try ClaimFinding(nil, scores: scores(correct: 95, of: 100), level: 0.001)
    #expect(none == nil)
    #expect(try ClaimFinding("  ", scores: [], level: 0.001) == nil)
    let open = try ClaimFinding("private", scores: [], level: 0.001)
    #expect(open?.isRefuted == false)
    #expect(open?.sentence.contains("states no ε") == true)
    #expect(try ClaimFinding("epsilon 1", scores: [], level: 0.001) == nil)
  }
}

@Suite struct `Findings of a run` {
  private func document(_ synthetic: String) async throws -> EvaluationDocument {
    let simulator = Simulator(seed: 51)
    var options = EvaluationOptions(
      preset: .quick, metrics: ["privacy.*"], about: About(["dpClaim": "epsilon = 0.5"]))
    options.threads = 2
    let prepared = try PreparedEvaluation(
      training: simulator.table(rows: 320), holdout: simulator.table(rows: 320, stream: "holdout"),
      options: options)
    return try await prepared.evaluate(synthetic: simulator.table(rows: 320, stream: synthetic))
  }

  private static let codes = [
    "copies", "near-copies", "partial-copies", "membership", "close-records", "singling-out",
    "linkability", "inference", "attribute-disclosure", "model-inference",
  ]

  @Test func `of a copy name copies and attacks, and refute the claim`() async throws {
    let found = try await document("training").findings.filter { $0.dimension == .privacy }
    #expect(found.contains { $0.id.hasPrefix("copies") })
    #expect(found.contains { $0.id.hasPrefix("membership") })
    #expect(found.contains { $0.id.hasPrefix("inference") })
    let claim = try #require(found.first { $0.id.hasPrefix("privacy-claim") })
    #expect(claim.severity == .error)
    #expect(Set(found.map(\.id)).count == found.count)
  }

  @Test func `of a fresh real sample name no attack, and refute nothing`() async throws {
    let found = try await document("fresh").findings.filter { $0.dimension == .privacy }
    for code in Self.codes { #expect(!found.contains { $0.id.hasPrefix(code) }, "\(code)") }
    #expect(found.first { $0.id.hasPrefix("privacy-claim") }?.severity == .notice)
  }
}
