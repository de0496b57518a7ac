import AssayDocument
import AssayEvaluation
import Testing

/// Several draws of one generator before a policy.
///
/// Figures are invented; the oracle is the verdict that each draw gets alone.
@Suite struct `A policy over several draws` {
  private static func document(_ draws: [[Score]]) throws -> EvaluationDocument {
    try PreparedEvaluation.document(
      ofDraws: draws.enumerated().map { draw, scores in
        var document = PolicySample(scores: scores).document
        document.inputs.synthetic.name = "s\(draw).csv"
        return document
      })
  }

  private static func verdict(
    _ draws: [Double], deviation: Double = 0.01, alpha: Double = 0.01
  ) throws -> Verdict {
    let document = try document(
      draws.map { [PolicySample.distance($0, deviation: deviation)] })
    return try PolicyJudge(
      policy: PolicySample.policy(PolicySample.atMost(0.1), alpha: alpha), document: document
    ).judgement().verdict
  }

  @Test func `fails where any draw fails, and says which`() throws {
    let verdict = try Self.verdict([0.01, 0.02, 0.5])
    #expect(verdict.status == .failed)
    #expect(verdict.draws == 3)
    #expect(verdict.requirements.count == 1)
    #expect(verdict.requirements[0].why.hasPrefix("draw 3 of 3 (s2.csv): 0.5"))
    #expect(verdict.requirements[0].command?.contains("s2.csv") == true)
  }

  @Test func `passes where all pass, and names the nearest to the margin`() throws {
    let verdict = try Self.verdict([0.01, 0.05, 0.02])
    #expect(verdict.status == .passed)
    #expect(
      verdict.requirements[0].why.hasPrefix(
        "all 3 draws pass, the nearest to the margin is draw 2 of 3 (s1.csv): 0.05"))
  }

  @Test func `one undecided draw leaves the requirement undecided`() throws {
    let verdict = try Self.verdict([0.01, 0.1])
    #expect(verdict.status == .undecided)
    #expect(verdict.requirements[0].why.hasPrefix("draw 2 of 2"))
  }

  @Test func `draws share the error probability, so that one of many fails later`() throws {
    // z = 2.5: a tail of 0.0062, below 0.01 and above 0.01 / 2.
    #expect(try Self.verdict([0.125]).status == .failed)
    #expect(try Self.verdict([0.125, 0.01]).status == .undecided)
    // Holm: 0.0001 below 0.005, then 0.0062 below 0.01.
    #expect(try Self.verdict([0.125, 0.1372]).status == .failed)
  }

  @Test func `a generator on the margin fails no oftener for drawing more`() throws {
    // Draws whose value is the margin up to normal noise: 600 runs of 5 draws at a level of 0.05.
    var stream: UInt64 = 88_172_645_463_325_252
    func uniform() -> Double {
      stream ^= stream << 13
      stream ^= stream >> 7
      stream ^= stream << 17
      return (Double(stream >> 11) + 0.5) / 9_007_199_254_740_992
    }
    func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
    let runs = 600
    let failed = try (0..<runs).count { _ in
      try Self.verdict((0..<5).map { _ in 0.1 + 0.01 * normal() }, alpha: 0.05).status == .failed
    }
    // Binomial(600, 0.05) exceeds 48 with a chance of 1 in 1,000.
    #expect(failed <= 48)
    #expect(failed >= 12, "Bonferroni of independent draws is nearly sharp")
  }

  @Test func `coverage must hold in every draw`() throws {
    let score = PolicySample.distance(0.01, deviation: 0.001)
    let document = try Self.document([[score], []])
    let verdict = try PolicyJudge(
      policy: PolicySample.policy(
        PolicySample.atMost(0.1), coverage: .init(dimensions: [.fidelity])), document: document
    ).judgement().verdict
    #expect(verdict.requirements.map(\.id) == ["distance", "coverage/fidelity"])
    #expect(verdict.requirements.map(\.status) == [.undecided, .failed])
    #expect(verdict.requirements[1].why.hasPrefix("draw 2 of 2 (s1.csv): not measured"))
  }

  @Test func `a place that one draw lacks is undecided though the others pass`() throws {
    let scores = ["a", "b"].map {
      PolicySample.distance(0.01, deviation: 0.001, columns: [$0])
    }
    let document = try Self.document([scores, [scores[0]]])
    let verdict = try PolicyJudge(
      policy: PolicySample.policy(PolicySample.atMost(0.1, place: .eachColumn)),
      document: document
    ).judgement().verdict
    #expect(verdict.status == .undecided)
    #expect(verdict.requirements.contains { $0.why.contains("1 of 2 draws have it") })
  }

  @Test func `a waiver stands for the worst draw`() throws {
    let document = try Self.document(
      [0.01, 0.5].map { [PolicySample.distance($0, deviation: 0.01)] })
    let judged = try PolicyJudge(
      policy: PolicySample.policy(
        PolicySample.atMost(0.1),
        waivers: [.init(requirement: "distance", owner: "Ada", reason: "known")]),
      document: document
    ).judgement()
    #expect(judged.verdict.status == .passed)
    #expect(judged.consequence == .warn)
  }

  @Test func `a saved document judges as the one in memory, and one draw as ever`() throws {
    let draws = [0.01, 0.09, 0.3].map { [PolicySample.distance($0, deviation: 0.01)] }
    let document = try Self.document(draws)
    let saved = try EvaluationDocument(json: document.json())
    #expect(saved.draws == document.draws)
    #expect(saved.eachDraw.count == 3)
    let policy = PolicySample.policy(PolicySample.atMost(0.1))
    func verdict(_ document: EvaluationDocument) throws -> Verdict {
      try PolicyJudge(policy: policy, document: document).judgement().verdict
    }
    #expect(try verdict(saved) == verdict(document))
    #expect(try verdict(Self.document([draws[0]])).draws == nil)
    // Written before evidence was kept: the first draw stands alone.
    var old = saved
    old.draws?.evidence = []
    #expect(try verdict(old).status == .passed)
    #expect(try verdict(old).draws == nil)
  }

  @Test func `margins are proposed for the worst draw`() throws {
    let document = try Self.document(
      [0.01, 0.2].map { [PolicySample.distance($0, deviation: 0.01)] })
    let proposals = try PolicyCalibration.proposals(
      PolicySample.policy(PolicySample.atMost(0.1)), accepted: [document])
    // 0.2 + 1.644854 · 0.01, away from it in two digits.
    #expect(proposals[0].proposed == 0.22)
    #expect(proposals[0].documents == 1)
  }
}
