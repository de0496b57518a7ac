/// Texts by the words in them, so that a cell is found without reading the texts again.
struct TokenIndex {
  private let texts: [[UInt8]]
  /// Where each word begins: the text and the place in it.
  private var places: [ArraySlice<UInt8>: [(text: Int32, start: Int32)]] = [:]

  /// - Complexity: O(bytes).
  init(_ texts: [[UInt8]]) {
    self.texts = texts
    for (text, bytes) in texts.enumerated() {
      var place = 0
      while place < bytes.count {
        guard Self.isWord(bytes[place]) else {
          place += 1
          continue
        }
        let start = place
        while place < bytes.count, Self.isWord(bytes[place]) { place += 1 }
        places[bytes[start..<place], default: []].append((Int32(text), Int32(start)))
      }
    }
  }

  /// Whether a cell stands in one of the texts, between characters that are neither letters nor digits.
  ///
  /// - Complexity: O(places of its first word).
  func contains(_ cell: ArraySlice<UInt8>) -> Bool {
    guard let first = cell.firstIndex(where: Self.isWord), let last = cell.last else {
      return false
    }
    let end = cell[first...].firstIndex { !Self.isWord($0) } ?? cell.endIndex
    for (text, start) in places[cell[first..<end]] ?? [] {
      let bytes = texts[Int(text)]
      let from = Int(start) - (first - cell.startIndex)
      let after = from + cell.count
      guard from >= 0, after <= bytes.count, bytes[from..<after].elementsEqual(cell) else {
        continue
      }
      if !Self.isWord(last) || after == bytes.count || !Self.isWord(bytes[after]) { return true }
    }
    return false
  }

  /// Letters, digits and all that is not ASCII.
  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
    default: false
    }
  }
}
