import AssayDocument

/// A sheet as Markdown and as lines for a terminal.
struct SheetText {
  let sheet: Sheet

  func markdown() -> [UInt8] {
    var page = MarkdownPage(limit: MarkdownRenderer.byteLimit)
    page.line("# " + Markdown.name(sheet.title))
    page.line("")
    page.line("**\(Markdown.text(sheet.word))** · " + Markdown.text(sheet.status))
    page.line("")
    page.line("> " + Markdown.text(sheet.headline))
    page.line("")
    for remark in sheet.remarks { page.line("- " + Markdown.text(remark)) }
    if !sheet.remarks.isEmpty { page.line("") }
    for part in sheet.parts {
      page.line("### " + Markdown.text(part.title))
      page.line("")
      if let lead = part.lead {
        page.line(Markdown.text(lead))
        page.line("")
      }
      if let table = part.table {
        page.row(table.headers.map(Markdown.text))
        page.row(table.headers.map { _ in "---" })
        for row in table.rows {
          page.row(
            row.enumerated().map {
              $0.offset == 0 ? Markdown.name($0.element) : Markdown.text($0.element)
            })
        }
        page.line("")
        if let note = table.note { page.line(Markdown.text(note) + "\n") }
      }
      if let note = part.note { page.line(Markdown.text(note) + "\n") }
    }
    for (title, text) in sheet.evidence {
      page.line("- \(Markdown.text(title)): \(Markdown.text(text))")
    }
    page.line("")
    page.line("Internal: made from real data.")
    return Array(page.text.utf8)
  }

  func terminal(_ style: TerminalStyle) -> String {
    var lines = TerminalLines(style: style)
    lines.line("\(sheet.word) · \(sheet.status)", tone: .bold)
    lines.line(sheet.headline)
    for remark in sheet.remarks { lines.hanging([("  ", 2, .plain)], body: [remark]) }
    for part in sheet.parts {
      guard let table = part.table else { continue }
      lines.line(part.title, tone: .bold)
      rows(table, style, into: &lines)
      if let note = table.note { lines.hanging([("  ", 2, .plain)], body: [note]) }
    }
    return lines.text
  }

  /// The most rows of a table that a terminal gets.
  private static let rowLimit = 20

  private func rows(_ table: ChartTable, _ style: TerminalStyle, into lines: inout TerminalLines) {
    let shown = Array(table.rows.prefix(Self.rowLimit))
    let all = [table.headers] + shown
    // The last column takes what is left.
    var widths: [Int] = []
    for column in table.headers.indices.dropLast() {
      let most = column == 0 ? 30 : 22
      let widest = all.map { DisplayWidth.of(lines.shown($0[column])) }.max() ?? 0
      widths.append(min(most, widest))
    }
    for (position, row) in all.enumerated() {
      let head = widths.enumerated().map {
        column, width -> (text: String, width: Int, tone: TerminalLines.Tone) in
        let cell = DisplayWidth.cut(lines.shown(row[column]), to: width, mark: "~")
        let tone: TerminalLines.Tone = position == 0 ? .dim : column == 0 ? .bold : .plain
        return column == 0 ? ("  " + cell, width + 4, tone) : (cell, width + 2, tone)
      }
      let room = head.reduce(0) { $0 + $1.width }
      if room + 16 > style.width {
        // Too narrow for a table: a line for each cell.
        guard position > 0 else { continue }
        lines.line("  " + row[0], tone: .bold)
        for (header, cell) in zip(table.headers, row).dropFirst() {
          let name = DisplayWidth.cut(lines.shown(header), to: style.width - 8, mark: "~")
          lines.hanging([("    " + name + ": ", 6, .plain)], body: [cell])
        }
      } else {
        lines.hanging(head, body: [row.last ?? ""])
      }
    }
    let rest = table.rows.count - shown.count
    if rest > 0 { lines.line("  and \(rest) more in the page") }
  }
}
