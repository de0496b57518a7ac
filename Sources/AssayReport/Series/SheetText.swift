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
    let widths = Self.widths(table.headers, shown, style, lines)
    for (position, row) in all.enumerated() {
      let head = widths.enumerated().map {
        column, width -> (text: String, width: Int, tone: TerminalLines.Tone) in
        let cell = DisplayWidth.cut(lines.shown(row[column]), to: width, mark: "~")
        let tone: TerminalLines.Tone = position == 0 ? .dim : column == 0 ? .bold : .plain
        return column == 0 ? ("  " + cell, width + 4, tone) : (cell, width + 2, tone)
      }
      let room = head.reduce(0) { $0 + $1.width }
      let last = min(16, all.map { DisplayWidth.of(lines.shown($0.last ?? "")) }.max() ?? 0)
      if room + last > style.width {
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

  /// How wide each column but the last is drawn; the last takes what is left.
  ///
  /// Words give way where there is no room, the widest column first, and numbers never do.
  private static func widths(
    _ headers: [String], _ rows: [[String]], _ style: TerminalStyle, _ lines: TerminalLines
  ) -> [Int] {
    func width(_ text: String) -> Int { DisplayWidth.of(lines.shown(text)) }
    var widths: [Int] = []
    var least: [Int] = []
    for column in headers.indices.dropLast() {
      let cells = rows.map { $0[column] }
      let widest = cells.map(width).max() ?? 0
      let isNumeric = cells.allSatisfy {
        $0.first.map { $0.isNumber || "−-–<".contains($0) } ?? true
      }
      let natural = max(widest, min(width(headers[column]), isNumeric ? 12 : 22))
      widths.append(isNumeric ? natural : min(column == 0 ? 30 : 24, natural))
      least.append(isNumeric ? widest : min(natural, 12))
    }
    let last = headers.indices.last.map { column in
      min(16, max(width(headers[column]), rows.map { width($0[column]) }.max() ?? 0))
    }
    let room = style.width - 2 - (last ?? 0)
    while widths.reduce(0, { $0 + $1 + 2 }) > room,
      let widest = widths.indices.filter({ widths[$0] > least[$0] }).max(by: {
        widths[$0] < widths[$1]
      })
    {
      widths[widest] -= 1
    }
    return widths
  }
}
