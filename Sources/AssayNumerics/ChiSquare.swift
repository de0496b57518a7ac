/// The result of a chi-square test on counts.
public struct ChiSquareTest: Sendable, Hashable {
  /// Pearson's statistic Σ (observed − expected)²/expected; 0 for proportional counts.
  public var statistic: Double
  /// The degrees of freedom.
  public var degreesOfFreedom: Int
  /// The asymptotic p-value; trust it when ``minimumExpected`` is at least about 5.
  public var pValue: Double
  /// The smallest expected count.
  public var minimumExpected: Double
}

/// Pearson's chi-square test that two samples have the same distribution over cells.
///
/// - Parameters:
///   - first: The counts of the first sample; at least 0.
///   - second: The counts of the second sample on the same cells. Cells that are empty in both
///     are left out.
/// - Returns: The test; its p-value depends on the counts, so shares will not do.
/// - Throws: ``NumericsError`` `.tooFewObservations` when either side is empty, `.undefined` when
///   fewer than two cells are occupied.
/// - Complexity: O(cells).
public func chiSquareTwoSample(
  _ first: Span<Double>, _ second: Span<Double>
) throws(NumericsError) -> ChiSquareTest {
  let (n, m) = try positiveTotals(first, second)
  var sum = CompensatedSum()
  var cells = 0
  var minimum = Double.infinity
  for index in 0..<first.count {
    let total = first[index] + second[index]
    guard total > 0 else { continue }
    cells += 1
    let expectedFirst = total / (n + m) * n
    let expectedSecond = total / (n + m) * m
    // Both deviations have the same size.
    let deviation = first[index] - expectedFirst
    sum.add(deviation * deviation / expectedFirst + deviation * deviation / expectedSecond)
    minimum = min(minimum, expectedFirst, expectedSecond)
  }
  guard cells >= 2 else {
    throw NumericsError(.undefined, "a chi-square test needs two occupied cells")
  }
  return ChiSquareTest(
    statistic: sum.total, degreesOfFreedom: cells - 1,
    pValue: try chiSquareSurvival(sum.total, degreesOfFreedom: Double(cells - 1)),
    minimumExpected: minimum)
}
