import AssayDocument

extension ReportPage {
  /// Several draws of one generator side by side; nothing where there is one.
  func draws(into html: inout HTMLBuilder) {
    let text = DrawsText(document: document, numbers: numbers)
    guard let line = text.line, let draws = document.draws else { return }
    section(PlaceName("draws"), "Draws", into: &html) { html in
      html.tag(.p, .class("lead"), text: line.prefix(1).uppercased() + line.dropFirst() + ".")
      scrolled("Draws", into: &html) { html in
        html.tag(.table) { html in
          html.tag(.caption, text: "What several draws of the generator get")
          head(DrawsText.headers, numeric: 3, into: &html)
          html.tag(.tbody) { html in
            for row in text.rows {
              html.tag(.tr) { html in
                html.tag(.th, HTMLAttribute(.scope, "row")) { $0.name(row.title, clip: 80) }
                html.tag(.td, text: row.against)
                for cell in [row.range, row.between, row.sampling] {
                  html.tag(.td, .class("n"), text: cell)
                }
              }
            }
          }
        }
      }
      html.tag(.p, .class("small"), text: text.note)
      regressions(draws, into: &html)
      html.tag(.ol) { html in
        for input in draws.inputs {
          html.tag(.li) { html in
            html.name(input.name)
            html.text(", \(numbers.count(input.rows)) rows")
          }
        }
      }
    }
  }

  /// Coefficients that are combined over draws; nothing where there are none.
  private func regressions(_ draws: DrawsRecord, into html: inout HTMLBuilder) {
    guard !draws.regressions.isEmpty else { return }
    let text = CombinedText(draws: draws, numbers: numbers)
    table(
      "Regression coefficients over the draws", CombinedText.headers, numeric: 4,
      text.rows.map(\.cells), into: &html)
    html.tag(.p, .class("small"), text: CombinedText.note)
    for regression in draws.regressions where regression.against == Self.shown(draws) {
      table(
        "Coefficients of \(VisibleText.clipped(regression.target)), with intervals of draws of one "
          + "fitted model", CombinedText.termHeaders, numeric: 4, text.terms(regression),
        into: &html)
    }
  }

  /// The real side whose coefficients are listed: the holdout where there is one.
  private static func shown(_ draws: DrawsRecord) -> Against {
    draws.regressions.contains { $0.against == .holdout } ? .holdout : .training
  }

  private func table(
    _ caption: String, _ headers: [String], numeric: Int, _ rows: [[String]],
    into html: inout HTMLBuilder
  ) {
    scrolled(caption, into: &html) { html in
      html.tag(.table) { html in
        html.tag(.caption, text: caption)
        head(headers, numeric: numeric, into: &html)
        html.tag(.tbody) { html in
          for row in rows {
            html.tag(.tr) { html in
              for (position, cell) in row.enumerated() {
                if position == 0 {
                  html.tag(.th, HTMLAttribute(.scope, "row")) { $0.name(cell, clip: 80) }
                } else if position >= row.count - numeric {
                  html.tag(.td, .class("n"), text: cell)
                } else {
                  html.tag(.td, text: cell)
                }
              }
            }
          }
        }
      }
    }
  }
}
