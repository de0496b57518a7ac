import AssayNumerics
import AssayTable
import Testing

@testable import AssayMetrics

/// Slow twin: leave out rows, then rank what is left.
@Suite struct ExactCorrelationTests {
  /// Numbers with as many ties as `levels` makes, a fifth of them missing unless `complete`.
  private func column(_ name: String, rows: Int, levels: Int, complete: Bool) -> NumericValues {
    var stream = RandomStream(seed: 7, name: name)
    let values = (0..<rows).map { _ in Double(stream.below(levels)) - 3 }
    let present = (0..<rows).map { _ in complete || stream.below(5) > 0 }
    return NumericValues(
      values: zip(values, present).map { $1 ? $0 : 0 }, validity: ValidityMask(present: present))
  }

  @Test(arguments: [2, 40, 1 << 40], [0, 1, 3, 64, 200, 1_000])
  func `ranks among the rows of a pair are those of the rows alone`(levels: Int, rows: Int) throws {
    for (complete, otherComplete) in [(false, false), (true, false), (false, true), (true, true)] {
      let x = column("x", rows: rows, levels: levels, complete: complete)
      let y = column("y", rows: rows, levels: 40, complete: otherComplete)
      let both = (0..<rows).filter { x[$0] != nil && y[$0] != nil }
      let a = both.map { x.values[$0] }
      let b = both.map { y.values[$0] }
      for kind in [CorrelationKind.spearman, .pearson] {
        let first = CorrelationColumn(x, kind: kind)
        let second = CorrelationColumn(y, kind: kind)
        #expect(first.paired(with: y) == (kind == .pearson ? a : midranks(a.span)))
        let found = ExactCorrelation(first, second)
        #expect(found.count == both.count)
        let expected =
          kind == .pearson
          ? try? pearsonCorrelation(a.span, b.span) : try? spearmanCorrelation(a.span, b.span)
        #expect(found.value == (both.count < 4 ? nil : expected))
      }
    }
  }
}
