import Foundation

/// Hill's estimate of how heavy a tail is.
///
/// ```
/// ξ = (1/k)·Σ over the k largest of ln(X₍ᵢ₎/X₍ₖ₊₁₎)        SE = ξ/√k
/// ```
///
/// Moments of order 1/ξ and above do not exist: above ½ there is no variance. It presumes a tail
/// that falls like a power; for lighter tails it is too large. Over a threshold that is fixed, ξ is
/// the mean log-excess whatever the law, and its standard error the deviation of the log-excesses
/// over √k: that holds for rounded values and for every tail.
public struct HillEstimate: Sendable, Hashable {
  /// ξ, above or at 0; its inverse is the exponent of the tail.
  public var index: Double
  /// How many of the largest values are used, k.
  public var exceedances: Int
  /// The value above which the tail begins.
  public var threshold: Double
  /// The standard deviation of ln(X/threshold) over the values beyond it; 0 for fewer than two.
  public var logDeviation: Double
  /// The standard error ξ/√k.
  public var standardError: Double { index / Double(exceedances).squareRoot() }

  /// Estimates the tail index of the largest values.
  ///
  /// - Parameters:
  ///   - sorted: The sample in ascending order, finite. For the left tail hand in the sample with
  ///     its sign turned.
  ///   - exceedances: k, how many of the largest values to use, in 1 ..< count. At least 50 for
  ///     a comparison.
  /// - Throws: ``NumericsError`` `.tooFewObservations` when k is not below the count, `.domain`
  ///   when the threshold is not above 0 or a value is not finite.
  /// - Complexity: O(*k*).
  /// Source: Hill (1975), doi:10.1214/aos/1176343247.
  public init(sorted: Span<Double>, exceedances: Int) throws(NumericsError) {
    guard exceedances >= 1, exceedances < sorted.count else {
      throw NumericsError(
        .tooFewObservations,
        "\(exceedances) exceedances of \(sorted.count) values leave no threshold")
    }
    let start = sorted.count - exceedances
    let threshold = sorted[start - 1]
    guard threshold > 0, sorted[sorted.count - 1] < .infinity else {
      throw NumericsError(.domain, "a threshold above 0 and finite values are expected")
    }
    let moments = Self.moments(sorted, from: start, threshold: threshold)
    index = moments.mean
    logDeviation = moments.deviation
    self.exceedances = exceedances
    self.threshold = threshold
  }

  /// The mean log-excess over a threshold that is given.
  ///
  /// - Parameters:
  ///   - sorted: The sample in ascending order, finite.
  ///   - threshold: Values strictly above it are used; above 0.
  /// - Throws: ``NumericsError`` `.domain` when the threshold is not above 0 or a value is not finite.
  /// - Complexity: O(*k* + log *n*).
  public init(sorted: Span<Double>, above threshold: Double) throws(NumericsError) {
    guard threshold > 0, sorted.isEmpty || sorted[sorted.count - 1] < .infinity else {
      throw NumericsError(.domain, "a threshold above 0 and finite values are expected")
    }
    let start = counts(below: threshold, inSorted: sorted).lessOrEqual
    let moments = Self.moments(sorted, from: start, threshold: threshold)
    index = moments.mean
    logDeviation = moments.deviation
    exceedances = sorted.count - start
    self.threshold = threshold
  }

  /// Mean and standard deviation of the log-excesses.
  private static func moments(
    _ sorted: Span<Double>, from start: Int, threshold: Double
  ) -> (mean: Double, deviation: Double) {
    let count = sorted.count - start
    let sum = pairwiseSum(over: start..<sorted.count) { log(sorted[$0] / threshold) }
    let mean = count > 0 ? sum / Double(count) : 0
    let squares = pairwiseSum(over: start..<sorted.count) {
      let excess = log(sorted[$0] / threshold) - mean
      return excess * excess
    }
    let deviation = count > 1 ? (squares / Double(count - 1)).squareRoot() : 0
    // Equal values differ from their mean by rounding alone.
    return (mean, deviation > 1e-12 * mean ? deviation : 0)
  }
}
