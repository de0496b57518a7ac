import AssayDocument
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

@testable import AssayMetrics

@Suite struct `Tables of two and three columns` {
  static func levels(_ table: TableBuilder, _ name: String, _ values: [String]) -> TableBuilder {
    table.levels(name, values)
  }

  @Test func `get the score of the reference`() async throws {
    // kmarginal.small of the reference values: SDNist's formula, written out for few rows.
    let real = TableBuilder().levels("A", ["a", "a", "b", "b", "c"])
      .levels("B", ["0", "0", "1", "1", "1"]).levels("C", ["1", "2", "2", "1", "1"])
      .levels("G", ["x", "x", "x", "y", "y"]).table()
    let synthetic = TableBuilder().levels("A", ["a", "b", "b", "b", "c", "c"])
      .levels("B", ["0", "1", "1", "0", "1", "1"]).levels("C", ["1", "2", "2", "1", "2", "1"])
      .levels("G", ["x", "x", "y", "y", "y", "y"]).table()
    let declared = SchemaDeclaration(
      ["A", "B", "C", "G"].map { ColumnDeclaration(name: $0, kind: .category) })
    let trial = try Trial(training: real, synthetic: synthetic, declared: declared)
    let score = try #require(try await trial.scores(of: KMarginal()).table())
    #expect(abs(try #require(score.value) - 683.3333333333334) < 1e-9)
  }

  /// Two coins and whether they differ: every pair is independent, the three are not.
  static func coins(_ seed: UInt64, rows: Int = 800, isTied: Bool) -> RawTable {
    var stream = RandomStream(seed: seed, name: "coins")
    let a = (0..<rows).map { _ in stream.below(2) }
    let b = (0..<rows).map { _ in stream.below(2) }
    let c = isTied ? zip(a, b).map { $0 ^ $1 } : (0..<rows).map { _ in stream.below(2) }
    func names(_ bits: [Int]) -> [String] { bits.map { $0 == 0 ? "no" : "yes" } }
    return TableBuilder().levels("a", names(a)).levels("b", names(b)).levels("c", names(c))
      .table()
  }

  @Test func `a relation of three columns is seen by triples alone`() async throws {
    let trial = try Trial(
      training: Self.coins(1, isTied: true), synthetic: Self.coins(2, isTied: false))
    let scores = try await trial.scores(of: KMarginal())
    let pairs = try #require(scores.first { $0.subject.facet == nil })
    let triples = try #require(scores.first { $0.subject.facet == "triples" })
    #expect(try abs(Planted.excess(pairs)) < 5)
    #expect(try Planted.excess(triples) < -20)
    #expect(try #require(triples.value) < 520)
    let distances = try await trial.scores(of: MarginalSquaredDistance())
    let first = try #require(distances.first { !$0.subject.isTable })
    #expect(first.subject.columns == ["a", "b", "c"])
    #expect(try #require(first.details["z"]?.doubleValue) > 10)
    #expect(try #require(first.value) > 0.4)
  }

  @Test func `a fresh sample is worth a third of the real rows`() async throws {
    // A subsample of share f is as far from all rows as (1 − f)/f = 1 + n/m says: a third for n = m.
    let simulator = Simulator(seed: 12)
    var plan = EvaluationPlan.brief(replicates: 24)
    plan.shards = 128
    let trial = try Trial(
      training: simulator.table(rows: 1_000),
      synthetic: simulator.table(rows: 1_000, stream: "synthetic"), plan: plan)
    let scores = try await trial.scores(of: KMarginal())
    let triples = try #require(scores.first { $0.subject.facet == "triples" })
    guard case .object(let found) = triples.details["subsample"] else {
      Issue.record("no ladder")
      return
    }
    #expect(try abs(#require(found["share"]?.doubleValue) - 1.0 / 3) < 0.08)
    #expect(try abs(#require(found["freshSample"]?.doubleValue) - 1.0 / 3) < 0.08)
    #expect(try #require(found["words"]?.stringValue).hasPrefix("as good as a random "))
  }

  @Test func `a ladder never rises and is read between its steps`() {
    let ladder = SubsampleLadder(
      shares: [0.1, 0.2, 0.4, 0.8], means: [(0.4, 1), (0.2, 1), (0.3, 1), (0.1, 1)])
    // The two in the wrong order are pooled to 0.25.
    #expect(zip(ladder.distances, [0.4, 0.25, 0.25, 0.1]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(ladder.share(of: 0.5) == nil)
    #expect(abs((ladder.share(of: 0.175) ?? 0) - 0.6) < 1e-12)
    #expect(abs((ladder.share(of: 0.05) ?? 0) - 0.9) < 1e-12)
    #expect(ladder.share(of: 0) == 1)
    #expect(ladder.words(0.5) == "less than a random 10 % of the real rows")
  }

  @Test func `the distance without bias is 0 on average and below it for copies`() async throws {
    let simulator = Simulator(seed: 5)
    let real = simulator.table(rows: 400)
    var values: [Double] = []
    for draw in 0..<6 {
      let trial = try Trial(
        training: simulator.table(rows: 400, stream: "t\(draw)"),
        synthetic: simulator.table(rows: 300, stream: "s\(draw)"), plan: .brief(replicates: 4))
      let score = try #require(try await trial.scores(of: MarginalSquaredDistance()).table())
      values.append(try #require(score.value))
    }
    let moments = Moments(values)
    #expect(abs(moments.mean) < 3 * moments.standardError)
    let copy = try Trial(training: real, synthetic: real)
    let score = try #require(try await copy.scores(of: MarginalSquaredDistance()).table())
    #expect(try #require(score.bounds?.upper) < 0)
  }

  @Test func `conjunctions count what the rows say`() async throws {
    // Slow twin: each conjunction asked of each row.
    let simulator = Simulator(seed: 8)
    let trial = try Trial(
      training: simulator.table(rows: 300),
      synthetic: simulator.table(rows: 200, stream: "synthetic"))
    let workspace = Workspace(trial.comparison.reference, plan: trial.plan, threads: 1)
    let plan = try await workspace.value(of: ConjunctionPlan())
    let found = try #require(try await workspace.value(of: ConjunctionCalibration())[.training])
    let codes = try await workspace.value(of: PairCodes(source: .role(.synthetic))).codes
    for query in stride(from: 0, to: ConjunctionPlan.count, by: 17) {
      let rows = codes[0].indices.count { row in
        plan.columns[query].allSatisfy { column in
          let mask = plan.masks[column][Int(codes[column][row])]
          return mask[query / 64] >> UInt64(query % 64) & 1 == 1
        }
      }
      #expect(abs(found.synthetic[query] - Double(rows) / 200) < 1e-7)
      #expect(plan.columns[query].count == 4 + query % 2)
    }
  }

  @Test func `too few columns are said to be too few`() async throws {
    let trial = try Trial(
      training: Self.coins(1, isTied: true), synthetic: Self.coins(2, isTied: true))
    let score = try #require(try await trial.scores(of: Conjunctions()).table())
    #expect(score.value == nil)
  }
}

/// How far scores are from a fresh real sample.
private enum Planted {
  static func excess(_ score: Score) throws -> Double {
    try `Planted relations`.excess(score)
  }
}
