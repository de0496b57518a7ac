extension DelimitedReader {
  /// Throws if any row cannot be read.
  func check(_ outcome: SweepPass.Outcome, _ columnCount: Int) throws(TableError) {
    guard outcome.problemCount > 0 else { return }
    throw error(outcome.problems, count: outcome.problemCount, columnCount: columnCount)
  }

  /// The error of rows that cannot be read.
  func error(_ rows: [RowProblem], count: Int, columnCount: Int) -> TableError {
    var lines = LineCounter(bytes: bytes)
    let problems = rows.map { row in
      var problem = TableError.Problem(code: row.code, line: lines.line(of: row.offset))
      switch row.code {
      case .raggedRow:
        problem.expected = Self.cells(columnCount)
        problem.found = Self.cells(row.number)
      case .unterminatedQuote:
        problem.expected = "a closing quote"
        problem.found = "an opening quote and then the end of the file"
      default:
        problem.expected = "a delimiter or the end of the line behind a closing quote"
        problem.found = "other text"
      }
      return problem
    }
    let hasQuotes = rows.contains { $0.code != .raggedRow }
    return TableError(
      file: file,
      message: count == 1 ? "a row cannot be read" : "\(count) rows cannot be read",
      remedy: hasQuotes
        ? "close every quoted cell, and double the quotes inside it"
        : "give every row \(Self.cells(columnCount)), or name the right delimiter",
      problems: problems, problemCount: count)
  }

  private static func cells(_ count: Int) -> String { count == 1 ? "1 cell" : "\(count) cells" }

  /// The line of a byte, counted from 1.
  func lineNumber(_ offset: Int) -> Int {
    var lines = LineCounter(bytes: bytes)
    return lines.line(of: offset)
  }

  func noRows(line: Int) -> TableError {
    TableError(
      file: file, message: "the file holds names but no rows", remedy: "check how it was made",
      problems: [.init(code: .noRows, line: line, expected: "a row", found: "the end of the file")])
  }

  func badOption(_ message: String) -> TableError {
    TableError(
      file: file, message: message, remedy: "give another one",
      problems: [.init(code: .badOption)])
  }

  func cancelled() -> TableError {
    TableError(
      file: file, message: "reading was cancelled", remedy: "start again",
      problems: [.init(code: .cancelled)])
  }
}

/// Counts lines up to rising offsets.
struct LineCounter {
  private let bytes: Bytes
  private var offset = 0
  private var current = 1

  init(bytes: Bytes) { self.bytes = bytes }

  /// The line of a byte, counted from 1; lines end with LF, CR LF or CR.
  mutating func line(of target: Int) -> Int {
    if target < offset {
      offset = 0
      current = 1
    }
    while offset < min(target, bytes.count) {
      let byte = bytes[offset]
      let isLoneReturn =
        byte == CellScanner.carriageReturn && bytes[offset + 1] != CellScanner.lineFeed
      if byte == CellScanner.lineFeed || isLoneReturn { current += 1 }
      offset += 1
    }
    return current
  }
}
