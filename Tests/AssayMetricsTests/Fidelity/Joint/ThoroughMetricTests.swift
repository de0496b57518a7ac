import AssayEvaluation
import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

/// Metrics of the full preset keep the laws of the catalogue, on tables that cost little: those of
/// fidelity without a word on any column, the others with a target and a group.
@Suite struct `Metrics of the full preset` {
  static let ids = MetricCatalog.thorough.descriptors.map(\.id.rawValue)

  static func isFidelity(_ id: String) -> Bool { id.hasPrefix("fidelity.") }

  /// Rows of a side: tails need 500 values, halves 20 missing ones, models of every column and regions
  /// of rows more than others.
  static func count(_ id: String, least: Int) -> Int {
    switch id {
    case "fidelity.tail-kolmogorov-smirnov", "fidelity.pareto-tail": 620
    case "fidelity.missing-dependence": 1_000
    case "fidelity.global-utility": 220
    case "privacy.data-copying": 300
    default: isFidelity(id) ? least : 2 * least
    }
  }

  /// Few rows for learners, save where none would be left to judge.
  static func plan(_ id: String, rows: Int) -> EvaluationPlan {
    var plan = Self.plan
    switch id {
    case "fidelity.global-utility": plan.classifierRows = 220
    case "fidelity.missing-dependence": plan.classifierRows = 1_000
    default: plan.classifierRows = rows
    }
    return plan
  }

  /// The target that follows from a number, and a group.
  static let declared = SchemaDeclaration([
    ColumnDeclaration(name: "t", roles: [.target]),
    ColumnDeclaration(name: "g", roles: [.sensitive]),
  ])

  /// A trial of fresh rows for a metric.
  static func trial(
    _ id: String, least: Int, seed: UInt64, holdout: Bool, plan: EvaluationPlan
  ) throws -> Trial {
    let count = count(id, least: least)
    func made(_ seed: UInt64) -> RawTable {
      isFidelity(id) ? rows(count, seed: seed) : rows(count, seed: seed, answers: true)
    }
    return try Trial(
      training: made(seed), synthetic: made(seed + 1), holdout: holdout ? made(seed + 2) : nil,
      declared: isFidelity(id) ? SchemaDeclaration() : declared, plan: plan)
  }

  static func metric(_ id: String) throws -> any Metric {
    try #require(MetricCatalog.thorough.metrics.first { $0.descriptor.id.rawValue == id })
  }

  static var plan: EvaluationPlan {
    var plan = EvaluationPlan.brief()
    plan.classifierRows = 90
    plan.distanceRows = 60
    plan.permutations = 199
    return plan
  }

  /// Four columns of which two are tied; with `answers` a target and a group.
  static func rows(
    _ count: Int, seed: UInt64, correlation: Double = 0.9, shift: Double = 0, answers: Bool = false
  ) -> RawTable {
    var random = RandomStream(seed: seed, name: "rows")
    var x: [Double?] = []
    var y: [Double?] = []
    var z: [Double?] = []
    var level: [String?] = []
    for _ in 0..<count {
      let first = random.normal()
      x.append(first + shift)
      y.append(
        correlation * first + (1 - correlation * correlation).squareRoot() * random.normal())
      z.append(random.uniform() < 0.1 ? nil : random.normal())
      level.append(["a", "b", "c"][random.below(3)])
    }
    let table = TableBuilder().numbers("x", x).numbers("y", y).numbers("z", z).levels("c", level)
    guard answers else { return table.table() }
    let target: [String?] = x.map { ($0 ?? 0) + random.normal() > 0 ? "yes" : "no" }
    let group: [String?] = x.map { _ in random.uniform() < 0.5 ? "f" : "m" }
    return table.levels("t", target).levels("g", group).table()
  }

  @Test(arguments: ids) func `give a well formed result`(_ id: String) async throws {
    let metric = try Self.metric(id)
    let trial = try Self.trial(
      id, least: 110, seed: 1, holdout: true, plan: Self.plan(id, rows: 90))
    let result = try await trial.result(of: metric)
    let violations = WellFormed.violations(result, metric.descriptor, on: "simulated rows")
    #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
    let unmeasured = result.scores.filter { $0.status != .measured }
    if Self.isFidelity(id), metric.descriptor.id != "fidelity.pareto-tail" {
      #expect(unmeasured.isEmpty)
    }
    #expect(result.scores.contains { $0.status == .measured && $0.against != .training })
  }

  @Test(arguments: ["fidelity.row-energy-distance", "fidelity.repair-ladder"])
  func `do not depend on threads or order`(_ id: String) async throws {
    let violations = try await OrderLaws.violations(try Self.metric(id))
    #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
  }

  @Test(arguments: EdgeTables.small)
  func `give a sound result for odd tables`(_ tables: EdgeTables) async {
    let violations = await EdgeLaws.violations(MetricCatalog.thorough.metrics, on: tables)
    #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
  }

  /// Metrics that claim to see a column that is moved.
  static let seeing = MetricCatalog.thorough.descriptors.filter { $0.sees.contains(.shift) }
    .map(\.id.rawValue)

  @Test(arguments: seeing) func `see what they claim to see`(_ id: String) async throws {
    let metric = try Self.metric(id)
    let training = Self.rows(120, seed: 11)
    func score(_ synthetic: RawTable) async throws -> Score {
      try #require(
        try await Trial(training: training, synthetic: synthetic, plan: Self.plan)
          .scores(of: metric).table())
    }
    let fresh = try await score(Self.rows(120, seed: 12))
    let shifted = try await score(Self.rows(120, seed: 12, shift: 2))
    #expect(try #require(shifted.value) > #require(fresh.value))
    // Twice the mean p-value of six cells has little power on so few rows.
    if id != "fidelity.pqmass", let p = shifted.test?.pValue { #expect(p <= 0.05, "\(id): \(p)") }
  }

  @Test(arguments: ids) func `reject real rows against real rows as often as they say`(
    _ id: String
  ) async throws {
    let metric = try Self.metric(id)
    var plan = Self.plan(id, rows: 50)
    plan.distanceRows = 30
    var rejected = 0
    var excess: [Double] = []
    for seed in 0..<12 as Range<UInt64> {
      let trial = try Self.trial(
        id, least: 50, seed: 100 + 3 * seed, holdout: !Self.isFidelity(id), plan: plan)
      let scores = try await trial.scores(of: metric)
      // What is told of each target or group has no score of the table.
      let score = try #require(
        scores.first { $0.subject.isTable && $0.status == .measured }
          ?? scores.first { $0.status == .measured })
      if let p = score.test?.pValue, p <= 0.05 { rejected += 1 }
      if let value = score.value, let floor = score.floor, floor.spread > 0 {
        excess.append((value - floor.value) / floor.spread)
      }
    }
    // At 5 % more than 3 of 12 have probability 0.002.
    #expect(rejected <= 3, "\(id) rejects \(rejected) of 12")
    // The mean of 12 standardised values: four standard errors, and as much for small samples.
    let mean = excess.reduce(0, +) / Double(max(1, excess.count))
    #expect(abs(mean) < 1.5, "\(id) lies \(mean) deviations from what is said")
  }
}

/// Rows that are points of known distances.
@Suite struct `Embedded rows` {
  @Test func `have the energy distance of their embedding`() async throws {
    // Two levels: the embedding puts them 1 apart (mid-ranks play no part). All real rows are a, all
    // synthetic ones b, save that training must know both levels.
    let real = TableBuilder().levels("c", (0..<40).map { $0 % 2 == 0 ? "a" : "b" }).table()
    let made = TableBuilder().levels("c", (0..<40).map { $0 % 4 == 0 ? "a" : "b" }).table()
    let score = try #require(
      try await Trial(training: real, synthetic: made, plan: `Metrics of the full preset`.plan)
        .scores(of: RowEnergyDistance()).table())
    // Closed form: with shares p and q of one level, 2(p(1−q) + q(1−p)) − 2p(1−p) − 2q(1−q) =
    // 2(p − q)².
    #expect(abs(try #require(score.value) - 2 * 0.25 * 0.25) < 1e-12)
    #expect(score.details["embedding"]?.stringValue == "rank-one-hot/1")
  }
}
