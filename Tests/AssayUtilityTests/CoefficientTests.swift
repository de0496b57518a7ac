import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import AssayUtility
import Foundation
import Testing

@Suite struct `Agreement of regression coefficients` {
  private static func trial(
    _ target: String, training: RawTable, synthetic: RawTable, holdout: RawTable? = nil
  ) throws -> Trial {
    try Trial(
      training: training, synthetic: synthetic, holdout: holdout,
      declared: TargetTables.declared(target), plan: TargetTables.plan)
  }

  /// Law: over fresh samples the summaries are what the floor says, and the joint test keeps its level.
  @Test(arguments: ["yes", "number"]) func `of fresh rows is what is said`(
    _ target: String
  ) async throws {
    var excess = [MetricID: Double]()
    var rejected = 0
    let rounds = 25
    for seed in 0..<rounds {
      var tables = TargetTables()
      tables.seed = UInt64(100 + seed)
      tables.strength = 1
      let trial = try Self.trial(
        target, training: tables.rows(400, "training"), synthetic: tables.rows(400, "fresh"))
      for metric in [CoefficientOverlap(), CoefficientDifference(), ConclusionAgreement()]
        as [any Metric]
      {
        let score = try #require(try await trial.scores(of: metric).table())
        let floor = try #require(score.floor)
        excess[score.metric, default: 0] +=
          ((score.value ?? 0) - floor.value) / max(floor.spread, 1e-9)
        if score.metric == "utility.coefficient-overlap" {
          // Equal sizes: about 0.712 whatever the table.
          #expect(abs(floor.value - 0.712) < 0.05)
          let own = try #require(
            try await trial.scores(of: metric).first { $0.subject.target == target })
          if (own.test?.pValue ?? 1) < 0.05 { rejected += 1 }
        }
      }
    }
    for (metric, sum) in excess {
      // A mean of 25 standardised numbers; agreement is discrete.
      #expect(abs(sum / Double(rounds)) < 0.8, "\(metric): \(sum / Double(rounds))")
    }
    // 25 trials of a 5 % event stay below 6 but for one time in two hundred.
    #expect(rejected <= 5, "\(rejected)")
  }

  @Test func `falls where a relation is lost or turned`() async throws {
    let tables = TargetTables()
    var turned = tables
    turned.strength = -2
    let training = tables.rows(800, "training")
    let trial = try Self.trial(
      "yes", training: training, synthetic: turned.rows(800, "synthetic"))
    let overlap = try #require(try await trial.scores(of: CoefficientOverlap()).table())
    #expect((overlap.value ?? 1) < -0.5)
    #expect((overlap.bounds?.upper ?? 1) < (overlap.floor?.value ?? 0))
    let agreement = try #require(try await trial.scores(of: ConclusionAgreement()).table())
    #expect((agreement.value ?? 1) < 0.3)
    let shuffled = PlantedDamage(.shuffledColumns, strength: 1, seed: 4).applied(
      to: tables.rows(800, "fresh"), training: training)
    let lost = try Self.trial("yes", training: training, synthetic: shuffled)
    let difference = try #require(try await lost.scores(of: CoefficientDifference()).table())
    #expect((difference.value ?? 0) > 0.5 * (difference.baseline?.value ?? 100))
  }

  /// Slow twin: coefficients of the details are those of the kernel on a hand-made design.
  @Test func `is made of the coefficients of a plain regression`() async throws {
    let tables = TargetTables()
    let trial = try Self.trial(
      "number", training: tables.rows(300, "training"), synthetic: tables.rows(300, "fresh"))
    let score = try #require(
      try await trial.scores(of: CoefficientOverlap()).first { $0.subject.target == "number" })
    let lines = try #require(score.details["lines"]?.arrayValue)
    let names = lines.compactMap { $0["term"]?.stringValue }
    #expect(names.contains("x") && names.contains("z"))
    let table = try #require(trial.comparison.table(.training))
    let schema = trial.comparison.schema
    func numbers(_ name: String) throws -> [Double] {
      let place = try #require(schema.index(of: name))
      let values = try #require(table.columns[place].numeric).values
      let centre = values.reduce(0, +) / Double(values.count)
      let spread =
        (values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(values.count - 1))
        .squareRoot()
      return values.map { ($0 - centre) / spread }
    }
    let (x, z, y) = (try numbers("x"), try numbers("z"), try numbers("number"))
    let place = try #require(schema.index(of: "c"))
    let codes = try #require(table.columns[place].nominal)
    let levels = try #require(trial.comparison.levels[place]).names
    let dummies = names.filter { $0.hasPrefix("c = ") }.map { String($0.dropFirst(4)) }
    var design: [Double] = []
    for row in x.indices {
      design += [x[row], z[row]]
      design += dummies.map { levels[Int(codes[row])] == $0 ? 1 : 0 }
    }
    let fit = try RidgeRegression(
      predictors: design.span, response: y.span, columns: 2 + dummies.count, penalty: 0.01)
    for (name, index) in [("x", 1), ("z", 2)] {
      let line = try #require(lines.first { $0["term"]?.stringValue == name })
      let want = fit.coefficients[index]
      #expect(abs((line["real"]?.doubleValue ?? 9) - want) < 0.006 * max(1, abs(want)))
    }
  }

  @Test func `counts a level that is gone as no overlap`() async throws {
    let tables = TargetTables()
    let synthetic = tables.rows(900, "fresh")
    let kept = synthetic.rows(
      (0..<900).filter { row in
        guard case .coded(let values) = synthetic.columns[2].values else { return true }
        return values[row] != "w"
      })
    let trial = try Self.trial("yes", training: tables.rows(600, "training"), synthetic: kept)
    let score = try #require(
      try await trial.scores(of: CoefficientOverlap()).first { $0.subject.target == "yes" })
    let lines = try #require(score.details["lines"]?.arrayValue)
    let gone = lines.filter { $0["synthetic"] == .null }
    #expect(!gone.isEmpty)
    #expect(gone.allSatisfy { $0["overlap"]?.doubleValue == 0 })
  }
}

@Suite struct `Queries and means by group` {
  /// Closed form: the median of |Z|·√((1 − p)/p·(1/n + 1/m)) of a single query, by its splits.
  @Test func `of fresh rows are what is said, of shuffled columns worse`() async throws {
    var seen = [MetricID: (fresh: Double, count: Double)]()
    for seed in 0..<8 {
      let simulator = Simulator(seed: UInt64(40 + seed))
      let training = simulator.table(rows: 500, stream: "training")
      let trial = try Trial(
        training: training, synthetic: simulator.table(rows: 400, stream: "fresh"))
      for metric in [CountingQueries(), GroupMeanDifference()] as [any Metric] {
        let score = try #require(try await trial.scores(of: metric).table())
        let floor = try #require(score.floor)
        let old = seen[score.metric] ?? (0, 0)
        seen[score.metric] = (
          old.fresh + ((score.value ?? 0) - floor.value) / max(1e-9, floor.spread), old.count + 1
        )
        #expect(
          WellFormed.violations(
            try await trial.result(of: metric), metric.descriptor, on: "fresh"
          ).isEmpty)
      }
    }
    for (metric, sum) in seen { #expect(abs(sum.fresh / sum.count) < 1.2, "\(metric): \(sum)") }
  }

  @Test func `a workload asks what training rows answer`() async throws {
    let simulator = Simulator(seed: 5)
    let trial = try Trial(
      training: simulator.table(rows: 600, stream: "training"),
      synthetic: simulator.table(rows: 600, stream: "fresh"))
    let scores = try await trial.scores(of: CountingQueries())
    let table = try #require(scores.table())
    #expect((table.details["queries"]?.integerValue ?? 0) > 100)
    let worst = table.details["worst"]?.arrayValue ?? []
    #expect(worst.allSatisfy { (1...3).contains($0["columns"]?.arrayValue?.count ?? 0) })
    // At least ten rows of 600, and ten rows besides.
    #expect(worst.allSatisfy { ($0["real"]?.doubleValue ?? 0) >= 10.0 / 600 - 1e-4 })
    let tail = try #require(scores.first { $0.parameters["quantile"]?.doubleValue == 0.95 })
    #expect((tail.value ?? 0) > (table.value ?? 1))
  }

  /// Closed form: two groups of known means.
  @Test func `means by group are sums over rows`() async throws {
    let real = TableBuilder().levels("g", ["a", "a", "b", "b"]).numbers("x", [0, 2, 4, 6]).table()
    let synthetic = TableBuilder().levels("g", ["a", "a", "b", "b"]).numbers("x", [1, 3, 4, 8])
      .table()
    let trial = try Trial(training: real, synthetic: synthetic)
    let score = try #require(try await trial.scores(of: GroupMeanDifference()).table())
    // Means 1 and 5 against 2 and 6, in deviations of √(20/3).
    #expect(abs((score.value ?? 0) - 1 / (20.0 / 3).squareRoot()) < 1e-6)
    #expect(abs((score.baseline?.value ?? 0) - 2 / (20.0 / 3).squareRoot()) < 1e-6)
  }
}
