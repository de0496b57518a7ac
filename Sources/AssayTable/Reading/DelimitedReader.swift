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
    guard pass.first.rows > 0 else { throw noRows(line: lineNumber(layout.dataStart)) }
    let columns = try columns(pass, layout)
    notices += ColumnNotices.make(columns, names: layout.names)
    return Parsed(
      rowCount: pass.first.rows, columns: columns, notices: notices,
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
    var first: SweepPass.Outcome
    /// The sweep that read the columns whose first plan failed.
    var again: SweepPass.Outcome?
    var failed: Set<Int>
    var notices: [ReadingNotice] = []
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
    let rowBytes = guesses.rowBytes(from: layout.dataStart)
    let sweep = ChunkSweep(
      bytes: bytes, cells: cells, numbers: layout.numbers, tokens: tokens, columnCount: count,
      maxProblems: options.maxProblems)
    let expectedRows = min(survey.lineFeeds + 1, options.rowLimit ?? .max)
    func run(_ plans: [CellPlan]) throws(TableError) -> SweepPass.Outcome {
      let pass = SweepPass(
        sweep: sweep, plans: plans, rowBytes: rowBytes, expectedRows: expectedRows,
        threads: options.threads)
      guard let outcome = pass.run(map) else { throw cancelled() }
      return outcome
    }
    var first = try run(plans)
    var notices: [ReadingNotice] = []
    let quotes = isLimited ? 0 : survey.quotes - headerQuotes(from: survey.start, layout)
    let isClean = first.isAligned && first.problemCount == 0 && first.quotes == quotes
    if !isLimited, quotes > 0, !isClean {
      // The parity of quotes misled: walk through all cells in order, which is always right.
      map = walk()
      first = try run(plans)
      notices += strayQuotes(quotes - first.quotes)
    }
    try check(first, count)
    notices += blankLines(first.blankLines)
    let failed = Set(plans.indices.filter { !first.builders[$0].fitsPlan })
    var again: SweepPass.Outcome?
    if !failed.isEmpty {
      again = try run(plans.indices.map { failed.contains($0) ? .coded : .skipped })
    }
    return Pass(first: first, again: again, failed: failed, notices: notices)
  }

  private func strayQuotes(_ count: Int) -> [ReadingNotice] {
    if count <= 0 { return [] }
    let message = "\(count) quotes inside cells without quotes were taken as they stand"
    return [ReadingNotice(code: .strayQuotes, count: count, message: message)]
  }

  private func blankLines(_ count: Int) -> [ReadingNotice] {
    if count == 0 { return [] }
    let message = "\(count) blank lines were skipped"
    return [ReadingNotice(code: .blankLinesSkipped, count: count, message: message)]
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

  // MARK: Columns

  private func columns(_ pass: Pass, _ layout: Layout) throws(TableError) -> [RawColumn] {
    let names = layout.names
    let order = options.dateOrder
    let tokens = tokens
    let columns = Workers.map(pieces: names.names.count, threads: options.threads) { column in
      let outcome = pass.failed.contains(column) ? pass.again : pass.first
      let raw = (outcome ?? pass.first).builders[column].finish()
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
