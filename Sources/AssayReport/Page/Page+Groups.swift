import AssayDocument

extension ReportPage {
  /// Groups of people: how many, what outcome they have, what models predict for them, real and
  /// synthetic side by side.
  func groups(_ section: ReportModel.DimensionSection, into html: inout HTMLBuilder) {
    guard section.dimension == .fairness else { return }
    let tables = GroupTable.make(document.scores)
    for table in tables where !table.isIntersection { single(table, into: &html) }
    let joined = tables.filter(\.isIntersection)
    guard !joined.isEmpty else { return }
    html.tag(.h3, .class("label"), text: "Groups of several columns together")
    for table in joined {
      html.tag(.details, .class("fold small")) { html in
        html.tag(.summary) { html in
          html.name(table.columns.joined(separator: " × "), clip: 80)
          html.text(": \(numbers.count(table.rows.count)) groups, furthest first")
        }
        self.groupTable(table, rows: Self.furthest(table), into: &html)
      }
    }
  }

  /// Rows of a table, at most.
  private static let groupLimit = 30

  /// The groups whose share or rate moved most, by the nearer limit.
  private static func furthest(_ table: GroupTable) -> [GroupTable.Row] {
    func distance(_ row: GroupTable.Row) -> Double {
      var size = 0.0
      if let (lower, upper) = row.ratioLimits { size = max(size, 1 - upper, 1 - 1 / max(1, lower)) }
      if let (lower, upper) = row.changeLimits { size = max(size, lower, -upper) }
      return size
    }
    return table.rows.enumerated().sorted {
      (distance($0.element), $1.offset) > (distance($1.element), $0.offset)
    }.map(\.element)
  }

  private func single(_ table: GroupTable, into html: inout HTMLBuilder) {
    html.tag(.h3, .class("label")) { html in
      html.text("Groups by ")
      html.name(table.columns.joined(separator: " × "), clip: 80)
    }
    html.tag(.div, .class("two")) { html in
      if let chart = shares(table) { plain(chart, into: &html) }
      if let chart = rates(table) { plain(chart, into: &html) }
    }
    groupTable(table, rows: table.rows, into: &html)
  }

  private func plain(_ chart: Chart, into html: inout HTMLBuilder) {
    html.tag(.figure) { html in
      html.tag(.h4, text: chart.title)
      SVGWriter.draw(chart, into: &html)
      legend(chart, into: &html)
    }
  }

  private func shares(_ table: GroupTable) -> Chart? {
    let rows = table.rows.prefix(Self.groupLimit).compactMap { row -> Chart.Dots.Row? in
      guard let ratio = row.ratio else { return nil }
      return .init(
        label: row.label,
        marks: [
          .init(
            series: .synthetic, value: ratio, lower: row.ratioLimits?.lower,
            upper: row.ratioLimits?.upper)
        ])
    }
    guard !rows.isEmpty else { return nil }
    let most = rows.flatMap(\.marks).map { min(max($0.upper ?? 0, $0.value), 3) }.max() ?? 1
    return Chart(
      title: "Share of each group of \(name(table)) over its real share",
      summary: "1 is the real share; the line is the interval that holds for all groups at once.",
      body: .dots(
        Chart.Dots(
          rows: Array(rows),
          axis: Axis(
            0, max(1.2, most), format: .number, title: "synthetic share over real share", count: 5),
          marked: 1)),
      legend: [(.synthetic, "share over the real share, with interval")])
  }

  private func rates(_ table: GroupTable) -> Chart? {
    guard let target = table.target else { return nil }
    let rows = table.rows.prefix(Self.groupLimit).compactMap { row -> Chart.Dots.Row? in
      let marks = [row.real, row.synthetic].compactMap(\.self)
      return marks.isEmpty ? nil : .init(label: row.label, marks: marks)
    }
    guard !rows.isEmpty else { return nil }
    let most = rows.flatMap(\.marks).map { max($0.upper ?? 0, $0.value) }.max() ?? 1
    let what =
      VisibleText.clipped(target, to: 24)
      + (table.positive.map { " = " + VisibleText.clipped($0, to: 20) } ?? "")
    return Chart(
      title: "Rate of \(what) by group of \(name(table)), real and synthetic",
      summary: "Each line is a 95 % interval of the rate.",
      body: .dots(
        Chart.Dots(
          rows: Array(rows),
          axis: Axis(0, most, format: .share, title: "rows with \(what)", count: 4),
          unit: "share")),
      legend: [
        (.real, table.against == .holdout ? "holdout" : "real"), (.synthetic, "synthetic"),
      ])
  }

  private func name(_ table: GroupTable) -> String {
    table.columns.map { VisibleText.clipped($0) }.joined(separator: " × ")
  }

  private func groupTable(
    _ table: GroupTable, rows: [GroupTable.Row], into html: inout HTMLBuilder
  ) {
    let side = table.against == .holdout ? "Holdout" : "Real"
    var headers = ["Group", "\(side) share", "Synthetic share", "Ratio"]
    let hasRates = rows.contains { $0.real != nil || $0.synthetic != nil }
    let hasModels = rows.contains { $0.predictedReal != nil }
    if hasRates { headers += ["\(side) outcome", "Synthetic outcome", "Change"] }
    if hasModels { headers += ["Model of real rows", "Model of synthetic rows"] }
    let made = rows.prefix(Self.groupLimit).map { row -> [String] in
      var cells = [
        row.label, percent(row.realShare), percent(row.syntheticShare),
        row.ratio.map { numbers.position($0) + Self.limits(row.ratioLimits, numbers.position) }
          ?? "–",
      ]
      if hasRates {
        cells += [
          percent(row.real?.value), percent(row.synthetic?.value),
          row.change.map { percent($0) + Self.limits(row.changeLimits) { self.percent($0) } }
            ?? "–",
        ]
      }
      if hasModels { cells += [percent(row.predictedReal), percent(row.predictedSynthetic)] }
      return cells
    }
    var notes: [String] = []
    if hasRates, let target = table.target, let positive = table.positive {
      notes.append(
        "Outcome: \(VisibleText.clipped(target)) is \(VisibleText.clipped(positive)).")
    }
    if hasModels { notes.append("Models: the share of the group that is predicted to have it.") }
    notes.append("Intervals in brackets hold for all groups of the table at once (95 %).")
    let rest = rows.count - Self.groupLimit
    if rest > 0 { notes.append("\(numbers.count(rest)) more groups are in the JSON report.") }
    self.table(
      ChartTable(
        caption: "Groups by \(name(table))", headers: headers, rows: Array(made),
        note: notes.joined(separator: " ")), into: &html)
  }

  private func percent(_ share: Double?) -> String { share.map(numbers.percent) ?? "–" }

  private static func limits(
    _ limits: (lower: Double, upper: Double)?, _ text: (Double) -> String
  ) -> String {
    limits.map { " (\(text($0.lower)) to \(text($0.upper)))" } ?? ""
  }
}
