import AssayFiles
import AssayTable

/// One damaged table, read by both readers.
struct FuzzCase {
  let bytes: [UInt8]
  let options: ReadingOptions

  /// Makes the case of a number.
  init(seed: UInt64) {
    var mutator = TableMutator(random: SplitMix(seed: seed))
    var (bytes, delimiter, hasHeader) = mutator.table()
    mutator.mutate(&bytes)
    var options = ReadingOptions(threads: mutator.random.one(in: 8) ? 2 : 1)
    if !mutator.random.one(in: 3) {
      options.delimiter = Character(Unicode.Scalar(delimiter))
      options.hasHeader = hasHeader
    }
    if mutator.random.one(in: 2) { options.decimalMark = "." }
    options.computesDigest = false
    options.chunkBytes = mutator.random.pick([16, 40, 100, 4 << 20])
    self.bytes = bytes
    self.options = options
  }

  /// Reads the case.
  ///
  /// - Returns: nil if both readers agree, else what they disagree about.
  func disagreement() -> String? {
    let outcome: Result<RawTable, TableError>
    do throws(TableError) {
      let file: MappedFile
      do throws(FileError) { file = try MappedFile(bytes: bytes, name: "case") } catch {
        return nil
      }
      outcome = .success(try TableReader(options: options).read(file))
    } catch {
      outcome = .failure(error)
    }
    switch outcome {
    case .success(let table): return compare(table)
    case .failure(let error): return compare(error)
    }
  }

  /// Whether the slow reader can follow: UTF-8 text with delimiters.
  private func isPlain(_ source: SourceInfo) -> Bool {
    source.format == .delimitedText && source.encoding == .utf8
  }

  private func compare(_ table: RawTable) -> String? {
    for column in table.columns where column.values.count != table.rowCount {
      return "column \(column.position) has \(column.values.count) rows of \(table.rowCount)"
    }
    guard isPlain(table.source), let delimiter = table.source.delimiter?.asciiValue else {
      return nil
    }
    let slow = SlowReader(bytes, delimiter: delimiter)
    if !slow.faults.isEmpty { return "the slow reader has faults: \(slow.faults)" }
    let rows = table.source.hasHeader ? Array(slow.rows.dropFirst()) : slow.rows
    if rows.count != table.rowCount { return "\(table.rowCount) rows, slow \(rows.count)" }
    let width = slow.rows.first?.count ?? 0
    if width != table.columns.count { return "\(table.columns.count) columns, slow \(width)" }
    if table.source.hasHeader {
      for column in table.columns {
        let text = slow.rows[0][column.position].text
        let name = String(decoding: text, as: UTF8.self)
        let isFilled = column.position == 0 && name.allSatisfy(\.isWhitespace)
        if isFilled || Array(column.name.utf8) == text { continue }
        return "name of column \(column.position)"
      }
    }
    for column in table.columns {
      let cells = rows.map { $0[column.position].text }
      if let words = compare(column, cells) { return "column \(column.position): \(words)" }
    }
    return nil
  }

  private func compare(_ column: RawColumn, _ cells: [[UInt8]]) -> String? {
    let slow = SlowCells(
      missingTokens: Set(options.missingTokens),
      decimalMark: column.spelling.decimalComma ? "," : ".")
    var isNumeric = false
    switch column.values {
    case .numeric(let values):
      isNumeric = true
      for (row, cell) in cells.enumerated() {
        let expected: Double? =
          if case .number(let value) = slow.number(cell) { value } else { nil }
        if values[row] != expected { return "row \(row): number" }
        if expected == nil, values.values[row] != 0 { return "row \(row): value under the mask" }
      }
    case .temporal(let values):
      for (row, cell) in cells.enumerated() {
        let isMissing = slow.number(cell) == .missing
        let expected = isMissing ? nil : SlowCells.seconds(cell, order: values.format.rawValue)
        if values[row] != expected { return "row \(row): date" }
      }
    case .coded(let values):
      var seen = -1
      for (row, cell) in cells.enumerated() {
        let code = Int(values.codes[row])
        if code > seen + 1 { return "row \(row): levels are out of order" }
        seen = max(seen, code)
        let text = code < 0 ? [] : Array(values.levels.bytes(at: code))
        if text != cell { return "row \(row): level" }
      }
      if seen + 1 != values.levels.count { return "levels without rows" }
    case .text(let values):
      for (row, cell) in cells.enumerated() where Array(values.bytes(at: row)) != cell {
        return "row \(row): text"
      }
    }
    return isNumeric == slow.isNumeric(cells) ? nil : "numeric is \(isNumeric), slow differs"
  }

  private func compare(_ error: TableError) -> String? {
    let rowCodes: [TableError.Code] = [.raggedRow, .unterminatedQuote, .textAfterQuote]
    guard let delimiter = options.delimiter?.asciiValue, options.hasHeader != nil else {
      return nil
    }
    let slow = SlowReader(bytes, delimiter: delimiter)
    if rowCodes.contains(error.code) {
      if slow.faults.isEmpty { return "an error, but the slow reader has no fault: \(error)" }
      let isKnown = slow.faults.contains { $0.line == error.line }
      if !isKnown, !bytes.contains(where: { $0 >= 0x80 }) {
        return "an error in line \(error.line ?? 0), slow \(slow.faults)"
      }
    } else if error.code == .duplicateName || error.code == .emptyName {
      let names = slow.rows.first?.map { String(decoding: $0.text, as: UTF8.self) } ?? []
      let isFine =
        Set(names).count == names.count && !names.contains { $0.allSatisfy(\.isWhitespace) }
      if isFine { return "an error of names, but they are fine" }
    }
    return nil
  }
}
