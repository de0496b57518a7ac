import AssayNumerics
import Testing

@testable import AssayMetrics

/// Oracle: the reference implementation in the numerics, itself tested against published values.
@Suite struct `Pair statistics` {
  @Test func `agree with the numerics' Cramér's V on random tables`() throws {
    var stream = RandomStream(seed: 5, name: "tables")
    for _ in 0..<200 {
      let rows = 2 + stream.below(6)
      let columns = 2 + stream.below(6)
      let table = (0..<rows * columns).map { _ in Float(stream.below(40)) }
      let shape = PairStatistics.Shape(start: 0, rows: rows, columns: columns)
      let own = PairStatistics.association(table.span, shape)
      let other = try cramersV(
        table: table.span, rows: rows, columns: columns, biasCorrected: true)
      #expect(abs(own - other) < 1e-9)
    }
  }

  @Test func `give 0 to a table with one occupied row`() {
    let table: [Float] = [5, 7, 0, 0]
    let shape = PairStatistics.Shape(start: 0, rows: 2, columns: 2)
    #expect(PairStatistics.association(table.span, shape) == 0)
  }

  @Test func `give 1 to a perfect relation of large counts`() {
    let table: [Float] = [50_000, 0, 0, 50_000]
    let shape = PairStatistics.Shape(start: 0, rows: 2, columns: 2)
    #expect(abs(PairStatistics.association(table.span, shape) - 1) < 1e-4)
  }

  @Test func `measure total variation of the joint cells`() {
    let shapes = [PairStatistics.Shape(start: 0, rows: 2, columns: 2)]
    let real: [Float] = [40, 10, 10, 40]
    let synthetic: [Float] = [5, 5, 5, 5]
    var out = [Double](repeating: 0, count: PairStatistics.Quantity.allCases.count)
    var span = out.mutableSpan
    PairStatistics.pairs(shapes).evaluate(real.span, synthetic.span, &span)
    // ½(|.4−.25| + |.1−.25| + |.1−.25| + |.4−.25|) = 0.3, by hand.
    #expect(abs(out[PairStatistics.Quantity.cells.rawValue] - 0.3) < 1e-12)
  }
}
