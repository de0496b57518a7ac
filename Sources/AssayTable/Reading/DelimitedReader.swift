internal import AssayFiles

/// Reads delimited text in UTF-8 from memory.
struct DelimitedReader {
  /// A table without its source.
  struct Parsed {
    var rowCount: Int
    var columns: [RawColumn]
    var notices: [ReadingNotice]
    var delimiter: UInt8
    var hasHeader: Bool
  }

  let bytes: Bytes
  let file: String
  let options: ReadingOptions
  let tokens: MissingTokens

  init(_ contents: MappedFile, file: String, options: ReadingOptions) {
    bytes = Bytes(contents)
    self.file = file
    self.options = options
    tokens = MissingTokens(options.missingTokens)
  }

  /// Everything that is known before the sweep.
  private struct Layout {
    var cells: CellScanner
    var numbers: NumberScanner
    var names: HeaderNames
    var hasHeader: Bool
    var dataStart: Int
    var forcedText: Set<Int>
  }

  /// Reads the table that starts at a byte.
  func read(from start: Int, survey: ByteSurvey) throws(TableError) -> Parsed {
    var layout = try layout(from: start)
    var notices: [ReadingNotice] = []
    if !layout.hasHeader {
      notices.append(
        .init(
          code: .noHeader,
          message: "the first row holds no names; the columns are called column_1 and so on"))
    }
    let isLimited = options.rowLimit.map { limit(&layout, rows: $0) } ?? false
    if isLimited {
      notices.append(
        .init(
          code: .rowLimit, count: options.rowLimit,
          message: "only the first \(options.rowLimit ?? 0) rows were read"))
    }
    let pass = try pass(layout, survey, isLimited: isLimited)
    notices += pass.notices
    guard pass.rowCount > 0 else { throw noRows(line: lineNumber(layout.dataStart)) }
    let columns = try columns(pass, layout)
    notices += ColumnNotices.make(columns, names: layout.names)
    return Parsed(
      rowCount: pass.rowCount, columns: columns, notices: notices,
      delimiter: layout.cells.delimiter, hasHeader: layout.hasHeader)
  }

  // MARK: Layout

  private func layout(from start: Int) throws(TableError) -> Layout {
    var place = start
    let anyLine = CellScanner(delimiter: 0x2C, end: bytes.count)
    while place < bytes.count, anyLine.isLineEnd(bytes[place]) {
      place = anyLine.skipLineEnd(bytes, place)
    }
    guard place < bytes.count else {
      throw TableError(
        file: file, message: "the file holds no line", remedy: "check how it was made",
        problems: [.init(code: .empty)])
    }
    let detection = DialectDetection(bytes: bytes, start: place, end: bytes.count, tokens: tokens)
    let delimiter = try options.delimiter.map(ascii) ?? detection.delimiter()
    let mark = try options.decimalMark.map(ascii) ?? detection.decimalMark(delimiter)
    guard mark == 0x2E || mark == 0x2C, mark != delimiter else {
      throw badOption("the decimal mark must be a point or a comma and not the delimiter")
    }
    let hasHeader = options.hasHeader ?? detection.hasHeader(delimiter, decimalMark: mark)
    let cells = CellScanner(delimiter: delimiter, end: bytes.count)
    let first = cells.row(bytes, at: place)
    if let problem = headerFault(first.cells, place) { throw problem }
    let names =
      hasHeader
      ? try HeaderNames(
        first.cells, bytes, file: file, line: lineNumber(place),
        maxProblems: options.maxProblems)
      : HeaderNames(count: first.cells.count)
    let forced = names.names.indices.filter { options.textColumns.contains(names.names[$0]) }
    return Layout(
      cells: cells, numbers: NumberScanner(decimalMark: mark), names: names, hasHeader: hasHeader,
      dataStart: hasHeader ? first.next : place, forcedText: Set(forced))
  }

  private func ascii(_ character: Character) throws(TableError) -> UInt8 {
    guard let byte = character.asciiValue, byte != 0x22, byte != 0x0A, byte != 0x0D, byte != 0
    else { throw badOption("the delimiter must be one ASCII character and no quote or line end") }
    return byte
  }

  private func headerFault(_ cells: [Cell], _ start: Int) -> TableError? {
    let faults: [RowProblem] = cells.compactMap { cell in
      switch cell.fault {
      case .none: nil
      case .unterminatedQuote:
        RowProblem(code: .unterminatedQuote, offset: cell.start, number: 0)
      case .textAfterQuote: RowProblem(code: .textAfterQuote, offset: cell.start, number: 0)
      }
    }
    return faults.isEmpty ? nil : error(faults, count: faults.count, columnCount: cells.count)
  }

  /// Cuts the data behind so many rows.
  ///
  /// - Returns: whether anything was cut off.
  private func limit(_ layout: inout Layout, rows: Int) -> Bool {
    let cells = layout.cells
    var place = layout.dataStart
    var count = 0
    while place < cells.end, count < rows {
      if cells.isLineEnd(bytes[place]), layout.names.names.count > 1 {
        place = cells.skipLineEnd(bytes, place)
        continue
      }
      place = cells.row(bytes, at: place, limit: 0).next
      count += 1
    }
    guard place < cells.end else { return false }
    layout.cells = CellScanner(delimiter: cells.delimiter, end: place)
    return true
  }

  // MARK: Passes

  /// The outcome of all sweeps.
  private struct Pass {
    var chunks: [ChunkResult]
    /// Chunks of the sweep that read the columns whose first plan failed.
    var again: [ChunkResult]
    var plans: [CellPlan]
    var failed: Set<Int>
    var rowCount: Int
    var notices: [ReadingNotice]
  }

  private func pass(
    _ layout: Layout, _ survey: ByteSurvey, isLimited: Bool
  ) throws(TableError) -> Pass {
    let count = layout.names.names.count
    let cells = layout.cells
    // Very wide tables take larger chunks, so that the room each column needs a chunk stays small.
    let step = max(1, count * 16_384 / survey.chunkBytes)
    func walk() -> ChunkMap {
      ChunkMap.byWalking(
        bytes, chunkBytes: survey.chunkBytes * step, from: layout.dataStart, cells: cells)
    }
    var map =
      isLimited
      ? walk()
      : ChunkMap.byParity(
        bytes, survey: survey, from: layout.dataStart, cells: cells, stride: step)
    let guesses = ColumnPlans(
      bytes: bytes, cells: cells, numbers: layout.numbers, tokens: tokens)
    let plans = guesses.guess(count, map, forcedText: layout.forcedText)
    let sweep = ChunkSweep(
      bytes: bytes, cells: cells, numbers: layout.numbers, tokens: tokens, columnCount: count,
      maxProblems: options.maxProblems)
    let rowBytes = guesses.rowBytes(from: layout.dataStart)
    var chunks = try run(sweep, map, plans, rowBytes)
    var notices: [ReadingNotice] = []
    let quotes = isLimited ? 0 : survey.quotes - headerQuotes(from: survey.start, layout)
    if !isLimited, quotes > 0, !isClean(chunks, map, quotes) {
      // The parity of quotes misled: walk through all cells in order, which is always right.
      map = walk()
      chunks = try run(sweep, map, plans, rowBytes)
      let stray = quotes - chunks.reduce(0) { $0 + $1.quotes }
      if stray > 0 {
        notices.append(
          .init(
            code: .strayQuotes, count: stray,
            message: "\(stray) quotes inside cells without quotes were taken as they stand"))
      }
    }
    try check(chunks, count)
    let blank = chunks.reduce(0) { $0 + $1.blankLines }
    if blank > 0 {
      notices.append(
        .init(
          code: .blankLinesSkipped, count: blank, message: "\(blank) blank lines were skipped"))
    }
    let failed = Set(plans.indices.filter { needsStrings($0, plans, chunks) })
    var again: [ChunkResult] = []
    if !failed.isEmpty {
      let second = plans.indices.map { failed.contains($0) ? CellPlan.coded : .skipped }
      again = try run(sweep, map, second, rowBytes)
    }
    return Pass(
      chunks: chunks, again: again, plans: plans, failed: failed,
      rowCount: chunks.reduce(0) { $0 + $1.rows }, notices: notices)
  }

  private func run(
    _ sweep: ChunkSweep, _ map: ChunkMap, _ plans: [CellPlan], _ rowBytes: Int
  ) throws(TableError) -> [ChunkResult] {
    let results = Workers.map(pieces: map.ranges.count, threads: options.threads) { index in
      let range = map.ranges[index]
      let expected = range.count / rowBytes + range.count / rowBytes / 8 + 16
      return sweep.run(range, plans: plans, expectedRows: expected)
    }
    guard let results else { throw cancelled() }
    return results
  }

  private func isClean(_ chunks: [ChunkResult], _ map: ChunkMap, _ quotes: Int) -> Bool {
    var used = 0
    for (chunk, range) in zip(chunks, map.ranges) {
      if chunk.problemCount > 0 || chunk.endOffset != range.upperBound { return false }
      used += chunk.quotes
    }
    return used == quotes
  }

  private func headerQuotes(from start: Int, _ layout: Layout) -> Int {
    var count = 0
    var place = layout.cells.nextQuote(bytes, from: start)
    while place < layout.dataStart {
      count += 1
      place = layout.cells.nextQuote(bytes, from: place + 1)
    }
    return count
  }

  /// Whether a column did not fit its plan, or held nothing of the kind.
  private func needsStrings(_ column: Int, _ plans: [CellPlan], _ chunks: [ChunkResult]) -> Bool {
    if plans[column] == .coded || plans[column] == .skipped { return false }
    return chunks.contains { $0[column].hasFailed }
      || chunks.allSatisfy { $0[column].counts.parsed == 0 }
  }

  // MARK: Columns

  private func columns(_ pass: Pass, _ layout: Layout) throws(TableError) -> [RawColumn] {
    let first = ColumnAssembly(bytes: bytes, chunks: pass.chunks, rowCount: pass.rowCount)
    let second = ColumnAssembly(bytes: bytes, chunks: pass.again, rowCount: pass.rowCount)
    let names = layout.names
    let order = options.dateOrder
    let tokens = tokens
    let columns = Workers.map(pieces: names.names.count, threads: options.threads) { column in
      let isAgain = pass.failed.contains(column)
      let raw =
        isAgain
        ? second.assemble(column, plan: .coded)
        : first.assemble(column, plan: pass.plans[column])
      for chunk in pass.chunks { chunk.release(column) }
      for chunk in pass.again { chunk.release(column) }
      let promotion = ColumnPromotion(
        numbers: layout.numbers, tokens: tokens, dateOrder: order,
        isForcedText: layout.forcedText.contains(column))
      let (values, spelling) = promotion.promote(raw.0, raw.1)
      return RawColumn(
        name: names.names[column], position: column, values: values, spelling: spelling,
        isRowIndex: column == 0 && names.firstMayCountRows && Self.countsRows(values))
    }
    guard let columns else { throw cancelled() }
    return columns
  }

  /// Whether a column holds a whole number of its own for each row, as the row numbers of a data frame are.
  private static func countsRows(_ values: RawValues) -> Bool {
    guard case .numeric(let numbers) = values, numbers.validity == nil,
      numbers.values.allSatisfy({ $0 >= 0 && $0 < 0x1p53 && Double(Int64($0)) == $0 })
    else { return false }
    let steps = numbers.values.indices.dropFirst()
    if steps.allSatisfy({ numbers.values[$0] == numbers.values[$0 - 1] + 1 }) { return true }
    return Set(numbers.values).count == numbers.count
  }
}
