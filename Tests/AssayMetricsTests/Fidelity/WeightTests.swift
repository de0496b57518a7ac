import AssayEvaluation
import AssayDocument
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

@testable import AssayMetrics

/// Oracle: rows with whole weights are rows that are repeated.
@Suite struct `Weights of rows` {
  static let declared = SchemaDeclaration([ColumnDeclaration(name: "w", roles: [.weight])])
  static let plan = EvaluationPlan.brief(replicates: 8)

  /// Tied and missing numbers with weights from 1 to 4.
  static func rows(_ seed: UInt64, _ count: Int, shift: Double) -> (
    columns: [(name: String, values: [Double?])], weights: [Int]
  ) {
    var stream = RandomStream(seed: seed, name: "weights")
    let x = (0..<count).map { _ in stream.normal() + shift }
    let tied = x.map { ($0 * 2 + stream.normal()).rounded() }
    let holey = x.map { stream.uniform() < 0.2 ? nil : Optional($0 * $0 + stream.normal()) }
    return (
      [("x", x.map { $0 }), ("tied", tied.map { $0 }), ("holey", holey)],
      // Weights that go with the values, so that they matter.
      x.map { 1 + ($0 > shift ? 2 : 0) + stream.below(2) }
    )
  }

  static func table(_ seed: UInt64, _ count: Int, shift: Double, isRepeated: Bool) -> RawTable {
    let (columns, weights) = rows(seed, count, shift: shift)
    var builder = TableBuilder()
    for column in columns {
      builder = builder.numbers(
        column.name,
        isRepeated
          ? column.values.indices.flatMap {
            Array(repeating: column.values[$0], count: weights[$0])
          } : column.values)
    }
    return isRepeated ? builder.table() : builder.numbers("w", weights.map(Double.init)).table()
  }

  static let exact: [any Metric] = [
    KolmogorovSmirnovDistance(), WassersteinDistance(), PearsonDifference(), SpearmanDifference(),
    KendallDifference(),
  ]

  @Test(arguments: exact.indices) func `that are whole are repeated rows`(_ index: Int)
    async throws
  {
    let metric = Self.exact[index]
    #expect(metric.honoursWeights)
    let weighted = try Trial(
      training: Self.table(1, 150, shift: 0, isRepeated: false),
      synthetic: Self.table(2, 130, shift: 0.2, isRepeated: false), declared: Self.declared,
      plan: Self.plan)
    let repeated = try Trial(
      training: Self.table(1, 150, shift: 0, isRepeated: true),
      synthetic: Self.table(2, 130, shift: 0.2, isRepeated: true), plan: Self.plan)
    let own = try await weighted.scores(of: metric)
    let other = try await repeated.scores(of: metric)
    // The unit of Wasserstein is the deviation of the rows as they are.
    let name = metric.descriptor.id == "fidelity.wasserstein-1" ? "dataUnits" : nil
    for score in own where !score.subject.isTable {
      let twin = try #require(other.first { $0.subject == score.subject })
      if let name {
        #expect(score.details[name] == twin.details[name])
      } else {
        let (a, b) = (try #require(score.value), try #require(twin.value))
        #expect(abs(a - b) < 1e-12, "\(metric.descriptor.id) \(score.subject.columns)")
      }
    }
    #expect(own.count == other.count)
  }

  @Test func `of distribution functions are exact in both distances`() throws {
    let (a, v) = ([1.0, 2, 2, 5], [2.0, 1, 3, 1])
    let (b, w) = ([0.5, 2, 4], [1.0, 4, 2])
    let found = try WeightedDistance(sorted: a.span, v.span, b.span, w.span)
    let first = zip(a, v).flatMap { Array(repeating: $0, count: Int($1)) }
    let second = zip(b, w).flatMap { Array(repeating: $0, count: Int($1)) }
    let smirnov = try KolmogorovSmirnov(sorted: first.span, second.span)
    #expect(abs(found.supremum - smirnov.statistic) < 1e-12)
    #expect(found.location == smirnov.location)
    #expect(abs(found.area - (try wasserstein1(sorted: first.span, second.span))) < 1e-12)
  }

  @Test func `that are alike change nothing and unequal ones leave fewer effective rows`()
    async throws
  {
    let table = TableBuilder().numbers("x", (0..<60).map { Double($0 % 7) })
      .numbers("w", (0..<60).map { $0 < 30 ? 1 : 3 }).table()
    let trial = try Trial(
      training: table, synthetic: table, declared: Self.declared, plan: Self.plan)
    let workspace = Workspace(trial.comparison.reference, plan: Self.plan, threads: 1)
    let weights = try #require(
      try await workspace.value(of: ExactRowWeights(role: .training)))
    // (30 + 90)²/(30 + 270) = 48, by hand.
    #expect(abs(weights.reduce(0, +) - 48) < 1e-9)
    #expect(abs(weights[59] / weights[0] - 3) < 1e-12)
  }

  @Test func `of a fresh sample are not accused`() async throws {
    let trial = try Trial(
      training: Self.table(5, 400, shift: 0, isRepeated: false),
      synthetic: Self.table(6, 400, shift: 0, isRepeated: false), declared: Self.declared,
      plan: .brief(replicates: 24))
    for metric in MetricCatalog.standard.metrics
    where metric.honoursWeights && metric.descriptor.dimension == .fidelity {
      guard let score = try await trial.scores(of: metric).table(), let value = score.value,
        let floor = score.floor
      else { continue }
      #expect(abs(value - floor.value) < 5 * floor.spread, "\(metric.descriptor.id)")
    }
  }
}
