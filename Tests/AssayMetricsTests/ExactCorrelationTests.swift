import AssayNumerics
import Testing

@testable import AssayMetrics
@testable import AssayTable

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
        if kind == .spearman, let quick = ExactCorrelation(ranksOf: first, second) {
          #expect(quick.count == both.count)
          #expect(Self.agree(quick.value, found.value))
        }
      }
    }
  }

  private static func agree(_ a: Double?, _ b: Double?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return abs(a - b) <= 1e-12
  }

  /// The coefficients of all pairs of some columns by matrix products.
  private func products(
    _ columns: [NumericValues], _ kind: CorrelationKind, rows: Int
  ) throws -> [(quick: ExactCorrelation?, slow: ExactCorrelation)] {
    let sorted = columns.map { CorrelationColumn($0, kind: kind) }
    let layout = ShardLayout(
      rows: rows, groups: 7, stream: RandomStream(seed: 3, name: "groups"))
    let places = RowPlaces(layout)
    let ordered = columns.indices.map { index in
      OrderedColumn(
        sorted[index], places, fit: NumericFit(columns[index], settings: BinSettings()))
    }
    let pairs = columns.indices.flatMap { first in
      (first + 1..<columns.count).map { (first: first, second: $0) }
    }
    let panel = try #require(CorrelationPanel.panels(pairs).first)
    let sums = try PanelSums(PanelProducts(panel, ordered), places, threads: 2)
    return panel.pairs.indices.map { index in
      let pair = panel.pairs[index]
      let (first, second) = (sorted[pair.first], sorted[pair.second])
      return (
        ExactCorrelation(sums.sums(index), first: first, second: second),
        ExactCorrelation(first, second)
      )
    }
  }

  @Test func `matrix products give the coefficients of the rows`() throws {
    let far = column("far", rows: 900, levels: 40, complete: false)
    var scaled = far.values
    for row in scaled.indices where far[row] != nil { scaled[row] = 1e9 + scaled[row] * 1e-3 }
    let columns = [
      column("a", rows: 900, levels: 1 << 40, complete: true),
      column("b", rows: 900, levels: 9, complete: false),
      column("c", rows: 900, levels: 1 << 20, complete: false),
      NumericValues(values: scaled, validity: far.validity),
    ]
    let found = try products(columns, .pearson, rows: 900)
    #expect(found.count == 6)
    for pair in found {
      let quick = try #require(pair.quick)
      #expect(quick.count == pair.slow.count)
      #expect(Self.agree(quick.value, pair.slow.value))
    }
    let ranks = [columns[0], column("d", rows: 900, levels: 30, complete: true)]
    for pair in try products(ranks, .spearman, rows: 900) {
      #expect(Self.agree(try #require(pair.quick).value, pair.slow.value))
    }
  }

  @Test func `sums are not trusted where rounding could show`() throws {
    let one = column("a", rows: 300, levels: 1 << 40, complete: true)
    var values = (0..<300).map { Double($0 % 7) * 1e-6 }
    values[0] = 1e12
    // The far value is missing in the pair: what is left hardly varies beside it.
    let present = (0..<300).map { $0 > 0 }
    let lacking = NumericValues(
      values: (0..<300).map { $0 > 0 ? Double($0 % 5) : 0 },
      validity: ValidityMask(present: present))
    let found = try products(
      [one, one, NumericValues(values: values, validity: nil), lacking], .pearson, rows: 300)
    #expect(found[0].quick == nil, "equal columns must get exactly 1")
    #expect(found[0].slow.value == 1)
    #expect(found[5].quick == nil)
    #expect(found[5].slow.value != nil)
  }

  @Test func `panels of wide tables hold every pair once`() {
    let pairs = (0..<150).flatMap { first in
      (first + 1..<150).map { (first: first, second: $0) }
    }
    let panels = CorrelationPanel.panels(pairs)
    #expect(panels.count == 6)
    #expect(panels.flatMap(\.places).sorted() == Array(pairs.indices))
    for panel in panels {
      for (pair, place) in zip(panel.pairs, panel.places) {
        #expect(panel.columns[pair.first] == pairs[place].first)
        #expect(panel.columns[pair.second] == pairs[place].second)
      }
    }
  }
}
