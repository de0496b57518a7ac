/// Cells put together until a chi-square test of two samples can be trusted.
///
/// Cochran's rule: at most one expected count in five below 5, and none below 1. The rarest cells,
/// both samples taken together, are joined first, so no choice depends on how the samples differ.
public struct CellPooling: Sendable, Hashable {
  /// The pooled cell of each cell, in 0 ..< ``count``; nil for cells that are empty in both.
  public var assignment: [Int?]
  /// The number of pooled cells.
  public var count: Int
  /// The counts of the first sample in the pooled cells.
  public var first: [Double]
  /// The counts of the second sample in the pooled cells.
  public var second: [Double]
  /// How many of the occupied cells were joined with others.
  public var joinedCells: Int

  /// Pools cells.
  ///
  /// - Parameters:
  ///   - first: The counts of the first sample; at least 0.
  ///   - second: The counts of the second sample on the same cells.
  /// - Throws: ``NumericsError`` `.tooFewObservations` when either side is empty.
  /// - Complexity: O(cells · log cells).
  /// Source: Cochran (1954), doi:10.2307/3001616.
  public init(_ first: Span<Double>, _ second: Span<Double>) throws(NumericsError) {
    let (n, m) = try positiveTotals(first, second)
    let smaller = min(n, m) / (n + m)
    let sums = (0..<first.count).map { first[$0] + second[$0] }
    // Rarest first; empty cells do not count.
    let order = sortPermutation(sums.span).map { Int($0) }.filter { sums[$0] > 0 }
    // The smaller of both expected counts decides; the cells ascend by it.
    let low = order.reduce(0) { sums[$1] * smaller < 5 ? $0 + 1 : $0 }
    var pool = 0.0
    var joined = 0
    func holds() -> Bool {
      var cells = order.count - joined
      var few = max(0, low - joined)
      var least = joined < order.count ? sums[order[joined]] * smaller : .infinity
      if joined > 0 {
        cells += 1
        few += pool * smaller < 5 ? 1 : 0
        least = min(least, pool * smaller)
      }
      return few * 5 <= cells && least >= 1
    }
    while joined < order.count, !holds() {
      pool += sums[order[joined]]
      joined += 1
      // One cell on its own is not a pool yet.
      if joined == 1, order.count > 1 {
        pool += sums[order[1]]
        joined = 2
      }
    }
    var assignment = [Int?](repeating: nil, count: first.count)
    let isPooled = Set(order[..<joined])
    var next = joined > 0 ? 1 : 0
    for cell in 0..<first.count where sums[cell] > 0 {
      if isPooled.contains(cell) {
        assignment[cell] = 0
      } else {
        assignment[cell] = next
        next += 1
      }
    }
    self.assignment = assignment
    count = next
    joinedCells = joined
    self.first = [Double](repeating: 0, count: next)
    self.second = self.first
    for cell in 0..<first.count {
      guard let place = assignment[cell] else { continue }
      self.first[place] += first[cell]
      self.second[place] += second[cell]
    }
  }
}
