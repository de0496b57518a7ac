import AssayDocument

extension SVGWriter {
  /// Draws one side of a plane.
  static func draw(_ chart: PlaneChart, side: Int, into html: inout HTMLBuilder) {
    let plane = chart.plane
    let numbers = NumberText.page
    let (left, top, size) = (34.0, 6.0, 208.0)
    let base = top + size
    let step = size / Double(plane.cellsPerAxis)
    let own = plane.sides[side]
    let word = PlaneChart.word(own.role)
    let cells = zip(own.cells, own.shares).map { "\($0) \(numbers.percent($1))" }
    frame(
      "Density of \(word) rows on the plane", chart.summary(numbers), width: left + size + 8,
      height: base + 20, style: "plane",
      attributes: [
        HTMLAttribute(.dataName, word),
        HTMLAttribute(
          .dataAxis, "\(short(left)) \(short(top)) \(short(size)) \(plane.cellsPerAxis)"),
        HTMLAttribute(.dataCells, cells.joined(separator: ";")),
      ], into: &html
    ) { svg in
      svg.tag(
        .path, .class("axis"),
        HTMLAttribute(.d, "M\(short(left)) \(short(top))V\(short(base))H\(short(left + size))"))
      for (shade, runs) in chart.runs(side).enumerated() where !runs.isEmpty {
        let d = runs.map { run in
          "M\(short(left + step * Double(run.first))) \(short(base - step * Double(run.row + 1)))"
            + "h\(short(step * Double(run.count)))v\(short(step))"
            + "h-\(short(step * Double(run.count)))z"
        }.joined()
        svg.tag(.path, .class("d\(shade + 1)"), HTMLAttribute(.d, d))
      }
      let outline = chart.outline()
      let lines =
        outline.horizontal.map {
          "M\(short(left + step * Double($0.from))) \(short(base - step * Double($0.at)))"
            + "h\(short(step * Double($0.count)))"
        }
        + outline.vertical.map {
          "M\(short(left + step * Double($0.at))) \(short(base - step * Double($0.from)))"
            + "v-\(short(step * Double($0.count)))"
        }
      svg.tag(.path, .class("outline"), HTMLAttribute(.d, lines.joined()))
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
}
