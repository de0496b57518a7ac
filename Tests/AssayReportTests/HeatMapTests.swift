import AssayDocument
import Testing

@testable import AssayReport

@Suite struct `The map of relations` {
  private func document(
    _ names: [String], _ gaps: [(String, String, real: Double, synthetic: Double)]
  ) -> EvaluationDocument {
    var document = SampleDocument.minimal
    document.columns = names.map {
      ColumnRecord(name: $0, kind: "real", role: "feature", roles: [], why: [], representation: [])
    }
    document.scores = gaps.map { first, second, real, synthetic in
      Score(
        metric: "fidelity.cramers-v", dimension: .fidelity,
        against: document.inputs.holdout == nil ? .training : .holdout,
        subject: Subject(columns: [first, second]),
        outcome: .measured(abs(real - synthetic)),
        details: ["real": .finite(real), "synthetic": .finite(synthetic)])
    }
    return document
  }

  @Test func `a cell stands at the later column's row and the earlier one's column`() throws {
    let map = try #require(
      HeatMap(document(["a", "b", "c"], [("c", "a", 0.5, 0.1), ("a", "b", 0, 0)])))
    #expect(map.columns == ["a", "b", "c"])
    #expect(map.cells.map { [$0.row, $0.column] } == [[2, 0], [1, 0]])
    #expect(map.cells[0].gap == -0.4)
  }

  @Test(arguments: [
    (0.0, "h0"), (0.019, "h0"), (0.02, "hs1"), (-0.02, "hw1"), (-0.07, "hw2"), (0.1, "hs3"),
    (-0.3, "hw4"), (0.9, "hs5"),
  ]) func `a shade tells how far and to which side`(gap: Double, shade: String) {
    #expect(HeatMap.shade(gap) == shade)
  }

  @Test func `of many columns those with the widest gaps are drawn, in the table's order`() throws {
    let names = (0..<50).map { "c\($0)" }
    let pairs = (1..<50).map { (names[0], names[$0], real: 0.5, synthetic: 0.5 - Double($0) / 100) }
    let map = try #require(HeatMap(document(names, pairs)))
    #expect(map.columns.count == HeatMap.columnLimit)
    #expect(map.leftOut == 10)
    #expect(map.columns == ["c0"] + (11..<50).map { "c\($0)" })
  }

  @Test func `two columns make no map`() {
    #expect(HeatMap(document(["a", "b"], [("a", "b", 0.5, 0.1)])) == nil)
  }

  @Test func `every cell says its numbers and hostile names stay text`() throws {
    let names = ["<script>", "b\u{202E}", "c"]
    let page = document(
      names, [("<script>", "c", 0.5, 0.1), ("<script>", "b\u{202E}", 0.2, 0.2)])
    let text = String(decoding: HTMLRenderer().render(page), as: UTF8.self)
    #expect(text.contains("<title>&lt;script&gt; × c: real 0.50, synthetic 0.10</title>"))
    #expect(!text.contains("\u{202E}"))
  }

  @Test func `a measure of pairs is listed among the relations, one of the table among rows`() {
    let single = Score(
      metric: "fidelity.last-digit", dimension: .fidelity, against: .training,
      subject: Subject(columns: ["a"]), outcome: .measured(0))
    let scopes = MeasureScope.scopes(
      document(["a", "b"], [("a", "b", 0.5, 0.1)]).scores + [single])
    #expect(scopes == ["fidelity.cramers-v": .pairs, "fidelity.last-digit": .columns])
  }
}
