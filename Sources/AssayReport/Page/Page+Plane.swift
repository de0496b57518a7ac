import AssayDocument

extension ReportPage {
  /// All rows on one plane: holdout and synthetic rows, each over the real ones.
  func plane(_ section: ReportModel.DimensionSection, into html: inout HTMLBuilder) {
    guard section.dimension == .fidelity, let charts = document.charts else { return }
    guard let plane = charts.plane, let chart = PlaneChart(plane) else {
      guard let reason = charts.planeAbsence else { return }
      html.tag(.h3, .class("label"), text: "All rows on one plane")
      html.tag(.p, .class("small"), text: "Not drawn: \(reason).")
      return
    }
    html.tag(.h3, .class("label"), text: "All rows on one plane")
    html.tag(.p, .class("small lead"), text: Self.aboutPlane)
    html.tag(.figure) { html in
      html.tag(.div, .class("panels")) { html in
        for side in chart.panels { panel(chart, side, into: &html) }
      }
      html.tag(.figcaption) { html in
        let sides = [chart.real] + chart.panels
        for side in sides {
          let series = PlaneChart.series(plane.sides[side].role)
          html.tag(.span, .class("entry")) { html in
            html.tag(
              .svg, .class("stroke"), HTMLAttribute(.viewBox, "0 0 34 12"),
              HTMLAttribute(.ariaHidden, "true")
            ) { svg in
              svg.tag(
                .path, .class("contour s-\(series.rawValue)"),
                HTMLAttribute(.d, series == .real ? "M1 1H33V11H1z" : "M1 6H33"))
            }
            html.text(
              series == .real
                ? "real, \(numbers.count(plane.sides[side].rows)) rows" : series.rawValue)
          }
          html.text(" ")
        }
        html.tag(.br)
        html.text(
          "The outer line of a side holds \(numbers.percent(PlaneChart.held[0])) of its rows that are "
            + "drawn, the inner one \(numbers.percent(PlaneChart.held[1])), each where they are densest. "
        )
        html.text("Across: the \(PlaneChart.title(plane.horizontal, "first", numbers)). ")
        html.text("Upward: the \(PlaneChart.title(plane.vertical, "second", numbers)).")
      }
    }
    html.tag(.p, text: chart.summary(numbers))
    html.tag(.details, .class("fold small")) { html in
      html.tag(.summary, text: "Values as a table")
      table(chart.table(numbers), into: &html)
      if let furthest = chart.furthest(numbers) { table(furthest, into: &html) }
    }
  }

  private func panel(_ chart: PlaneChart, _ side: Int, into html: inout HTMLBuilder) {
    let own = chart.plane.sides[side]
    html.tag(.div) { html in
      html.tag(
        .p, .class("small"),
        text: "\(PlaneChart.word(own.role).capitalizedFirst), \(numbers.count(own.rows)) rows"
          + (own.role == .holdout ? ": a fresh real sample" : ""))
      SVGWriter.draw(chart, side: side, into: &html)
      if chart.inside(side) == nil {
        html.tag(
          .p, .class("small"),
          text: "No line: no cell holds \(chart.plane.smallest) of these rows.")
      }
    }
  }

  private static let aboutPlane =
    "Ranks of numbers and the levels of categories, seen from the two directions in which real "
    + "training rows vary most. Sides that look alike here may differ in every other direction: whether "
    + "rows can be told apart is the joint part of the score above."
}
