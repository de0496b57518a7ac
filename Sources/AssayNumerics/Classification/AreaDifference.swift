/// The difference of two areas under the curve on the same rows.
///
/// Both scores rank the same rows, so that their areas vary together; the covariance makes the
/// comparison sharper than two separate intervals.
///
/// Source: DeLong, DeLong & Clarke-Pearson (1988), doi:10.2307/2531595.
public struct AreaDifference: Sendable, Hashable {
  /// The area of the first score less that of the second.
  public var difference: Double
  /// The standard error of the difference; 0 when both scores rank all rows alike.
  public var standardError: Double
  /// The two-sided p-value of equal areas; 1 when the rankings are alike.
  public var pValue: Double {
    guard standardError > 0 else { return difference == 0 ? 1 : 0 }
    return min(1, 2 * normalSurvival(abs(difference) / standardError))
  }

  /// Compares two scores of the same rows.
  ///
  /// - Parameters:
  ///   - first: The area of the first score.
  ///   - second: The area of the second score of the same rows, given in the same order.
  /// - Throws: ``NumericsError`` `.tooFewObservations` below two positives or two negatives,
  ///   `.domain` when the numbers of rows differ.
  /// - Complexity: O(*N*).
  public init(_ first: AreaUnderCurve, _ second: AreaUnderCurve) throws(NumericsError) {
    guard first.positives == second.positives, first.negatives == second.negatives else {
      throw NumericsError(.domain, "two scores of the same rows are expected")
    }
    guard first.positives > 1, first.negatives > 1 else {
      throw NumericsError(
        .tooFewObservations, "the variance of an area needs two positives and two negatives")
    }
    // The variance of the differences is both variances less twice the covariance.
    let above = zip(first.positivePlacements, second.positivePlacements).map { $0 - $1 }
    let below = zip(first.negativePlacements, second.negativePlacements).map { $0 - $1 }
    difference = first.value - second.value
    standardError =
      (try variance(above.span) / Double(first.positives) + variance(below.span)
      / Double(first.negatives)).squareRoot()
  }

  /// The interval of the difference.
  ///
  /// - Parameter level: The coverage, strictly between 0 and 1.
  /// - Returns: Limits in −1...1.
  /// - Throws: ``NumericsError`` `.domain` for a level outside the range.
  public func interval(level: Double = 0.95) throws(NumericsError) -> ConfidenceInterval {
    let margin = try normalQuantile((1 + level) / 2) * standardError
    return ConfidenceInterval(
      lower: max(-1, difference - margin), upper: min(1, difference + margin))
  }
}
