/// Finding the delimiter, the row of names and the decimal mark from the first rows.
struct DialectDetection {
  static let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]
  private static let sampleBytes = 1 << 16
  private static let sampleRows = 100

  let bytes: Bytes
  let start: Int
  let end: Int
  let tokens: MissingTokens

  /// How well a delimiter fits the first rows.
  private struct Fit {
    var delimiter: UInt8
    var consistency: Double
    var typed: Double
    var columns: Int
  }

  /// The delimiter that splits the first rows into equal numbers of cells, most of them numbers or dates.
  ///
  /// - Returns: a comma if no candidate occurs: the file has one column.
  func delimiter() -> UInt8 {
    var best: Fit?
    for candidate in Self.candidates {
      let fit = self.fit(candidate)
      guard fit.columns > 1 else { continue }
      guard let current = best else {
        best = fit
        continue
      }
      let isBetter =
        (fit.consistency, fit.typed, Double(fit.columns))
        > (current.consistency, current.typed, Double(current.columns))
      if isBetter { best = fit }
    }
    return best?.delimiter ?? 0x2C
  }

  /// The first rows; a row that the sample cuts off is left out.
  func rows(_ delimiter: UInt8, limit: Int = sampleRows) -> [[Cell]] {
    let cells = CellScanner(delimiter: delimiter, end: end)
    var rows: [[Cell]] = []
    var place = start
    while place < end, rows.count < limit, place - start < Self.sampleBytes {
      if cells.isLineEnd(bytes[place]) {
        place = cells.skipLineEnd(bytes, place)
        continue
      }
      let row = cells.row(bytes, at: place)
      rows.append(row.cells)
      place = row.next
    }
    return rows
  }

  private func fit(_ delimiter: UInt8) -> Fit {
    let rows = self.rows(delimiter)
    guard let columns = rows.first?.count, columns > 1 else {
      return Fit(delimiter: delimiter, consistency: 0, typed: 0, columns: 1)
    }
    let numbers = NumberScanner(decimalMark: delimiter == 0x3B ? 0x2C : 0x2E)
    let points = NumberScanner(decimalMark: 0x2E)
    var same = 0
    var cells = 0
    var typed = 0
    for row in rows {
      if row.count == columns { same += 1 }
      for cell in row {
        cells += 1
        let isTyped =
          cell.length == 0 || isNumber(cell, numbers) || isNumber(cell, points) || isDate(cell)
        if isTyped { typed += 1 }
      }
    }
    return Fit(
      delimiter: delimiter, consistency: Double(same) / Double(rows.count),
      typed: Double(typed) / Double(cells), columns: columns)
  }

  /// The decimal mark of a file with semicolons: a comma if numbers with a comma occur and none with a point.
  func decimalMark(_ delimiter: UInt8) -> UInt8 {
    guard delimiter == 0x3B else { return 0x2E }
    var commas = 0
    var points = 0
    for row in rows(delimiter) {
      for cell in row {
        if hasDecimals(cell, 0x2C) { commas += 1 }
        if hasDecimals(cell, 0x2E) { points += 1 }
      }
    }
    return commas > points ? 0x2C : 0x2E
  }

  /// Whether the first row holds names.
  ///
  /// It does if a word stands over a column of numbers or dates, or if it counts 0, 1, 2 …; it does not if it holds
  /// numbers or dates like the rows below. Where nothing decides, it does.
  func hasHeader(_ delimiter: UInt8, decimalMark: UInt8) -> Bool {
    let rows = self.rows(delimiter)
    guard let first = rows.first else { return true }
    let numbers = NumberScanner(decimalMark: decimalMark)
    if countsUp(first, numbers) { return true }
    var votes = 0
    for column in first.indices {
      let below = rows.dropFirst().compactMap { column < $0.count ? $0[column] : nil }
        .filter { $0.length > 0 && !tokens.contains(bytes, $0.start, $0.length) }
      guard !below.isEmpty, below.allSatisfy({ isTyped($0, numbers) }) else { continue }
      let head = first[column]
      if head.length == 0 || tokens.contains(bytes, head.start, head.length) { continue }
      if isTyped(head, numbers) { votes -= 1 } else { return true }
    }
    if votes < 0 { return false }
    // A file of one row: names if no cell is a number.
    return rows.count > 1 || !first.contains { isTyped($0, numbers) && $0.length > 0 }
  }

  /// Names that count 0, 1, 2 …, perhaps behind one blank name, as data frames without names are written.
  private func countsUp(_ row: [Cell], _ numbers: NumberScanner) -> Bool {
    let named = row.first?.length == 0 ? row.dropFirst() : row[...]
    guard named.count > 1 else { return false }
    return named.enumerated().allSatisfy { index, cell in
      isNumber(cell, numbers) && bytes.text(cell.start, cell.length) == String(index)
    }
  }

  private func isTyped(_ cell: Cell, _ numbers: NumberScanner) -> Bool {
    isNumber(cell, numbers) || isDate(cell)
  }

  private func isNumber(_ cell: Cell, _ numbers: NumberScanner) -> Bool {
    var (start, end) = (cell.start, cell.start + cell.length)
    while start < end, bytes[start] == 0x20 { start += 1 }
    while start < end, bytes[end - 1] == 0x20 { end -= 1 }
    let token = numbers.scan(bytes, start)
    return token.kind != .none && token.end == end
  }

  private func isDate(_ cell: Cell) -> Bool {
    TemporalFormat.allCases.contains {
      TemporalScanner(format: $0).scan(bytes, cell.start, cell.start + cell.length) != nil
    }
  }

  private func hasDecimals(_ cell: Cell, _ mark: UInt8) -> Bool {
    let token = NumberScanner(decimalMark: mark).scan(bytes, cell.start)
    return token.decimals > 0 && token.end == cell.start + cell.length
  }
}
