import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayPrivacy
import AssayTable
import AssayTestKit
import Testing

@Suite struct `Approximate closest records` {
  private static func plan(blocks: Int?) -> EvaluationPlan {
    var plan = EvaluationPlan.brief()
    plan.permutations = 199
    plan.closestBlocks = blocks
    return plan
  }

  private static func share(
    _ tables: (training: RawTable, holdout: RawTable, synthetic: RawTable), blocks: Int?
  ) async throws -> Score {
    let trial = try Trial(
      training: tables.training, synthetic: tables.synthetic, holdout: tables.holdout,
      plan: plan(blocks: blocks))
    return try #require(try await trial.scores(of: DistanceToClosestRecord()).first)
  }

  private static func tables(
    _ seed: UInt64, rows: Int = 600
  ) -> (training: RawTable, holdout: RawTable, synthetic: RawTable) {
    let simulator = Simulator(seed: seed)
    return (
      simulator.table(rows: rows, stream: "training"),
      simulator.table(rows: rows / 2, stream: "holdout"),
      simulator.table(rows: rows, stream: "fresh")
    )
  }

  @Test func `are the exact ones where all blocks are looked into`() async throws {
    // Slow twin: the exact search, of all rows in both cases.
    let tables = Self.tables(3, rows: 280)
    var own = try await Self.share(tables, blocks: 40)
    var exact = try await Self.share(tables, blocks: nil)
    #expect(own.details["approximate"]?["recall"]?.doubleValue == 1)
    #expect(own.details["approximate"]?["excess"]?.doubleValue == 0)
    #expect(exact.details["approximate"] == nil)
    own.details = [:]
    exact.details = [:]
    #expect(own == exact)
  }

  @Test func `say how often they are right, and find copies`() async throws {
    var tables = Self.tables(5)
    let few = try await Self.share(tables, blocks: 1)
    let approximate = try #require(few.details["approximate"])
    let recall = try #require(approximate["recall"]?.doubleValue)
    #expect(recall > 0.1 && recall < 1)
    #expect(try #require(approximate["recallAtLeast"]?.doubleValue) < recall)
    #expect(try #require(approximate["excess"]?.doubleValue) > 0)
    #expect(approximate["rowsLookedAt"]?.integerValue == 64)
    #expect(approximate["checkedRows"]?.integerValue == 500)
    #expect(few.details["searchedRows"]?.integerValue == 600)
    // Planted truth: copies are sorted to the rows that they were copied from.
    tables.synthetic = tables.training
    let copied = try await Self.share(tables, blocks: 2)
    #expect(copied.value == 1)
    #expect(copied.details["approximate"]?["recall"]?.doubleValue == 1)
  }

  @Test func `keep the level of the test: labels stay exchangeable`() async throws {
    // Simulation: 60 fresh samples with sides of unequal size, one block of nine. At 10 % more than 14
    // rejections have a chance of 1 in 1,000.
    var rejected = 0
    for seed in 0..<60 as Range<UInt64> {
      let score = try await Self.share(Self.tables(100 + seed, rows: 380), blocks: 1)
      if try #require(score.test?.pValue) <= 0.1 { rejected += 1 }
    }
    #expect(rejected <= 14)
  }
}
