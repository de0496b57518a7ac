/// A quantile of a sample by linear interpolation between order statistics (type 7).
///
/// With h = (n − 1)·p the quantile lies between the order statistics ⌊h⌋ and ⌊h⌋ + 1 (from 0).
/// It is the default of R, NumPy and spreadsheets.
///
/// - Parameters:
///   - sorted: The sample in ascending order, free of NaN; at least one value.
///   - probability: The probability, in 0...1.
/// - Returns: The quantile; the minimum at 0, the maximum at 1.
/// - Throws: ``NumericsError`` `.tooFewObservations` for an empty sample, `.domain` for a
///   probability outside 0...1.
/// - Complexity: O(1).
/// Source: Hyndman & Fan (1996), doi:10.1080/00031305.1996.10473566.
public func quantile(
  sorted: Span<Double>, probability: Double
) throws(NumericsError) -> Double {
  guard sorted.count > 0 else {
    throw NumericsError(.tooFewObservations, "a quantile of no values is undefined")
  }
  guard probability >= 0, probability <= 1 else {
    throw NumericsError(.domain, "a probability in 0...1 is expected, not \(probability)")
  }
  let position = Double(sorted.count - 1) * probability
  let lower = Int(position)
  let upper = min(lower + 1, sorted.count - 1)
  let fraction = position - Double(lower)
  let low = sorted[lower]
  let high = sorted[upper]
  // Interpolating from the nearer end keeps the result between its neighbours.
  return fraction < 0.5
    ? low + (high - low) * fraction : high - (high - low) * (1 - fraction)
}

/// The number of values below and at most `value` in an ascending sample.
///
/// - Parameters:
///   - value: The value to look up.
///   - sorted: The sample in ascending order, free of NaN.
/// - Returns: How many values are less, and how many are less or equal.
/// - Complexity: O(log *n*).
public func counts(
  below value: Double, inSorted sorted: Span<Double>
) -> (less: Int, lessOrEqual: Int) {
  let less = partitionPoint(sorted, from: 0) { $0 < value }
  return (less, partitionPoint(sorted, from: less) { $0 <= value })
}

/// The first index whose value does not satisfy a predicate that holds for a prefix.
@inline(__always)
package func partitionPoint(
  _ sorted: Span<Double>, from start: Int, _ holds: (Double) -> Bool
) -> Int {
  var low = start
  var high = sorted.count
  while low < high {
    let middle = low + (high - low) / 2
    if holds(sorted[middle]) { low = middle + 1 } else { high = middle }
  }
  return low
}
