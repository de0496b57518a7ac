/// What the first rows say about each column: how the sweep should read it.
///
/// A wrong guess costs time, never correctness: a column that does not fit its plan is read again.
struct ColumnPlans {
  let bytes: Bytes
  let cells: CellScanner
  let numbers: NumberScanner
  let tokens: MissingTokens

  /// Guesses the plans from a few rows at the start of some chunks.
  func guess(_ columnCount: Int, _ map: ChunkMap, forcedText: Set<Int>) -> [CellPlan] {
    let rows = sample(map)
    return (0..<columnCount).map { column in
      forcedText.contains(column) ? .coded : plan(column, rows)
    }
  }

  private func sample(_ map: ChunkMap) -> [[Cell]] {
    var rows: [[Cell]] = []
    let step = max(1, map.ranges.count / 8)
    for index in stride(from: 0, to: map.ranges.count, by: step) {
      var place = map.ranges[index].lowerBound
      var count = 0
      while place < map.ranges[index].upperBound, count < (index == 0 ? 200 : 50) {
        let row = cells.row(bytes, at: place)
        place = row.next
        rows.append(row.cells)
        count += 1
      }
    }
    return rows
  }

  private func plan(_ column: Int, _ rows: [[Cell]]) -> CellPlan {
    var isNumeric = true
    var guess = TemporalGuess()
    var filled = 0
    for row in rows where column < row.count {
      var (start, end) = (row[column].start, row[column].start + row[column].length)
      while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
      while start < end, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
      if start == end || tokens.contains(bytes, start, end - start) { continue }
      filled += 1
      if isNumeric {
        let token = numbers.scan(bytes, start)
        let isNumber = token.kind == .number && token.end == end
        isNumeric = isNumber || MissingTokens.isNonFinite(bytes, start, end - start)
      }
      if !guess.isHopeless { guess.add(bytes, start, end) }
      if !isNumeric, guess.isHopeless { return .coded }
    }
    if isNumeric { return .number }
    return guess.format.map { .temporal($0) } ?? .coded
  }

  /// The average number of bytes of a row at the start of the data.
  func rowBytes(from start: Int) -> Int {
    var place = start
    var count = 0
    while place < cells.end, count < 200 {
      place = cells.row(bytes, at: place, limit: 0).next
      count += 1
    }
    return max(1, (place - start) / max(1, count))
  }
}
