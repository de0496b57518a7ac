/// Joins the cells of one column, chunk after chunk.
///
// SAFETY: a builder is used by one thread at a time: each batch of chunks is joined column by column, one task a
// column, and the next batch waits for the last task.
final class ColumnBuilder: @unchecked Sendable {
  /// Columns with more different strings than this, and than half of their filled rows, are kept as text.
  static let textLevels = 10_000

  private let bytes: Bytes
  private let plan: CellPlan
  private let expectedRows: Int
  private(set) var counts = CellCounts()
  private(set) var hasFailed = false
  private var rowCount = 0
  private var doubles: [Double] = []
  /// One bit a row, set where the row has no number; as long as the last such row needs.
  private var missing: [UInt64] = []
  private var codes: [Int32] = []
  private var levels = LevelListBuilder()
  /// The rows behind those of `codes`, once a chunk kept ranges.
  private var ranges: [CellRange] = []
  private var sketch: DistinctSketch?

  init(bytes: Bytes, plan: CellPlan, expectedRows: Int) {
    self.bytes = bytes
    self.plan = plan
    self.expectedRows = expectedRows
  }

  /// Whether the column holds anything of the kind that its plan expects.
  var fitsPlan: Bool { plan == .coded || plan == .skipped || (!hasFailed && counts.parsed > 0) }

  /// Adds the rows of the next chunk.
  func append(_ segment: ColumnSegment, rows: Int) {
    counts.add(segment.counts)
    hasFailed = hasFailed || segment.hasFailed
    if hasFailed {
      doubles = []
      return
    }
    switch plan {
    case .number, .temporal: appendNumbers(segment, rows)
    case .coded: appendStrings(segment, rows)
    case .skipped: break
    }
    rowCount += rows
  }

  private func appendNumbers(_ segment: ColumnSegment, _ rows: Int) {
    if doubles.isEmpty { doubles.reserveCapacity(expectedRows) }
    segment.appendDoubles(rows, to: &doubles)
    if segment.counts.parsed == rows { return }
    for row in rowCount..<(rowCount + rows) where doubles[row].isNaN {
      doubles[row] = 0
      let word = row >> 6
      while missing.count <= word { missing.append(0) }
      missing[word] |= 1 << UInt64(row & 63)
    }
  }

  private func appendStrings(_ segment: ColumnSegment, _ rows: Int) {
    if segment.keepsRanges || sketch != nil {
      appendRanges(segment, rows)
      return
    }
    if codes.isEmpty { codes.reserveCapacity(expectedRows) }
    guard let dictionary = segment.dictionary else { return }
    var map = [Int32](repeating: -1, count: dictionary.count + 1)
    for code in 0..<dictionary.count {
      let entry = dictionary.entry(code)
      map[code + 1] = insert(entry.start, entry.length, entry.isEscaped, entry.hash)
    }
    for row in 0..<rows { codes.append(map[Int(segment.code(row)) + 1]) }
  }

  private func appendRanges(_ segment: ColumnSegment, _ rows: Int) {
    var joined = sketch ?? levels.sketch()
    if let other = segment.sketch { joined.merge(other) }
    if !segment.keepsRanges, let dictionary = segment.dictionary {
      for code in 0..<dictionary.count { joined.add(dictionary.entry(code).hash) }
    }
    sketch = joined
    if ranges.isEmpty { ranges.reserveCapacity(expectedRows - rowCount) }
    for row in 0..<rows { ranges.append(segment.range(row)) }
  }

  private func insert(_ start: Int, _ length: Int, _ isEscaped: Bool, _ hash: UInt64) -> Int32 {
    if isEscaped {
      let text = CellScanner.unescaped(bytes, start, length)
      return levels.insert(text.span)
    }
    return bytes.withSpan(start, length) { levels.insert($0, hash: hash) }
  }

  // MARK: The finished column

  /// The column in the form that its plan gave it, and how its cells were written.
  ///
  /// - Complexity: O(n + bytes of different strings).
  func finish() -> (RawValues, Spelling) {
    var spelling = Spelling()
    spelling.take(counts)
    spelling.quotedCount = counts.quoted
    switch plan {
    case .number:
      return (.numeric(NumericValues(values: doubles, validity: validity())), spelling)
    case .temporal(let format):
      spelling.integerCount = 0
      let values = TemporalValues(
        values: doubles, validity: validity(), granularity: counts.granularity, format: format,
        zonedCount: counts.zoned)
      return (.temporal(values), spelling)
    case .coded, .skipped:
      return strings(spelling)
    }
  }

  private func validity() -> ValidityMask? {
    let absent = rowCount - counts.parsed
    if absent == 0 { return nil }
    var words = [UInt64](repeating: .max, count: (rowCount + 63) / 64)
    for word in missing.indices { words[word] = ~missing[word] }
    if rowCount & 63 != 0 { words[words.count - 1] &= (1 << UInt64(rowCount & 63)) - 1 }
    return ValidityMask(words: words, count: rowCount, missingCount: absent)
  }

  private func strings(_ before: Spelling) -> (RawValues, Spelling) {
    var spelling = before
    let filled = rowCount - counts.blank
    if let sketch {
      let estimate = Int(sketch.estimate)
      if isText(estimate, filled: filled) {
        spelling.distinctCount = min(filled, estimate)
        return (.text(text()), spelling)
      }
      for range in ranges {
        let isBlank = range.length == 0
        let hash = isBlank ? 0 : bytes.hash(range.start, range.length)
        codes.append(isBlank ? -1 : insert(range.start, range.length, range.isEscaped, hash))
      }
      ranges = []
    }
    spelling.distinctCount = levels.count
    if isText(levels.count, filled: filled) { return (.text(text()), spelling) }
    return (.coded(CodedValues(codes: codes, levels: levels.finish())), spelling)
  }

  private func isText(_ levels: Int, filled: Int) -> Bool {
    levels > Self.textLevels && levels * 2 > filled
  }

  private func text() -> TextValues {
    let list = levels.finish()
    var target: [UInt8] = []
    var offsets: [Int] = [0]
    offsets.reserveCapacity(rowCount + 1)
    target.reserveCapacity(ranges.reduce(0) { $0 + $1.length })
    for code in codes {
      if code >= 0 { target.append(contentsOf: list.bytes(at: Int(code))) }
      offsets.append(target.count)
    }
    for range in ranges {
      if range.isEscaped {
        target.append(contentsOf: CellScanner.unescaped(bytes, range.start, range.length))
      } else if range.length > 0 {
        bytes.append(range.start, range.length, to: &target)
      }
      offsets.append(target.count)
    }
    return TextValues(bytes: target, offsets: offsets)
  }
}
