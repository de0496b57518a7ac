import Testing

@testable import AssayReport

/// Where labels of points stand.
@Suite struct `Labels of a scatter` {
  @Test func `move down until they touch no other, or up where there is no room below`() {
    var lines = LabelLines(from: 10, to: 60)
    #expect(lines.place(20, from: 0, width: 50) == 20)
    #expect(lines.place(20, from: 0, width: 50) == 32)
    #expect(lines.place(25, from: 40, width: 50) == 49)
    // Beside the others there is room on the same line.
    #expect(lines.place(20, from: 100, width: 50) == 20)
    var low = LabelLines(from: 10, to: 60)
    #expect((0..<4).map { _ in low.place(55, from: 0, width: 50) } == [55, 43, 31, 19])
    // Where no line is free a label stays where its point is.
    #expect(low.place(55, from: 0, width: 50) == 55)
  }

  @Test func `of candidates that are alike do not lie over each other`() throws {
    let points = (0..<6).map {
      ScatterChart.Point(label: "candidate \($0)", x: 0.5, y: 0.8, isFilled: $0 == 0)
    }
    let axis = Axis(0, 1, format: .number, title: "score", count: 4)
    let bytes = HTMLBuilder.page {
      SVGWriter.draw(
        ScatterChart(title: "t", summary: "s", x: axis, y: axis, points: points), into: &$0)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.split(separator: "<text ").map { $0.prefix { $0 != "<" } }
      .filter { $0.contains(">candidate ") }
      .compactMap { part in
        part.firstRange(of: "y=\"").map { part[$0.upperBound...].prefix { $0 != "\"" } }
      }.compactMap { Double($0) }.sorted()
    #expect(lines.count == 6)
    for (upper, lower) in zip(lines, lines.dropFirst()) {
      #expect(lower - upper >= LabelLines.nearest)
    }
  }
}
