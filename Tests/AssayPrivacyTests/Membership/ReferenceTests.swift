import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

@testable import AssayPrivacy

@Suite struct `Attacks with a reference` {
  private static let simulator = Simulator(seed: 83)

  private static func plan(_ seed: UInt64 = 1) -> EvaluationPlan {
    var plan = EvaluationPlan.brief(seed: seed)
    plan.permutations = 199
    plan.membershipRows = 200
    return plan
  }

  private static func trial(
    rows: Int, synthetic: RawTable, reference: RawTable?, seed: UInt64 = 0
  ) throws -> Trial {
    var real = try RealTables(
      training: simulator.table(rows: rows, stream: "t\(seed)"),
      holdout: simulator.table(rows: rows, stream: "h\(seed)"), declared: SchemaDeclaration(),
      settings: plan().bins)
    if let reference { try real.add(reference: reference) }
    return try Trial(real, synthetic: synthetic, plan: plan(seed))
  }

  @Test func `know its rows in place of the pool`() async throws {
    let reference = Self.simulator.table(rows: 150, stream: "r")
    let trial = try Self.trial(
      rows: 80, synthetic: Self.simulator.table(rows: 90, stream: "s"), reference: reference)
    let workspace = Workspace(trial.comparison.exchangeable, plan: trial.plan, threads: 2)
    let evidence = try #require(try await workspace.value(of: AttackEvidences()))
    let found = try #require(evidence.rank.reference)
    let rows = try #require(try await workspace.value(of: MembershipRows()))
    #expect(Set(rows.reference) == Set(0..<150))
    // Slow twin: all distances of the first targets to all rows of the reference.
    let points = try AttackPoints(
      trial.comparison.exchangeable, rows, space: .rank, threads: 1)
    let base = try #require(points.reference)
    for target in 0..<5 {
      let slow = (0..<150).map { row in
        (0..<points.targets.dimensions.count).reduce(0.0) { sum, index in
          sum + Self.gap(points.targets.dimensions[index], target, base.dimensions[index], row)
        } / points.scale
      }.sorted()
      for (own, other) in zip(found.distances(of: target), slow) {
        #expect(abs(own - other) < 1e-12)
      }
    }
    let width = Attack.bandwidth(found, targets: evidence.targets)
    let scores = Attack.densityRatio(evidence.rank, targets: evidence.targets)
    let first =
      Attack.logDensity(evidence.rank.synthetic.distances(of: 0), bandwidth: width)
      - Attack.logDensity(found.distances(of: 0), bandwidth: width)
    #expect(scores[0] == first)
    var without = evidence.rank
    without.reference = nil
    #expect(Attack.densityRatio(without, targets: evidence.targets) != scores)
    #expect(evidence.rarity.reference == nil)
  }

  private static func gap(
    _ first: MixedDimension, _ row: Int, _ second: MixedDimension, _ other: Int
  ) -> Double {
    if let own = first.codes, let theirs = second.codes {
      return own[row] == theirs[other] && own[row] >= 0 || own[row] < 0 && theirs[other] < 0
        ? 0 : 1
    }
    switch (first.position(row), second.position(other)) {
    case (nil, nil): return 0
    case (let own?, let theirs?): return abs(own - theirs)
    default: return 1
    }
  }

  @Test func `see copies, and say how many rows they knew`() async throws {
    let trial = try Self.trial(
      rows: 120, synthetic: Self.simulator.table(rows: 120, stream: "t0"),
      reference: Self.simulator.table(rows: 300, stream: "r"))
    let scores = try await trial.scores(of: MembershipInference())
    #expect(scores.first?.details["referenceRows"]?.integerValue == 300)
    for attack in ["density-ratio", "calibrated-distance"] {
      let own = try #require(
        scores.first { $0.parameters["attack"] == .string(attack) && $0.subject.segment == "all" })
      let lower = own.details["areaInterval"]?.arrayValue?.first?.doubleValue
      #expect(try #require(lower) > 0.5, "\(attack)")
    }
  }

  @Test func `accuse no fresh sample: the level holds over thirty of them`() async throws {
    var rejections = 0
    for seed in UInt64(0)..<30 {
      let trial = try Self.trial(
        rows: 60, synthetic: Self.simulator.table(rows: 60, stream: "s\(seed)"),
        reference: Self.simulator.table(rows: 100, stream: "r\(seed)"), seed: seed)
      let score = try #require(try await trial.scores(of: MembershipInference()).first)
      if try #require(score.test?.pValue) <= 0.05 { rejections += 1 }
    }
    // Binomial(30, 0.05) exceeds 5 with a chance of 0.3 %.
    #expect(rejections <= 5)
  }

  @Test func `refuse one that lacks columns, with every problem`() throws {
    let reference = Self.simulator.table(rows: 20, stream: "r")
    let names = reference.columns.map(\.name)
    let error = #expect(throws: AlignmentError.self) {
      try Self.trial(
        rows: 30, synthetic: Self.simulator.table(rows: 20, stream: "s"),
        reference: reference.columns(Array(names.dropFirst(2))))
    }
    #expect(error?.code == .reference)
    #expect(error?.problems.count == 3)
    #expect(error?.problems.first?.contains("lacks column '\(names[0])'") == true)
  }
}
