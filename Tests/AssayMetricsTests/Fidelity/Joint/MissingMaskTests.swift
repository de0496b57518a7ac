import AssayDocument
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

@testable import AssayMetrics

/// What is missing, and with what: planted truth and level.
@Suite struct `Masks of missing values` {
  /// How values go missing.
  enum Mechanism {
    /// x and y together, in a third of the rows.
    case together
    /// x and y each in a third of the rows, on their own.
    case apart
    /// x where z is large, y as above.
    case withZ
  }

  private static func table(_ rows: Int, _ mechanism: Mechanism, seed: UInt64) -> RawTable {
    var random = RandomStream(seed: seed, name: "masks")
    var x: [Double?] = []
    var y: [Double?] = []
    var z: [Double?] = []
    for _ in 0..<rows {
      let large = random.normal()
      let first = random.uniform() < 1.0 / 3
      let second = random.uniform() < 1.0 / 3
      let lacksX = mechanism == .withZ ? large > 0.43 : first
      x.append(lacksX ? nil : random.normal())
      y.append((mechanism == .together ? first : second) ? nil : random.normal())
      z.append(large)
    }
    return TableBuilder().numbers("x", x).numbers("y", y).numbers("z", z).table()
  }

  private static var plan: EvaluationPlan {
    var plan = EvaluationPlan.brief()
    plan.classifierRows = 600
    plan.classifierTrees = 20
    return plan
  }

  private static func trial(_ real: Mechanism, _ synthetic: Mechanism, seed: UInt64 = 1) throws
    -> Trial
  {
    try Trial(
      training: table(600, real, seed: seed), synthetic: table(600, synthetic, seed: seed + 1),
      holdout: table(500, real, seed: seed + 2), plan: plan)
  }

  /// Closed form: the area of the best rule, that of likelihood ratios.
  @Test func `are told apart where what is missing together is not`() async throws {
    let trial = try Self.trial(.together, .apart)
    let score = try #require(try await trial.scores(of: MissingMask()).table(.holdout))
    // One alone lacking (4/9 of the synthetic rows) lies above every real mask; the ratios of none and of
    // both lacking are ⅔ and ⅓; ties count half.
    let both = (real: 1.0 / 3, synthetic: 1.0 / 9)
    let none = (real: 2.0 / 3, synthetic: 4.0 / 9)
    let best =
      4.0 / 9 + none.synthetic * (both.real + none.real / 2) + both.synthetic * both.real / 2
    #expect(abs(try #require(score.value) - best) < 0.05)
    #expect(try #require(score.test?.pValue) < 1e-6)
    #expect(abs(try #require(score.baseline?.value) - best) < 0.06)
    // Rates of single columns are right, and tell nothing.
    #expect(abs(try #require(score.details["rates"]?["area"]?.doubleValue) - 0.5) < 0.06)
    #expect(score.details["columns"]?.integerValue == 2)
    let rates = try #require(try await trial.scores(of: MissingRate()).table(.holdout))
    #expect(try #require(rates.value) < 0.08)
  }

  @Test func `are not told apart by rates that are alike, and are by those that are not`()
    async throws
  {
    let fresh = try #require(
      try await Self.trial(.apart, .apart).scores(of: MissingMask()).table(.holdout))
    #expect(try #require(fresh.test?.pValue) > 0.05)
    #expect(fresh.details["gaveAway"] == nil)
    // x is always there.
    let none = TableBuilder().numbers("x", (0..<600).map { Double($0 % 37) })
      .numbers("y", (0..<600).map { $0 % 3 == 0 ? nil : Double($0 % 31) })
      .numbers("z", (0..<600).map { Double($0 % 29) }).table()
    let score = try #require(
      try await Trial(
        training: Self.table(600, .apart, seed: 4), synthetic: none, plan: Self.plan
      ).scores(of: MissingMask()).table())
    let rates = try #require(score.details["rates"]?["area"]?.doubleValue)
    #expect(rates > 0.6)
    #expect(abs(try #require(score.value) - rates) < 0.05)
    let first = try #require(score.details["gaveAway"]?.arrayValue?.first)
    #expect(first["column"]?.stringValue == "x")
  }

  /// Planted truth: the area is 1 where z says whether x is missing, and ½ at random.
  @Test func `that go with a column are told from ones that do not`() async throws {
    let trial = try Self.trial(.withZ, .apart)
    let score = try #require(try await trial.scores(of: MissingDependence()).of("x"))
    #expect(abs(try #require(score.value) - 0.25) < 0.1)
    #expect(try #require(score.test?.pValue) < 1e-6)
    #expect(try #require(score.details["realModel"]?["real"]?.doubleValue) > 0.95)
    let lost = try #require(score.details["realModel"]?["synthetic"]?.doubleValue)
    #expect(abs(lost - 0.5) < 0.1)
    // The other way round the synthetic model sees what real rows do not have.
    let other = try #require(
      try await Self.trial(.apart, .withZ).scores(of: MissingDependence()).of("x"))
    #expect(abs(try #require(other.value) - 0.25) < 0.1)
    #expect(try #require(other.details["syntheticModel"]?["synthetic"]?.doubleValue) > 0.95)
    // y is missing at random on both sides.
    let fair = try #require(try await trial.scores(of: MissingDependence()).of("y"))
    #expect(try #require(fair.test?.pValue) > 0.01)
    let patterns = try #require(try await trial.scores(of: MissingPatterns()).table())
    #expect(try #require(patterns.test?.pValue) > 0.01)
  }

  /// Level by simulation: fresh real samples are accused no oftener than said, and get the floor.
  @Test func `of a fresh sample are not accused`() async throws {
    var small = [0, 0]
    var excess: [[Double]] = [[], []]
    let trials = 60
    for trial in 0..<UInt64(trials) {
      let mechanism: Mechanism = trial % 2 == 0 ? .together : .withZ
      let own = try Trial(
        training: Self.table(300, mechanism, seed: 1_000 + 2 * trial),
        synthetic: Self.table(300, mechanism, seed: 1_001 + 2 * trial), plan: Self.plan)
      let mask = try #require(try await own.scores(of: MissingMask()).table())
      let dependence = try #require(try await own.scores(of: MissingDependence()).of("x"))
      for (place, score) in [mask, dependence].enumerated() {
        if try #require(score.test?.pValue) <= 0.05 { small[place] += 1 }
        let floor = try #require(score.floor)
        excess[place].append(try #require(score.value) - floor.value)
      }
    }
    // P(Bin(60, 0.05) > 8) = 0.6 %.
    #expect(small.allSatisfy { $0 <= 8 }, "\(small)")
    for list in excess {
      let moments = Moments(list)
      #expect(abs(moments.mean) < 3.5 * moments.standardError, "\(moments)")
    }
  }

  @Test func `of exact copies are as far apart as they can be from accused`() async throws {
    let training = Self.table(400, .withZ, seed: 9)
    let trial = try Trial(training: training, synthetic: training, plan: Self.plan)
    // Rows that are alike are in one half: both areas are one number.
    let score = try #require(try await trial.scores(of: MissingDependence()).of("x"))
    #expect(score.value == 0)
    let mask = try #require(try await trial.scores(of: MissingMask()).table())
    #expect(try #require(mask.value) < 0.56)
  }

  @Test func `that are not there say so`() async throws {
    let whole = TableBuilder().numbers("x", (0..<100).map { Double($0 % 37) })
      .numbers("y", (0..<100).map { Double($0 % 31) }).table()
    for metric in [MissingMask(), MissingDependence()] as [any Metric] {
      let score = try #require(
        try await Trial(training: whole, synthetic: whole).scores(of: metric).table())
      #expect(score.value == nil && score.reason != nil)
    }
  }
}
