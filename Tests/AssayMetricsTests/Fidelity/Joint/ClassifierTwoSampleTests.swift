import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

/// The classifier two-sample test on rows whose law is known.
@Suite struct `The classifier two-sample test` {
  /// Two normal columns with a correlation, and levels that go with neither.
  private static func rows(
    _ count: Int, correlation: Double, seed: UInt64, shift: Double = 0
  ) -> RawTable {
    var random = RandomStream(seed: seed, name: "rows")
    var x: [Double?] = []
    var y: [Double?] = []
    var level: [String?] = []
    for _ in 0..<count {
      let first = random.normal()
      x.append(first + shift)
      y.append(correlation * first + (1 - correlation * correlation).squareRoot() * random.normal())
      level.append(["a", "b", "c"][random.below(3)])
    }
    return TableBuilder().numbers("x", x).numbers("y", y).levels("c", level).table()
  }

  private static var plan: EvaluationPlan {
    var plan = EvaluationPlan.brief()
    plan.classifierRows = 600
    plan.classifierTrees = 30
    plan.peelingLimit = 3
    return plan
  }

  private static func score(
    _ training: RawTable, _ synthetic: RawTable, plan: EvaluationPlan = plan
  ) async throws -> (score: Score, facet: FacetResult?) {
    let result = try await Trial(training: training, synthetic: synthetic, plan: plan)
      .result(of: ClassifierTwoSample())
    return (try #require(result.scores.table()), result.facets.first)
  }

  /// Level by simulation: close to what is said, and not above it beyond chance.
  @Test func `rejects real rows against real rows as often as it says`() async throws {
    var plan = Self.plan
    plan.classifierRows = 120
    plan.classifierTrees = 10
    plan.seed = 3
    let given = plan
    let seeds = 200
    let scores = try await concurrentTrials(seeds, threads: 2) { seed -> Score? in
      try await Self.score(
        Self.rows(120, correlation: 0.5, seed: 2 * UInt64(seed) + 1),
        Self.rows(120, correlation: 0.5, seed: 2 * UInt64(seed) + 2), plan: given
      ).score
    }
    let pValues = scores.compactMap { $0.test?.pValue }
    #expect(pValues.count == seeds)
    // P(Bin(200, 0.05) > 18) and P(Bin(200, 0.1) > 31) are both below 1 %.
    #expect(pValues.count { $0 <= 0.05 } <= 18)
    let atTen = pValues.count { $0 <= 0.1 }
    #expect(atTen <= 31)
    // Twice the mean p-value of two halves would reject 3 in 100 here.
    #expect(atTen >= 10, "\(atTen)")
    let below = scores.count { score in
      (score.value ?? 0.5) < 0.5 - 2 * (score.floor?.spread ?? 0)
    }
    // Two standard deviations below: 2.3 % of normal values.
    #expect(below <= 11)
  }

  /// Rows that trees cannot tell apart weigh alike; of rows that are moved by two standard deviations
  /// few look real.
  @Test func `says what the rows are worth once they are weighed to the real law`() async throws {
    func share(_ shift: Double) async throws -> Double {
      let score = try await Self.score(
        Self.rows(600, correlation: 0.5, seed: 1),
        Self.rows(600, correlation: 0.5, seed: 2, shift: shift)
      ).score
      return try #require(score.details["effectiveShare"]?.doubleValue)
    }
    let (fresh, moved) = (try await share(0), try await share(2))
    #expect(fresh > 0.3 && fresh <= 1 && moved >= 0 && moved < 0.5 * fresh, "\(fresh), \(moved)")
  }

  @Test func `sees a column that is moved, and names it`() async throws {
    let (score, facet) = try await Self.score(
      Self.rows(600, correlation: 0.5, seed: 1), Self.rows(600, correlation: 0.5, seed: 2, shift: 2)
    )
    let value = try #require(score.value)
    // Closed form: Φ(d/√2) with d² = 2²/(1 − 0.5²), the best that two normals allow.
    #expect(value > 0.9 && value < 0.97)
    #expect(try #require(score.test).pValue < 1e-6)
    let first = try #require(score.details["gaveAway"]?.arrayValue?.first)
    #expect(first["column"]?.stringValue == "x")
    #expect(try #require(first["adjusted"]?.doubleValue) < 0.001)
    #expect(score.details["peeling"]?["columns"]?.arrayValue?.first?.stringValue == "x")
    #expect(score.details["peeling"]?["depth"]?.integerValue == 1)
    #expect(score.details["peeling"]?["isDone"]?.booleanValue == true)
    #expect(facet?.worst == ["x"])
    #expect(try #require(score.details["slice"]?["pValue"]?.doubleValue) < 0.001)
  }

  @Test func `sees a relation that is lost although every column is right`() async throws {
    let (score, facet) = try await Self.score(
      Self.rows(600, correlation: 0.95, seed: 3), Self.rows(600, correlation: 0, seed: 4))
    let value = try #require(score.value)
    let baseline = try #require(score.baseline?.value)
    #expect(value > 0.75)
    // Independent columns are what the anchor is.
    #expect(abs(value - baseline) < 0.08)
    #expect(try #require(score.test).pValue < 1e-6)
    let part = try #require(facet)
    #expect(part.facet == "joint" && abs(part.value - (value - 0.5)) < 1e-12)
  }

  @Test func `finds an exact copy no better and no worse than chance`() async throws {
    let training = Self.rows(300, correlation: 0.5, seed: 5)
    let (score, _) = try await Self.score(training, training)
    // Alike rows share a half: each real row has its copy beside it, with the same score.
    #expect(score.value == 0.5)
  }

  @Test func `lies below a half where noisy copies sit beside training rows`() async throws {
    var random = RandomStream(seed: 1, name: "noise")
    let x: [Double?] = (0..<600).map { _ in random.normal() }
    let y: [Double?] = (0..<600).map { _ in random.normal() }
    let training = TableBuilder().numbers("x", x).numbers("y", y).table()
    let copies = TableBuilder().numbers("x", x.map { ($0 ?? 0) + 1e-7 })
      .numbers("y", y.map { ($0 ?? 0) + 1e-7 }).table()
    var plan = Self.plan
    plan.classifierTrees = 100
    let (score, facet) = try await Self.score(training, copies, plan: plan)
    #expect(try #require(score.value) < 0.5)
    #expect(try #require(facet).value < 0)
  }

  @Test func `takes one row of each declared entity`() async throws {
    func table(_ prefix: String, seed: UInt64) -> RawTable {
      var random = RandomStream(seed: seed, name: "rows")
      return TableBuilder()
        .levels("who", (0..<60).map { "\(prefix)\($0 / 3)" })
        .numbers("x", (0..<60).map { _ in random.normal() }).table()
    }
    let trial = try Trial(
      training: table("t", seed: 1), synthetic: table("s", seed: 2),
      declared: SchemaDeclaration([ColumnDeclaration(name: "who", roles: [.group])]),
      plan: Self.plan)
    let score = try #require(try await trial.scores(of: ClassifierTwoSample()).table())
    #expect(score.details["rowsPerSide"]?.integerValue == 20)
  }

  @Test func `says that there are too few rows`() async throws {
    let (score, facet) = try await Self.score(
      Self.rows(6, correlation: 0, seed: 1), Self.rows(6, correlation: 0, seed: 2))
    #expect(score.reason?.contains("five of either side") == true)
    #expect(facet == nil)
  }
}
