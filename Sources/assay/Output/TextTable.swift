/// Columns of text, aligned.
struct TextTable {
  private var rows: [[String]] = []

  /// Adds a row; control characters are written out.
  mutating func add(_ cells: [String]) { rows.append(cells.map(VisibleText.line)) }

  /// The lines; the last column is not padded and is cut at `width`.
  func text(indent: String = "  ", width: Int) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? Self.width($0[column]) : 0 }.max() ?? 0
    }
    var text = ""
    for row in rows {
      var line = indent
      for (column, cell) in row.enumerated() {
        let isLast = column == row.count - 1
        line += isLast ? cell : Self.padded(cell, to: widths[column] + 2)
      }
      text += Self.cut(line, to: width) + "\n"
    }
    return text
  }

  /// A text with blanks behind it.
  static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - Self.width(text)))
  }

  private static func cut(_ line: String, to width: Int) -> String {
    if self.width(line) <= width { return line }
    var out = ""
    var used = 1
    for character in line {
      used += cells(character)
      if used > width { break }
      out.append(character)
    }
    return out + "…"
  }

  private static func width(_ text: String) -> Int { text.reduce(0) { $0 + cells($1) } }

  /// Wide East Asian characters and emoji take two cells.
  private static func cells(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    if scalar.properties.isEmojiPresentation { return 2 }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}

/// Breaks text into lines.
enum Wrap {
  /// A label and text behind it whose further lines start below its first word.
  static func hanging(_ label: String, _ text: String, width: Int) -> String {
    let indent = String(repeating: " ", count: label.count)
    var lines: [String] = []
    var line = label
    var isEmpty = true
    for word in text.split(whereSeparator: \.isWhitespace) {
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = indent
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    lines.append(line)
    return lines.joined(separator: "\n") + "\n"
  }
}
