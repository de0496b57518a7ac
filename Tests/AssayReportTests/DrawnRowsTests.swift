import AssayDocument
import Testing

@testable import AssayReport

/// Rows on a plane, tables of pairs, and values that are read out of charts.
@Suite struct `What is drawn of rows and pairs` {
  private static func page(_ document: EvaluationDocument) -> String {
    String(decoding: HTMLRenderer().render(document), as: UTF8.self)
  }

  private static func count(_ part: String, in page: String) -> Int {
    page.split(separator: part, omittingEmptySubsequences: false).count - 1
  }

  @Test func `the outline holds the fullest cells with nine tenths of the real rows`() throws {
    let plane = try #require(SampleDocument.adult().charts?.plane)
    let chart = try #require(PlaneChart(plane))
    // Real cells hold 0.3, 0.25, 0.2, 0.1 and 0.05 of 0.9: the first four are the first to reach 0.81.
    #expect(chart.region == [9, 45, 10, 17])
    #expect(abs(chart.inside(plane.sides[0]) - 0.85 / 0.9) < 1e-12)
    #expect(abs(chart.inside(plane.sides[2]) - 1) < 1e-12)
    // Cells 9, 10 and 17 are one shape (9 and 10 side by side, 17 above 9), 45 stands alone.
    let outline = chart.outline()
    let lengths = [outline.horizontal, outline.vertical].map { $0.reduce(0) { $0 + $1.count } }
    #expect(lengths == [4 + 2, 4 + 2])
  }

  @Test func `shades follow the fullest real cell`() throws {
    let plane = try #require(SampleDocument.adult().charts?.plane)
    let chart = try #require(PlaneChart(plane))
    #expect([0.3, 0.16, 0.1, 0.04, 0.02, 0.001].map(chart.shade) == [5, 5, 4, 3, 2, 1])
    // The least share of any side is 0.05 of rows: a sixth of the fullest, so the two palest have no cell.
    #expect(chart.usedShades == [3, 4, 5])
    let page = Self.page(SampleDocument.adult())
    #expect(!page.contains("swatch d2") && page.contains("swatch d3"))
    // Cells of one shade beside each other are one run.
    #expect(chart.runs(0)[4].map { [$0.row, $0.first, $0.count] } == [[1, 1, 2], [5, 5, 1]])
  }

  @Test func `a plane that does not fit its cells is not drawn`() {
    var document = SampleDocument.adult()
    document.charts?.plane?.sides[0].shares.removeLast()
    let page = Self.page(document)
    #expect(!page.contains("class=\"plane\""))
    document.charts?.plane = nil
    document.charts?.planeAbsence = "a weight column is declared"
    #expect(Self.page(document).contains("Not drawn: a weight column is declared."))
  }

  @Test func `sides stand side by side with a table that says the same`() {
    let page = Self.page(SampleDocument.adult())
    #expect(Self.count("class=\"plane\"", in: page) == 3)
    #expect(page.contains("<caption>What the planes hold</caption>"))
    #expect(page.contains("<caption>Cells of the plane that differ most</caption>"))
    #expect(page.contains("fewer than 10 rows"))
    var alone = SampleDocument.Options()
    alone.hasHoldout = false
    #expect(Self.count("class=\"plane\"", in: Self.page(SampleDocument.adult(alone))) == 2)
  }

  @Test func `the row of a pair leads to the table of its cells`() throws {
    let page = Self.page(SampleDocument.adult())
    #expect(Self.count("class=\"fold cells\"", in: page) == 2)
    #expect(page.contains("href=\"#cells-1\""))
    #expect(page.contains("relationship down, sex across: real, and synthetic below"))
    // What is withheld is a word, never a number.
    #expect(page.contains("few<br>4.1"))
  }

  @Test func `a withheld share is taken as near to the other as it can be`() {
    let least = [0.004, 0.004]
    #expect(ReportPage.shade([0.4, 0.412], least: least) == "s2")
    #expect(ReportPage.shade([0.41, 0.35], least: least) == "r4")
    #expect(ReportPage.shade([nil, 0.008], least: least) == nil)
    #expect(ReportPage.shade([nil, 0.03], least: least) == "s3")
    #expect(ReportPage.shade([0.012, nil], least: least) == "r1")
    #expect(ReportPage.shade([0.4, 0.4], least: least) == nil)
  }

  @Test func `a table with too few shares is not shown`() {
    var document = SampleDocument.adult()
    document.charts?.pairs[0].sides[0].shares.removeLast()
    #expect(Self.count("class=\"fold cells\"", in: Self.page(document)) == 1)
  }

  @Test func `every row of a chart's table has its place in the picture`() throws {
    for record in SampleColumns.adult(holdout: true) + [SampleColumns.dates] {
      let profile = try #require(record.profile)
      let chart = try #require(ColumnChart.make(record.name, profile, gap: nil))
      let table = ColumnChart.table(record.name, profile, .page)
      let probe = try #require(ChartProbe(chart, table), "\(record.name)")
      let text = try #require(probe.attributes.last?.value)
      let stops = text.split(separator: ";", omittingEmptySubsequences: false)
      #expect(stops.count == table.rows.count)
      for stop in stops where !stop.isEmpty {
        let place = stop.split(separator: " ").compactMap { Double($0) }
        #expect(place.count == 2 && (0...SVGWriter.width).contains(place[0]))
      }
      #expect(stops.contains { !$0.isEmpty })
    }
  }

  @Test func `a chart without a table of its rows has no places`() {
    let axis = Axis(0, 1, format: .number, title: "x")
    let chart = Chart(
      title: "t", summary: "s", body: .plot(.init(x: axis, y: axis, paths: [])), legend: [])
    let table = ChartTable(caption: "c", headers: ["a"], rows: [["1"]], note: nil)
    #expect(ChartProbe(chart, table) == nil)
    var placed = table
    placed.places = (.both, [.init(x: 0.5, y: 0.5), .init(x: 0, y: 0)])
    #expect(ChartProbe(chart, placed) == nil)
    placed.places = (.both, [.init(x: 0, y: 0)])
    #expect(ChartProbe(chart, placed)?.attributes.first?.value == "both")
  }
}
