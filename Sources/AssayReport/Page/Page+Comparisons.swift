import AssayDocument

extension ReportPage {
  /// The result beside generators of known faults, and what these rows could have shown.
  func comparisons(into html: inout HTMLBuilder) {
    let tables = ComparisonTables(document: document, numbers: numbers)
    let found = [tables.baselines, tables.power].compactMap(\.self)
    guard !found.isEmpty else { return }
    section(PlaceName("comparisons"), "How to place the result", into: &html) { html in
      for table in found { self.table(table, into: &html) }
    }
  }
}
