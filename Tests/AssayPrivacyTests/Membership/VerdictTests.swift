import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import Foundation
import Testing

@testable import AssayPrivacy

/// The verdict over all tests of leaks, and the records that are hardest to hide.
@Suite struct `The verdict on leaks` {
  private static func normal(_ rows: Int, _ name: String) -> [[Double]] {
    var random = RandomStream(seed: 5, name: "verdict", name)
    return (0..<rows).map { _ in (0..<8).map { _ in random.normal() } }
  }

  private static func table(_ name: String, _ rows: [[Double]]) -> RawTable {
    (0..<8).reduce(TableBuilder(name)) { builder, column in
      builder.numbers("x\(column)", rows.map { $0[column] })
    }.table()
  }

  private static func furthest(_ rows: [[Double]], _ count: Int) -> [Int] {
    rows.indices.sorted { left, right in
      rows[left].reduce(0) { $0 + $1 * $1 } > rows[right].reduce(0) { $0 + $1 * $1 }
    }.prefix(count).map { $0 }
  }

  @Test func `sees a hundredth of the records leaked, where they are outliers`() async throws {
    let training = Self.normal(800, "training")
    let holdout = Self.normal(800, "holdout")
    var synthetic = Self.normal(800, "synthetic")
    var random = RandomStream(seed: 6, name: "verdict", "noise")
    for (place, row) in Self.furthest(training, 10).enumerated() {
      synthetic[place] = training[row].map { $0 + 0.05 * random.normal() }
    }
    var plan = LeakSamples.plan(999)
    plan.membershipRows = 800
    let trial = try Trial(
      training: Self.table("training", training), synthetic: Self.table("synthetic", synthetic),
      holdout: Self.table("holdout", holdout), plan: plan)
    let tails = try await trial.scores(of: RecordTailTest())
    #expect(try #require(tails.first?.test?.pValue) <= 0.005)
    // The group of extreme numbers tells by itself.
    let extreme = try #require(tails.first { $0.subject.segment == "extreme-2" })
    #expect(try #require(extreme.test?.adjusted) <= 0.01)
  }

  @Test func `looks at the records whose numbers lie furthest out`() async throws {
    let training = Self.normal(600, "training")
    let holdout = Self.normal(600, "holdout")
    var plan = LeakSamples.plan(99)
    plan.membershipRows = 600
    let trial = try Trial(
      training: Self.table("training", training),
      synthetic: Self.table("synthetic", Self.normal(600, "synthetic")),
      holdout: Self.table("holdout", holdout), plan: plan)
    let workspace = Workspace(trial.comparison.exchangeable, plan: plan, threads: 2)
    let found = try #require(try await workspace.value(of: RecordTails()))
    let extreme = try #require(found.strata.first { $0.id == "extreme-2" })
    #expect(extreme.targets.count == 24)
    let rows = try #require(try await workspace.value(of: MembershipRows()))
    let all = rows.members.map { training[$0] } + rows.others.map { holdout[$0] }
    // Ranks of normal numbers are nearly their own quantiles.
    let truth = Set(Self.furthest(all, 24))
    #expect(extreme.targets.count { truth.contains($0) } >= 18)
  }

  @Test func `sees records of which half of the columns are copied`() async throws {
    let (training, holdout, fresh) = LeakSamples.tables(of: 23, 1, rows: 500)
    let half = fresh.withPartialCopies(of: training, share: 0.3, seed: 4)
    let trial = try Trial(
      training: training, synthetic: half, holdout: holdout, plan: LeakSamples.plan())
    let verdict = try #require(try await trial.scores(of: AnyLeak()).first)
    #expect(try #require(verdict.test?.pValue) <= AnyLeak.level)
    #expect(try #require(verdict.value) > 0.05)
  }

  @Test func `counts records, however often each comes back`() async throws {
    let (training, holdout, _) = LeakSamples.tables(of: 7, 3, rows: 400)
    // Forty training rows, each ten times: the whole synthetic table, but a tenth of the records.
    let copied = training.rows((0..<400).map { $0 % 40 })
    let trial = try Trial(
      training: training, synthetic: copied, holdout: holdout, plan: LeakSamples.plan())
    let verdict = try #require(try await trial.scores(of: AnyLeak()).first)
    let tests = try #require(verdict.details["tests"]?.arrayValue)
    let exact = try #require(
      tests.first { $0.objectValue?["test"]?.stringValue == "exact-match" })
    let exposed = try #require(exact.objectValue?["exposed"]?.doubleValue)
    // Two bounds at 1 in 80,000 each: 40 and 0 of 400 leave 0.018, published as 0.02.
    #expect(exposed > 0.015 && exposed < 0.025)
    #expect(try #require(verdict.value) < 0.2)
  }

  @Test func `bounds the share of records by both sides`() throws {
    let all = try #require(ReplayedRecords(.array([100, 100, 0, 100].map { .integer($0) })))
    // What 100 of 100 and 0 of 100 leave open, each with half of 2.5 %.
    let reach = 1 - pow(0.0125, 0.01)
    #expect(abs(try all.certain(level: 0.975) - (1 - 2 * reach)) < 1e-9)
    let equal = try #require(ReplayedRecords(.array([30, 100, 30, 100].map { .integer($0) })))
    #expect(try equal.certain(level: 0.9) == 0)
    #expect(ReplayedRecords(equal.detail) == equal)
    #expect(ReplayedRecords(nil) == nil)
  }
}
