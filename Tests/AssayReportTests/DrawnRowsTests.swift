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

  @Test func `lines of a side that is the real one hold what they say`() throws {
    let plane = try #require(SampleDocument.adult().charts?.plane)
    let chart = try #require(PlaneChart(plane))
    #expect(chart.real == 0 && chart.panels == [1, 2])
    let real = try #require(chart.inside(0))
    for (held, share) in zip(PlaneChart.held, real) {
      #expect(share >= held && share < held + 0.02)
    }
    var same = plane
    same.sides[2].cells = plane.sides[0].cells
    same.sides[2].shares = plane.sides[0].shares
    #expect(try #require(PlaneChart(same)).inside(2) == real)
    // The synthetic side has one of the two clouds: its outer line goes around one, the real one around two.
    #expect(chart.lines(0).lines[0].count == 2 && chart.lines(2).lines[0].count == 1)
  }

  @Test func `a side without a published cell has no lines`() throws {
    var document = SampleDocument.adult()
    document.charts?.plane?.sides[2].cells = []
    document.charts?.plane?.sides[2].shares = []
    let plane = try #require(document.charts?.plane)
    let chart = try #require(PlaneChart(plane))
    #expect(chart.lines(2).lines.isEmpty && chart.inside(2) == nil)
    let page = Self.page(document)
    #expect(page.contains("No line: no cell holds 10 of these rows."))
    #expect(!chart.summary(.page).contains("synthetic"))
    document.charts?.plane?.sides[0].cells = []
    document.charts?.plane?.sides[0].shares = []
    #expect(!Self.page(document).contains("class=\"plane\""))
  }

  @Test func `a reader of cells hears the sides of a panel`() throws {
    let plane = try #require(SampleDocument.adult().charts?.plane)
    let chart = try #require(PlaneChart(plane))
    let cells = chart.cells(of: [0, 2], .page).split(separator: ";").map {
      $0.split(separator: " ")[0]
    }
    #expect(cells == ["9", "10", "17", "45", "46"])
    let (real, own) = (NumberText.page.percent(0.25), NumberText.page.percent(0.4))
    #expect(
      chart.cells(of: [0, 2], .page).hasSuffix(";45 \(real)|;46 \(NumberText.page.percent(0.05))|"))
    #expect(
      chart.cells(of: [0, 2], .page).hasPrefix("9 \(NumberText.page.percent(0.3))|\(own);10 "))
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
    #expect(Self.count("class=\"plane\"", in: page) == 2)
    #expect(page.contains("<caption>What the plane holds</caption>"))
    #expect(page.contains("<caption>Cells of the plane that differ most</caption>"))
    #expect(page.contains("fewer than 10 rows"))
    // Every role has a class of its own, whose line differs without colour.
    for role in ["real", "holdout", "synthetic"] {
      #expect(page.contains("class=\"contour s-\(role)\""))
    }
    #expect(page.contains(".contour.s-holdout{stroke-width:1.5;stroke-dasharray:3.5 2.5}"))
    #expect(page.contains(".contour.s-synthetic{stroke-width:1.9;stroke-dasharray:10 2.5 2 2.5}"))
    var alone = SampleDocument.Options()
    alone.hasHoldout = false
    #expect(Self.count("class=\"plane\"", in: Self.page(SampleDocument.adult(alone))) == 1)
  }

  @Test func `the row of a pair leads to the table of its cells`() throws {
    let page = Self.page(SampleDocument.adult())
    #expect(Self.count("class=\"fold cells\"", in: page) == 2)
    #expect(page.contains("href=\"#cells-1\""))
    #expect(page.contains("relationship down, sex across: real, and synthetic below"))
    // What is withheld is a word, never a number.
    #expect(page.contains("few<br>4.1"))
  }

  @Test func `a finding leads to the tables of what it names`() throws {
    var document = SampleDocument.adult()
    // The first finding names the pair of the first table: on the first screen and in its list.
    #expect(
      Self.count(
        " · <a class=\"small\" href=\"#cells-1\">table of its cells", in: Self.page(document)) == 2)
    // A segment of two columns names two pairs; one of them is in no row and has its table all the same.
    let names = document.columns.map(\.name)
    var made = try #require(document.findings.first)
    made.subject = Subject(columns: [names[1], names[9], names[0]], segment: "a segment")
    document.findings = [made]
    var other = try #require(document.charts?.pairs.last)
    other.columns = [names[0], names[9]]
    document.charts?.pairs.append(other)
    document.scores.removeAll { Set($0.subject.columns) == [names[0], names[9]] }
    let page = Self.page(document)
    #expect(page.contains("<details class=\"fold cells\" id=\"cells-3\">"))
    let links =
      " · <a class=\"small\" href=\"#cells-2\">table of \(names[0]) × \(names[1])</a>"
      + ", <a class=\"small\" href=\"#cells-3\">table of \(names[0]) × \(names[9])</a>"
    #expect(Self.count(links, in: page) == 2)
  }

  @Test func `a pair with a table has a row beyond the limit`() throws {
    var many = SampleDocument.Options()
    many.extraColumns = 30
    var document = SampleDocument.adult(many)
    let before = ReportModel(document)
    let rest = Set(before.pairs.map(\.columns))
    let last = try #require(
      PairOrder(document.scores, metrics: document.metrics, preferred: .holdout).pairs.last)
    #expect(!rest.contains(last) && before.pairsLeftOut > 0)
    var table = try #require(document.charts?.pairs.first)
    table.columns = last
    document.charts?.pairs.append(table)
    let after = ReportModel(document)
    #expect(after.pairs.last?.columns == last && after.pairs.last?.table == 2)
    #expect(after.pairsLeftOut == before.pairsLeftOut - 1)
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
