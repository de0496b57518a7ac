/// A confidence interval for a quantile, between two order statistics.
public struct QuantileInterval: Sendable, Hashable {
  /// The limits: values of the sample, or −∞ and ∞ where the sample is too small to bound it.
  public var limits: ConfidenceInterval
  /// The probability that the interval holds the quantile, at least, for any continuous law.
  public var coverage: Double

  /// Finds the interval whose tails are as large as they may be.
  ///
  /// The number of values below the quantile is binomial(n, p), whatever the law.
  ///
  /// - Parameters:
  ///   - sorted: The sample in ascending order, free of NaN.
  ///   - probability: The probability of the quantile, strictly between 0 and 1.
  ///   - level: The coverage, strictly between 0 and 1.
  /// - Throws: ``NumericsError`` `.tooFewObservations` for an empty sample, `.domain` otherwise.
  /// - Complexity: O(log *n*) evaluations of a binomial tail.
  /// Source: Thompson (1936), doi:10.1214/aoms/1177732502.
  public init(
    sorted: Span<Double>, probability: Double, level: Double = 0.95
  ) throws(NumericsError) {
    guard sorted.count > 0 else {
      throw NumericsError(.tooFewObservations, "a quantile of no values is undefined")
    }
    guard probability > 0, probability < 1, level > 0, level < 1 else {
      throw NumericsError(.domain, "a probability and a level between 0 and 1 are expected")
    }
    let n = sorted.count
    let tail = (1 - level) / 2
    // P(B < k) = P(X₍ₖ₎ > q): the lower rank is the largest k for which it is within the tail.
    func below(_ k: Int) throws(NumericsError) -> Double {
      1 - (try binomialUpperTail(atLeast: k, trials: n, probability: probability))
    }
    func above(_ k: Int) throws(NumericsError) -> Double {
      try binomialUpperTail(atLeast: k, trials: n, probability: probability)
    }
    var low = 0
    var end = n
    while low < end {
      let middle = low + (end - low + 1) / 2
      // Lower tails are taken by symmetry, where 1 − P would lose its digits.
      let mass = try binomialUpperTail(
        atLeast: n - middle + 1, trials: n, probability: 1 - probability)
      if mass <= tail { low = middle } else { end = middle - 1 }
    }
    // P(B ≥ k) = P(X₍ₖ₎ ≤ q): the upper rank is the least k for which it is within the tail.
    var high = n + 1
    var start = 1
    while start < high {
      let middle = start + (high - start) / 2
      if try above(middle) <= tail { high = middle } else { start = middle + 1 }
    }
    limits = ConfidenceInterval(
      lower: low >= 1 ? sorted[low - 1] : -.infinity,
      upper: high <= n ? sorted[high - 1] : .infinity)
    let missed = try (low >= 1 ? below(low) : 0) + (high <= n ? above(high) : 0)
    coverage = 1 - missed
  }
}
