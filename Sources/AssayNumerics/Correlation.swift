import Foundation

/// Pearson's correlation of paired values.
///
/// ```
/// r = Σ (xᵢ − x̄)(yᵢ − ȳ) / √(Σ (xᵢ − x̄)² · Σ (yᵢ − ȳ)²)
/// ```
///
/// It sees linear dependence alone, and a few extreme values decide it where tails are heavy:
/// prefer ``spearmanCorrelation(_:_:)`` there. Pairs with a missing side are the caller's to drop.
///
/// - Parameters:
///   - x: The first value of each pair; finite.
///   - y: The second value of each pair; finite.
/// - Returns: A correlation in −1...1; 1 for identical values.
/// - Throws: ``NumericsError`` `.tooFewObservations` below two pairs, `.undefined` when either
///   side is constant or the sums overflow.
/// - Complexity: O(*n*).
public func pearsonCorrelation(
  _ x: Span<Double>, _ y: Span<Double>
) throws(NumericsError) -> Double {
  precondition(x.count == y.count, "pairs are expected, not \(x.count) and \(y.count) values")
  guard x.count >= 2 else {
    throw NumericsError(.tooFewObservations, "a correlation needs at least two pairs")
  }
  let meanX = try mean(x)
  let meanY = try mean(y)
  let moments = pairedMoments(x, y, 0..<x.count, meanX, meanY)
  // One root keeps the correlation of equal values exactly 1; two do not overflow.
  let product = moments.xx * moments.yy
  let scale =
    product.isNormal ? product.squareRoot() : moments.xx.squareRoot() * moments.yy.squareRoot()
  // Constant values differ from their mean by rounding at most.
  guard
    moments.xx > negligible(meanX, x.count), moments.yy > negligible(meanY, y.count), scale > 0,
    scale.isFinite
  else {
    throw NumericsError(.undefined, "the correlation with a constant is undefined")
  }
  return max(-1, min(1, moments.xy / scale))
}

/// Pearson's correlation of paired values that count by their weights.
///
/// ```
/// r = Σ w(x − x̄)(y − ȳ) / √(Σ w(x − x̄)² · Σ w(y − ȳ)²),   x̄ = Σ w·x/Σ w
/// ```
///
/// Weights that are whole numbers give what repeated pairs give.
///
/// - Parameters:
///   - x: The first value of each pair; finite.
///   - y: The second value of each pair; finite.
///   - weights: What each pair counts; at least 0.
/// - Returns: A correlation in −1...1.
/// - Throws: ``NumericsError`` `.tooFewObservations` below two pairs, `.undefined` when either side
///   is constant, no pair has a weight or the sums overflow.
/// - Complexity: O(*n*).
public func pearsonCorrelation(
  _ x: Span<Double>, _ y: Span<Double>, weights: Span<Double>
) throws(NumericsError) -> Double {
  precondition(
    x.count == y.count && x.count == weights.count,
    "pairs with a weight each are expected, not \(x.count), \(y.count) and \(weights.count)")
  guard x.count >= 2 else {
    throw NumericsError(.tooFewObservations, "a correlation needs at least two pairs")
  }
  let total = pairwiseSum(weights)
  guard total > 0 else {
    throw NumericsError(.undefined, "the correlation of pairs without weight is undefined")
  }
  let count = x.count
  // About the first pair, so that the means keep their digits.
  let meanX = x[0] + pairwiseSum(over: 0..<count) { weights[$0] * (x[$0] - x[0]) } / total
  let meanY = y[0] + pairwiseSum(over: 0..<count) { weights[$0] * (y[$0] - y[0]) } / total
  let xx = pairwiseSum(over: 0..<count) { weights[$0] * (x[$0] - meanX) * (x[$0] - meanX) }
  let yy = pairwiseSum(over: 0..<count) { weights[$0] * (y[$0] - meanY) * (y[$0] - meanY) }
  let xy = pairwiseSum(over: 0..<count) { weights[$0] * (x[$0] - meanX) * (y[$0] - meanY) }
  let roundingX = abs(meanX) * 0x1p-52
  let roundingY = abs(meanY) * 0x1p-52
  let scale = xx.squareRoot() * yy.squareRoot()
  guard xx > total * roundingX * roundingX, yy > total * roundingY * roundingY, scale > 0,
    scale.isFinite
  else {
    throw NumericsError(.undefined, "the correlation with a constant is undefined")
  }
  return max(-1, min(1, xy / scale))
}

/// The sums of squares and products about the means, by halves.
private func pairedMoments(
  _ x: Span<Double>, _ y: Span<Double>, _ range: Range<Int>, _ meanX: Double, _ meanY: Double
) -> (xx: Double, yy: Double, xy: Double) {
  guard range.count > 512 else {
    var xx = 0.0
    var yy = 0.0
    var xy = 0.0
    for index in range {
      let dx = x[index] - meanX
      let dy = y[index] - meanY
      xx += dx * dx
      yy += dy * dy
      xy += dx * dy
    }
    return (xx, yy, xy)
  }
  let half = range.lowerBound + range.count / 2
  let low = pairedMoments(x, y, range.lowerBound..<half, meanX, meanY)
  let high = pairedMoments(x, y, half..<range.upperBound, meanX, meanY)
  return (low.xx + high.xx, low.yy + high.yy, low.xy + high.xy)
}

/// A sum of squares that rounding alone can produce from a constant.
private func negligible(_ mean: Double, _ count: Int) -> Double {
  let rounding = abs(mean) * 0x1p-52
  return Double(count) * rounding * rounding
}

/// Spearman's rank correlation of paired values: Pearson's correlation of the midranks.
///
/// - Parameters:
///   - x: The first value of each pair; free of NaN.
///   - y: The second value of each pair; free of NaN.
/// - Returns: A correlation in −1...1; 1 when one side increases with the other throughout.
/// - Throws: ``NumericsError`` `.tooFewObservations` below two pairs, `.undefined` when either
///   side is constant.
/// - Complexity: O(*n*) above 1,024 pairs, else O(*n* log *n*).
/// - Note: When many pairs of columns are wanted, take ``midranks(_:)`` once a column and
///   ``pearsonCorrelation(_:_:)`` of the ranks, as long as no value is missing.
public func spearmanCorrelation(
  _ x: Span<Double>, _ y: Span<Double>
) throws(NumericsError) -> Double {
  precondition(x.count == y.count, "pairs are expected, not \(x.count) and \(y.count) values")
  let ranksX = midranks(x)
  let ranksY = midranks(y)
  return try pearsonCorrelation(ranksX.span, ranksY.span)
}

/// The difference of two correlations from independent samples, on Fisher's z scale.
///
/// ```
/// z = (artanh r₁ − artanh r₂) / √(v/(n − 3) + v/(m − 3))
/// ```
public struct FisherDifference: Sendable, Hashable {
  /// artanh r₁ − artanh r₂.
  public var difference: Double
  /// The standard error of the difference.
  public var standardError: Double
  /// The difference in standard errors; standard normal when the correlations are equal.
  public var z: Double { difference / standardError }
  /// The two-sided p-value.
  public var pValue: Double { 2 * normalSurvival(abs(z)) }

  /// Compares two correlations.
  ///
  /// - Parameters:
  ///   - first: The first correlation, strictly between −1 and 1.
  ///   - firstCount: The number of pairs behind it; at least 4.
  ///   - second: The second correlation, strictly between −1 and 1.
  ///   - secondCount: The number of pairs behind it; at least 4.
  ///   - varianceFactor: v: ``pearsonVariance`` or ``spearmanVariance``.
  /// - Throws: ``NumericsError`` `.tooFewObservations` below four pairs, `.domain` for a
  ///   correlation of ±1 or beyond.
  public init(
    _ first: Double, _ firstCount: Int, _ second: Double, _ secondCount: Int,
    varianceFactor: Double = pearsonVariance
  ) throws(NumericsError) {
    guard firstCount > 3, secondCount > 3 else {
      throw NumericsError(
        .tooFewObservations,
        "Fisher's z needs at least 4 pairs, not \(min(firstCount, secondCount))")
    }
    guard abs(first) < 1, abs(second) < 1 else {
      throw NumericsError(.domain, "Fisher's z of a correlation of ±1 is infinite")
    }
    difference = atanh(first) - atanh(second)
    standardError =
      (varianceFactor / Double(firstCount - 3) + varianceFactor / Double(secondCount - 3))
      .squareRoot()
  }

  /// The interval of the difference on the z scale.
  ///
  /// - Parameter level: The coverage, strictly between 0 and 1.
  /// - Returns: The lower and the upper limit.
  /// - Throws: ``NumericsError`` `.domain` for a level outside the range.
  public func interval(level: Double = 0.95) throws(NumericsError) -> ConfidenceInterval {
    let margin = try normalQuantile((1 + level) / 2) * standardError
    return ConfidenceInterval(lower: difference - margin, upper: difference + margin)
  }

  /// The factor for Pearson's correlation of normal data.
  public static let pearsonVariance = 1.0
  /// The factor for Spearman's correlation, Fieller, Hartley & Pearson (1957),
  /// doi:10.1093/biomet/44.3-4.470.
  public static let spearmanVariance = 1.06
}

/// An interval for a correlation by Fisher's z, mapped back.
///
/// - Parameters:
///   - correlation: The correlation, strictly between −1 and 1.
///   - count: The number of pairs; at least 4.
///   - level: The coverage, strictly between 0 and 1.
///   - varianceFactor: 1 for Pearson's, 1.06 for Spearman's correlation.
/// - Returns: Limits inside −1...1.
/// - Throws: ``NumericsError`` `.tooFewObservations` or `.domain` outside these ranges.
public func correlationInterval(
  _ correlation: Double, count: Int, level: Double = 0.95,
  varianceFactor: Double = FisherDifference.pearsonVariance
) throws(NumericsError) -> ConfidenceInterval {
  guard count > 3 else {
    throw NumericsError(.tooFewObservations, "Fisher's z needs at least 4 pairs, not \(count)")
  }
  guard abs(correlation) < 1 else {
    throw NumericsError(.domain, "Fisher's z of a correlation of ±1 is infinite")
  }
  let margin =
    try normalQuantile((1 + level) / 2) * (varianceFactor / Double(count - 3)).squareRoot()
  let centre = atanh(correlation)
  return ConfidenceInterval(lower: tanh(centre - margin), upper: tanh(centre + margin))
}
