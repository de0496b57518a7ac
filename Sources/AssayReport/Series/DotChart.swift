/// Values one below the other on one axis, each with its interval: candidates, or releases in order.
struct DotChart {
  /// One value.
  struct Row {
    var label: String
    var value: Double?
    var lower: Double?
    var upper: Double?
    /// Whether a new level begins here.
    var isChange = false
  }

  var title: String
  var summary: String
  var axis: Axis
  var rows: [Row]
  /// A value to hold all others against, such as what a fresh real sample gets.
  var reference: (value: Double, label: String)?

  /// A chart of rows whose axis holds all that is drawn.
  init(
    title: String, summary: String, axisTitle: String, rows: [Row],
    reference: (value: Double, label: String)? = nil, atLeast: ClosedRange<Double>? = nil
  ) {
    self.title = title
    self.summary = summary
    self.rows = rows
    self.reference = reference
    let values =
      rows.flatMap { [$0.value, $0.lower, $0.upper].compactMap(\.self) }
      + (reference.map { [$0.value] } ?? [])
      + (atLeast.map { [$0.lowerBound, $0.upperBound] } ?? [])
    let low = values.min() ?? 0
    let high = values.max() ?? 1
    let margin = (high - low) * 0.04
    axis = Axis(low - margin, high + margin, format: .number, title: axisTitle, count: 4)
  }
}

extension SVGWriter {
  /// Draws rows of values.
  static func draw(_ chart: DotChart, into html: inout HTMLBuilder) {
    let widest = chart.rows.map { labelWidth(VisibleText.clipped($0.label, to: 24)) }.max() ?? 0
    let left = min(150, max(60, widest + 14))
    let right = 10.0
    let top = chart.reference == nil ? 8.0 : 20.0
    let step = 20.0
    let base = top + step * Double(chart.rows.count)
    let room = width - left - right
    func x(_ value: Double) -> Double {
      left + room * min(1, max(0, chart.axis.position(value)))
    }
    frame(chart.title, chart.summary, height: base + 34, into: &html) { svg in
      var marks = "M\(short(left)) \(short(base))H\(short(width - right))"
      for tick in chart.axis.ticks {
        marks += "M\(short(x(tick.value))) \(short(base))v4"
        label(tick.label, x: x(tick.value), y: base + 15, anchor: "middle", into: &svg)
      }
      svg.tag(.path, .class("axis"), HTMLAttribute(.d, marks))
      label(chart.axis.title, x: left + room / 2, y: base + 29, anchor: "middle", into: &svg)
      if let reference = chart.reference {
        let at = x(reference.value)
        svg.tag(
          .path, .class("marked"),
          HTMLAttribute(.d, "M\(short(at)) \(short(top - 4))V\(short(base))"))
        let anchor = at > left + room * 0.7 ? "end" : at < left + room * 0.3 ? "start" : "middle"
        label(reference.label, x: at, y: 11, anchor: anchor, into: &svg)
      }
      for (place, row) in chart.rows.enumerated() {
        draw(row, y: top + step * (Double(place) + 0.5), x: x, left: left, into: &svg)
      }
    }
  }

  private static func draw(
    _ row: DotChart.Row, y: Double, x: (Double) -> Double, left: Double,
    into svg: inout HTMLBuilder
  ) {
    if row.isChange {
      svg.tag(
        .path, .class("marked"),
        HTMLAttribute(.d, "M4 \(short(y - 10))H\(short(width - 10))"))
    }
    label(
      VisibleText.clipped(row.label, to: 24), x: left - 8, y: y + 3.5, anchor: "end", into: &svg)
    guard let value = row.value else {
      label("no value", x: left + 4, y: y + 3.5, into: &svg)
      return
    }
    if let lower = row.lower, let upper = row.upper {
      svg.tag(
        .path, .class("line s-synthetic"),
        HTMLAttribute(.d, "M\(short(x(lower))) \(short(y))H\(short(x(upper)))"))
    }
    svg.tag(
      .circle, .class("b-synthetic"), HTMLAttribute(.cx, short(x(value))),
      HTMLAttribute(.cy, short(y)), HTMLAttribute(.r, "3.6")
    ) { svg in
      svg.tag(.title, text: VisibleText.clipped(row.label) + ": " + NumberText.page.number(value))
    }
  }
}
