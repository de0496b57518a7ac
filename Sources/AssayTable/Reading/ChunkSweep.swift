/// One pass over the rows of a chunk that turns every cell into its final form.
struct ChunkSweep {
  let bytes: Bytes
  let cells: CellScanner
  let numbers: NumberScanner
  let tokens: MissingTokens
  let columnCount: Int
  let maxProblems: Int

  /// Reads the rows that start in a range of bytes; the range starts at a row.
  ///
  /// Room is made for `expectedRows` at first, for more when needed.
  func run(_ range: Range<Int>, into result: ChunkResult, expectedRows: Int) {
    var capacity = result.reserve(max(16, expectedRows), used: 0)
    var place = range.lowerBound
    var row = 0
    while place < range.upperBound {
      if cells.isLineEnd(bytes[place]), columnCount > 1 {
        result.blankLines += 1
        place = cells.skipLineEnd(bytes, place)
        continue
      }
      if row == capacity { capacity = result.reserve(capacity * 2, used: row) }
      let start = place
      var column = 0
      var isWhole = true
      while true {
        guard column < columnCount else {
          isWhole = false
          break
        }
        place = cell(result, column, row, place)
        column += 1
        guard place < cells.end, bytes[place] == cells.delimiter else { break }
        place += 1
      }
      if !isWhole || column != columnCount {
        let rest = cells.row(bytes, at: start, limit: 0)
        note(.raggedRow, result, start, count(start))
        place = rest.next
      } else {
        place = cells.skipLineEnd(bytes, place)
      }
      row += 1
    }
    result.rows = row
    result.endOffset = place
  }

  /// Reads one cell and returns where it ends.
  @inline(__always)
  private func cell(_ result: ChunkResult, _ column: Int, _ row: Int, _ place: Int) -> Int {
    switch result[column].plan {
    case .number: number(result, column, row, place)
    case .coded: coded(result, column, row, place)
    case .temporal(let format): temporal(result, column, row, place, format)
    case .skipped: skip(result, place)
    }
  }

  @inline(__always)
  private func number(_ result: ChunkResult, _ column: Int, _ row: Int, _ place: Int) -> Int {
    let token = numbers.scan(bytes, place)
    guard token.kind == .number, cells.stops(bytes, at: token.end), token.value.isFinite else {
      return unusualNumber(result, column, row, place)
    }
    result[column].store(token.value, row: row)
    count(token, &result[column].counts)
    return token.end
  }

  @inline(__always)
  private func count(_ token: NumberToken, _ counts: inout CellCounts) {
    counts.parsed += 1
    if token.decimals >= 0 {
      counts.point += 1
      counts.maxDecimals = max(counts.maxDecimals, token.decimals)
      let isWhole =
        abs(token.value) >= 0x1p53
        || Double(Int64(token.value)) == token.value
      if isWhole { counts.wholePoint += 1 }
    }
    if token.hasExponent { counts.exponent += 1 }
    if token.decimals >= 0 || token.hasExponent { counts.marked += 1 }
  }

  /// Blank, quoted, spaced and missing cells, and those that are no number.
  @inline(never)
  private func unusualNumber(
    _ result: ChunkResult, _ column: Int, _ row: Int, _ place: Int
  ) -> Int {
    if cells.stops(bytes, at: place) {
      result[column].store(.nan, row: row)
      result[column].counts.blank += 1
      return place
    }
    let cell = checked(result, place)
    var (start, end) = (cell.start, cell.start + cell.length)
    if cell.isQuoted { result[column].counts.quoted += 1 }
    trim(&start, &end)
    if end - start != cell.length { result[column].counts.spaced += 1 }
    if start == end {
      result[column].store(.nan, row: row)
      result[column].counts.blank += 1
      return cell.next
    }
    let token = numbers.scan(bytes, start)
    if token.kind == .number, token.end == end {
      if token.value.isFinite {
        result[column].store(token.value, row: row)
        count(token, &result[column].counts)
      } else {
        result[column].store(.nan, row: row)
        result[column].counts.nonFinite += 1
      }
    } else if tokens.contains(bytes, start, end - start) {
      result[column].store(.nan, row: row)
      result[column].counts.missing[bytes.text(start, end - start), default: 0] += 1
    } else if MissingTokens.isNonFinite(bytes, start, end - start) {
      result[column].store(.nan, row: row)
      result[column].counts.nonFinite += 1
    } else {
      fail(result, column)
    }
    return cell.next
  }

  @inline(__always)
  private func temporal(
    _ result: ChunkResult, _ column: Int, _ row: Int, _ place: Int, _ format: TemporalFormat
  ) -> Int {
    let cell = checked(result, place)
    if cell.isQuoted { result[column].counts.quoted += 1 }
    var (start, end) = (cell.start, cell.start + cell.length)
    if let token = TemporalScanner(format: format).scan(bytes, start, end) {
      store(token, result, column, row)
      return cell.next
    }
    trim(&start, &end)
    if end - start != cell.length { result[column].counts.spaced += 1 }
    if start == end {
      result[column].store(.nan, row: row)
      result[column].counts.blank += 1
    } else if let token = TemporalScanner(format: format).scan(bytes, start, end) {
      store(token, result, column, row)
    } else if tokens.contains(bytes, start, end - start) {
      result[column].store(.nan, row: row)
      result[column].counts.missing[bytes.text(start, end - start), default: 0] += 1
    } else {
      fail(result, column)
    }
    return cell.next
  }

  @inline(__always)
  private func store(
    _ token: TemporalToken, _ result: ChunkResult, _ column: Int, _ row: Int
  ) {
    result[column].store(token.seconds, row: row)
    result[column].counts.parsed += 1
    if token.isZoned { result[column].counts.zoned += 1 }
    if token.granularity > result[column].counts.granularity {
      result[column].counts.granularity = token.granularity
    }
  }

  @inline(__always)
  private func coded(_ result: ChunkResult, _ column: Int, _ row: Int, _ place: Int) -> Int {
    var hash = ByteHash.seed
    var start = place
    var length = 0
    var next = place
    var isEscaped = false
    if bytes[place] == CellScanner.quote {
      let cell = checked(result, place)
      result[column].counts.quoted += 1
      (start, length, next) = (cell.start, cell.length, cell.next)
      isEscaped = cell.isEscaped
      hash = bytes.hash(start, length)
    } else {
      while true {
        let word = bytes.word(at: next)
        let found = cells.hits(word)
        if found == 0 {
          hash = ByteHash.mix(hash, word)
          next += 8
          continue
        }
        let rest = found.trailingZeroBitCount >> 3
        let stop = next + rest
        if !cells.stops(bytes, at: stop) {
          next = cells.plainEnd(bytes, from: stop)
          hash = bytes.hash(place, next - place)
        } else {
          if rest != 0 {
            hash = ByteHash.mix(hash, word & ((1 << UInt64(rest * 8)) - 1))
          }
          next = stop
          hash = ByteHash.finish(hash, length: next - place)
        }
        break
      }
      length = next - place
    }
    keep(result, column, row, hash, start, length, isEscaped)
    return next
  }

  @inline(__always)
  private func keep(
    _ result: ChunkResult, _ column: Int, _ row: Int, _ hash: UInt64, _ start: Int,
    _ length: Int, _ isEscaped: Bool
  ) {
    if result[column].keepsRanges {
      keepRange(result, column, row, hash, start, length, isEscaped)
      return
    }
    if length == 0 {
      result[column].store(-1 as Int32, row: row)
      result[column].counts.blank += 1
      return
    }
    let code =
      result[column].dictionary?.insert(
        bytes, hash: hash, start: start, length: length, isEscaped: isEscaped) ?? -1
    result[column].store(code, row: row)
    let levels = Int(code) + 1
    // A new code is the highest; only then may the dictionary have become too large.
    if levels >= ColumnSegment.abandonCount, levels == result[column].dictionary?.count,
      levels * 2 > row + 1 - result[column].counts.blank
    {
      result[column].abandonDictionary(rows: row + 1)
    }
  }

  private func keepRange(
    _ result: ChunkResult, _ column: Int, _ row: Int, _ hash: UInt64, _ start: Int,
    _ length: Int, _ isEscaped: Bool
  ) {
    if length == 0 {
      result[column].counts.blank += 1
    } else {
      result[column].sketch?.add(hash)
    }
    result[column].store(
      CellRange(start: start, lengthAndEscape: length << 1 | (isEscaped ? 1 : 0)), row: row)
  }

  @inline(__always)
  private func skip(_ result: ChunkResult, _ place: Int) -> Int {
    if bytes[place] == CellScanner.quote { return checked(result, place).next }
    return cells.plainEnd(bytes, from: place)
  }

  /// Finds a cell, counts its quotes, and notes what is wrong with it.
  @inline(__always)
  private func checked(_ result: ChunkResult, _ place: Int) -> Cell {
    let cell = cells.cell(bytes, at: place)
    if cell.isQuoted { countQuotes(result, cell, place) }
    return cell
  }

  @inline(never)
  private func countQuotes(_ result: ChunkResult, _ cell: Cell, _ place: Int) {
    result.quotes += cell.fault == .unterminatedQuote ? 1 : 2
    if cell.isEscaped {
      var index = cells.nextQuote(bytes, from: cell.start)
      while index < cell.start + cell.length {
        result.quotes += 1
        index = cells.nextQuote(bytes, from: index + 1)
      }
    }
    switch cell.fault {
    case .none: break
    case .unterminatedQuote: note(.unterminatedQuote, result, place, 0)
    case .textAfterQuote: note(.textAfterQuote, result, place, 0)
    }
  }

  private func note(_ code: TableError.Code, _ result: ChunkResult, _ offset: Int, _ number: Int) {
    result.problemCount += 1
    if result.problems.count < maxProblems {
      result.problems.append(RowProblem(code: code, offset: offset, number: number))
    }
  }

  /// The number of cells in the row that starts at an index.
  private func count(_ start: Int) -> Int { cells.row(bytes, at: start).cells.count }

  private func fail(_ result: ChunkResult, _ column: Int) {
    result[column].hasFailed = true
    result[column].plan = .skipped
  }

  @inline(__always)
  private func trim(_ start: inout Int, _ end: inout Int) {
    while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    while start < end, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
  }
}
