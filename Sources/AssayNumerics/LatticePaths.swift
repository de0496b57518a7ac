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
  /// as touched (or are never asked for). A long run of equal values is crossed in one leap.
  func touchingProbability(tieEnds: [Int], costLimit: Double) -> Double? {
    guard cost(tieEnds) <= costLimit else { return nil }
    var u = [Double](repeating: 1, count: n + 2)
    // u[i + 1] belongs to i; the cell before 0 stays at 1 and is always weighed by 0.
    u[1] = 0
    var live = 0...0
    var start = 0
    for end in tieEnds {
      guard let inside = inside(end) else { return 1 }
      let kept = max(live.lowerBound, inside.lowerBound, end - m, 0)
      let last = min(live.upperBound + (end - start), inside.upperBound, end, n)
      guard kept <= last else { return 1 }
      if leaps(end - start) {
        leap(&u, live, kept...last, start, end)
      } else {
        for k in (start + 1)...end {
          let low = max(live.lowerBound, inside.lowerBound - (end - k), k - m, 0)
          let high = min(live.upperBound + (k - start), inside.upperBound, k, n)
          step(&u, k, low...high)
        }
        // Whatever is not inside has touched; beyond the kept cells it may hold old values.
        for i in max(0, kept - 1 - (end - start))..<kept { u[i + 1] = 1 }
        if last < n { for i in (last + 1)...min(n, last + 1 + (end - start)) { u[i + 1] = 1 } }
      }
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

  /// Whether a run of this length is crossed in one leap rather than step by step.
  private func leaps(_ length: Int) -> Bool { length > 256 }

  /// Crosses a run of equal values, inside which nothing can touch.
  ///
  /// Of the i values of the first sample among `end` pooled ones, those among the first `start`
  /// are hypergeometric; u at the end is the mean of u at the start under that law.
  private func leap(
    _ u: inout [Double], _ live: ClosedRange<Int>, _ targets: ClosedRange<Int>, _ start: Int,
    _ end: Int
  ) {
    let length = end - start
    let values = targets.map { i in
      let lowest = max(0, i - length)
      let highest = min(i, start)
      let middle = min(highest, max(lowest, (start + 1) * (i + 1) / (end + 2)))
      var total = 0.0
      var touched = 0.0
      // Outwards from the mode, so that no term overflows; terms below 10⁻²⁹⁰ are dropped.
      var term = 1.0
      var at = middle
      while at <= highest && term > 1e-290 {
        total += term
        touched += live.contains(at) ? term * u[at + 1] : term
        term *= Double(i - at) * Double(start - at) / (Double(at + 1) * Double(length - i + at + 1))
        at += 1
      }
      term = 1
      at = middle
      while at > lowest {
        term *= Double(at) * Double(length - i + at) / (Double(i - at + 1) * Double(start - at + 1))
        at -= 1
        guard term > 1e-290 else { break }
        total += term
        touched += live.contains(at) ? term * u[at + 1] : term
      }
      return touched / total
    }
    for place in u.indices { u[place] = 1 }
    for (i, value) in zip(targets, values) { u[i + 1] = value }
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
      if leaps(end - start) {
        // A law of standard deviation √(length)/2 at most is followed over 37 of them each way.
        total += min(band, Double(n)) * min(length, 37 * length.squareRoot()) + Double(n)
      } else {
        // The band widens by one a step and narrows again towards the end of the run.
        total += length * min(band + length / 4, Double(min(n, m)))
      }
      start = end
    }
    return total
  }
}
