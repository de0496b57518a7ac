import AssayDocument

extension ReportPage {
  /// All relations at a glance, above the table of pairs.
  func heatMap(into html: inout HTMLBuilder) {
    guard var map = HeatMap(document) else { return }
    var places: [[String]: PlaceName] = [:]
    for (index, row) in model.pairs.enumerated() {
      places[row.columns.sorted()] = PlaceName("pair", index + 1)
    }
    for index in map.cells.indices {
      let cell = map.cells[index]
      let names = [map.columns[cell.column], map.columns[cell.row]].sorted()
      map.cells[index].place = places[names]
    }
    html.tag(.figure) { html in
      SVGWriter.draw(map, into: &html)
      html.tag(.figcaption) { html in
        html.text("Cramér's V, synthetic less real. Relation weaker than real by")
        for step in HeatMap.shades.indices.reversed() { swatch("hw\(step + 1)", step, into: &html) }
        html.text(", within 0.02")
        html.tag(.span, .class("swatch h0"), HTMLAttribute(.ariaHidden, "true"))
        html.text(", stronger by")
        for step in HeatMap.shades.indices { swatch("hs\(step + 1)", step, into: &html) }
        html.text(". The same numbers are in the table below; a click leads to a pair's row.")
        if map.leftOut > 0 {
          html.text(
            " The \(map.columns.count) columns with the widest gaps are drawn, "
              + "\(numbers.count(map.leftOut)) are not.")
        }
      }
    }
  }

  private func swatch(_ style: String, _ step: Int, into html: inout HTMLBuilder) {
    html.tag(.span, .class("swatch " + style), HTMLAttribute(.ariaHidden, "true"))
    html.text(numbers.position(HeatMap.shades[step]))
  }
}
