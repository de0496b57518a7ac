import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

@Suite struct `The front of several candidates` {
  @Test func `holds what no other point dominates`() {
    // By hand: c is worse than a in both, d equals a, b trades one for the other.
    let points = [[0.9, 0.1], [0.5, 0.0], [0.8, 0.2], [0.9, 0.1]]
    #expect(
      ParetoFront.members(points, lowerIsBetter: [false, true]) == [true, true, false, true])
  }

  @Test func `is everybody where nothing was measured`() {
    #expect(ParetoFront.members([[], []], lowerIsBetter: []) == [true, true])
    #expect(ParetoFront.members([[1], [2]], lowerIsBetter: [true]) == [true, false])
  }
}

@Suite struct `One candidate against another` {
  private static func part(_ name: String, _ position: Double, _ noise: [Double]) -> ScaledFacet {
    ScaledFacet(
      name: name, position: position, deviation: 0.1, replicates: noise.map { position + $0 })
  }

  private static func noise(_ name: String, _ count: Int = 400) -> [Double] {
    var stream = RandomStream(seed: 3, name: name)
    return (0..<count).map { _ in 0.1 * stream.normal() }
  }

  @Test func `what the real rows leave open does not count twice`() throws {
    // Closed form: with equal replicates the difference has no spread at all.
    let shared = Self.noise("shared")
    let paired = try #require(
      FacetContrast.between([Self.part("m", 0.9, shared)], [Self.part("m", 0.89, shared)]))
    #expect(paired.deviation < 1e-12 && paired.pValue < 1e-9 && paired.isPaired)
    let apart = try #require(
      FacetContrast.between(
        [ScaledFacet(name: "m", position: 0.9, deviation: 0.1)],
        [ScaledFacet(name: "m", position: 0.89, deviation: 0.1)]))
    #expect(abs(apart.deviation - 0.02.squareRoot()) < 1e-12 && !apart.isPaired)
    #expect(abs(apart.pValue - min(1, 2 * normalSurvival(0.01 / 0.02.squareRoot()))) < 1e-12)
  }

  @Test func `every part must lie above one part of the other`() throws {
    // The first is higher in one part only: its minimum is no higher, so nothing can be claimed.
    let first = [Self.part("m", 0.99, Self.noise("a")), Self.part("d", 0.5, Self.noise("b"))]
    let second = [Self.part("m", 0.52, Self.noise("c")), Self.part("d", 0.9, Self.noise("d"))]
    let found = try #require(FacetContrast.between(first, second))
    #expect(abs(found.difference + 0.02) < 1e-12)
    #expect(found.pValue > 0.5)
    let low = [Self.part("m", 0.1, Self.noise("e")), Self.part("d", 0.95, Self.noise("f"))]
    #expect(try #require(FacetContrast.between(first, low)).pValue < 0.05)
    #expect(FacetContrast.between(first, []) == nil)
  }

  /// A level that depends on a number; `slope` weakens the relation, `shift` moves the number.
  private static func table(
    _ name: String, rows: Int, trial: Int, slope: Double = 1, shift: Double = 0
  ) -> RawTable {
    var stream = RandomStream(seed: UInt64(trial), name: "candidate", name)
    var numbers: [Double?] = []
    var levels: [String?] = []
    for _ in 0..<rows {
      let x = stream.normal()
      let y = slope * x + stream.normal()
      numbers.append(((x + shift) * 100).rounded() / 100)
      levels.append(y < -0.7 ? "low" : y < 0.7 ? "middle" : "high")
    }
    return TableBuilder(name).numbers("x", numbers).levels("y", levels).table()
  }

  private static func compare(
    trial: Int, rows: Int, _ tables: [RawTable]
  ) async throws -> CandidateComparison {
    let prepared = try PreparedEvaluation(
      training: table("real", rows: rows, trial: trial),
      holdout: table("holdout", rows: rows, trial: trial),
      options: EvaluationOptions(
        preset: .quick, threads: 1,
        metrics: [
          "fidelity.total-variation", "fidelity.cramers-v", "fidelity.classifier-two-sample",
        ]))
    var candidates: [JudgedCandidate] = []
    for table in tables { candidates.append(try await prepared.judged(synthetic: table)) }
    return try prepared.comparison(of: candidates)
  }

  @Test func `equals are not told apart more often than stated`() async throws {
    // Law: two tables of one generator, 24 trials at 10 %; 9 or more have a probability below 0.001.
    var found = 0
    for trial in 0..<24 {
      let comparison = try await Self.compare(
        trial: trial, rows: 240,
        [
          Self.table("a", rows: 240, trial: trial, slope: 0.5),
          Self.table("b", rows: 240, trial: trial, slope: 0.5),
        ])
      let contrast = try #require(comparison.contrasts.first { $0.dimension == .fidelity })
      found += contrast.pValue <= 0.1 ? 1 : 0
    }
    #expect(found < 9, "\(found) of 24")
  }

  @Test func `a worse generator is worse, and places say how sure that is`() async throws {
    let comparison = try await Self.compare(
      trial: 1, rows: 500,
      [
        Self.table("bad", rows: 500, trial: 2, slope: 0, shift: 1.5),
        Self.table("good", rows: 500, trial: 3), Self.table("twin", rows: 500, trial: 4),
      ])
    #expect(comparison.candidates.last?.input.name == "bad")
    #expect(comparison.candidates.last?.isOnFront == false)
    let places = comparison.candidates.compactMap {
      $0.places.first { $0.dimension == .fidelity }
    }
    #expect(places.last?.best == 3 && places.last?.worst == 3)
    #expect(places.prefix(2).allSatisfy { $0.best == 1 && $0.worst == 2 })
    let utility = try #require(comparison.axes.first { $0.dimension == .utility })
    #expect(utility.absence != nil, "what was not measured is said to be absent")
    #expect(comparison.candidates.allSatisfy { $0.scores.allSatisfy(\.subject.isTable) })
  }

  @Test func `pairing puts the scores of dimensions in the place of unpaired ones`() async throws {
    var comparison = try await Self.compare(
      trial: 1, rows: 500,
      [
        Self.table("bad", rows: 500, trial: 2, slope: 0, shift: 1.5),
        Self.table("good", rows: 500, trial: 3),
      ])
    #expect(comparison.candidates.map(\.input.name) == ["good", "bad"])
    // Tables that were made here have no file and no digest.
    comparison.candidates[0].input.sha256 = "good"
    comparison.candidates[1].input.sha256 = "bad"
    func entry(_ metric: MetricID?) -> ReleaseChange.Entry {
      ReleaseChange.Entry(
        title: "t", dimension: .fidelity, metric: metric, against: nil, subject: .table, old: 0,
        new: 1, interval: nil, pValue: 0, adjusted: 0, isBetter: true, method: "unpaired")
    }
    let change = ReleaseChange(
      old: comparison.candidates[0].input, new: comparison.candidates[1].input,
      comparability: .full, reasons: [],
      changes: [entry(nil), entry("fidelity.x")], compared: 2, unsure: 0, turns: [], appeared: [],
      gone: [])
    let paired = ReleaseComparison.paired(change, with: comparison)
    #expect(paired.changes.map(\.metric) == [nil, "fidelity.x"])
    #expect(paired.changes.first?.method != "unpaired")
    #expect(paired.changes.first?.isBetter == false)
    #expect((paired.changes.first?.interval?.upper ?? 1) < 0)
  }

  @Test func `one table alone is no comparison`() async throws {
    await #expect(throws: EvaluationError.self) {
      try await Self.compare(trial: 1, rows: 240, [Self.table("a", rows: 240, trial: 1)])
    }
  }
}
