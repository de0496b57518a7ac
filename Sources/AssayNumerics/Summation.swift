/// The sum of the values, by pairwise summation in a fixed order.
///
/// The error grows with log *n* rather than with *n*, and the order depends on the count alone,
/// so the result does not depend on the number of threads.
///
/// - Parameter values: Any number of values; none add up to 0.
/// - Returns: The sum.
/// - Complexity: O(*n*).
public func pairwiseSum(_ values: Span<Double>) -> Double {
  let count = values.count
  guard count > 256 else {
    // Four accumulators keep the adder busy.
    var a = 0.0
    var b = 0.0
    var c = 0.0
    var d = 0.0
    var index = 0
    while index + 4 <= count {
      a += values[index]
      b += values[index + 1]
      c += values[index + 2]
      d += values[index + 3]
      index += 4
    }
    while index < count {
      a += values[index]
      index += 1
    }
    return (a + b) + (c + d)
  }
  let half = count / 2
  return pairwiseSum(values.extracting(0..<half)) + pairwiseSum(values.extracting(half..<count))
}

/// The pairwise sum of `term(index)` for the indices in `range`, in the order of ``pairwiseSum(_:)``.
///
/// - Parameters:
///   - range: The indices.
///   - term: The number to add for an index.
/// - Returns: The sum.
@inlinable
public func pairwiseSum(over range: Range<Int>, _ term: (Int) -> Double) -> Double {
  var stack: [(length: Int, sum: Double)] = []
  var start = range.lowerBound
  while start < range.upperBound {
    let end = Swift.min(start + 128, range.upperBound)
    var sum = 0.0
    for index in start..<end { sum += term(index) }
    var length = 1
    // Blocks of equal length are joined like the digits of a binary counter.
    while let last = stack.last, last.length == length {
      sum = last.sum + sum
      length *= 2
      stack.removeLast()
    }
    stack.append((length, sum))
    start = end
  }
  var total = 0.0
  for entry in stack.reversed() { total = entry.sum + total }
  return total
}

/// The arithmetic mean.
///
/// - Parameter values: At least one value.
/// - Returns: The mean.
/// - Throws: ``NumericsError`` `.tooFewObservations` when there is no value.
/// - Complexity: O(*n*).
public func mean(_ values: Span<Double>) throws(NumericsError) -> Double {
  guard values.count > 0 else {
    throw NumericsError(.tooFewObservations, "the mean of no values is undefined")
  }
  let rough = pairwiseSum(values) / Double(values.count)
  guard rough.isFinite else { return rough }
  // A second pass removes the rounding of the first.
  return rough
    + pairwiseSum(over: 0..<values.count) { values[$0] - rough } / Double(values.count)
}

/// The sample variance, by two passes with the values shifted by their mean.
///
/// ```
/// s² = Σ (xᵢ − x̄)² / (n − correction)
/// ```
///
/// - Parameters:
///   - values: More values than `correction`.
///   - correction: What is taken off the count in the denominator: 1 for the unbiased estimate,
///     0 for the variance of the values as a population.
/// - Returns: The variance, at least 0; exactly 0 for equal values.
/// - Throws: ``NumericsError`` `.tooFewObservations` when the denominator is not positive.
/// - Complexity: O(*n*).
public func variance(
  _ values: Span<Double>, correction: Int = 1
) throws(NumericsError) -> Double {
  guard values.count > correction, values.count > 0 else {
    throw NumericsError(
      .tooFewObservations, "a variance needs more than \(correction) values, not \(values.count)")
  }
  let centre = try mean(values)
  let squares = pairwiseSum(over: 0..<values.count) {
    let difference = values[$0] - centre
    return difference * difference
  }
  let remainder = pairwiseSum(over: 0..<values.count) { values[$0] - centre }
  let corrected = squares - remainder * remainder / Double(values.count)
  return max(0, corrected) / Double(values.count - correction)
}
