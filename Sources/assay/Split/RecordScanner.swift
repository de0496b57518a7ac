/// Finds the records of a file, so that they can be copied byte for byte.
struct RecordScanner {
  /// Where the rows stand.
  struct Layout: Equatable {
    /// Everything in front of the first row: byte order mark, blank lines, names.
    var head: Range<Int>
    /// The rows, each with its line end.
    var rows: [Range<Int>]
  }

  private let bytes: [UInt8]
  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The rows of delimited text: a cell is quoted if its first byte is a quote, and a quoted cell
  /// may hold line ends.
  ///
  /// - Complexity: O(n).
  func delimited(by delimiter: UInt8, hasHeader: Bool, columns: Int) -> Layout {
    var place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    place = skippingLineEnds(from: place)
    if hasHeader { place = record(from: place, delimiter) }
    let head = 0..<place
    var rows: [Range<Int>] = []
    while place < bytes.count {
      if columns > 1, isLineEnd(place) {
        place = behindLineEnd(place)
        continue
      }
      let next = record(from: place, delimiter)
      rows.append(place..<next)
      place = next
    }
    return Layout(head: head, rows: rows)
  }

  /// The lines that hold more than blanks.
  func lines() -> Layout {
    var place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let head = 0..<place
    var rows: [Range<Int>] = []
    while place < bytes.count {
      let next = bytes[place...].firstIndex(of: Self.lineFeed).map { $0 + 1 } ?? bytes.count
      let isBlank = bytes[place..<next].allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
      if !isBlank { rows.append(place..<next) }
      place = next
    }
    return Layout(head: head, rows: rows)
  }

  /// A record without its line end.
  func body(_ record: Range<Int>) -> ArraySlice<UInt8> {
    var end = record.upperBound
    while end > record.lowerBound, isLineEnd(end - 1) { end -= 1 }
    return bytes[record.lowerBound..<end]
  }

  /// The bytes of some records behind the head; a record without a line end gets the file's own.
  func file(_ layout: Layout, keeping isKept: (Int) -> Bool) -> [UInt8] {
    let end = lineEnd(of: layout)
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    append(layout.head, end, to: &out)
    for (position, row) in layout.rows.enumerated() where isKept(position) {
      append(row, end, to: &out)
    }
    return out
  }

  /// All rows, with lines added in front of the row of their number, or behind the last one.
  func file(_ layout: Layout, adding lines: [Int: [[UInt8]]]) -> [UInt8] {
    let end = lineEnd(of: layout)
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    append(layout.head, end, to: &out)
    for position in 0...layout.rows.count {
      for line in lines[position] ?? [] {
        out += line.last == Self.lineFeed ? line.dropLast() : line[...]
        out += end
      }
      if position < layout.rows.count { append(layout.rows[position], end, to: &out) }
    }
    return out
  }

  private func append(_ range: Range<Int>, _ end: [UInt8], to out: inout [UInt8]) {
    out += bytes[range]
    let isBare = range.upperBound == bytes.count && !range.isEmpty
    if isBare, !isLineEnd(range.upperBound - 1) { out += end }
  }

  private func lineEnd(of layout: Layout) -> [UInt8] {
    let first = layout.head.isEmpty ? layout.rows.first : layout.head
    guard let first, !first.isEmpty else { return [Self.lineFeed] }
    let tail = bytes[first].suffix(2)
    if tail.elementsEqual([Self.carriageReturn, Self.lineFeed]) { return Array(tail) }
    return tail.last == Self.carriageReturn ? [Self.carriageReturn] : [Self.lineFeed]
  }

  /// The index behind the record that starts at `start`, its line end included.
  private func record(from start: Int, _ delimiter: UInt8) -> Int {
    var place = start
    while place < bytes.count {
      if bytes[place] == Self.quote { place = behindQuoted(place) }
      while place < bytes.count, bytes[place] != delimiter, !isLineEnd(place) { place += 1 }
      guard place < bytes.count else { return place }
      if isLineEnd(place) { return behindLineEnd(place) }
      place += 1
    }
    return place
  }

  private func behindQuoted(_ start: Int) -> Int {
    var place = start + 1
    while place < bytes.count {
      if bytes[place] != Self.quote {
        place += 1
      } else if place + 1 < bytes.count, bytes[place + 1] == Self.quote {
        place += 2
      } else {
        return place + 1
      }
    }
    return place
  }

  private func skippingLineEnds(from start: Int) -> Int {
    var place = start
    while place < bytes.count, isLineEnd(place) { place += 1 }
    return place
  }

  private func isLineEnd(_ place: Int) -> Bool {
    bytes[place] == Self.lineFeed || bytes[place] == Self.carriageReturn
  }

  private func behindLineEnd(_ place: Int) -> Int {
    let isPair =
      bytes[place] == Self.carriageReturn && place + 1 < bytes.count
      && bytes[place + 1] == Self.lineFeed
    return place + (isPair ? 2 : 1)
  }
}
