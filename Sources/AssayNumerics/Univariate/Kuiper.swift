import Foundation

extension PooledRanks.Statistic {
  /// Kuiper's V = D⁺ + D⁻.
  ///
  /// It does not depend on where a circle is cut, so it serves times of day and days of the week,
  /// and sees a difference in the tails as well as one in the middle.
  ///
  /// Source: Kuiper (1960), doi:10.1016/S1385-7258(60)50006-0.
  public static let kuiper = Self { ranks in
    let n = Double(ranks.firstCount)
    let m = Double(ranks.secondCount)
    var first = 0
    var all = 0
    var above = 0.0
    var below = 0.0
    for (size, taken) in zip(ranks.runSizes, ranks.firstCounts) {
      first += taken
      all += size
      let gap = Double(first) / n - Double(all - first) / m
      above = max(above, gap)
      below = max(below, -gap)
    }
    return above + below
  }
}

extension KolmogorovSmirnov {
  /// Kuiper's V = D⁺ + D⁻, in 0...2.
  public var kuiperStatistic: Double { positive + negative }

  /// The p-value of Kuiper's V for large samples without ties.
  ///
  /// ```
  /// S₁(λ) − (8V/3)·S₂(λ),   λ = √e·V,   e = n·m/(n + m)
  /// S₁ = 2 Σ (4j²λ² − 1)·e^(−2j²λ²)      S₂ = Σ j²(4j²λ² − 3)·e^(−2j²λ²)
  /// ```
  ///
  /// - Returns: A probability; within about 0.01 from e of 20 on. For small or tied samples use
  ///   ``PooledRanks/pValue(of:permutations:stream:listLimit:)``.
  /// Source: Kuiper (1960), doi:10.1016/S1385-7258(60)50006-0.
  public var kuiperPValue: Double {
    kuiperSurvival(kuiperStatistic, firstCount, secondCount)
  }
}

/// The upper tail of Kuiper's V of two large samples of one continuous law.
///
/// - Parameters:
///   - statistic: V.
///   - first: The size of the first sample; at least 1.
///   - second: The size of the second sample; at least 1.
/// - Returns: A probability by the series of ``KolmogorovSmirnov/kuiperPValue``.
public func kuiperSurvival(_ statistic: Double, _ first: Int, _ second: Int) -> Double {
  let effective = Double(first) * Double(second) / Double(first + second)
  let lambda = effective.squareRoot() * statistic
  // Below this the sum differs from 1 by less than its rounding.
  guard lambda > 0.4 else { return 1 }
  var leading = 0.0
  var correction = 0.0
  for index in 1...Int(18.82 / lambda + 1) {
    let square = Double(index * index)
    let x = square * lambda * lambda
    let term = exp(-2 * x)
    leading += 2 * (4 * x - 1) * term
    correction += square * (4 * x - 3) * term
  }
  return min(1, max(0, leading - 8 * statistic / 3 * correction))
}

/// What Kuiper's statistic of two samples of one continuous law is on average: √(π/2)·√s.
///
/// - Parameters:
///   - first: The size of the first sample; at least 1.
///   - second: The size of the second sample; at least 1.
/// - Returns: The mean in the limit of large samples, with s = 1/n + 1/m.
/// - Throws: ``NumericsError`` `.tooFewObservations` for a size below 1.
public func expectedKuiper(_ first: Int, _ second: Int) throws(NumericsError) -> Double {
  guard first > 0, second > 0 else {
    throw NumericsError(.tooFewObservations, "both samples must have at least one value")
  }
  return (Double.pi / 2 * (1 / Double(first) + 1 / Double(second))).squareRoot()
}
