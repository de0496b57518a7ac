/// Where the rows of a chart's table stand in its picture.
///
/// The page's script reads them: who points at the picture, or steps through it by arrow keys, gets the
/// row that stands there. Without the script the table says the same.
struct ChartProbe {
  /// Along what a place is looked for.
  enum Axis: String { case x, y, both }

  private let axis: Axis
  private let stops: [(x: Double, y: Double)?]

  /// Finds the places of a table's rows; `nil` where none has one.
  init?(_ chart: Chart, _ table: ChartTable) {
    switch chart.body {
    case .plot(let plot):
      guard let places = table.places, places.points.count == table.rows.count else { return nil }
      let layout = PlotLayout(plot: plot)
      axis = places.axis
      stops = places.points.map { point in
        point.map { (layout.x($0.x), layout.y($0.y)) }
      }
    case .bars(let bars):
      let layout = BarLayout(bars: bars, series: chart.legend.map(\.series))
      axis = .y
      stops = table.rows.map { row in
        bars.groups.firstIndex { $0.label == row.first }.map { (layout.left, layout.middle($0)) }
      }
    case .dots(let dots):
      let layout = DotLayout(dots: dots)
      axis = .y
      stops = table.rows.map { row in
        dots.rows.firstIndex { $0.label == row.first }.map { (DotLayout.left, layout.middle($0)) }
      }
    }
    guard stops.contains(where: { $0 != nil }) else { return nil }
  }

  /// The attributes of the picture.
  var attributes: [HTMLAttribute] {
    let text = stops.map { stop in
      stop.map { SVGWriter.short($0.x) + " " + SVGWriter.short($0.y) } ?? ""
    }.joined(separator: ";")
    return [HTMLAttribute(.dataAxis, axis.rawValue), HTMLAttribute(.dataAt, text)]
  }
}
