/// Where a cell's text stands.
struct Cell {
  /// The first byte of the text, behind an opening quote.
  var start: Int
  /// The bytes of the text, without quotes.
  var length: Int
  /// The text contains doubled quotes.
  var isEscaped: Bool
  var isQuoted: Bool
  /// The index of the delimiter, line end, or end of the data behind the cell.
  var next: Int
  /// What is wrong with the cell.
  var fault: Fault

  enum Fault { case none, unterminatedQuote, textAfterQuote }
}

/// Finds the cells of delimited text (RFC 4180), without judging their contents.
///
/// A cell is quoted if its first byte is a quote; a quote elsewhere is a character like any other. Lines end with LF,
/// CR LF, or CR.
struct CellScanner: Sendable {
  static let quote: UInt8 = 0x22
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D

  let delimiter: UInt8
  /// The end of the data.
  let end: Int
  private let pattern: UInt64

  init(delimiter: UInt8, end: Int) {
    self.delimiter = delimiter
    self.end = end
    pattern = Word.pattern(delimiter)
  }

  /// Whether a byte ends a cell that is not quoted.
  @inline(__always)
  func isStop(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == Self.lineFeed || byte == Self.carriageReturn
  }

  /// Whether a cell ends at an index.
  @inline(__always)
  func stops(_ bytes: Bytes, at index: Int) -> Bool {
    isStop(bytes[index]) || index >= end
  }

  /// High bits at bytes that may end a cell; the lowest one is exact except for rare control characters.
  @inline(__always)
  func hits(_ word: UInt64) -> UInt64 {
    Word.zeros(word ^ pattern) | Word.below(0x0E, word)
  }

  /// The index where a cell without quotes ends.
  @inline(__always)
  func plainEnd(_ bytes: Bytes, from start: Int) -> Int {
    var place = start
    while true {
      let found = hits(bytes.word(at: place))
      if found == 0 {
        place += 8
        continue
      }
      place += found.trailingZeroBitCount >> 3
      // The slack's zeros are below 14 too, so the scan always stops there.
      if place >= end { return end }
      if isStop(bytes[place]) { return place }
      place += 1
    }
  }

  /// The index of the next quote, or the end.
  @inline(__always)
  func nextQuote(_ bytes: Bytes, from start: Int) -> Int {
    var place = start
    while place < end {
      let found = Word.zeros(bytes.word(at: place) ^ Word.pattern(Self.quote))
      if found != 0 { return min(end, place + found.trailingZeroBitCount >> 3) }
      place += 8
    }
    return end
  }

  /// The cell that starts at an index.
  @inline(__always)
  func cell(_ bytes: Bytes, at start: Int) -> Cell {
    if bytes[start] == Self.quote, start < end { return quoted(bytes, at: start) }
    let next = plainEnd(bytes, from: start)
    return Cell(
      start: start, length: next - start, isEscaped: false, isQuoted: false, next: next,
      fault: .none)
  }

  @inline(never)
  private func quoted(_ bytes: Bytes, at start: Int) -> Cell {
    var place = start + 1
    var isEscaped = false
    while true {
      place = nextQuote(bytes, from: place)
      if place >= end {
        return Cell(
          start: start + 1, length: end - start - 1, isEscaped: isEscaped, isQuoted: true,
          next: end, fault: .unterminatedQuote)
      }
      if place + 1 < end, bytes[place + 1] == Self.quote {
        isEscaped = true
        place += 2
        continue
      }
      let next = place + 1
      let isClosed = stops(bytes, at: next)
      return Cell(
        start: start + 1, length: place - start - 1, isEscaped: isEscaped, isQuoted: true,
        next: isClosed ? next : plainEnd(bytes, from: next),
        fault: isClosed ? .none : .textAfterQuote)
    }
  }

  /// The index behind a line end at `index`.
  @inline(__always)
  func skipLineEnd(_ bytes: Bytes, _ index: Int) -> Int {
    if index >= end { return end }
    let isPair =
      bytes[index] == Self.carriageReturn && index + 1 < end
      && bytes[index + 1] == Self.lineFeed
    return index + (isPair ? 2 : 1)
  }

  /// Whether a byte ends a line.
  @inline(__always)
  func isLineEnd(_ byte: UInt8) -> Bool {
    byte == Self.lineFeed || byte == Self.carriageReturn
  }

  /// The cells of the row that starts at an index, and where the next row starts.
  func row(_ bytes: Bytes, at start: Int, limit: Int = .max) -> (cells: [Cell], next: Int) {
    var cells: [Cell] = []
    var place = start
    while true {
      let cell = self.cell(bytes, at: place)
      if cells.count < limit { cells.append(cell) }
      place = cell.next
      if place < end, bytes[place] == delimiter {
        place += 1
        continue
      }
      return (cells, skipLineEnd(bytes, place))
    }
  }

  /// The bytes of a cell with doubled quotes made single.
  static func unescaped(_ bytes: Bytes, _ start: Int, _ length: Int) -> [UInt8] {
    let raw = bytes.copy(start, length)
    var text: [UInt8] = []
    text.reserveCapacity(raw.count)
    var index = 0
    while index < raw.count {
      text.append(raw[index])
      let isPair =
        raw[index] == quote && index + 1 < raw.count && raw[index + 1] == quote
      index += isPair ? 2 : 1
    }
    return text
  }
}
