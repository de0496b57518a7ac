import AssayDocument

extension ReportPage {
  /// All rows on one plane: real, holdout and synthetic side by side.
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
        for (index, side) in plane.sides.enumerated() {
          html.tag(.div) { html in
            html.tag(
              .p, .class("small"),
              text: PlaneChart.word(side.role).capitalizedFirst
                + ", \(numbers.count(side.rows)) rows")
            SVGWriter.draw(chart, side: index, into: &html)
          }
        }
      }
      html.tag(.figcaption) { html in
        html.text("Across: the \(PlaneChart.title(plane.horizontal, "first", numbers)). ")
        html.text("Upward: the \(PlaneChart.title(plane.vertical, "second", numbers)). ")
        html.text("Share of a side’s rows in a cell, from")
        let shades = chart.usedShades
        for shade in shades {
          html.tag(.span, .class("swatch d\(shade)"), HTMLAttribute(.ariaHidden, "true"))
          html.text(
            shade == shades.first ? "\(plane.smallest) rows" : chart.from(shade, numbers))
        }
        html.text(
          ". The outline is the same in all: it holds \(numbers.percent(PlaneChart.held)) of the real "
            + "rows that are drawn.")
      }
    }
    html.tag(.p, text: chart.summary(numbers))
    html.tag(.details, .class("fold small")) { html in
      html.tag(.summary, text: "Values as a table")
      table(chart.table(numbers), into: &html)
      if let furthest = chart.furthest(numbers) { table(furthest, into: &html) }
    }
  }

  private static let aboutPlane =
    "Ranks of numbers and the levels of categories, seen from the two directions in which real "
    + "training rows vary most. Sides that look alike here may differ in every other direction: whether "
    + "rows can be told apart is the joint part of the score above."
}
