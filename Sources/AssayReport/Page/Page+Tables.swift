import AssayDocument

extension ReportPage {
  /// A chart with its legend and the same numbers as a table.
  func figure(
    _ chart: Chart, _ table: ChartTable, notes: [String] = [], into html: inout HTMLBuilder
  ) {
    html.tag(.figure) { html in
      SVGWriter.draw(chart, table, into: &html)
      legend(chart, into: &html)
    }
    for note in notes { html.tag(.p, .class("small"), text: note) }
    // On paper a long table of a curve's points hides the page that it belongs to.
    let isLong = table.rows.count > 30
    html.tag(.details, .class(isLong ? "fold small deep" : "fold small")) { html in
      html.tag(.summary, text: "Values as a table")
      self.table(table, into: &html)
    }
  }

  /// The legend of a chart: a key and its words stay on one line.
  func legend(_ chart: Chart, into html: inout HTMLBuilder) {
    let key = if case .plot = chart.body { "key" } else { "key box" }
    html.tag(.figcaption) { html in
      for entry in chart.legend {
        html.tag(.span, .class("entry")) { html in
          html.tag(
            .span, .class("\(key) k-\(entry.series.rawValue)"), HTMLAttribute(.ariaHidden, "true"))
          html.text(entry.label)
        }
        html.text(" ")
      }
    }
  }

  /// A plain table; its first column names the rows.
  func table(_ table: ChartTable, into html: inout HTMLBuilder) {
    html.tag(.div, .class("scroll")) { html in
      html.tag(.table) { html in
        html.tag(.caption, text: table.caption)
        head(table.headers, numeric: table.headers.count - 1, into: &html)
        html.tag(.tbody) { html in
          for row in table.rows {
            html.tag(.tr) { html in
              for (position, cell) in row.enumerated() {
                if position == 0 {
                  html.tag(.th, HTMLAttribute(.scope, "row")) { $0.name(cell) }
                } else {
                  html.tag(.td, .class("n"), text: cell)
                }
              }
            }
          }
        }
      }
    }
    if let note = table.note { html.tag(.p, .class("small"), text: note) }
  }

  /// A table's head; the last `numeric` columns are set to the right.
  func head(_ headers: [String], numeric: Int, into html: inout HTMLBuilder) {
    html.tag(.thead) { html in
      html.tag(.tr) { html in
        for (position, header) in headers.enumerated() {
          var attributes = [HTMLAttribute(.scope, "col")]
          if position >= headers.count - numeric { attributes.append(.class("n")) }
          html.tag(.th, attributes, text: header)
        }
      }
    }
  }

  /// Room in which a wide table scrolls by itself, so that the page never does.
  func scrolled(
    _ name: String, into html: inout HTMLBuilder, content: (inout HTMLBuilder) -> Void
  ) {
    html.tag(
      .div, .class("scroll"), HTMLAttribute(.tabindex, "0"), HTMLAttribute(.role, "region"),
      HTMLAttribute(.ariaLabel, name), content: content)
  }

  /// Scores one below the other: what, value, what a fresh real sample gets, position.
  func scoreTable(
    _ readings: [ScoreReading], caption: String, withSubject: Bool, into html: inout HTMLBuilder
  ) {
    html.tag(.div, .class("scroll")) { html in
      html.tag(.table) { html in
        html.tag(.caption, text: caption)
        let headers = ["Measure", "Value", "Fresh real sample", "Scale"]
        head(
          withSubject ? ["Subject", "Against"] + headers : headers, numeric: 3, into: &html)
        html.tag(.tbody) { html in
          for reading in readings {
            let details =
              [reading.phrase, reading.attack].compactMap { $0 }
              + reading.plainDetails(numbers, limit: 3)
            let row: [HTMLAttribute] = details.isEmpty ? [] : [.class("more")]
            html.tag(.tr, row) { self.scoreRow(reading, withSubject: withSubject, into: &$0) }
            if details.isEmpty { continue }
            html.tag(.tr) { html in
              let width = withSubject ? "6" : "4"
              html.tag(.td, HTMLAttribute(.colspan, width), .class("small")) {
                $0.text(details.joined(separator: " · "))
              }
            }
          }
        }
      }
    }
  }

  /// A position between the ends of a scale; beyond them it says so, not by how far.
  func position(_ value: Double) -> String {
    value < -0.005 ? "beyond 0" : value > 1.005 ? "beyond 1" : numbers.position(value)
  }

  private func scoreRow(
    _ reading: ScoreReading, withSubject: Bool, into html: inout HTMLBuilder
  ) {
    if withSubject {
      html.tag(.td) { self.subject(reading.shownSubject, into: &$0) }
      html.tag(.td, text: Wording.against(reading.score.against))
    }
    html.tag(.th, HTMLAttribute(.scope, "row")) { $0.name(reading.title, clip: 60) }
    html.tag(.td, .class("n")) { html in
      html.text(reading.value(numbers))
      if let interval = reading.interval(numbers) {
        html.tag(.br)
        html.tag(.small, text: interval)
      }
    }
    html.tag(.td, .class("n"), text: reading.fresh(numbers) ?? "–")
    html.tag(.td, .class("n"), text: reading.scale.map { position($0.value) } ?? "–")
  }
}
