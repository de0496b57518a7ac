import AssayFiles
import AssayTable

/// Compares numbers read from a table with the standard library's.
enum NumberFuzz {
  /// Reads a table of random numbers of many kinds.
  ///
  /// - Returns: the first number that differs, or nil.
  static func disagreement(seed: UInt64, count: Int) -> String? {
    var random = SplitMix(seed: seed)
    let texts = (0..<count).map { _ in number(&random) }
    let bytes = Array(("x,y\n" + texts.map { "\($0),1\n" }.joined()).utf8)
    var options = ReadingOptions()
    options.computesDigest = false
    let table: RawTable
    do {
      table = try TableReader(options: options).read(MappedFile(bytes: bytes, name: "numbers"))
    } catch {
      return "\(error)"
    }
    guard case .numeric(let values) = table.columns[0].values else { return "no column of numbers" }
    for (row, text) in texts.enumerated() {
      let expected = Double(text) ?? .infinity
      let isRight =
        expected.isFinite
        ? values[row]?.bitPattern == expected.bitPattern : values[row] == nil
      if !isRight { return text }
    }
    return nil
  }

  private static func number(_ random: inout SplitMix) -> String {
    switch random.below(6) {
    case 0:
      // Any double at all, in the fewest digits.
      let value = Double(bitPattern: random.next())
      return value.isFinite ? "\(value)" : "0.5"
    case 1:
      // Up to 25 digits and any exponent.
      let digits = (0..<(1 + random.below(25))).map { _ in String(random.below(10)) }.joined()
      return "\(1 + random.below(9)).\(digits)e\(random.below(660) - 340)"
    case 2:
      let digits = (0..<(1 + random.below(6))).map { _ in String(random.below(10)) }.joined()
      return "\(random.below(1_000_000)).\(digits)"
    case 3: return "\(Double.random(in: -1e6...1e6, using: &random))"
    case 4: return String(Int.random(in: -(1 << 53)...(1 << 53), using: &random))
    default:
      // Halfway between two doubles: the digits of a sum that a double cannot hold.
      let base = (1 << 53) + UInt64(random.below(1 << 40)) * 2
      return "\(base + 1).0"
    }
  }
}
