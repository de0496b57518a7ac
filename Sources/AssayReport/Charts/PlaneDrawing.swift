import AssayDocument

extension SVGWriter {
  /// Draws one side of a plane over the real rows.
  static func draw(_ chart: PlaneChart, side: Int, into html: inout HTMLBuilder) {
    let plane = chart.plane
    let (left, top, size) = (34.0, 6.0, 252.0)
    let base = top + size
    let panel = [chart.real, side]
    let words = panel.map { PlaneChart.word(plane.sides[$0].role) }
    frame(
      "Where \(words[1]) rows are densest on the plane, over \(words[0]) rows",
      chart.summary(.page), width: left + size + 8, height: base + 20, style: "plane",
      attributes: [
        HTMLAttribute(.dataName, words.joined(separator: "|")),
        HTMLAttribute(
          .dataAxis, "\(short(left)) \(short(top)) \(short(size)) \(plane.cellsPerAxis)"),
        HTMLAttribute(.dataCells, chart.cells(of: panel, .page)),
      ], into: &html
    ) { svg in
      svg.tag(
        .path, .class("axis"),
        HTMLAttribute(.d, "M\(short(left)) \(short(top))V\(short(base))H\(short(left + size))"))
      for place in panel {
        let series = PlaneChart.series(plane.sides[place].role).rawValue
        let (nodes, levels) = chart.lines(place)
        for lines in levels where !lines.isEmpty {
          let step = size / Double(max(1, nodes - 1))
          let d = lines.map { line in
            closed(line.map { (x: left + step * $0.x, y: base - step * $0.y) })
          }.joined()
          svg.tag(.path, .class("contour s-\(series)"), HTMLAttribute(.d, d))
        }
      }
      let x = Axis(
        plane.horizontal.lower, plane.horizontal.upper, format: .number, title: "", count: 4)
      let y = Axis(plane.vertical.lower, plane.vertical.upper, format: .number, title: "", count: 4)
      for tick in x.ticks {
        label(
          tick.label, x: left + size * x.position(tick.value), y: base + 14, anchor: "middle",
          into: &svg)
      }
      for tick in y.ticks {
        label(
          tick.label, x: left - 5, y: base - size * y.position(tick.value) + 3.5, anchor: "end",
          into: &svg)
      }
    }
  }

  /// A closed line through points: steps between rounded places, so that no error adds up.
  private static func closed(_ points: [(x: Double, y: Double)]) -> String {
    var path = ""
    var last: (x: Int, y: Int)?
    for point in points {
      let place = (x: Int((point.x * 10).rounded()), y: Int((point.y * 10).rounded()))
      guard let from = last else {
        path = "M\(tenths(place.x)) \(tenths(place.y))l"
        last = place
        continue
      }
      if place == from { continue }
      let rise = tenths(place.y - from.y)
      if path.last != "l" { path += " " }
      path += tenths(place.x - from.x) + (rise.hasPrefix("-") ? "" : " ") + rise
      last = place
    }
    return path + "z"
  }

  private static func tenths(_ value: Int) -> String { short(Double(value) / 10) }
}
