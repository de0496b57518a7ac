public import AssayTable

extension RawTable {
  /// The table as comma-separated text with a row of names, which the reader reads back as it is.
  ///
  /// Cells with a comma, a quote, a line break or outer blanks are quoted. A column of numbers is
  /// written without decimal marks if all of its values are whole, and with the fewest digits that
  /// give each number back otherwise.
  ///
  /// - Complexity: O(cells).
  public func delimitedText() -> String {
    let texts = EditableTable(self).columns.map { CellSpelling.texts($0.cells) }
    var text = columns.map { Self.quoted($0.name) }.joined(separator: ",") + "\n"
    for row in 0..<rowCount {
      for column in texts.indices {
        if column > 0 { text += "," }
        if let cell = texts[column][row] {
          text += Self.quoted(cell)
        } else if texts.count == 1 {
          // A line without any character would be passed over as blank.
          text += "\"\""
        }
      }
      text += "\n"
    }
    return text
  }

  private static func quoted(_ text: String) -> String {
    let bytes = text.utf8
    let isPlain =
      bytes.allSatisfy { $0 != 0x2C && $0 != 0x22 && $0 != 0x0A && $0 != 0x0D }
      && bytes.first != 0x20 && bytes.last != 0x20
    guard !isPlain else { return text }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
