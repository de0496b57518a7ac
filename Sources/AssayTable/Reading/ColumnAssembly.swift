/// Joins the cells of one column from all chunks.
struct ColumnAssembly {
  /// Columns with more different strings than this, and than half of their filled rows, are kept as text.
  static let textLevels = 10_000

  let bytes: Bytes
  let chunks: [ChunkResult]
  let rowCount: Int

  /// The column in the form that the sweep gave it.
  ///
  /// - Complexity: O(n + bytes of different strings).
  func assemble(_ column: Int, plan: CellPlan) -> (RawValues, Spelling) {
    var counts = CellCounts()
    for chunk in chunks { counts.add(chunk[column].counts) }
    var spelling = Spelling()
    spelling.take(counts)
    spelling.quotedCount = counts.quoted
    switch plan {
    case .number:
      return (.numeric(numbers(column, counts)), spelling)
    case .temporal(let format):
      let numbers = numbers(column, counts)
      spelling.integerCount = 0
      let values = TemporalValues(
        values: numbers.values, validity: numbers.validity, granularity: counts.granularity,
        format: format, zonedCount: counts.zoned)
      return (.temporal(values), spelling)
    case .coded, .skipped:
      return strings(column, counts, spelling)
    }
  }

  private func numbers(_ column: Int, _ counts: CellCounts) -> NumericValues {
    let missing = rowCount - counts.parsed
    var words = [UInt64](repeating: 0, count: missing == 0 ? 0 : (rowCount + 63) / 64)
    let values = unsafe [Double](unsafeUninitializedCapacity: rowCount) { buffer, count in
      for chunk in chunks {
        let segment = chunk[column]
        for row in 0..<chunk.rows {
          let value = segment.double(row)
          let isMissing = missing != 0 && value.isNaN
          unsafe buffer.initializeElement(at: count, to: isMissing ? 0 : value)
          if missing != 0, !isMissing { words[count >> 6] |= 1 << UInt64(count & 63) }
          count += 1
        }
      }
    }
    let mask =
      missing == 0
      ? nil : ValidityMask(words: words, count: rowCount, missingCount: missing)
    return NumericValues(values: values, validity: mask)
  }

  private func strings(
    _ column: Int, _ counts: CellCounts, _ before: Spelling
  ) -> (RawValues, Spelling) {
    var spelling = before
    let filled = rowCount - counts.blank
    if chunks.contains(where: { $0[column].keepsRanges }) {
      let estimate = estimate(column)
      if isText(estimate, filled: filled) {
        spelling.distinctCount = min(filled, estimate)
        return (.text(text(column)), spelling)
      }
    }
    let coded = codes(column)
    spelling.distinctCount = coded.levels.count
    if isText(coded.levels.count, filled: filled) { return (.text(text(column)), spelling) }
    return (.coded(coded), spelling)
  }

  private func isText(_ levels: Int, filled: Int) -> Bool {
    levels > Self.textLevels && levels * 2 > filled
  }

  /// The number of different strings; a function of their set alone.
  private func estimate(_ column: Int) -> Int {
    var sketch = DistinctSketch()
    for chunk in chunks {
      if let other = chunk[column].sketch { sketch.merge(other) }
      if let dictionary = chunk[column].dictionary {
        for code in 0..<dictionary.count { sketch.add(dictionary.entry(code).hash) }
      }
    }
    return Int(sketch.estimate)
  }

  private func codes(_ column: Int) -> CodedValues {
    var builder = LevelListBuilder()
    let codes = unsafe [Int32](unsafeUninitializedCapacity: rowCount) { buffer, count in
      for chunk in chunks {
        let segment = chunk[column]
        guard let dictionary = segment.dictionary else {
          for row in 0..<chunk.rows {
            let range = segment.range(row)
            let code =
              range.length == 0
              ? -1
              : insert(
                range.start, range.length, range.isEscaped,
                bytes.hash(range.start, range.length), &builder)
            unsafe buffer.initializeElement(at: count, to: code)
            count += 1
          }
          continue
        }
        var map = [Int32](repeating: -1, count: dictionary.count + 1)
        for code in 0..<dictionary.count {
          let entry = dictionary.entry(code)
          map[code + 1] = insert(entry.start, entry.length, entry.isEscaped, entry.hash, &builder)
        }
        for row in 0..<chunk.rows {
          unsafe buffer.initializeElement(at: count, to: map[Int(segment.code(row)) + 1])
          count += 1
        }
      }
    }
    return CodedValues(codes: codes, levels: builder.finish())
  }

  private func insert(
    _ start: Int, _ length: Int, _ isEscaped: Bool, _ hash: UInt64,
    _ builder: inout LevelListBuilder
  ) -> Int32 {
    if isEscaped {
      let text = CellScanner.unescaped(bytes, start, length)
      return builder.insert(text.span)
    }
    return bytes.withSpan(start, length) { builder.insert($0, hash: hash) }
  }

  private func text(_ column: Int) -> TextValues {
    var target: [UInt8] = []
    var offsets: [Int] = []
    offsets.reserveCapacity(rowCount + 1)
    offsets.append(0)
    for chunk in chunks {
      let segment = chunk[column]
      for row in 0..<chunk.rows {
        append(range(segment, row), to: &target)
        offsets.append(target.count)
      }
    }
    return TextValues(bytes: target, offsets: offsets)
  }

  @inline(__always)
  private func range(_ segment: ColumnSegment, _ row: Int) -> CellRange {
    if segment.keepsRanges { return segment.range(row) }
    let code = Int(segment.code(row))
    guard code >= 0, let entry = segment.dictionary?.entry(code) else {
      return CellRange(start: 0, lengthAndEscape: 0)
    }
    return CellRange(start: entry.start, lengthAndEscape: entry.lengthAndEscape)
  }

  @inline(__always)
  private func append(_ range: CellRange, to target: inout [UInt8]) {
    if range.length == 0 { return }
    if range.isEscaped {
      target.append(contentsOf: CellScanner.unescaped(bytes, range.start, range.length))
    } else {
      bytes.append(range.start, range.length, to: &target)
    }
  }
}
