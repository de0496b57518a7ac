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
}
