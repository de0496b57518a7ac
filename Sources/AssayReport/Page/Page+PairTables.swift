import AssayDocument

extension ReportPage {
  /// Where a table of cells is on the page.
  static func tablePlace(_ table: Int) -> PlaceName { PlaceName("cells", table + 1) }

  /// How often the cells of two columns meet, for the pairs furthest from the real ones and those that
  /// findings name.
  func pairTables(into html: inout HTMLBuilder) {
    guard !model.tables.isEmpty else { return }
    html.tag(
      .h3, .class("label"),
      text: "Where the cells of the furthest pairs, and of those that findings name, meet")
    html.tag(.p, .class("small lead")) { html in
      html.text(
        "In each cell the share of real rows, and below it of synthetic rows. Shaded where real rows are more often"
      )
      for step in Self.gaps.indices { swatch("r\(step + 1)", into: &html) }
      html.text("or synthetic ones")
      for step in Self.gaps.indices { swatch("s\(step + 1)", into: &html) }
      html.text(
        ", by "
          + Self.gaps.map { numbers.percent($0) }.joined(separator: ", ")
          .replacingLast(", ", " and ") + " of the rows and more.")
    }
    html.tag(.div, .class("lists tables")) { html in
      for (index, table) in model.tables.enumerated() {
        html.newline()
        html.tag(
          .details, .class("fold cells"), HTMLAttribute(.id, Self.tablePlace(index).text)
        ) { html in
          html.tag(.summary) { html in
            html.name(table.columns[0], clip: 40)
            html.text(" × ")
            html.name(table.columns[1], clip: 40)
          }
          contingency(table, into: &html)
        }
      }
    }
  }

  /// From which gap of shares on each shade is used.
  private static let gaps = [0.005, 0.01, 0.02, 0.05]

  private func swatch(_ style: String, into html: inout HTMLBuilder) {
    html.tag(.span, .class("swatch " + style), HTMLAttribute(.ariaHidden, "true"))
  }

  /// Links to the tables that show what a finding names.
  func tableLinks(_ finding: Finding, into html: inout HTMLBuilder) {
    let tables = model.tables(of: finding)
    for (position, table) in tables.enumerated() {
      html.text(position == 0 ? " · " : ", ")
      html.tag(.a, .class("small"), .href(.place(Self.tablePlace(table)))) { html in
        html.text("table of ")
        html.text(
          tables.count == 1
            ? "its cells"
            : model.tables[table].columns.map { VisibleText.clipped($0, to: 24) }
              .joined(separator: " × "))
      }
    }
  }

  private func contingency(_ table: PairTable, into html: inout HTMLBuilder) {
    guard let real = table.sides.first(where: { $0.role == .training }),
      let own = table.sides.first(where: { $0.role == .synthetic })
    else { return }
    let names = table.columns.map { VisibleText.clipped($0) }
    let caption = "\(names[0]) down, \(names[1]) across: real, and synthetic below"
    let few = "few"
    scrolled(caption, into: &html) { html in
      html.tag(.table) { html in
        html.tag(.caption, text: caption)
        html.tag(.thead) { html in
          html.tag(.tr) { html in
            html.tag(.td)
            for level in table.second {
              html.tag(.th, HTMLAttribute(.scope, "col")) { $0.name(level, clip: 20) }
            }
          }
        }
        html.tag(.tbody) { html in
          for (row, level) in table.first.enumerated() {
            html.tag(.tr) { html in
              html.tag(.th, HTMLAttribute(.scope, "row")) { $0.name(level, clip: 24) }
              for column in table.second.indices {
                let cell = row * table.second.count + column
                let shares = [real.shares[cell], own.shares[cell]]
                guard shares.contains(where: { $0 != nil }) else {
                  html.tag(.td, text: "·")
                  continue
                }
                let style = Self.shade(
                  shares,
                  least: [real, own].map { Double(table.smallest) / Double(max(1, $0.rows)) })
                html.tag(.td, style.map { [.class($0)] } ?? []) { html in
                  html.text(shares[0].map(numbers.percent) ?? few)
                  html.tag(.br)
                  html.text(shares[1].map(numbers.percent) ?? few)
                }
              }
            }
          }
        }
      }
    }
    html.tag(
      .p, .class("small"),
      text:
        "few, and · for few on both sides: fewer than \(table.smallest) rows, or a cell that would "
        + "tell of one by subtraction.")
  }

  /// The shade of a cell: what is withheld is taken as near to the other side as it can be.
  static func shade(_ shares: [Double?], least: [Double]) -> String? {
    let real = shares[0] ?? min(least[0], shares[1] ?? 0)
    let own = shares[1] ?? min(least[1], shares[0] ?? 0)
    guard let step = gaps.lastIndex(where: { abs(own - real) >= $0 }) else { return nil }
    return (own > real ? "s" : "r") + "\(step + 1)"
  }
}

extension PairTable {
  /// Whether every side has a share for every cell.
  var isSound: Bool {
    let count = first.count * second.count
    return columns.count == 2 && count > 0 && sides.allSatisfy { $0.shares.count == count }
      && [TableRole.training, .synthetic].allSatisfy { role in
        sides.contains { $0.role == role }
      }
  }
}
