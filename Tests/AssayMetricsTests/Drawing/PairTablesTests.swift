import AssayDocument
import AssayEvaluation
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

@testable import AssayMetrics

/// Oracle: counts by hand.
@Suite struct `Tables of pairs` {
  private static func table(_ counts: [(String, String, Int)]) -> RawTable {
    let rows = counts.flatMap { Array(repeating: ($0.0, $0.1), count: $0.2) }
    return TableBuilder().levels("x", rows.map(\.0)).levels("y", rows.map(\.1)).table()
  }

  @Test func `hold the shares of both sides, and nothing of small cells`() async throws {
    let trial = try Trial(
      training: Self.table([("a", "p", 50), ("a", "q", 30), ("b", "p", 3), ("b", "q", 117)]),
      synthetic: Self.table([("a", "p", 100), ("a", "q", 20), ("b", "p", 40), ("b", "q", 40)]))
    let workspace = Workspace(trial.comparison.reference, plan: trial.plan, threads: 1)
    let tables = try await PairTables(workspace.frame, workspace).tables([(0, 1)])
    let table = try #require(tables.first)
    #expect(table.columns == ["x", "y"] && table.smallest == 10)
    // Cells without anybody on any side are no line of the table.
    let lines = Set(table.first + table.second)
    #expect(lines == ["a", "b", "p", "q"])
    func share(_ side: Int, _ first: String, _ second: String) throws -> Double? {
      let row = try #require(table.first.firstIndex(of: first))
      let column = try #require(table.second.firstIndex(of: second))
      return table.sides[side].shares[row * table.second.count + column]
    }
    #expect(table.sides.map(\.role) == [.training, .synthetic])
    // Three rows of b and p: with the totals known, all four cells would tell of them.
    for (first, second) in [("a", "p"), ("a", "q"), ("b", "p"), ("b", "q")] {
      #expect(try share(0, first, second) == nil)
    }
    #expect(try share(1, "a", "p") == 0.5 && share(1, "b", "q") == 0.2)
  }

  @Test func `leave out what cannot be paired`() async throws {
    let trial = try Trial(
      training: Self.table([("a", "p", 50), ("b", "p", 50)]),
      synthetic: Self.table([("a", "p", 50), ("b", "p", 50)]))
    let workspace = Workspace(trial.comparison.reference, plan: trial.plan, threads: 1)
    #expect(try await PairTables(workspace.frame, workspace).tables([(0, 1)]).isEmpty)
  }

  @Test func `count rows for k and weights for shares`() {
    let codes = OrderedCodes(
      codes: [[0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 1]], offsets: [0, 6],
      weights: [1, 1, 1, 2, 3, 4])
    let side = PairTables.side(.training, codes, 0, 1, lines: 2, width: 2, k: 3)
    #expect(side.shares == [0.25, nil, nil, 0.75])
    let few = PairTables.side(.training, codes, 0, 1, lines: 2, width: 2, k: 4)
    #expect(few.shares == [nil, nil, nil, nil])
  }
}
