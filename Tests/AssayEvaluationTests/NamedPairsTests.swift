import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTable
import AssayTestKit
import Testing

@Suite struct `Tables of pairs that findings name` {
  /// Nine columns of three levels: alike in each row but for one in eight, or each drawn by itself.
  private static func table(_ name: String, rows: Int, isJoined: Bool) -> RawTable {
    (0..<9).reduce(TableBuilder(name)) { builder, column in
      builder.levels(
        "c\(column)",
        (0..<rows).map { row in
          let own = (row &* 7_919 &+ column &* 104_729 &+ row / 3 &* (column &+ 2)) % 997
          let shared = (row &* 6_151 &+ row / 5) % 991 % 3
          return ["a", "b", "c"][isJoined && own % 8 > 0 ? shared : own % 3]
        })
    }.table()
  }

  @Test func `are in the document, beyond the twelve that are furthest`() async throws {
    let prepared = try PreparedEvaluation(
      training: Self.table("real", rows: 900, isJoined: true), holdout: nil,
      options: EvaluationOptions(preset: .quick))
    let document = try await prepared.evaluate(
      synthetic: Self.table("synthetic", rows: 900, isJoined: false))
    let named = document.findings.filter { $0.dimension == .fidelity }.flatMap(\.namedPairs)
    let held = Set(document.charts?.pairs.map { Set($0.columns) } ?? [])
    #expect(Set(named.map(Set.init)).count > 12)
    for pair in named { #expect(held.contains(Set(pair)), "\(pair)") }
    #expect(held.count == document.charts?.pairs.count)
    let order = document.columns.map(\.name)
    for table in document.charts?.pairs ?? [] {
      #expect(table.columns == order.filter(table.columns.contains))
    }
  }
}
