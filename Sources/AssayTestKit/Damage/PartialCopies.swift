import AssayNumerics
public import AssayTable

extension RawTable {
  /// The table with some of its rows copied in part: in each of these a random half of the columns is
  /// that of one training record, the other half stays as it was.
  ///
  /// - Parameters:
  ///   - training: Where the copied halves come from; no record twice while they last.
  ///   - share: The share of the rows, in 0…1.
  ///   - seed: The seed of whatever is drawn.
  /// - Returns: A table of as many rows.
  /// - Complexity: O(cells).
  public func withPartialCopies(of training: RawTable, share: Double, seed: UInt64) -> RawTable {
    precondition(share >= 0 && share <= 1, "a share in 0...1, not \(share)")
    var table = EditableTable(self)
    let source = EditableTable(training)
    guard source.rowCount > 0 else { return self }
    var random = RandomStream(seed: seed, name: "damage", "partial-copies")
    var rows = Array(0..<table.rowCount)
    random.shuffle(&rows)
    var records = Array(0..<source.rowCount)
    random.shuffle(&records)
    let count = Int((Double(rows.count) * share).rounded())
    var pairs = [[(row: Int, source: Int)]](repeating: [], count: table.columns.count)
    for (place, row) in rows.prefix(count).enumerated() {
      var columns = Array(table.columns.indices)
      random.shuffle(&columns)
      for column in columns.prefix((columns.count + 1) / 2) {
        pairs[column].append((row, records[place % records.count]))
      }
    }
    for position in table.columns.indices {
      guard
        let other = source.columns.first(where: { $0.name == table.columns[position].name })
      else { continue }
      table.columns[position].replace(pairs[position], from: other)
    }
    return table.raw()
  }
}
