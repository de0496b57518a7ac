import AssayDocument
import Testing

@testable import AssayEvaluation

@Suite struct `The privacy axis of a comparison` {
  /// A candidate with a score of privacy, or with closeness alone: 0.03 less 0.01 of a fresh sample.
  private static func judged(_ name: String, privacy: Double?, fidelity: Double) -> JudgedCandidate
  {
    let input = InputRecord(name: name, sha256: "0", bytes: 1, rows: 1_000, columns: 2)
    let closeness = Score(
      metric: "privacy.distance-to-closest-record", dimension: .privacy, against: .both,
      outcome: .measured(0.03), floor: ScoreFloor(value: 0.01, spread: 0.01, method: "m"))
    let document = EvaluationDocument(
      tool: ToolInfo(version: "0.1.0", libraries: [:]),
      plan: PlanRecord(
        hash: "0", seed: 1, preset: "quick", k: 10, roles: [:], binning: .null,
        against: [.training], metrics: [], sampling: [:]),
      about: About(), inputs: InputRecords(training: input, synthetic: input, holdout: input),
      columns: [], metrics: [], scores: [closeness],
      dimensions: [
        DimensionScore(
          id: .fidelity, score: fidelity, method: "m", counts: .init(measured: 1)),
        DimensionScore(
          id: .privacy, score: privacy, method: "m", counts: .init(measured: 1),
          reason: privacy == nil ? "no holdout" : nil),
      ],
      findings: [],
      verdict: Verdict(
        policy: .init(name: "first-look", version: "1", hash: "0"), advisory: true,
        status: .evaluated, answers: [], requirements: []))
    return JudgedCandidate(document: document, facets: [])
  }

  private static func axis(
    _ candidates: [JudgedCandidate]
  ) throws -> (axis: CandidateComparison.Axis, values: [Double?], front: [Bool]) {
    let found = try #require(try CandidateRanking(judged: candidates, level: 0.95).comparison())
    let place = try #require(found.axes.firstIndex { $0.dimension == .privacy })
    return (
      found.axes[place], found.candidates.map { $0.coordinates[place] },
      found.candidates.map(\.isOnFront)
    )
  }

  @Test func `is the score of the dimension where every candidate has one`() throws {
    let found = try Self.axis([
      Self.judged("a", privacy: 0.9, fidelity: 0.8), Self.judged("b", privacy: 0.2, fidelity: 0.7),
    ])
    #expect(!found.axis.lowerIsBetter && found.axis.absence == nil)
    #expect(found.values == [0.9, 0.2])
    // More is better, so the second is worse on both axes.
    #expect(found.front == [true, false])
  }

  @Test func `is closeness to real for all where one has none`() throws {
    let found = try Self.axis([
      Self.judged("a", privacy: 0.9, fidelity: 0.8), Self.judged("b", privacy: nil, fidelity: 0.7),
    ])
    #expect(found.axis.lowerIsBetter)
    for value in found.values { #expect(abs(try #require(value) - 0.02) < 1e-12) }
  }
}
