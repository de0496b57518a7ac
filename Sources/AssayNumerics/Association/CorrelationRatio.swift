/// How much of the variance of a number a category explains.
///
/// ```
/// η² = between/total        ω² = (between − (k − 1)·s²)/(total + s²),   s² = within/(n − k)
/// ```
///
/// η² is above 0 under independence, (k − 1)/(n − 1) on average; ω² takes that off.
///
/// Source: Pearson (1905); Hays (1963), Statistics for psychologists.
public struct CorrelationRatio: Sendable, Hashable {
  /// η², in 0...1.
  public var squared: Double
  /// The number of values.
  public var count: Int
  /// The number of categories that occur.
  public var categories: Int
  private var between: Double
  private var total: Double

  /// η, in 0...1.
  public var value: Double { squared.squareRoot() }

  /// Compares a category with a number.
  ///
  /// - Parameters:
  ///   - categories: The category of each value, at least 0; not necessarily without gaps.
  ///   - values: The values; finite.
  /// - Throws: ``NumericsError`` `.tooFewObservations` below two values, `.undefined` for a
  ///   constant number, `.domain` for a negative category or values that are not finite.
  /// - Complexity: O(*n* + largest category).
  public init(categories: Span<Int32>, values: Span<Double>) throws(NumericsError) {
    precondition(
      categories.count == values.count,
      "one category a value is expected, not \(categories.count) for \(values.count)")
    guard values.count >= 2 else {
      throw NumericsError(.tooFewObservations, "a correlation needs at least two values")
    }
    let centre = try mean(values)
    let spread = try variance(values, correction: 0) * Double(values.count)
    guard spread.isFinite else { throw NumericsError(.domain, "finite values are expected") }
    let rounding = abs(centre) * 0x1p-52
    guard spread > Double(values.count) * rounding * rounding else {
      throw NumericsError(.undefined, "the correlation with a constant is undefined")
    }
    var sums: [CompensatedSum] = []
    var sizes: [Int] = []
    for row in 0..<values.count {
      let category = Int(categories[row])
      guard category >= 0 else {
        throw NumericsError(.domain, "categories of at least 0 are expected, not \(category)")
      }
      while category >= sums.count {
        sums.append(CompensatedSum())
        sizes.append(0)
      }
      sums[category].add(values[row] - centre)
      sizes[category] += 1
    }
    between = pairwiseSum(over: 0..<sums.count) { category in
      guard sizes[category] > 0 else { return 0 }
      return sums[category].total * sums[category].total / Double(sizes[category])
    }
    total = spread
    squared = min(1, max(0, between / spread))
    count = values.count
    self.categories = sizes.reduce(0) { $1 > 0 ? $0 + 1 : $0 }
  }

  /// ω², η² less what independence gives; 0 on average under independence, so it may be negative.
  ///
  /// - Returns: At most 1.
  /// - Throws: ``NumericsError`` `.tooFewObservations` when there are no more values than
  ///   categories.
  public func omegaSquared() throws(NumericsError) -> Double {
    guard count > categories else {
      throw NumericsError(
        .tooFewObservations, "\(categories) categories need more than \(count) values")
    }
    let within = max(0, total - between) / Double(count - categories)
    return (between - Double(categories - 1) * within) / (total + within)
  }
}
