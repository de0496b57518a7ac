/// Makes small tables as text, and damages them.
struct TableMutator {
  var random: SplitMix

  /// A table as bytes, its delimiter, and whether it was made with names.
  mutating func table() -> (bytes: [UInt8], delimiter: UInt8, hasHeader: Bool) {
    let delimiter = random.pick([0x2C, 0x2C, 0x2C, 0x3B, 0x09, 0x7C] as [UInt8])
    let lineEnd: [UInt8] = random.pick([[0x0A], [0x0A], [0x0D, 0x0A], [0x0D]])
    let columns = random.pick([1, 1, 2, 3, 4, 7])
    let rows = random.pick([0, 1, 2, 3, 5, 9, 30])
    let kinds = (0..<columns).map { _ in random.below(9) }
    let hasHeader = !random.one(in: 4)
    var bytes: [UInt8] = random.one(in: 20) ? [0xEF, 0xBB, 0xBF] : []
    func end() -> [UInt8] { lineEnd }
    if hasHeader {
      for column in 0..<columns {
        if column > 0 { bytes.append(delimiter) }
        bytes += Array("name\(column)".utf8)
      }
      bytes += end()
    }
    for row in 0..<rows {
      for column in 0..<columns {
        if column > 0 { bytes.append(delimiter) }
        bytes += cell(kinds[column], row)
      }
      bytes += row == rows - 1 && random.one(in: 3) ? [] : end()
      if random.one(in: 40) { bytes += end() }
    }
    return (bytes, delimiter, hasHeader)
  }

  private mutating func cell(_ kind: Int, _ row: Int) -> [UInt8] {
    if random.one(in: 12) { return [] }
    let text: String =
      switch kind {
      case 0: String(Int.random(in: -50...1_000, using: &random))
      case 1: "\(Double.random(in: -10...1_000, using: &random))"
      case 2: random.pick(["a", "b", "long level name", "é", "NA", "x;y", "1.0"])
      case 3: "row \(row) \(random.below(1_000_000))"
      case 4: "20\(random.below(90) + 10)-0\(random.below(9) + 1)-1\(random.below(10))"
      case 5: "\(random.below(28) + 1)/\(random.below(12) + 1)/2020 10:00"
      case 6:
        random.pick(["1", "2.50", "1e3", "-0", "+7", "007", "NA", "?", "inf", " 4 ", "1,5", "."])
      case 7: random.pick(["true", "false", "9007199254740993", "123456789012345678901234567890"])
      default: "2020-01-0\(random.below(9) + 1)T0\(random.below(10)):1\(random.below(10)):00Z"
      }
    if random.one(in: 5) || text.contains("\"") {
      let inner = random.one(in: 3) ? text + random.pick(["\"\"", "\n", ",", "\r\n", " "]) : text
      return Array("\"\(inner)\"".utf8)
    }
    return Array(text.utf8)
  }

  /// Damages bytes in a few places.
  mutating func mutate(_ bytes: inout [UInt8]) {
    let interesting: [UInt8] = [
      0x22, 0x22, 0x2C, 0x0A, 0x0D, 0x3B, 0x09, 0x7C, 0x30, 0x39, 0x2D, 0x2E, 0x65, 0x20, 0xC3,
      0xFF,
      0x7B, 0x00,
    ]
    for _ in 0..<random.below(5) {
      guard !bytes.isEmpty else { return }
      let place = random.below(bytes.count)
      switch random.below(8) {
      case 0: bytes[place] = random.pick(interesting)
      case 1: bytes.insert(random.pick(interesting), at: place)
      case 2: bytes.remove(at: place)
      case 3: bytes[place] ^= 1 << UInt8(random.below(8))
      case 4: bytes.removeLast(min(bytes.count, random.below(8)))
      case 5:
        let end = min(bytes.count, place + random.below(20))
        bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count))
      case 6:
        let end = min(bytes.count, place + random.below(12))
        bytes.removeSubrange(place..<end)
      default: bytes.insert(0x22, at: place)
      }
    }
  }
}
