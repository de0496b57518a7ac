import AssayDocument
import Foundation
import Testing

@testable import AssayReport

@Suite struct `Cumulated difference of a column` {
  private static func profile(_ synthetic: [Double]) -> ColumnProfile {
    ColumnProfile(
      cells: (0..<4).map {
        .init(label: "\($0)", kind: "bin", lower: Double($0), upper: Double($0 + 1))
      } + [.init(label: "missing", kind: "missing")],
      training: [0.2, 0.2, 0.2, 0.2, 0.2], synthetic: synthetic, holdout: nil, scale: "number")
  }

  @Test func `is what the two empirical distributions differ by at each edge`() throws {
    // By hand, over the rows that have a value: real ¼ each; synthetic ½, ½, 0, 0.
    let chart = try #require(
      ColumnChart.difference("x", Self.profile([0.5, 0.5, 0, 0, 0]), gap: 2))
    guard case .plot(let plot) = chart.body else {
      Issue.record("it is no plot")
      return
    }
    let points = try #require(plot.paths.first?.points)
    #expect(points.map(\.x) == [0, 1, 2, 3, 4])
    for (point, expected) in zip(points, [0, 0.25, 0.5, 0.25, 0]) {
      #expect(abs(point.y - expected) < 1e-12)
    }
    #expect(plot.marked?.x == 2)
    #expect(plot.y.lower == -plot.y.upper)
  }

  @Test func `is not drawn for levels, nor where nothing has a value`() {
    var levels = Self.profile([0.2, 0.2, 0.2, 0.2, 0.2])
    for index in levels.cells.indices {
      levels.cells[index] = .init(label: "l\(index)", kind: "level")
    }
    #expect(ColumnChart.difference("x", levels, gap: nil) == nil)
    #expect(ColumnChart.difference("x", Self.profile([0, 0, 0, 0, 1]), gap: nil) == nil)
  }
}

@Suite struct `From the map to a pair` {
  @Test func `every cell of the map that leads somewhere leads to a row of the table`() {
    let page = String(decoding: HTMLRenderer().render(SampleDocument.adult()), as: UTF8.self)
    let places = page.components(separatedBy: "data-place=\"").dropFirst().map {
      $0.components(separatedBy: "\"")[0]
    }
    #expect(!places.isEmpty)
    for place in places { #expect(page.contains("<tr id=\"\(place)\""), "\(place)") }
  }
}

@Suite struct `Numbers on an axis` {
  @Test func `keep the four digits of a year together`() {
    #expect(NumberText.page.edge(1_995) == "1995")
    #expect(NumberText.page.edge(-1_995) == "\u{2212}1995")
    #expect(NumberText.page.edge(12_500) == "12,500")
    #expect(NumberText.page.edge(0.25) == "0.250")
  }
}
