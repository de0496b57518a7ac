import AssayDocument

extension ReportPage {
  /// What attacks with the holdout as control come to, and what release models count.
  func disclosure(_ section: ReportModel.DimensionSection, into html: inout HTMLBuilder) {
    guard section.dimension == .privacy else { return }
    let text = DisclosureText(document: document, numbers: numbers)
    table(
      "Attacks", text.attacks, headers: DisclosureText.attackHeaders, numeric: 4,
      caption: "The same attack on training rows and on rows that were never seen",
      note: DisclosureText.attackNote, into: &html)
    table(
      "Secrets", text.secrets, headers: DisclosureText.secretHeaders, numeric: 4,
      caption: "The secrets that training gives away most, by attack",
      note: text.secretNote, into: &html)
    table(
      "Release models", text.models, headers: DisclosureText.modelHeaders, numeric: 1,
      caption: "What the form of the tables says of declared quasi-identifiers",
      note: DisclosureText.modelNote, into: &html)
  }

  private func table(
    _ title: String, _ rows: [[String]], headers: [String], numeric: Int, caption: String,
    note: String, into html: inout HTMLBuilder
  ) {
    guard !rows.isEmpty else { return }
    html.tag(.h3, .class("label"), text: title)
    scrolled(title, into: &html) { html in
      html.tag(.table) { html in
        html.tag(.caption, text: caption)
        head(headers, numeric: numeric, into: &html)
        html.tag(.tbody) { html in
          for row in rows {
            html.tag(.tr) { html in
              for (place, cell) in row.enumerated() {
                if place == 0 {
                  html.tag(.th, HTMLAttribute(.scope, "row")) { $0.name(cell, clip: 80) }
                } else if place < headers.count - numeric {
                  html.tag(.td) { $0.name(cell, clip: 80) }
                } else {
                  html.tag(.td, .class("n"), text: cell)
                }
              }
            }
          }
        }
      }
    }
    html.tag(.p, .class("small"), text: note)
  }
}
