import Foundation

/// The law of a weighted sum of squared gaps between two distribution functions, ties included.
///
/// Over runs of equal values with pooled shares pᵢ the Cramér–von Mises and Anderson–Darling
/// statistics are Σ pᵢ·wᵢ·dᵢ², with d the gap at the middle of the run and w = 1 or
/// 1/(M(1 − M) − p/4). For samples of one law the gaps are normal in the limit, with the covariances
/// of a bridge; the sum is then a mixture of chi-squares, which a scaled and moved chi-square with
/// the same mean, variance and third cumulant stands for. For two runs that is exact.
///
/// Source: Buckley & Eagleson (1988), An approximation to the distribution of quadratic forms in
/// normal random variables, doi:10.1111/j.1467-842X.1988.tb00471.x; Scholz & Stephens (1987),
/// doi:10.1080/01621459.1987.10478517, for the form with ties.
public struct GapTail: Sendable {
  /// How gaps are weighed.
  public enum Weight: Sendable, Hashable {
    /// Alike: Cramér–von Mises.
    case even
    /// By the inverse of their variance: Anderson–Darling.
    case inverseVariance
  }

  private let cumulants: (first: Double, second: Double, third: Double)

  /// The mean of n·m/(n + m) times the sum of squared gaps.
  public var mean: Double { cumulants.first }
  /// Its variance.
  public var variance: Double { cumulants.second }

  /// Finds the law for given runs.
  ///
  /// - Parameters:
  ///   - shares: Pooled sizes of the runs in ascending order of their values; above 0. Small runs
  ///     are better put together: beyond a hundred they add nothing.
  ///   - ties: For each of them the mean size of the run that a value lies in; the size itself where
  ///     nothing was put together.
  ///   - weight: How gaps are weighed.
  /// - Complexity: O(runs³).
  public init(shares: Span<Double>, ties: Span<Double>, weight: Weight) {
    let total = pairwiseSum(shares)
    let count = shares.count
    precondition(ties.count == count, "one size of ties a run is expected, not \(ties.count)")
    var middles = [Double](repeating: 0, count: count)
    var scales = [Double](repeating: 0, count: count)
    var before = 0.0
    for run in 0..<count {
      let p = shares[run] / total
      let middle = before + p / 2
      let own = middle * (1 - middle) - ties[run] / total / 4
      middles[run] = middle
      switch weight {
      case .even: scales[run] = p.squareRoot()
      // The only run of a pool has no gap.
      case .inverseVariance: scales[run] = own > 1e-15 ? (p / own).squareRoot() : 0
      }
      before += p
    }
    var matrix = [Double](repeating: 0, count: count * count)
    for i in 0..<count {
      for j in 0..<count {
        let covariance =
          i == j
          ? max(0, middles[i] * (1 - middles[i]) - ties[i] / total / 4)
          : min(middles[i], middles[j]) * (1 - max(middles[i], middles[j]))
        matrix[i * count + j] = scales[i] * scales[j] * covariance
      }
    }
    var first = 0.0
    var second = 0.0
    var third = 0.0
    for i in 0..<count {
      first += matrix[i * count + i]
      for j in 0..<count {
        let entry = matrix[i * count + j]
        second += entry * entry
        var product = 0.0
        for k in 0..<count { product += matrix[i * count + k] * matrix[j * count + k] }
        third += entry * product
      }
    }
    cumulants = (first, 2 * second, 8 * third)
  }

  /// The probability of a statistic at least as large.
  ///
  /// - Parameter x: n·m/(n + m) times the sum.
  /// - Returns: A probability; 1 where there is one run only.
  /// - Throws: ``NumericsError`` `.backend` when the library underneath fails.
  public func survival(_ x: Double) throws(NumericsError) -> Double {
    guard cumulants.second > 0, cumulants.third > 0 else { return 1 }
    let degrees = 8 * pow(cumulants.second, 3) / (cumulants.third * cumulants.third)
    let place = (x - cumulants.first) * (2 * degrees / cumulants.second).squareRoot() + degrees
    guard place > 0 else { return 1 }
    return try chiSquareSurvival(place, degreesOfFreedom: degrees)
  }
}
