/// The midranks of the values: 1 for the least, ties share the mean of their places.
///
/// - Parameter values: Fewer than 2³¹ values, free of NaN.
/// - Returns: One rank a value, in the order given; they add up to n(n + 1)/2.
/// - Complexity: O(*n*) above 1,024 values, else O(*n* log *n*).
public func midranks(_ values: Span<Double>) -> [Double] {
  let order = sortPermutation(values)
  var ranks = [Double](repeating: 0, count: values.count)
  var start = 0
  while start < order.count {
    let tied = values[Int(order[start])]
    var end = start + 1
    while end < order.count, values[Int(order[end])] == tied { end += 1 }
    let rank = Double(start + end + 1) / 2
    for place in start..<end { ranks[Int(order[place])] = rank }
    start = end
  }
  return ranks
}

/// The midranks of values that are already in ascending order.
///
/// - Parameter sorted: The values in ascending order, free of NaN.
/// - Returns: One rank a value, ascending; ties share the mean of their places, counted from 1.
/// - Complexity: O(*n*).
public func midranks(ofSorted sorted: Span<Double>) -> [Double] {
  var ranks: [Double] = []
  ranks.reserveCapacity(sorted.count)
  var start = 0
  while start < sorted.count {
    var end = start + 1
    while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
    let rank = Double(start + end + 1) / 2
    for _ in start..<end { ranks.append(rank) }
    start = end
  }
  return ranks
}

/// Where values fall in a reference sample, on a scale from 0 to 1.
///
/// A value of the sample gets its mid-rank position (less + equal/2)/n; a value between two
/// distinct values of the sample is interpolated linearly; one below all of them gets 0 and one
/// above all of them 1. The scale is the same after any increasing transform of the data that is
/// linear between neighbouring sample values, and an outlier cannot stretch it.
public struct RankScale: Sendable, Hashable {
  private var values: [Double] = []
  private var positions: [Double] = []

  /// Makes the scale of a sample.
  ///
  /// - Parameter sorted: The reference sample in ascending order, free of NaN; at least one value.
  /// - Throws: ``NumericsError`` `.tooFewObservations` for an empty sample.
  /// - Complexity: O(*n*).
  public init(sorted: Span<Double>) throws(NumericsError) {
    guard sorted.count > 0 else {
      throw NumericsError(.tooFewObservations, "a rank scale needs at least one value")
    }
    let count = Double(sorted.count)
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
      values.append(sorted[start])
      positions.append(Double(start + end) / (2 * count))
      start = end
    }
  }

  /// The position of a value.
  ///
  /// - Parameter value: Any number but NaN.
  /// - Returns: A position in 0...1.
  /// - Complexity: O(log *k*) in the *k* distinct values of the sample.
  public func position(of value: Double) -> Double {
    let next = partitionPoint(values.span, from: 0) { $0 < value }
    guard next < values.count else { return 1 }
    if values[next] == value { return positions[next] }
    guard next > 0 else { return 0 }
    let low = values[next - 1]
    let share = (value - low) / (values[next] - low)
    // Two neighbours further apart than the largest number leave the share undefined.
    guard share.isFinite else { return (positions[next - 1] + positions[next]) / 2 }
    return positions[next - 1] + share * (positions[next] - positions[next - 1])
  }
}
