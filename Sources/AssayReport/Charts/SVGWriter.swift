/// Draws charts with the page's builder: sizes and colours come from classes, so that dark and
/// printed pages follow, and every picture says in words what it shows.
enum SVGWriter {
  static let width = 360.0

  /// Draws a chart; with its table, where each row of the table stands in it.
  static func draw(_ chart: Chart, _ table: ChartTable? = nil, into html: inout HTMLBuilder) {
    let probe = table.flatMap { ChartProbe(chart, $0) }?.attributes ?? []
    func frame(_ height: Double, _ content: (inout HTMLBuilder) -> Void) {
      Self.frame(
        chart.title, chart.summary, height: height, attributes: probe, into: &html,
        content: content)
    }
    switch chart.body {
    case .plot(let plot):
      frame(PlotLayout.height) { PlotLayout(plot: plot).draw(into: &$0) }
    case .bars(let bars):
      let layout = BarLayout(bars: bars, series: chart.legend.map(\.series))
      frame(layout.height) { layout.draw(into: &$0) }
    case .dots(let dots):
      let layout = DotLayout(dots: dots)
      frame(layout.height) { layout.draw(into: &$0) }
    }
  }

  /// An `svg` element with its title and description.
  static func frame(
    _ title: String, _ summary: String, width: Double = Self.width, height: Double,
    style: String = "chart", attributes: [HTMLAttribute] = [], into html: inout HTMLBuilder,
    content: (inout HTMLBuilder) -> Void
  ) {
    html.tag(
      .svg,
      [
        .class(style), HTMLAttribute(.viewBox, "0 0 \(short(width)) \(short(height))"),
        HTMLAttribute(.role, "img"), HTMLAttribute(.ariaLabel, title),
      ] + attributes
    ) { svg in
      svg.tag(.title, text: title)
      if !summary.isEmpty { svg.tag(.desc, text: summary) }
      content(&svg)
    }
  }

  /// A coordinate with one decimal and nothing more.
  static func short(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    if tenths % 10 == 0 { return String(tenths / 10) }
    return (tenths < 0 ? "-" : "") + "\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  /// Writes a text at a place; `anchor` is start, middle or end.
  static func label(
    _ text: String, x: Double, y: Double, anchor: String = "start", style: String? = nil,
    into html: inout HTMLBuilder
  ) {
    var place = [HTMLAttribute(.x, short(x)), HTMLAttribute(.y, short(y))]
    if anchor != "start" { place.append(HTMLAttribute(.textAnchor, anchor)) }
    if let style { place.append(.class(style)) }
    html.tag(.text, place, text: text)
  }

  /// About how wide a label is drawn.
  static func labelWidth(_ text: String) -> Double { Double(DisplayWidth.of(text)) * 5.6 }
}

/// Places a ``Chart/Plot`` in its frame.
struct PlotLayout {
  static let height = 182.0
  static let left = 40.0
  static let right = 8.0
  static let top = 20.0
  static let bottom = 36.0

  var plot: Chart.Plot

  private var innerWidth: Double { SVGWriter.width - Self.left - Self.right }
  private var innerHeight: Double { Self.height - Self.top - Self.bottom }
  private var base: Double { Self.top + innerHeight }

  func draw(into html: inout HTMLBuilder) {
    grid(into: &html)
    for path in plot.paths where path.series == .real && path.isSteps {
      html.tag(.path, .class("area"), HTMLAttribute(.d, steps(path.points) + "Z"))
    }
    for path in plot.paths {
      let d = path.isSteps ? steps(path.points) : curve(path.points)
      html.tag(.path, .class("line s-\(path.series.rawValue)"), HTMLAttribute(.d, d))
    }
    for mass in plot.masses { draw(mass, into: &html) }
    if let marked = plot.marked { draw(marked.x, marked.label, into: &html) }
  }

  func x(_ value: Double) -> Double {
    Self.left + innerWidth * min(1, max(0, plot.x.position(value)))
  }

  func y(_ value: Double) -> Double {
    base - innerHeight * min(1, max(0, plot.y.position(value)))
  }

  private func steps(_ points: [Chart.Plot.Point]) -> String {
    guard let first = points.first else { return "" }
    var d = "M\(SVGWriter.short(x(first.x))) \(SVGWriter.short(base))"
    var last = ""
    for point in points {
      let across = "H" + SVGWriter.short(x(point.x))
      let up = "V" + SVGWriter.short(y(point.y))
      d += across
      if up != last { d += up }
      last = up
    }
    return d
  }

  private func curve(_ points: [Chart.Plot.Point]) -> String {
    points.enumerated().map { index, point in
      (index == 0 ? "M" : "L") + SVGWriter.short(x(point.x)) + " " + SVGWriter.short(y(point.y))
    }.joined()
  }

  private func grid(into html: inout HTMLBuilder) {
    let end = SVGWriter.width - Self.right
    var lines = ""
    for tick in plot.y.ticks where tick.value > plot.y.lower {
      lines +=
        "M\(SVGWriter.short(Self.left)) \(SVGWriter.short(y(tick.value)))H\(SVGWriter.short(end))"
    }
    html.tag(.path, .class("grid"), HTMLAttribute(.d, lines))
    var marks = "M\(SVGWriter.short(Self.left)) \(SVGWriter.short(base))H\(SVGWriter.short(end))"
    for tick in plot.x.ticks {
      marks += "M\(SVGWriter.short(x(tick.value))) \(SVGWriter.short(base))v4"
    }
    html.tag(.path, .class("axis"), HTMLAttribute(.d, marks))
    for tick in plot.y.ticks {
      SVGWriter.label(
        tick.label, x: Self.left - 5, y: y(tick.value) + 3.5, anchor: "end", into: &html)
    }
    labels(into: &html)
    SVGWriter.label(plot.y.title, x: 0, y: 10, style: "what", into: &html)
    SVGWriter.label(
      plot.x.title, x: end, y: Self.height - 4, anchor: "end", style: "what", into: &html)
  }

  /// Writes the labels of the horizontal axis that have room; the last one always has.
  private func labels(into html: inout HTMLBuilder) {
    func extent(_ tick: Axis.Tick) -> (centre: Double, half: Double) {
      let half = SVGWriter.labelWidth(tick.label) / 2
      return (min(max(x(tick.value), half), SVGWriter.width - half), half)
    }
    let end = plot.x.ticks.last.map(extent).map { $0.centre - $0.half - 6 } ?? 0
    var taken = 0.0
    for (index, tick) in plot.x.ticks.enumerated() {
      let (centre, half) = extent(tick)
      let isLast = index == plot.x.ticks.count - 1
      if centre - half < taken || (!isLast && centre + half > end) { continue }
      taken = centre + half + 6
      SVGWriter.label(tick.label, x: centre, y: base + 15, anchor: "middle", into: &html)
    }
  }

  private func draw(_ mass: Chart.Plot.Mass, into html: inout HTMLBuilder) {
    let shift: Double =
      switch mass.series {
      case .real: -2.5
      case .synthetic: 2.5
      default: 0
      }
    let place = min(max(x(mass.x) + shift, Self.left), SVGWriter.width - Self.right)
    let d = "M\(SVGWriter.short(place)) \(SVGWriter.short(base))V\(SVGWriter.short(y(mass.y)))"
    html.tag(.path, .class("mass s-\(mass.series.rawValue)"), HTMLAttribute(.d, d))
  }

  private func draw(_ place: Double, _ label: String, into html: inout HTMLBuilder) {
    let at = x(place)
    let d = "M\(SVGWriter.short(at)) \(SVGWriter.short(Self.top - 4))V\(SVGWriter.short(base))"
    html.tag(.path, .class("marked"), HTMLAttribute(.d, d))
    let isRight = at > SVGWriter.width * 0.6
    SVGWriter.label(
      label, x: isRight ? at - 4 : at + 4, y: Self.top + 3, anchor: isRight ? "end" : "start",
      style: "marker", into: &html)
  }
}

/// Places ``Chart/Bars`` in its frame.
struct BarLayout {
  /// The least and the most room for labels.
  static let labels = (least: 60.0, most: 168.0)
  static let right = 12.0
  static let bar = 7.0
  static let gap = 7.0
  static let top = 6.0
  static let bottom = 34.0

  var bars: Chart.Bars
  var series: [Chart.Series]
  /// What is written beside the groups.
  private let names: [String]
  /// Where bars begin: right of the widest label.
  let left: Double

  init(bars: Chart.Bars, series: [Chart.Series]) {
    self.bars = bars
    self.series = series
    names = bars.groups.map { VisibleText.clipped($0.label, to: 28) }
    let widest = names.map(SVGWriter.labelWidth).max() ?? 0
    left = min(max(widest + 12, Self.labels.least), Self.labels.most)
  }

  private var step: Double { Double(max(1, series.count)) * Self.bar + Self.gap }
  /// Where the middle of a group is.
  func middle(_ group: Int) -> Double { Self.top + (Double(group) + 0.5) * step }
  private var base: Double { Self.top + Double(bars.groups.count) * step }
  var height: Double { base + Self.bottom }

  func draw(into html: inout HTMLBuilder) {
    let end = SVGWriter.width - Self.right
    var lines = ""
    for tick in bars.axis.ticks {
      lines +=
        "M\(SVGWriter.short(x(tick.value))) \(SVGWriter.short(Self.top))V\(SVGWriter.short(base))"
    }
    html.tag(.path, .class("grid"), HTMLAttribute(.d, lines))
    for series in series {
      html.tag(.path, .class("bar b-\(series.rawValue)"), HTMLAttribute(.d, shape(series)))
    }
    for (index, name) in names.enumerated() {
      SVGWriter.label(name, x: left - 6, y: middle(index) + 3.5, anchor: "end", into: &html)
    }
    for tick in bars.axis.ticks {
      SVGWriter.label(tick.label, x: x(tick.value), y: base + 13, anchor: "middle", into: &html)
    }
    SVGWriter.label(
      bars.axis.title, x: end, y: height - 5, anchor: "end", style: "what", into: &html)
  }

  private func x(_ value: Double) -> Double {
    let inner = SVGWriter.width - left - Self.right
    return left + inner * min(1, max(0, bars.axis.position(value)))
  }

  private func shape(_ wanted: Chart.Series) -> String {
    guard let slot = series.firstIndex(of: wanted) else { return "" }
    var d = ""
    for (index, group) in bars.groups.enumerated() {
      guard let value = group.values.first(where: { $0.series == wanted })?.value, value > 0 else {
        continue
      }
      let top = Self.top + Double(index) * step + Self.gap / 2 + Double(slot) * Self.bar
      let end = max(x(value), left + 0.7)
      d += "M\(SVGWriter.short(left)) \(SVGWriter.short(top))"
      d +=
        "H\(SVGWriter.short(end))v\(SVGWriter.short(Self.bar - 1))H\(SVGWriter.short(left))Z"
    }
    return d
  }
}
