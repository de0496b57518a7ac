package import AssayDocument
package import AssayTable
package import Foundation

/// Looks for cells that few real rows have in what is about to be published: the last check of a
/// report on itself.
///
/// Metrics publish aggregates, pool rare levels and round edges. This looks at what came of it, with no
/// trust in how it was made: every string of the real tables that fewer than k of their rows hold is
/// looked for in the strings of the document and in the finished files.
///
/// - A cell that no sentence of ours could hold by accident (an address, a number of a person, a name of
///   three words) is looked for everywhere.
/// - One of several words, or with a capital, a digit or a letter beyond ASCII, is looked for in
///   whatever the document says of these data.
/// - A plain word such as `widowed` is looked for where labels of cells stand, since sentences use words.
///
/// A cell counts as found where it stands between characters that are neither letters nor digits, in
/// its own spelling. Not looked for are cells that also are names of columns or tables, numbers and
/// dates: edges are rounded, and counts would equal some of them by chance.
///
/// - Complexity: O(characters of what is published + cells of strings).
package struct RareCellScan {
  private let tables: [RawTable]
  private let k: Int

  /// - Parameters:
  ///   - tables: The real tables.
  ///   - k: A cell of fewer real rows is rare.
  package init(tables: [RawTable], k: Int) {
    self.tables = tables
    self.k = k
  }

  /// The columns of which a rare cell is in a document or in files made from it, in file order.
  ///
  /// - Parameters:
  ///   - document: The document.
  ///   - files: The finished files; those that are no text are looked through as they are.
  /// - Returns: Their names; empty where the report may be written.
  /// - Throws: What keeps the document from being written as JSON.
  package func columns(in document: EvaluationDocument, files: [[UInt8]]) throws -> [String] {
    let names =
      document.columns.map(\.name)
      + [document.inputs.training, document.inputs.synthetic, document.inputs.holdout]
      .compactMap { $0?.name }
    return try columns(in: document.json(), names: names, files: files)
  }

  /// The same of any JSON that this program made, such as a comparison of several tables.
  ///
  /// - Parameters:
  ///   - json: The JSON.
  ///   - names: Names of columns and tables, which a cell may equal without telling anything.
  ///   - files: The finished files.
  /// - Returns: Names of columns; empty where the files may be written.
  /// - Throws: What is wrong with the JSON.
  package func columns(in json: Data, names: [String], files: [[UInt8]]) throws -> [String] {
    let said = try PublishedStrings(json)
    func bytes(_ strings: [String]) -> Set<ArraySlice<UInt8>> {
      Set(strings.map { Array($0.utf8)[...] })
    }
    let labels = bytes(said.labels)
    let known = bytes(names)
    let sentences = TokenIndex(said.data.map { Array($0.utf8) })
    // Files are many times as long as what is said, and few tables have cells to look for in them.
    lazy var finished = TokenIndex(files)
    var found: [String] = []
    for column in tables.flatMap(\.columns) where !found.contains(column.name) {
      let isPublished = hasRareCell(column.name) { cell in
        let isMet =
          switch CellKind(cell) {
          case .plain: labels.contains(cell)
          case .marked: sentences.contains(cell)
          case .telling: sentences.contains(cell) || finished.contains(cell)
          case nil: false
          }
        return isMet && !known.contains(cell)
      }
      if isPublished { found.append(column.name) }
    }
    return found
  }

  /// Whether a cell that `isMet` is rare in the columns of a name, all tables together.
  private func hasRareCell(_ name: String, _ isMet: (ArraySlice<UInt8>) -> Bool) -> Bool {
    // Only cells that are met are counted: where most differ, nearly none is.
    var counts: [ArraySlice<UInt8>: Int] = [:]
    for column in tables.flatMap(\.columns) where column.name == name {
      switch column.values {
      case .numeric, .temporal:
        continue
      case .coded(let values):
        for (level, rows) in values.levelCounts().enumerated() where rows > 0 {
          let cell = values.levels.bytes(at: level)
          if isMet(cell) { counts[cell, default: 0] += rows }
        }
      case .text(let values):
        for row in 0..<values.count {
          let cell = values.bytes(at: row)
          if isMet(cell) { counts[cell, default: 0] += 1 }
        }
      }
    }
    return counts.values.contains { $0 < k }
  }
}

/// How surely a cell is a cell where it is met.
private enum CellKind {
  case plain, marked, telling

  /// `nil` for what is not looked for: numbers, dates, single characters.
  init?(_ cell: ArraySlice<UInt8>) {
    var (digits, letters, capitals, beyond, words) = (0, 0, 0, 0, 0)
    var (isInWord, isAddress) = (false, false)
    for byte in cell {
      let isWord = TokenIndex.isWord(byte)
      if isWord, !isInWord { words += 1 }
      isInWord = isWord
      switch byte {
      case 0x30...0x39: digits += 1
      case 0x41...0x5A: (letters, capitals) = (letters + 1, capitals + 1)
      case 0x61...0x7A: letters += 1
      case 0x80...: beyond += 1
      case UInt8(ascii: "@"): isAddress = true
      default: break
      }
    }
    letters += beyond
    guard words > 0, cell.count > 1 else { return nil }
    guard letters > 0 else {
      // Telephone numbers and the like; dates and times have fewer than nine digits or other signs.
      guard digits >= 9, words == 1 else { return nil }
      self = .telling
      return
    }
    if isAddress || (digits > 0 && cell.count >= 8) || (words >= 3 && capitals >= 2) {
      self = .telling
    } else if cell.count >= 5, capitals + digits + beyond > 0 {
      self = .marked
    } else {
      self = .plain
    }
  }
}
