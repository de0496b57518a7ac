/// Which rows of a column hold a value: one bit a row.
public struct ValidityMask: Sendable, Hashable {
  /// The number of rows.
  public let count: Int
  /// The number of rows without a value.
  public let missingCount: Int
  /// The bits, 64 rows a word, the first row in the lowest bit; bits behind the last row are zero.
  public let words: [UInt64]

  /// Creates a mask from one flag a row.
  ///
  /// - Parameter present: true where the row holds a value.
  /// - Complexity: O(n).
  public init(present: some Collection<Bool>) {
    var words = [UInt64](repeating: 0, count: (present.count + 63) / 64)
    var row = 0
    var found = 0
    for flag in present {
      if flag {
        words[row >> 6] |= 1 << UInt64(row & 63)
        found += 1
      }
      row += 1
    }
    self.init(words: words, count: row, missingCount: row - found)
  }

  /// Creates a mask from finished words.
  ///
  /// Bits behind `count` must be zero, and `missingCount` the number of zero bits before.
  package init(words: [UInt64], count: Int, missingCount: Int) {
    precondition(words.count == (count + 63) / 64, "\(words.count) words for \(count) rows")
    self.words = words
    self.count = count
    self.missingCount = missingCount
  }

  /// Whether a row holds a value.
  public subscript(row: Int) -> Bool {
    precondition(row >= 0 && row < count, "row \(row) of \(count)")
    return words[row >> 6] >> UInt64(row & 63) & 1 == 1
  }
}
