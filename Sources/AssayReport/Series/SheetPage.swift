import AssayDocument

/// A sheet as one self-contained page, under the same policy as a report.
struct SheetPage {
  let sheet: Sheet

  func bytes() -> [UInt8] {
    HTMLBuilder.page { html in
      html.tag(.html, HTMLAttribute(.lang, "en")) { html in
        html.newline()
        html.pageHead(sheet.title + " · assay")
        html.newline()
        html.tag(.body) { html in
          html.tag(.a, .class("skip"), .href(.place(PlaceName("main"))), text: "Skip to the report")
          html.pageBanner(sheet.title, isInternal: true)
          html.tag(.main, HTMLAttribute(.id, "main"), HTMLAttribute(.tabindex, "-1")) { html in
            summary(into: &html)
            for (index, part) in sheet.parts.enumerated() {
              self.part(part, PlaceName("part", index + 1), into: &html)
            }
            evidence(into: &html)
          }
          html.tag(.footer) { html in
            html.tag(
              .p,
              text: "Made by assay from aggregates; the page holds no rows and asks no other "
                + "machine for anything.")
          }
          html.script(.page)
        }
      }
    }
  }

  private func summary(into html: inout HTMLBuilder) {
    html.tag(
      .section, HTMLAttribute(.id, "summary"), HTMLAttribute(.ariaLabelledBy, "summary-title")
    ) { html in
      html.tag(.p, .class("status")) { html in
        html.tag(.strong, .class(sheet.mark.rawValue), text: sheet.word)
        html.text(sheet.status)
      }
      html.tag(
        .h2, .class("headline"), HTMLAttribute(.id, "summary-title"), text: sheet.headline)
      for remark in sheet.remarks { html.tag(.p) { $0.sentence(remark) } }
    }
  }

  private func part(_ part: Sheet.Part, _ place: PlaceName, into html: inout HTMLBuilder) {
    html.newline()
    let heading = place.text + "-title"
    html.tag(
      .section, HTMLAttribute(.id, place.text), HTMLAttribute(.ariaLabelledBy, heading)
    ) { html in
      html.tag(.h2, HTMLAttribute(.id, heading), text: part.title)
      if let lead = part.lead { html.tag(.p, .class("lead small")) { $0.sentence(lead) } }
      if !part.figures.isEmpty {
        let shown = Self.unfolded(part.figures.count, dozen: 12)
        figures(part.figures.prefix(shown), into: &html)
        if shown < part.figures.count {
          html.tag(.details, .class("fold")) { html in
            html.tag(.summary, text: "\(part.figures.count - shown) more drawings")
            self.figures(part.figures.dropFirst(shown), into: &html)
          }
        }
      }
      if let table = part.table { self.table(table, into: &html) }
      if let note = part.note { html.tag(.p, .class("small"), text: note) }
    }
  }

  /// How many of so many are in sight: all where hardly more would be folded.
  private static func unfolded(_ count: Int, dozen: Int) -> Int {
    count > dozen + dozen / 4 ? dozen : count
  }

  private func figures(_ figures: ArraySlice<Sheet.Figure>, into html: inout HTMLBuilder) {
    html.tag(.div, .class("cards")) { html in
      for figure in figures { html.tag(.figure) { self.draw(figure, into: &$0) } }
    }
  }

  private func draw(_ figure: Sheet.Figure, into html: inout HTMLBuilder) {
    switch figure {
    case .dots(let chart):
      html.tag(.figcaption, text: chart.title)
      SVGWriter.draw(chart, into: &html)
    case .scatter(let chart):
      html.tag(.figcaption, text: chart.title)
      SVGWriter.draw(chart, into: &html)
    }
  }

  private func table(_ table: ChartTable, into html: inout HTMLBuilder) {
    let shown = Self.unfolded(table.rows.count, dozen: 24)
    rows(table, table.rows.prefix(shown), table.caption, into: &html)
    if shown < table.rows.count {
      html.tag(.details, .class("fold")) { html in
        html.tag(.summary, text: "\(table.rows.count - shown) more rows")
        self.rows(table, table.rows.dropFirst(shown), table.caption + ", continued", into: &html)
      }
    }
    if let note = table.note { html.tag(.p, .class("small"), text: note) }
  }

  private func rows(
    _ table: ChartTable, _ rows: ArraySlice<[String]>, _ caption: String,
    into html: inout HTMLBuilder
  ) {
    html.tag(
      .div, .class("scroll"), HTMLAttribute(.tabindex, "0"), HTMLAttribute(.role, "region"),
      HTMLAttribute(.ariaLabel, caption)
    ) { html in
      html.tag(.table, .class("sheet")) { html in
        html.tag(.caption, text: caption)
        html.tag(.thead) { html in
          html.tag(.tr) { html in
            for header in table.headers {
              html.tag(.th, HTMLAttribute(.scope, "col"), text: header)
            }
          }
        }
        html.tag(.tbody) { html in
          for row in rows {
            html.tag(.tr) { html in
              for (position, cell) in row.enumerated() {
                if position == 0 {
                  html.tag(.th, HTMLAttribute(.scope, "row")) { $0.name(cell, clip: 60) }
                } else {
                  html.tag(.td) { $0.sentence(cell) }
                }
              }
            }
          }
        }
      }
    }
  }

  private func evidence(into html: inout HTMLBuilder) {
    html.tag(
      .section, HTMLAttribute(.id, "evidence"), HTMLAttribute(.ariaLabelledBy, "evidence-title"),
      .class("method")
    ) { html in
      html.tag(.h2, HTMLAttribute(.id, "evidence-title"), text: "Evidence")
      html.tag(.dl) { html in
        for (title, text) in sheet.evidence {
          html.tag(.dt, text: title)
          html.tag(.dd, .class("hash")) { $0.name(text, clip: 400) }
        }
      }
    }
  }
}
