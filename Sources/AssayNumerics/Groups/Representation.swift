import Foundation

/// The share of a group in one sample over its share in another, with its uncertainty.
///
/// ```
/// r = (a/n) / (b/m)        sd(ln r) ≈ √(1/a − 1/n + 1/b − 1/m)
/// ```
///
/// with a of n rows in the first sample and b of m in the second, which are independent.
public struct RepresentationRatio: Sendable, Hashable {
  /// The rows of the group and of the sample.
  public var count, rows: Int
  /// The rows of the group and of the sample that it is compared with.
  public var otherCount, otherRows: Int

  /// Makes a ratio.
  ///
  /// - Throws: ``NumericsError`` `.domain` for counts outside their samples, `.undefined` where the
  ///   second sample lacks the group.
  public init(
    count: Int, of rows: Int, otherCount: Int, of otherRows: Int
  ) throws(NumericsError) {
    guard (0...max(0, rows)).contains(count), (0...max(0, otherRows)).contains(otherCount),
      rows > 0, otherRows > 0
    else { throw NumericsError(.domain, "counts within samples of at least one row are expected") }
    guard otherCount > 0 else {
      throw NumericsError(.undefined, "a share is compared with that of an absent group")
    }
    self.count = count
    self.rows = rows
    self.otherCount = otherCount
    self.otherRows = otherRows
  }

  /// r; 0 where the first sample lacks the group.
  public var ratio: Double {
    Double(count) / Double(rows) / (Double(otherCount) / Double(otherRows))
  }

  /// The rows that the group would have in the first sample by its share in the second.
  public var expectedCount: Double {
    Double(otherCount) / Double(otherRows) * Double(rows)
  }

  /// The smaller of r and 1/r: 1 for equal shares, 0 for an absent group.
  public var folded: Double { Self.folded(ratio) }

  /// The smaller of a ratio and its inverse.
  public static func folded(_ ratio: Double) -> Double {
    ratio > 1 ? 1 / ratio : max(0, ratio)
  }

  /// The standard deviation of ln r, half a row being added to an absent group.
  public var logDeviation: Double {
    let own = max(0.5, Double(count))
    return max(
      0, 1 / own - 1 / Double(rows) + 1 / Double(otherCount) - 1 / Double(otherRows)
    ).squareRoot()
  }

  /// The interval of r.
  ///
  /// With 30 rows of the group on either side it is that of ln r; with fewer it is exact for rare
  /// groups: given the rows of both samples in the group, those of the first are binomial (Clopper
  /// & Pearson), which is conservative for common ones.
  ///
  /// - Parameter tail: The probability on either side that r lies outside; in (0, ½).
  /// - Returns: The limits; the upper one may be infinite where the second sample hardly has the
  ///   group.
  /// - Throws: ``NumericsError`` `.domain` for another probability.
  public func interval(tail: Double) throws(NumericsError) -> (lower: Double, upper: Double) {
    if min(count, otherCount) >= 30 {
      let reach = try normalQuantile(1 - tail) * logDeviation
      return (ratio * exp(-reach), ratio * exp(reach))
    }
    let total = count + otherCount
    let lower = try clopperPearsonLower(successes: count, trials: total, tail: tail)
    let upper = try clopperPearsonUpper(successes: count, trials: total, tail: tail)
    let scale = Double(otherRows) / Double(rows)
    return (lower / (1 - lower) * scale, upper < 1 ? upper / (1 - upper) * scale : .infinity)
  }

  /// What the smaller of r and 1/r is for two samples of one law, and how much it varies.
  ///
  /// ```
  /// E e^−|X| = 2·e^(σ²/2)·Φ(−σ),   X ~ N(0, σ²)
  /// ```
  ///
  /// - Parameters:
  ///   - share: The group's share; in (0, 1].
  ///   - rows: The rows of the two samples.
  /// - Returns: The mean and the deviation, by the normal law of ln r.
  public static func expected(
    share: Double, rows: (Double, Double)
  ) -> (mean: Double, deviation: Double) {
    let inverse = 1 / max(1, rows.0) + 1 / max(1, rows.1)
    let sigma = (max(0, 1 - share) / max(share, 1e-12) * inverse).squareRoot()
    // For a group that is all but absent the law of ln r says little; e^(2σ²) must not overflow.
    let s = min(sigma, 6)
    let mean = 2 * exp(s * s / 2) * normalSurvival(s)
    let square = 2 * exp(2 * s * s) * normalSurvival(2 * s)
    return (mean, max(0, square - mean * mean).squareRoot())
  }
}
