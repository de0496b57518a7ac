import AssayReport

/// Columns of text, aligned.
struct TextTable {
  private var rows: [[String]] = []

  /// Adds a row; control characters are written out.
  mutating func add(_ cells: [String]) { rows.append(cells.map(VisibleText.line)) }

  /// The lines; the last column is not padded and is cut at `width`.
  func text(indent: String = "  ", width: Int) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? DisplayWidth.of($0[column]) : 0 }.max() ?? 0
    }
    var text = ""
    for row in rows {
      var line = indent
      for (column, cell) in row.enumerated() {
        let isLast = column == row.count - 1
        line += isLast ? cell : DisplayWidth.pad(cell, to: widths[column] + 2)
      }
      text += DisplayWidth.cut(line, to: width) + "\n"
    }
    return text
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
