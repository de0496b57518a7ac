import AssayDocument
import AssayEvaluation
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

@testable import AssayMetrics

/// Planted truth: two numbers that move together make the first axis; where the synthetic side breaks
/// their relation, its rows leave the cells that hold the real ones.
@Suite struct `Rows on one plane` {
  private static func table(_ seed: UInt64, _ rows: Int, breaksRelation: Bool = false) -> RawTable {
    var stream = RandomStream(seed: seed, name: "plane")
    let a = (0..<rows).map { _ in stream.normal() }
    let b = a.map { breaksRelation ? stream.normal() : $0 + 0.2 * stream.normal() }
    let c = (0..<rows).map { _ in stream.normal() }
    return TableBuilder().numbers("a", a).numbers("b", b).numbers("c", c).table()
  }

  private static func plane(
    _ synthetic: RawTable, holdout: RawTable? = nil, threads: Int = 1
  ) async throws -> PlaneProjection? {
    var plan = EvaluationPlan.brief()
    plan.classifierRows = 2_000
    let trial = try Trial(
      training: table(1, 1_500), synthetic: synthetic, holdout: holdout, plan: plan)
    return try await Workspace(trial.comparison.reference, plan: trial.plan, threads: threads)
      .value(of: PlaneRows())
  }

  /// The share of a side's rows in cells that hold real ones.
  private static func shared(_ plane: PlaneProjection, _ role: TableRole) throws -> Double {
    let real = Set(try #require(plane.sides.first { $0.role == .training }).cells)
    let side = try #require(plane.sides.first { $0.role == role })
    return zip(side.cells, side.shares).reduce(0) { real.contains($1.0) ? $0 + $1.1 : $0 }
  }

  @Test func `the first axis follows the columns that move together, and says so`() async throws {
    let plane = try #require(try await Self.plane(Self.table(2, 1_500)))
    #expect(plane.horizontal.columns.map(\.name).sorted() == ["a", "b"])
    #expect(plane.vertical.columns.map(\.name) == ["c"])
    #expect(plane.horizontal.held > plane.vertical.held)
    // Ranks: the first axis has nearly the variance of two uniform columns, 2/12 of 3/12.
    #expect(abs(plane.horizontal.held - 2.0 / 3) < 0.03)
  }

  @Test func `a fresh real sample lies where real rows lie, and rows without the relation do not`()
    async throws
  {
    let fresh = try #require(
      try await Self.plane(Self.table(3, 1_500), holdout: Self.table(4, 900)))
    #expect(fresh.sides.map(\.role) == [.training, .holdout, .synthetic])
    #expect(try Self.shared(fresh, .synthetic) > 0.8)
    #expect(try Self.shared(fresh, .holdout) > 0.8)
    let broken = try #require(try await Self.plane(Self.table(3, 1_500, breaksRelation: true)))
    // Without the relation rows gather in the middle of the first axis and miss its ends.
    let ends = { (side: PlaneProjection.Side) in
      zip(side.cells, side.shares).reduce(0.0) { sum, cell in
        let column = cell.0 % broken.cellsPerAxis
        let isEnd = column < broken.cellsPerAxis / 4 || column >= broken.cellsPerAxis * 3 / 4
        return isEnd ? sum + cell.1 : sum
      }
    }
    #expect(ends(broken.sides[1]) < 0.6 * ends(broken.sides[0]))
  }

  @Test func `no cell holds fewer than k rows, and nothing tells of few`() async throws {
    let plane = try #require(
      try await Self.plane(Self.table(5, 1_200), holdout: Self.table(6, 700)))
    #expect(plane.smallest == 10)
    for side in plane.sides {
      for share in side.shares { #expect(share * Double(side.rows) > 9.9) }
      let rest = (1 - side.shares.reduce(0, +) - (side.outside ?? 0)) * Double(side.rows)
      // Rounded shares of all cells together leave a row or so open.
      #expect(abs(rest) < 2 || rest > 8)
      if let outside = side.outside { #expect(outside * Double(side.rows) > 9.9) }
    }
    let real = try #require(plane.sides.first)
    #expect(real.shares.reduce(0, +) >= PlaneRows.shown - 0.01)
    // Three digits: no edge is a row's own coordinate.
    for edge in [plane.horizontal.lower, plane.horizontal.upper, plane.vertical.lower] {
      #expect(edge == Published.rounded(edge))
    }
  }

  @Test func `the plane is that of the real rows, whatever the synthetic ones are`() async throws {
    let one = try #require(try await Self.plane(Self.table(7, 900)))
    let other = try #require(
      try await Self.plane(Self.table(8, 1_100, breaksRelation: true), threads: 2))
    #expect(one.horizontal == other.horizontal && one.vertical == other.vertical)
    #expect(one.cellsPerAxis == other.cellsPerAxis && one.sides[0] == other.sides[0])
  }

  @Test func `few rows or a single direction have no plane`() async throws {
    let few = try Trial(training: Self.table(1, 60), synthetic: Self.table(2, 60))
    let workspace = Workspace(few.comparison.reference, plan: few.plan, threads: 1)
    #expect(try await workspace.value(of: PlaneRows()) == nil)
  }

  @Test func `the correlation ratio is that of two groups by hand`() {
    // Means 1 and 3, grand mean 2: between 4, total 4 + 4 · ¼… by hand: (½)²·4 = 1 within.
    #expect(abs(PlaneRows.ratio([0.5, 1.5, 2.5, 3.5], [0, 0, 1, 1]) - 0.8) < 1e-12)
    #expect(PlaneRows.ratio([1, 1, 1], [0, 1, 2]) == 0)
    #expect(PlaneRows.ratio([1, 2, 3], [4, 4, 4]) == 0)
  }
}
