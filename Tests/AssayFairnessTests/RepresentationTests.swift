import AssayDocument
import AssayEvaluation
import AssayFairness
import AssayMetrics
import AssayTable
import AssayTestKit
import Foundation
import Testing

@Suite struct `Representation of groups` {
  private let tables = GroupTables()

  /// Closed form: shares counted by hand.
  @Test func `is the ratio of shares`() async throws {
    let training = tables.table(1_000, "training")
    let synthetic = tables.table(600, "synthetic")
    let trial = try GroupTables.trial(training: training, synthetic: synthetic)
    let scores = try await trial.scores(of: GroupRepresentation())
    func share(_ role: TableRole) throws -> Double {
      let column = try #require(trial.comparison.schema.index(of: "sex"))
      let levels = try #require(trial.comparison.levels[column]).names
      let table = try #require(trial.comparison.table(role))
      let codes = try #require(table.columns[column].nominal)
      let place = try #require(levels.firstIndex(of: "f"))
      return Double(codes.count { Int($0) == place }) / Double(codes.count)
    }
    let ratio = try share(.synthetic) / share(.training)
    let score = try #require(scores.group(["sex"], "f"))
    #expect(abs((score.value ?? 0) - min(ratio, 1 / ratio)) < 1e-12)
    #expect(score.details["ratio"]?.doubleValue.map { abs($0 - ratio) < 1e-12 } == true)
    #expect(
      WellFormed.violations(
        try await trial.result(of: GroupRepresentation()), GroupRepresentation().descriptor,
        on: "groups"
      ).isEmpty)
  }

  @Test func `shows a group that was dropped, alone and with others`() async throws {
    let training = tables.table(2_000, "training")
    var without = tables
    without.races = [("white", 0.76), ("black", 0.2), ("asian", 0), ("other", 0.04)]
    let trial = try GroupTables.trial(
      training: training, synthetic: without.table(2_000, "synthetic"))
    let scores = try await trial.scores(of: GroupRepresentation())
    let asian = try #require(scores.group(["race"], "asian"))
    #expect(asian.value == 0)
    #expect((asian.interval?.upper ?? 1) < 0.1)
    let table = try #require(scores.table())
    #expect(table.value == 0)
    #expect(table.details["worst"]?["group"]?.stringValue == "asian")
    #expect((table.bounds?.upper ?? 1) < 0.5)
    let absent = try await trial.scores(of: AbsentGroups())
    // asian, and asian of either sex: all three are gone.
    #expect(absent[0].value == 3)
    #expect((absent[0].test?.adjusted ?? 1) < 1e-6)
    #expect((absent[0].floor?.value ?? 1) < 0.01)
  }

  /// Law: a fresh sample is judged worse than a fresh sample in one run of twenty at most.
  @Test func `does not accuse a fresh real sample`() async throws {
    var below = 0
    var excess = 0.0
    let rounds = 40
    for seed in 0..<rounds {
      let trial = try GroupTables.trial(
        training: tables.table(600, "training", seed: UInt64(seed)),
        synthetic: tables.table(400, "synthetic", seed: UInt64(seed)), replicates: 40)
      let table = try #require(try await trial.scores(of: GroupRepresentation()).table())
      let floor = try #require(table.floor)
      let value = try #require(table.value)
      excess += (floor.value - value) / floor.spread
      if case .normal(let law)? = table.bounds?.excessLaw,
        law.lowerCentre - 1.645 * law.deviation > 0
      {
        below += 1
      }
    }
    // 40 trials of a 5 % event stay at 7 or below but for one time in a thousand.
    #expect(below <= 7, "\(below) of \(rounds)")
    // The mean of 40 standardised numbers.
    #expect(abs(excess / Double(rounds)) < 0.6, "\(excess / Double(rounds))")
  }

  @Test func `pools levels that few rows have`() async throws {
    var rare = tables
    rare.races = [("white", 0.8), ("black", 0.19), ("asian", 0.006), ("other", 0.004)]
    let trial = try GroupTables.trial(
      training: rare.table(1_000, "training"), synthetic: rare.table(1_000, "synthetic"))
    let scores = try await trial.scores(of: GroupRepresentation())
    let segments = scores.filter { $0.subject.columns == ["race"] }.compactMap(\.subject.segment)
    // The two rare levels together have ten rows: a group, but without their names.
    #expect(segments == ["white", "black", "other levels"])
    #expect(!scores.compactMap(\.subject.segment).contains { $0.contains("asian") })
  }

  @Test func `bands numbers near their quartiles`() async throws {
    let trial = try GroupTables.trial(
      training: tables.table(800, "training"), synthetic: tables.table(800, "synthetic"),
      declared: SchemaDeclaration([ColumnDeclaration(name: "age", roles: [.sensitive])]))
    let scores = try await trial.scores(of: GroupRepresentation())
    let segments = scores.compactMap(\.subject.segment)
    #expect(segments.count == 4)
    #expect(segments.contains { $0.hasPrefix("below ") })
    #expect(segments.contains { $0.hasSuffix(" and above") })
  }

  @Test func `says which columns to try where none is declared`() async throws {
    let trial = try GroupTables.trial(
      training: tables.table(100, "training"), synthetic: tables.table(100, "synthetic"),
      declared: SchemaDeclaration())
    for metric in MetricCatalog.standard.metrics where metric.descriptor.dimension == .fairness {
      let scores = try await trial.scores(of: metric)
      #expect(
        scores.allSatisfy {
          $0.reason == "no sensitive column given; try --sensitive sex --sensitive race"
        }, "\(metric.descriptor.id)")
    }
  }

  @Test func `rows in another order change nothing`() async throws {
    let training = tables.table(500, "training")
    let synthetic = tables.table(500, "synthetic")
    let metrics = MetricCatalog.standard.metrics.filter { $0.descriptor.dimension == .fairness }
    let first = try GroupTables.trial(training: training, synthetic: synthetic)
    let second = try GroupTables.trial(
      training: training.rows((0..<500).reversed()), synthetic: synthetic.rows((0..<500).reversed())
    )
    for metric in metrics where metric.descriptor.frame == .reference {
      let before = try await first.scores(of: metric)
      let after = try await second.scores(of: metric)
      #expect(before.map(\.key) == after.map(\.key))
      for (one, other) in zip(before, after) {
        #expect(
          abs((one.value ?? 0) - (other.value ?? 0)) < 1e-6, "\(metric.descriptor.id)")
      }
    }
  }

  /// Planted truth: with shares of the population declared, the synthetic rows are held against these.
  @Test func `is against given population shares where they are declared`() async throws {
    let training = tables.table(2_000, "training")
    // Half of the synthetic rows are women, as in the population that is declared.
    let others = tables.table(3_000, "synthetic")
    guard case .coded(let sex) = others.columns[0].values else { return }
    var kept = (f: 0, m: 0)
    let rows = (0..<3_000).filter { row in
      if sex[row] == "f" { kept.f += 1 } else { kept.m += 1 }
      return (sex[row] == "f" ? kept.f : kept.m) <= 800
    }
    let synthetic = others.rows(rows)
    let plan = EvaluationPlan.brief()
    let real = try RealTables(
      training: training, holdout: nil, declared: GroupTables.declared,
      intended: [IntendedDifference(column: "sex", form: .shares(["f": 0.5, "m": 0.5]))],
      settings: plan.bins)
    let declared = try #require(
      try await Trial(real, synthetic: synthetic, plan: plan).scores(of: GroupRepresentation())
        .group(["sex"], "f"))
    #expect(abs((declared.details["ratio"]?.doubleValue ?? 0) - 1) < 0.01)
    let plain = try #require(
      try await GroupTables.trial(training: training, synthetic: synthetic)
        .scores(of: GroupRepresentation()).group(["sex"], "f"))
    #expect((plain.details["ratioLower"]?.doubleValue ?? 0) > 1.1)
  }
}
