import AssayDocument

extension ReportPage {
  /// What each metric is, from its descriptor.
  func methods(into html: inout HTMLBuilder) {
    section(PlaceName("method"), "Method", into: &html) { html in
      html.tag(
        .p, .class("lead"),
        text: "Each score stands between two ends: 0 is what shuffled columns get (or the end that "
          + "the metric names), 1 is what a fresh real sample of this size gets. Intervals are "
          + "95 % unless they say otherwise.")
      if document.metrics.isEmpty {
        html.tag(.p, text: "The document carries no descriptions of its metrics.")
      }
      html.tag(.div, .class("lists")) { html in
        for descriptor in document.metrics {
          html.newline()
          html.tag(.details, .class("fold method")) { html in
            html.tag(.summary) { $0.name(descriptor.title, clip: 80) }
            method(descriptor, into: &html)
          }
        }
      }
    }
  }

  private func method(_ metric: MetricDescriptor, into html: inout HTMLBuilder) {
    let upper = metric.upperLimit.map(numbers.number) ?? "no upper end"
    var rows: [(String, String)] = [
      ("Measures", metric.summary), ("Formula", metric.formula),
      ("Range", "\(numbers.number(metric.lowerLimit)) to \(upper)" + unit(metric)),
      ("Direction", Wording.direction(metric.direction)),
      ("Other end", Wording.anchor(metric.anchor) ?? "none"),
      ("How to read", metric.howToRead), ("Cannot see", metric.cannotSee),
      ("Sees", metric.sees.map { Wording.spaced($0.rawValue) }.joined(separator: ", ")),
      ("Blind to", metric.blindTo.map { Wording.spaced($0.rawValue) }.joined(separator: ", ")),
      ("Unmoved by", metric.invariances.joined(separator: ", ")),
    ]
    for (key, reason) in metric.defaults.sorted(by: { $0.key < $1.key }) {
      rows.append(("Default", "\(key): \(reason)"))
    }
    rows.append(("Identifier", "\(metric.id), revision \(metric.revision)"))
    html.tag(.dl) { html in
      for (title, text) in rows where !text.isEmpty {
        html.tag(.dt, text: title)
        html.tag(.dd) { html in
          if title == "Formula" { html.tag(.code, text: text) } else { html.text(text) }
        }
      }
      if !metric.citations.isEmpty { html.tag(.dt, text: "Source") }
      for citation in metric.citations { html.tag(.dd) { self.citation(citation, into: &$0) } }
    }
  }

  private func unit(_ metric: MetricDescriptor) -> String {
    metric.unit.isEmpty ? "" : ", in " + VisibleText.clipped(metric.unit)
  }

  private func citation(
    _ citation: MetricDescriptor.Citation, into html: inout HTMLBuilder
  ) {
    html.text(citation.text)
    guard let doi = citation.doi else { return }
    html.text(" ")
    if let link = Link.doi(doi) {
      html.tag(.a, .href(link), HTMLAttribute(.rel, "noreferrer"), text: "doi:" + doi)
    } else {
      html.text("doi:" + doi)
    }
  }
}
