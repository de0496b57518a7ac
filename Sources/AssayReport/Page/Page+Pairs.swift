import AssayDocument

extension ReportPage {
  /// The pairs of columns whose relation is furthest from the real one.
  func pairs(into html: inout HTMLBuilder) {
    guard hasPairs else { return }
    section(PlaceName("pairs"), "Pairs of columns", into: &html) { html in
      html.tag(
        .p, .class("lead small"),
        text: "The relation furthest from real first, measured on both sides with the same "
          + "coefficient. Columns that are wrong by themselves show in the cell that differs "
          + "most; open a pair for its other measures.")
      heatMap(into: &html)
      filter("pairs", "Find a pair", into: &html)
      let caption = "Relations between two columns, against \(pairSide)"
      let shown = Self.unfolded(of: model.pairs.count)
      pairRows(0..<shown, caption, into: &html)
      let rest = model.pairs.count - shown
      if rest > 0 {
        html.tag(.details, .class("fold")) { html in
          html.tag(.summary, text: "\(numbers.count(rest)) more, nearer to real")
          self.pairRows(shown..<model.pairs.count, caption + ", nearer to real", into: &html)
        }
      }
      pairTables(into: &html)
      if model.pairsLeftOut > 0 {
        html.tag(
          .p, .class("small"),
          text: "\(numbers.count(model.pairsLeftOut)) more pairs are in the JSON report.")
      }
    }
  }

  /// How many pairs are in sight: a dozen, or all where hardly more would be folded.
  static func unfolded(of count: Int) -> Int { count > 15 ? 12 : count }

  private func pairRows(_ places: Range<Int>, _ caption: String, into html: inout HTMLBuilder) {
    scrolled(caption, into: &html) { html in
      html.tag(.table) { html in
        html.tag(.caption, text: caption)
        pairHead(into: &html)
        html.tag(.tbody, HTMLAttribute(.dataRows, "pairs")) { html in
          for index in places {
            html.newline()
            html.tag(.tr, HTMLAttribute(.id, PlaceName("pair", index + 1).text)) {
              self.pair(model.pairs[index], into: &$0)
            }
          }
        }
      }
    }
  }

  /// Whether there is anything to show of pairs.
  var hasPairs: Bool { !model.pairs.isEmpty || !model.tables.isEmpty }

  private var pairSide: String { document.inputs.holdout == nil ? "real" : "holdout" }

  private func pairHead(into html: inout HTMLBuilder) {
    html.tag(.thead) { html in
      html.tag(.tr) { html in
        let headers = [
          "Pair", "Measure", "Real", "Synthetic", "Value", "Fresh real sample", "Scale",
          "Cell that differs most",
        ]
        for (position, header) in headers.enumerated() {
          var attributes = [HTMLAttribute(.scope, "col"), HTMLAttribute(.dataSort, "")]
          if (2...6).contains(position) { attributes.append(.class("n")) }
          html.tag(.th, attributes, text: header)
        }
      }
    }
  }

  private func pair(_ row: ReportModel.PairRow, into html: inout HTMLBuilder) {
    html.tag(.th, HTMLAttribute(.scope, "row")) { html in
      for (position, column) in row.columns.enumerated() {
        if position > 0 { html.text(" × ") }
        html.name(column, clip: 32)
      }
      if let table = row.table {
        html.tag(.br)
        html.tag(
          .a, .class("small"), .href(.place(Self.tablePlace(table))), text: "table of its cells")
      }
      more(row, into: &html)
    }
    guard let main = row.main else { return }
    html.tag(.td) { $0.name(main.title, clip: 60) }
    let sides = main.coefficients
    number(sides?.real, text: sides.map { numbers.position($0.real) }, into: &html)
    number(sides?.synthetic, text: sides.map { numbers.position($0.synthetic) }, into: &html)
    number(main.score.value, text: main.value(numbers), into: &html)
    number(main.score.floor?.value, text: main.fresh(numbers), into: &html)
    let scale = main.scale
    number(scale?.value, text: scale.map { position($0.value) }, into: &html)
    worst(row, into: &html)
  }

  private func worst(_ row: ReportModel.PairRow, into html: inout HTMLBuilder) {
    let cells = row.readings.flatMap { PairCell.cells($0.score) }
    let worst = cells.max { $0.gap < $1.gap }
    html.tag(.td, HTMLAttribute(.dataSort, worst.map { "\($0.gap)" } ?? "-9")) { html in
      guard let worst else { return html.text("–") }
      html.name(worst.first, clip: 24)
      html.text(" with ")
      html.name(worst.second, clip: 24)
      html.text(
        ": real \(numbers.percent(worst.real)), synthetic \(numbers.percent(worst.synthetic))")
    }
  }

  private func number(_ value: Double?, text: String?, into html: inout HTMLBuilder) {
    // Six digits order as well as sixteen.
    let key = value.map { "\(Float($0))" } ?? "-9"
    html.tag(.td, [.class("n"), HTMLAttribute(.dataSort, key)], text: text ?? "–")
  }

  private func more(_ row: ReportModel.PairRow, into html: inout HTMLBuilder) {
    let cells = row.readings.flatMap { PairCell.cells($0.score) }
    guard row.readings.count > 1 || !cells.isEmpty else { return }
    html.tag(.details, .class("small deep")) { html in
      html.tag(.summary, text: "measures and cells")
      html.tag(.ul) { html in
        for reading in row.readings {
          html.tag(.li) { html in
            html.name(reading.title, clip: 60)
            var text = ": " + reading.value(numbers)
            if let fresh = reading.fresh(numbers) { text += ", a fresh real sample gets \(fresh)" }
            html.text(text)
          }
        }
        for cell in cells.prefix(6) {
          html.tag(.li) { html in
            html.name(cell.first)
            html.text(" with ")
            html.name(cell.second)
            html.text(
              ": real \(numbers.percent(cell.real)), synthetic \(numbers.percent(cell.synthetic))")
          }
        }
      }
    }
  }
}
