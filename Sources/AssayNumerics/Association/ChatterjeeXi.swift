/// Chatterjee's ξ: how far the second value of a pair is a function of the first.
///
/// ```
/// ξ = 1 − n·Σ |rᵢ₊₁ − rᵢ| / (2·Σ lᵢ(n − lᵢ))
/// ```
///
/// with the pairs in order of x, rᵢ the number of y at most yᵢ and lᵢ that of y at least yᵢ. 0 in
/// the limit for independent values and 1 for any function, however wild; not symmetric. It sees
/// functions that go up and down, and is weak against noisy monotone ones: use Spearman's there.
///
/// Tied x have no order of their own. In place of one drawn at random, the sum over all of them is
/// taken at its mean, so that the value depends on the data alone.
///
/// - Parameters:
///   - x: The first value of each pair, free of NaN.
///   - y: The second value of each pair, free of NaN.
/// - Returns: At most 1; about −½ at the least.
/// - Throws: ``NumericsError`` `.tooFewObservations` below two pairs, `.undefined` when y is
///   constant.
/// - Complexity: O(*n* log *n*).
/// Source: Chatterjee (2021), doi:10.1080/01621459.2020.1758115.
public func chatterjeeXi(_ x: Span<Double>, _ y: Span<Double>) throws(NumericsError) -> Double {
  precondition(x.count == y.count, "pairs are expected, not \(x.count) and \(y.count) values")
  let count = x.count
  guard count >= 2 else {
    throw NumericsError(.tooFewObservations, "a correlation needs at least two pairs")
  }
  let byY = sortPermutation(y)
  var upTo = [Double](repeating: 0, count: count)
  var denominator = 0.0
  var start = 0
  while start < count {
    var end = start + 1
    while end < count, y[Int(byY[end])] == y[Int(byY[start])] { end += 1 }
    for place in start..<end { upTo[Int(byY[place])] = Double(end) }
    denominator += Double(end - start) * Double(count - start) * Double(start)
    start = end
  }
  guard denominator > 0 else {
    throw NumericsError(.undefined, "the dependence of a constant is undefined")
  }
  let byX = sortPermutation(x)
  var steps = CompensatedSum()
  var previous = SortedGroup([])
  start = 0
  while start < count {
    var end = start + 1
    while end < count, x[Int(byX[end])] == x[Int(byX[start])] { end += 1 }
    let group = SortedGroup((start..<end).map { upTo[Int(byX[$0])] })
    if start > 0 { steps.add(previous.meanDistance(to: group)) }
    if group.values.count > 1 { steps.add(group.meanTotalStep()) }
    previous = group
    start = end
  }
  return 1 - Double(count) * steps.total / (2 * denominator)
}

/// Values in ascending order with their running sums.
private struct SortedGroup {
  var values: [Double]
  var sums: [Double] = [0]

  init(_ values: [Double]) {
    self.values = values.sorted()
    for value in self.values { sums.append((sums.last ?? 0) + value) }
  }

  /// The mean of |a − b| over both groups.
  func meanDistance(to other: SortedGroup) -> Double {
    var total = 0.0
    var below = 0
    for value in values {
      while below < other.values.count, other.values[below] < value { below += 1 }
      let above = other.values.count - below
      let sumBelow = other.sums[below]
      let sumAbove = other.sums[other.values.count] - sumBelow
      total += Double(below) * value - sumBelow + sumAbove - Double(above) * value
    }
    return total / (Double(values.count) * Double(other.values.count))
  }

  /// The mean over all orders of the sum of the steps from one value to the next.
  func meanTotalStep() -> Double {
    // Each of the size − 1 steps joins two values drawn without replacement.
    var total = 0.0
    for (index, value) in values.enumerated() {
      total += value * Double(2 * index + 1 - values.count)
    }
    return 2 * total / Double(values.count)
  }
}
