import AssayNumerics

/// The sum of the products of the ranks of a pair of columns, each taken twice and about its mean.
package struct RankProducts {
  private let rows: RowSet
  private let first: [Int32]
  private let second: [Int32]
  private let count: Int

  /// - Parameters:
  ///   - rows: The rows in which both columns have a value.
  ///   - first: The position of each row's value among the distinct values of the first column.
  ///   - second: Likewise of the second.
  package init(_ rows: RowSet, _ first: [Int32], _ second: [Int32]) {
    self.rows = rows
    self.first = first
    self.second = second
    count = rows.count
  }

  /// Σ (2r − n − 1)(2s − n − 1), r and s the ranks of a row.
  package func sum<First: PairRanks, Second: PairRanks>(_ x: First, _ y: Second) -> Double {
    let middle = count + 1
    let words = rows.words
    let (first, second) = (first.span, second.span)
    var total = 0.0
    // Whole numbers up to 2⁶⁰ add up without rounding.
    let most = max(1, (1 << 60) / (middle * middle) / 64)
    var start = 0
    while start < words.count {
      let end = min(words.count, start + most)
      var sum = 0
      for index in start..<end {
        var word = words[index]
        while word != 0 {
          let row = index &* 64 &+ word.trailingZeroBitCount
          // SAFETY: the set holds rows of both columns only.
          let (a, b) = unsafe (first[unchecked: row], second[unchecked: row])
          sum &+= (x.twice(a) &- middle) &* (y.twice(b) &- middle)
          word &= word &- 1
        }
      }
      total += Double(sum)
      start = end
    }
    return total
  }
}
