/// The Wasserstein-1 distance of two samples: the area between their distribution functions.
///
/// ```
/// W₁ = ∫ |F(x) − G(x)| dx
/// ```
///
/// The mean distance that values must be moved to turn one sample into the other. Divide by a
/// spread of the real data before comparing columns; the range is meaningless for heavy tails.
///
/// - Parameters:
///   - first: The first sample, ascending, finite; *n* values.
///   - second: The second sample, ascending, finite; *m* values.
/// - Returns: The distance in the unit of the data, at least 0; 0 for equal samples.
/// - Throws: ``NumericsError`` `.tooFewObservations` when either sample is empty, `.undefined`
///   when the distance is not finite.
/// - Complexity: O(*n* + *m*).
public func wasserstein1(
  sorted first: Span<Double>, _ second: Span<Double>
) throws(NumericsError) -> Double {
  guard first.count > 0, second.count > 0 else {
    throw NumericsError(.tooFewObservations, "both samples must have at least one value")
  }
  let n = Double(first.count)
  let m = Double(second.count)
  var i = 0
  var j = 0
  var area = CompensatedSum()
  var last = min(first[0], second[0])
  while i < first.count || j < second.count {
    let x: Double
    if i == first.count {
      x = second[j]
    } else if j == second.count {
      x = first[i]
    } else {
      x = min(first[i], second[j])
    }
    let gap = abs(Double(i) / n - Double(j) / m)
    if gap > 0 { area.add(gap * (x - last)) }
    while i < first.count, first[i] == x { i += 1 }
    while j < second.count, second[j] == x { j += 1 }
    last = x
  }
  guard area.total.isFinite else {
    throw NumericsError(.undefined, "the distance of samples with infinite values is undefined")
  }
  return area.total
}

/// The Wasserstein-1 distance of two distributions given as weights on the same ordered values.
///
/// - Parameters:
///   - values: The values of the cells in ascending order.
///   - first: The weights of the first sample on these values; at least 0.
///   - second: The weights of the second sample on these values.
/// - Returns: The distance in the unit of the values; 0 for proportional weights.
/// - Throws: ``NumericsError`` `.tooFewObservations` when either side has no weight.
/// - Complexity: O(cells).
@inlinable
public func wasserstein1<Weight: BinaryFloatingPoint>(
  values: Span<Double>, first: Span<Weight>, second: Span<Weight>
) throws(NumericsError) -> Double {
  precondition(
    values.count == first.count,
    "one weight a value is expected, not \(first.count) for \(values.count)")
  let (n, m) = try positiveTotals(first, second)
  var f = 0.0
  var g = 0.0
  return pairwiseSum(over: 0..<Swift.max(0, values.count - 1)) { index in
    f += Double(first[index])
    g += Double(second[index])
    return abs(f / n - g / m) * (values[index + 1] - values[index])
  }
}

/// What Wasserstein-1 of two samples of one law is on average, from a sample of that law.
///
/// ```
/// E W₁ ≈ √(2/π)·√(1/n + 1/m)·∫ √(F(1 − F)) dx
/// ```
///
/// - Parameters:
///   - sorted: A sample of the law, ascending, finite.
///   - first: The size of the first of the two samples; at least 1.
///   - second: The size of the second; at least 1.
/// - Returns: The expectation in the unit of the data, in the limit of large samples.
/// - Throws: ``NumericsError`` `.tooFewObservations` for an empty sample or a size below 1.
/// - Complexity: O(*n*).
public func expectedWasserstein1(
  sorted: Span<Double>, _ first: Int, _ second: Int
) throws(NumericsError) -> Double {
  guard sorted.count > 0, first > 0, second > 0 else {
    throw NumericsError(.tooFewObservations, "all samples must have at least one value")
  }
  let count = Double(sorted.count)
  let integral = pairwiseSum(over: 0..<(sorted.count - 1)) { index in
    let share = Double(index + 1) / count
    return (share * (1 - share)).squareRoot() * (sorted[index + 1] - sorted[index])
  }
  let size = 1 / Double(first) + 1 / Double(second)
  return (2 / Double.pi * size).squareRoot() * integral
}
