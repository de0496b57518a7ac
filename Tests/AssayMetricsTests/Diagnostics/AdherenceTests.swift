import AssayDocument
@testable import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

@Suite struct `Boundary and category adherence` {
  @Test func `counts what lies outside the training range, and says what a fresh sample does`()
    async throws
  {
    // Training 0…99; of 50 synthetic values 3 lie below, 2 above, one on the edge, 4 are blank.
    let training = TableBuilder().numbers("x", (0..<100).map { Double($0) + 0.5 }).table()
    var values: [Double?] = (0..<50).map { Double($0) + 10.25 }
    for (row, value) in zip([1, 2, 3, 10, 11, 12], [-1, -2, 0.4, 100, 99.6, 99.5]) {
      values[row] = value
    }
    for row in 40..<44 { values[row] = nil }
    let trial = try Trial(
      training: training, synthetic: TableBuilder().numbers("x", values).table())
    let scores = try await trial.scores(of: BoundaryAdherence())
    let score = try #require(scores.of("x"))
    #expect(score.value == 41.0 / 46)
    #expect(score.details["below"] == 3 && score.details["above"] == 2)
    #expect(abs((score.floor?.value ?? 0) - 99.0 / 101) < 1e-12)
    // The limits themselves have their oracle in the suite of intervals.
    let interval = try #require(score.interval)
    #expect(interval.lower < 41.0 / 46 && interval.upper > 41.0 / 46)
    // Five of 46 are rare for a fresh sample, but not as rare as one in a hundred; eleven are.
    #expect(score.details["holds"] == true)
    #expect(score.test?.pValue ?? 1 < 0.05)
    for row in 20..<26 { values[row] = 120 }
    let worse = try await Trial(
      training: training, synthetic: TableBuilder().numbers("x", values).table()
    ).scores(of: BoundaryAdherence())
    #expect(worse.of("x")?.details["above"] == 8)
    #expect(worse.of("x")?.details["holds"] == false)
    // Nowhere is an extreme published.
    for detail in score.details.values { #expect(detail.doubleValue.map { $0 < 50 } ?? true) }
    #expect(scores.table()?.value == score.value)
  }

  @Test(arguments: [
    ([0.0, 0.0, 1.0, 2.5], 4.0 / 5), ([0.0, 1.0, 1.5, 3.0], 3.0 / 5), ([0.0, 0.0, 2.5, 2.5], 1.0),
  ])
  func `an extreme that occurs twice is seldom passed`(
    _ values: [Double], _ expected: Double
  ) async throws {
    // Oracle: of n + 1 values the new one is the strict extreme once in n + 1, if there is one.
    let table = TableBuilder().numbers("x", values).table()
    let scores = try await Trial(training: table, synthetic: table).scores(of: BoundaryAdherence())
    #expect(abs((scores.of("x")?.floor?.value ?? 0) - expected) < 1e-12)
  }

  @Test(arguments: [(1, 10, 7), (3, 10, 7), (7, 10, 7), (2, 500, 400), (40, 500, 400)])
  func `the tail of the law of what strays is that of ranks`(_ k: Int, _ n: Int, _ m: Int) throws {
    // Oracle: k of m fresh values exceed the maximum of n real ones if the k largest of all are
    // fresh: Π (m − i)/(n + m − i).
    let law = BetaBinomial(trials: m, a: 1, b: Double(n))
    let ranks = (0..<k).reduce(1.0) { $0 * Double(m - $1) / Double(n + m - $1) }
    #expect(abs(try law.upperTail(atLeast: k) / ranks - 1) < 1e-9)
    // Neither extreme of all is fresh: n(n − 1)/((n + m)(n + m − 1)).
    let both = BetaBinomial(trials: m, a: 2, b: Double(n - 1))
    let none = Double(n * (n - 1)) / Double((n + m) * (n + m - 1))
    #expect(abs(try both.upperTail(atLeast: 1) - (1 - none)) < 1e-9)
  }

  @Test func `mean, deviation and tails of the law are those of its probabilities`() throws {
    // Oracle: direct summation.
    let law = BetaBinomial(trials: 30, a: 2.5, b: 7)
    let masses = try (0...30).map { try law.probability($0) }
    let mean = masses.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    let square = masses.enumerated().reduce(0) {
      $0 + Double($1.offset * $1.offset) * $1.element
    }
    #expect(abs(masses.reduce(0, +) - 1) < 1e-12)
    #expect(abs(mean - law.mean) < 1e-11)
    #expect(abs((square - mean * mean).squareRoot() - law.deviation) < 1e-11)
    for k in 0...31 {
      let direct = masses.dropFirst(k).reduce(0, +)
      #expect(abs(try law.upperTail(atLeast: k) - direct) < 1e-12)
    }
    let far = BetaBinomial(trials: 1_000_000, a: 2, b: 999)
    #expect(try far.upperTail(atLeast: 1) > 0.999)
    #expect(try far.upperTail(atLeast: 100_000) < 1e-20)
  }

  @Test func `levels that only the holdout shares with the synthetic rows do not count`()
    async throws
  {
    func table(_ levels: [(String, Int)]) -> RawTable {
      TableBuilder().levels("c", levels.flatMap { [String](repeating: $0.0, count: $0.1) }).table()
    }
    // Real: a 50, b 30, d 1, e 2, and from the holdout h 1. Synthetic: 30 a, 5 h, 12 new, 3 newer.
    let training = table([("a", 50), ("b", 30), ("d", 1), ("e", 2)])
    let holdout = table([("a", 20), ("h", 1)])
    let synthetic = table([("a", 30), ("h", 5), ("new", 12), ("newer", 3)])
    let scores = try await Trial(training: training, synthetic: synthetic, holdout: holdout)
      .scores(of: CategoryAdherence())
    let score = try #require(scores.of("c"))
    #expect(score.value == 35.0 / 50)
    // Good–Turing: d and h occur once among 104 real rows.
    #expect(abs((score.floor?.value ?? 0) - (1 - 2.0 / 104)) < 1e-12)
    #expect(score.details["inventedLevels"] == 2 && score.details["inventedRows"] == 15)
    #expect(score.details["invented"] == .strings(["new"]))
    #expect(score.details["missedLevels"] == 3)
    #expect(score.details["missed"] == .strings(["b"]))
    #expect(abs((score.details["missedShare"]?.doubleValue ?? 0) - 33.0 / 83) < 1e-12)
    let fresh = [50.0, 30, 1, 2].reduce(0.0) { sum, count in
      var none = 1.0
      for _ in 0..<50 { none *= 1 - count / 83 }
      return sum + count / 83 * none
    }
    #expect(abs((score.details["missedShareFresh"]?.doubleValue ?? 0) - fresh) < 1e-12)
    #expect(score.details["holds"] == false)
  }

  @Test func `planted levels are found in their stated share`() async throws {
    let simulator = Simulator(seed: 61)
    let training = simulator.table(rows: 1_000)
    let fresh = simulator.table(rows: 1_000, stream: "fresh")
    let damaged = PlantedDamage(.inventedLevel, strength: 0.2, columns: ["three"])
      .applied(to: fresh, training: training)
    let scores = try await Trial(training: training, synthetic: damaged)
      .scores(of: CategoryAdherence())
    // A tenth of the rows, four standard errors of a binomial share.
    #expect(abs((scores.of("three")?.value ?? 0) - 0.9) < 4 * (0.09 / 1_000).squareRoot())
    #expect(scores.of("three")?.details["holds"] == false)
    #expect(scores.of("ten")?.details["holds"] == true)
    #expect(scores.table()?.details["failing"] == .strings(["three"]))
  }

  @Test func `fresh real rows seldom fail a check`() async throws {
    // Law: about 1 % of fresh samples fail any column; of 60 samples more than 4 fail with a
    // probability of 0.03 %.
    let trials = try SimulatedTrials(
      seeds: 60, training: 200, synthetic: 300, holdout: nil, simulator: Simulator(seed: 300))
    var failures = (boundary: 0, category: 0)
    for seed in 0..<60 {
      let trial = try trials.trial(seed)
      let boundary = try await trial.scores(of: BoundaryAdherence()).table()
      let category = try await trial.scores(of: CategoryAdherence()).table()
      if boundary?.details["holds"] == false { failures.boundary += 1 }
      if category?.details["holds"] == false { failures.category += 1 }
    }
    #expect(failures.boundary <= 4, "\(failures.boundary) of 60")
    #expect(failures.category <= 4, "\(failures.category) of 60")
  }
}
