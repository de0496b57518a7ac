/// A table of figures that is written both as CSV and as Markdown.
struct CalibrationTable: Sendable {
  /// A cell.
  enum Cell: Sendable, ExpressibleByStringLiteral {
    case word(String)
    case count(Int)
    case number(Double?)
    /// A rate, shown in per cent.
    case rate(Double?)

    init(stringLiteral value: String) { self = .word(value) }
  }

  /// What follows the part's name in the file's name; empty for its main table.
  var name = ""
  /// The columns: a name in snake case for the file, and words for the page.
  let columns: [(name: String, words: String)]
  private(set) var rows: [[Cell]] = []

  init(name: String = "", columns: [(name: String, words: String)]) {
    self.name = name
    self.columns = columns
  }

  mutating func add(_ row: [Cell]) {
    precondition(row.count == columns.count, "\(row.count) cells for \(columns.count) columns")
    rows.append(row)
  }

  /// The file: every figure as it was computed.
  var csv: String {
    var lines = [columns.map(\.name).joined(separator: ",")]
    for row in rows { lines.append(row.map(Self.plain).joined(separator: ",")) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The table on a page: figures in few digits; only rows that `isShown` takes.
  func markdown(where isShown: ([Cell]) -> Bool = { _ in true }) -> String {
    var lines = [
      "| " + columns.map(\.words).joined(separator: " | ") + " |",
      "| " + columns.indices.map(alignment).joined(separator: " | ") + " |",
    ]
    for row in rows where isShown(row) {
      lines.append("| " + row.map(Self.shown).joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func alignment(_ column: Int) -> String {
    if case .word? = rows.first?[column] { "---" } else { "---:" }
  }

  private static func plain(_ cell: Cell) -> String {
    switch cell {
    case .word(let text):
      text.contains { ",\"\n".contains($0) }
        ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    case .count(let count): "\(count)"
    case .number(let value), .rate(let value): value.map { "\($0)" } ?? ""
    }
  }

  private static func shown(_ cell: Cell) -> String {
    switch cell {
    case .word(let text): text.replacing("|", with: "\\|")
    case .count(let count): "\(count)"
    case .number(let value): value.map(short) ?? "–"
    case .rate(let value): value.map(percent) ?? "–"
    }
  }

  /// Four digits behind the point, fewer for large numbers.
  static func short(_ value: Double) -> String {
    abs(value) >= 100 ? "\((value * 10).rounded() / 10)" : "\((value * 1e4).rounded() / 1e4)"
  }

  /// A share in per cent, to a tenth.
  static func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10) %" }
}
