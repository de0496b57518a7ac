/// What coverage is on average for two samples of one law without ties.
///
/// The ball around a real point that reaches its k-th nearest other point holds a share of the law
/// with the distribution Beta(k, n − k), whatever the law and the dimension; the number of `m` fresh
/// points in it is beta-binomial.
public enum CoverageExpectation {
  /// The mean coverage: `1 − B(k, n − k + m)/B(k, n − k)`.
  ///
  /// - Parameters:
  ///   - real: The number of real points, n; above k.
  ///   - synthetic: The number of synthetic points, m; at least 0.
  ///   - neighbours: k; at least 1.
  /// - Returns: The mean, in 0...1.
  /// - Complexity: O(k).
  public static func coverage(real: Int, synthetic: Int, neighbours: Int) -> Double {
    1 - none(real: real, synthetic: synthetic, neighbours: neighbours)
  }

  /// The means of Σ min(k, points in a ball)/(k·n) for 0, 1, …, m synthetic points of the law.
  ///
  /// Source: Salvy, Talbot & Thirion (2025), arXiv:2507.01761.
  ///
  /// - Parameters:
  ///   - real: The number of real points, n; above k.
  ///   - synthetic: The number of synthetic points, m; at least 0.
  ///   - neighbours: k; at least 1.
  /// - Returns: m + 1 numbers, ascending from 0.
  /// - Complexity: O(m · k).
  public static func clippedCoverage(real: Int, synthetic: Int, neighbours: Int) -> [Double] {
    precondition(neighbours >= 1 && real > neighbours, "more points than neighbours are expected")
    // One more point adds 1/k exactly where it falls into a ball that holds fewer than k. Given j of
    // `drawn` in a ball, its share of the law has mean (k + j)/(n + drawn).
    let k = Double(neighbours)
    var values = [0.0]
    values.reserveCapacity(synthetic + 1)
    var sum = CompensatedSum()
    for drawn in 0..<max(synthetic, 0) {
      var mass = none(real: real, synthetic: drawn, neighbours: neighbours)
      var added = mass * k
      // P(j + 1)/P(j) = (drawn − j)(k + j)/((j + 1)(n − k + drawn − j − 1)).
      for held in 0..<min(neighbours - 1, drawn) {
        let j = Double(held)
        mass *=
          (Double(drawn) - j) * (k + j)
          / ((j + 1) * Double(real - neighbours + drawn - held - 1))
        added += mass * (k + j + 1)
      }
      sum.add(added / Double(real + drawn) / k)
      values.append(sum.total)
    }
    return values
  }

  /// The probability that none of the points is in a ball: B(k, n − k + m)/B(k, n − k).
  private static func none(real: Int, synthetic: Int, neighbours: Int) -> Double {
    precondition(neighbours >= 1 && real > neighbours, "more points than neighbours are expected")
    // Γ(n − k + m)·Γ(n)/(Γ(n + m)·Γ(n − k)) = Π over i below k of (n − k + i)/(n − k + m + i).
    var product = 1.0
    for index in 0..<neighbours {
      let base = Double(real - neighbours + index)
      product *= base / (base + Double(synthetic))
    }
    return product
  }
}
