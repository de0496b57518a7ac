import AssayTable

/// A table of columns given by name, read from delimited text as a file would be.
func table(
  _ columns: KeyValuePairs<String, [String]>, _ change: (inout ReadingOptions) -> Void = { _ in }
) throws -> RawTable {
  try table(Array(columns.map { ($0.key, $0.value) }), change)
}

/// A table of columns in an order that is made at run time.
func table(
  _ columns: [(name: String, cells: [String])],
  _ change: (inout ReadingOptions) -> Void = { _ in }
) throws -> RawTable {
  func quoted(_ text: String) -> String {
    "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
  // A last column of words keeps a line of one blank cell from being an empty line.
  let all = columns + [("zz", (columns.first?.cells ?? []).map { _ in "w" })]
  var lines = [all.map { quoted($0.name) }.joined(separator: ",")]
  for row in (all.first?.cells ?? []).indices {
    lines.append(
      all.map { $0.cells[row].isEmpty ? "" : quoted($0.cells[row]) }.joined(separator: ","))
  }
  return try read(lines.joined(separator: "\n") + "\n") {
    $0.delimiter = ","
    $0.hasHeader = true
    change(&$0)
  }
}

/// The cells repeated in turn until there are `count`.
func cycle(_ cells: [String], _ count: Int) -> [String] {
  (0..<count).map { cells[$0 % cells.count] }
}

/// Whole numbers as text.
func whole(_ range: some Sequence<Int>) -> [String] { range.map(String.init) }

extension Comparison {
  /// The codes of the disagreements that speak of a column.
  func codes(of column: String) -> [Disagreement.Code] {
    disagreements.filter { $0.columns == [column] }.map(\.code)
  }
}

extension TableSchema {
  /// The column of that name.
  func column(_ name: String) -> ColumnSchema? { index(of: name).map { columns[$0] } }
}
