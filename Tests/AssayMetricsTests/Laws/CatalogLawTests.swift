import AssayEvaluation
import AssayDocument
import AssayMetrics
import AssayTestKit
import Testing

/// The laws that every metric of the catalogue keeps; a new metric is tried by being listed there.
@Suite struct `Laws of the catalogue` {
  static let ids = MetricCatalog.standard.descriptors.map(\.id.rawValue)

  static func metric(_ id: String) throws -> any Metric {
    try #require(MetricCatalog.standard.metrics.first { $0.descriptor.id.rawValue == id })
  }

  @Test(arguments: ids) func `a result on simulated rows is well formed`(_ id: String) async throws
  {
    let metric = try Self.metric(id)
    let simulator = Simulator(seed: 41, key: "id")
    for holdout in [true, false] {
      let trial = try Trial(
        training: simulator.table(rows: 400),
        synthetic: simulator.table(rows: 300, stream: "synthetic"),
        holdout: holdout ? simulator.table(rows: 200, stream: "holdout") : nil)
      let violations = WellFormed.violations(
        try await trial.result(of: metric), metric.descriptor,
        on: holdout ? "with a holdout" : "without a holdout")
      #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
    }
  }

  @Test(arguments: ids) func `threads and order do not change scores`(_ id: String) async throws {
    let violations = try await OrderLaws.violations(try Self.metric(id))
    #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
  }

  @Test(arguments: EdgeTables.small)
  func `odd tables give a sound result or a stated outcome`(_ tables: EdgeTables) async {
    let violations = await EdgeLaws.violations(MetricCatalog.standard.metrics, on: tables)
    #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
  }

  @Test func `a hundred thousand levels give a sound result`() async {
    let violations = await EdgeLaws.violations(
      MetricCatalog.standard.metrics, on: EdgeTables.levels(100_000))
    #expect(violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))")
  }
}

/// What descriptors claim of damages, tried on the same seeds for all metrics.
@Suite struct `Claims of descriptors` {
  static let laws = Task {
    try await DamageLaws(
      // The verdict on leaks needs more rows; its claims are tried beside it.
      MetricCatalog.standard.metrics.filter { $0.descriptor.id != "privacy.any-leak" },
      over: SimulatedTrials(
        seeds: 8, training: 300, synthetic: 300, holdout: 200,
        simulator: Simulator(seed: 900, key: "id"), plan: .brief(replicates: 8)))
  }

  static func expectNone(
    _ violations: [Violation], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      violations.isEmpty, "\(violations.map(\.description).joined(separator: "\n"))",
      sourceLocation: sourceLocation)
  }

  @Test(arguments: MetricDescriptor.Damage.allCases)
  func `hold for the damage`(_ damage: MetricDescriptor.Damage) async throws {
    Self.expectNone(try await Self.laws.value.violations(damage))
  }

  @Test func `a column alone that is shifted or stretched scores worse`() async throws {
    Self.expectNone(try await Self.laws.value.columnViolations())
  }

  @Test func `a copy of training is the best possible against training`() async throws {
    Self.expectNone(try await Self.laws.value.copyViolations())
  }

  @Test func `a fresh real sample gets what is said`() async throws {
    Self.expectNone(try await Self.laws.value.calibrationViolations())
  }
}
