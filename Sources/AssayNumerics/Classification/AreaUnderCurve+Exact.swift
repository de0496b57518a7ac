extension AreaUnderCurve {
  /// The exact p-value that positives are scored higher, given the pooled scores, ties included.
  ///
  /// Of all ways to call as many of the rows positive, the share whose area is at least as large.
  ///
  /// - Parameters:
  ///   - positives: The scores of the positive rows, as compared by this value.
  ///   - negatives: The scores of the negative rows, as compared by this value.
  ///   - costLimit: The most steps to spend; at two samples of 50 about 10⁷ are needed.
  /// - Returns: The p-value in 0...1, or nil when it would cost too much: use
  ///   ``pValueGreater`` then.
  /// - Complexity: O(*N*·*n*²·*m*) time, O(*n*²·*m*) space.
  public func exactPValueGreater(
    positives: Span<Double>, negatives: Span<Double>, costLimit: Double = 1e8
  ) -> Double? {
    precondition(
      positives.count == self.positives && negatives.count == self.negatives,
      "the samples that were compared are expected")
    let n = positives.count
    let m = negatives.count
    // Twice the number of ordered pairs is at most 2·n·m.
    let widest = 2 * n * m
    guard Double(n + m) * Double(n + 1) * Double(widest + 1) <= costLimit else { return nil }
    var pooled: [Double] = []
    for index in 0..<n { pooled.append(positives[index]) }
    for index in 0..<m { pooled.append(negatives[index]) }
    // Doubled midranks are integers; 2·U is their sum over the positives less n(n + 1).
    let ranks = midranks(pooled.span).map { Int(2 * $0) }.sorted()
    let least = n * (n + 1)
    let width = least + widest + 1
    // ways[k][s]: of all choices of k of the rows so far, the share with sum s.
    var ways = [[Double]](repeating: [Double](repeating: 0, count: width), count: n + 1)
    ways[0][0] = 1
    for (seen, rank) in ranks.enumerated() {
      let count = Double(seen + 1)
      for k in stride(from: min(n, seen + 1), through: 0, by: -1) {
        let kept = (count - Double(k)) / count
        let taken = Double(k) / count
        for sum in stride(from: width - 1, through: 0, by: -1) {
          let before = k > 0 && sum >= rank ? ways[k - 1][sum - rank] : 0
          let stay = kept > 0 ? ways[k][sum] * kept : 0
          ways[k][sum] = stay + before * taken
        }
      }
    }
    let observed = Int((value * Double(widest)).rounded())
    var tail = 0.0
    for sum in stride(from: width - 1, through: least + observed, by: -1) { tail += ways[n][sum] }
    return min(1, tail)
  }
}
