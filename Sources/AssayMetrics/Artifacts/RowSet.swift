package import AssayTable

/// A set of rows, a bit each.
package struct RowSet {
  private(set) var words: [UInt64]

  /// The rows that both masks hold; no mask holds every row.
  package init(_ first: ValidityMask?, _ second: ValidityMask?, count: Int) {
    words = Self.words(first, count)
    if let second { for index in words.indices { words[index] &= second.words[index] } }
  }

  /// The rows that the first mask holds and the second does not; no mask holds every row.
  package init(_ first: ValidityMask?, without second: ValidityMask?, count: Int) {
    guard let second else {
      words = []
      return
    }
    words = Self.words(first, count)
    for index in words.indices { words[index] &= ~second.words[index] }
  }

  private static func words(_ mask: ValidityMask?, _ count: Int) -> [UInt64] {
    if let mask { return mask.words }
    var words = [UInt64](repeating: .max, count: (count + 63) / 64)
    if count % 64 > 0 { words[words.count - 1] = 1 << UInt64(count % 64) - 1 }
    return words
  }

  /// The number of rows.
  package var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// The rows, ascending.
  package var rows: [Int32] {
    var rows: [Int32] = []
    rows.reserveCapacity(count)
    forEach { rows.append(Int32($0)) }
    return rows
  }

  /// Calls `body` for each row, ascending.
  @inline(__always)
  package func forEach(_ body: (Int) -> Void) {
    for index in words.indices {
      var word = words[index]
      while word != 0 {
        body(index * 64 + word.trailingZeroBitCount)
        word &= word - 1
      }
    }
  }

  /// What `value` gives for each row, ascending.
  @inline(__always)
  package func gather(_ value: (Int) -> Double) -> [Double] {
    var values = [Double](repeating: 0, count: count)
    var span = values.mutableSpan
    var next = 0
    for index in words.indices {
      var word = words[index]
      while word != 0 {
        span[next] = value(index * 64 + word.trailingZeroBitCount)
        next += 1
        word &= word - 1
      }
    }
    return values
  }
}
