extension KolmogorovSmirnov {
  /// How a p-value was reached.
  public enum PValueMethod: Sendable, Hashable {
    /// The share of all ways to label the pooled values that give a D at least as large.
    case exact
    /// Kolmogorov's limiting distribution.
    case asymptotic
  }

  /// The p-value of D, exact when that is affordable and asymptotic otherwise.
  ///
  /// Exact means conditional on the pooled values, ties included: of all ways to call *n* of the
  /// *n* + *m* pooled values the first sample, the share whose D is at least the one observed.
  /// The probability of the tail is summed directly, so that a tiny p keeps its relative accuracy.
  ///
  /// - Parameters:
  ///   - first: The first sample in ascending order, as compared by this value.
  ///   - second: The second sample in ascending order.
  ///   - costLimit: The most steps to spend on the exact value; about 10⁹ steps take a second.
  /// - Returns: The p-value in 0...1, and how it was reached.
  /// - Complexity: O(*n*·*m*·D) without ties, at most O(*n*·*m*) with ties; O(*n*) space.
  /// Source: Schröer & Trenkler (1995), doi:10.1016/0167-9473(94)00040-P; Viehmann (2021),
  /// arXiv:2102.08037.
  public func pValue(
    sorted first: Span<Double>, _ second: Span<Double>, costLimit: Double = 5e8
  ) -> (pValue: Double, method: PValueMethod) {
    precondition(
      first.count == firstCount && second.count == secondCount,
      "the samples that were compared are expected")
    if scaledStatistic == 0 { return (1, .exact) }
    let paths = LatticePaths(n: firstCount, m: secondCount, boundary: scaledStatistic)
    let ends = tieEnds(first, second)
    guard let value = paths.touchingProbability(tieEnds: ends, costLimit: costLimit) else {
      return (asymptoticPValue, .asymptotic)
    }
    return (min(1, value), .exact)
  }

  /// The numbers of pooled values after which a run of equal values ends, ascending.
  private func tieEnds(_ first: Span<Double>, _ second: Span<Double>) -> [Int] {
    var ends: [Int] = []
    var i = 0
    var j = 0
    while i < first.count || j < second.count {
      let x: Double
      if i == first.count {
        x = second[j]
      } else if j == second.count {
        x = first[i]
      } else {
        x = min(first[i], second[j])
      }
      while i < first.count, first[i] == x { i += 1 }
      while j < second.count, second[j] == x { j += 1 }
      ends.append(i + j)
    }
    return ends
  }
}

/// Random labellings as paths from (0, 0) to (n, m), one step a pooled value.
struct LatticePaths {
  var n: Int
  var m: Int
  /// A path touches when |i·m − j·n| is at least this at the end of a run of equal values.
  var boundary: Int

  /// The probability that a path touches the boundary, or nil if it would cost too much.
  ///
  /// Step k has k values labelled, i of them as the first sample. With u(k, i) the probability
  /// that a path to (k, i) has touched,
  ///
  /// ```
  /// u(k, i) = (i/k)·u(k−1, i−1) + ((k−i)/k)·u(k−1, i)
  /// ```
  ///
  /// and u = 1 where a run ends outside the boundary. Only those i are kept that can still come
  /// from inside the boundary at the last end and lead inside it at the next; all others count
  /// as touched (or are never asked for).
  func touchingProbability(tieEnds: [Int], costLimit: Double) -> Double? {
    guard cost(tieEnds) <= costLimit else { return nil }
    var u = [Double](repeating: 1, count: n + 2)
    // u[i + 1] belongs to i; the cell before 0 stays at 1 and is always weighed by 0.
    u[1] = 0
    var live = 0...0
    var start = 0
    for end in tieEnds {
      guard let inside = inside(end) else { return 1 }
      for k in (start + 1)...end {
        let low = max(live.lowerBound, inside.lowerBound - (end - k), k - m, 0)
        let high = min(live.upperBound + (k - start), inside.upperBound, k, n)
        guard low <= high else { return 1 }
        step(&u, k, low...high)
      }
      // Whatever is not inside has touched; beyond the kept cells it may hold old values.
      let kept = max(live.lowerBound, inside.lowerBound, end - m, 0)
      let last = min(live.upperBound + (end - start), inside.upperBound, end, n)
      for i in max(0, kept - 1 - (end - start))..<kept { u[i + 1] = 1 }
      if last < n { for i in (last + 1)...min(n, last + 1 + (end - start)) { u[i + 1] = 1 } }
      live = kept...last
      start = end
    }
    return u[n + 1]
  }

  /// One step for the cells of a range, from high to low so that each reads old values only.
  private func step(_ u: inout [Double], _ k: Int, _ range: ClosedRange<Int>) {
    let scale = 1 / Double(k)
    var cells = u.mutableSpan
    var i = range.upperBound
    while i >= range.lowerBound {
      // Both weights are products so that each is exactly 0 where a path cannot come from.
      cells[i + 1] = Double(i) * scale * cells[i] + Double(k - i) * scale * cells[i + 1]
      i -= 1
    }
  }

  /// The i with |i·m − (k−i)·n| below the boundary, or nil if there is none.
  private func inside(_ k: Int) -> ClosedRange<Int>? {
    // i·(n + m) lies strictly between k·n − boundary and k·n + boundary.
    let total = n + m
    let centre = k * n
    let low = max(0, k - m, floorDivide(centre - boundary, total) + 1)
    let high = min(n, k, -floorDivide(-(centre + boundary), total) - 1)
    return low <= high ? low...high : nil
  }

  private func floorDivide(_ a: Int, _ b: Int) -> Int {
    a >= 0 ? a / b : -((-a + b - 1) / b)
  }

  /// The number of cells that the recursion visits.
  private func cost(_ tieEnds: [Int]) -> Double {
    let band = 2 * Double(boundary) / Double(n + m) + 1
    var total = 0.0
    var start = 0
    for end in tieEnds {
      let length = Double(end - start)
      // The band widens by one a step and narrows again towards the end of the run.
      total += length * min(band + length / 4, Double(min(n, m)))
      start = end
    }
    return total
  }
}
