import Foundation

/// Which levels of one sample occur in another, and how much mass is missed or invented.
public struct LevelCoverage: Sendable, Hashable {
  /// The share of the first sample's levels that occur in the second.
  public var coverage: Double
  /// The share of the second sample's rows whose level occurs in the first.
  public var adherence: Double
  /// The share of the first sample's rows whose level the second lacks.
  public var missedMass: Double
  /// What ``missedMass`` is on average for a fresh sample of the second's size: Σ p(1 − p)^m.
  ///
  /// The shares p are those of the first sample, so levels that it lacks itself add nothing.
  public var expectedMissedMass: Double

  /// The share of the second sample's rows whose level the first lacks.
  public var inventedMass: Double { 1 - adherence }

  /// Compares the levels of two samples.
  ///
  /// - Parameters:
  ///   - first: The counts of the first (real) sample by level; at least 0.
  ///   - second: The counts of the second (synthetic) sample on the same levels.
  /// - Throws: ``NumericsError`` `.tooFewObservations` when either side is empty.
  /// - Complexity: O(levels).
  public init(_ first: Span<Double>, _ second: Span<Double>) throws(NumericsError) {
    let (n, m) = try positiveTotals(first, second)
    var levels = 0
    var present = 0
    for level in 0..<first.count where first[level] > 0 {
      levels += 1
      if second[level] > 0 { present += 1 }
    }
    coverage = Double(present) / Double(levels)
    adherence = min(
      1, pairwiseSum(over: 0..<first.count) { first[$0] > 0 ? second[$0] : 0 } / m)
    missedMass = pairwiseSum(over: 0..<first.count) { second[$0] > 0 ? 0 : first[$0] } / n
    expectedMissedMass = pairwiseSum(over: 0..<first.count) { level in
      let p = first[level] / n
      return p < 1 ? p * exp(m * log1p(-p)) : 0
    }
  }
}

/// Good and Turing's estimate of the share of the population whose level a sample has seen.
///
/// ```
/// 1 − f₁/n
/// ```
///
/// - Parameter counts: The counts of the sample by level; at least 0.
/// - Returns: A share in 0...1; f₁ is the number of levels that occur once.
/// - Throws: ``NumericsError`` `.tooFewObservations` for an empty sample.
/// - Complexity: O(levels).
/// Source: Good (1953), doi:10.1093/biomet/40.3-4.237.
public func goodTuringCoverage(_ counts: Span<Double>) throws(NumericsError) -> Double {
  let total = pairwiseSum(counts)
  guard total > 0 else {
    throw NumericsError(.tooFewObservations, "the coverage of an empty sample is undefined")
  }
  let once = (0..<counts.count).reduce(0) { counts[$1] == 1 ? $0 + 1 : $0 }
  return 1 - Double(once) / total
}

/// Whether a rare level is as frequent in one sample as in another, exactly.
///
/// Given that it occurs t times in both together, it occurs Bin(t, n/(n + m)) times in the first.
public struct RareLevelTest: Sendable, Hashable {
  /// The share in the second sample over the share in the first; infinite when the first lacks it.
  public var ratio: Double
  /// Exact limits of the ratio in the population; 0 and infinity where a sample lacks the level.
  public var interval: ConfidenceInterval
  /// The two-sided p-value of equal shares.
  public var pValue: Double

  /// Compares the counts of one level.
  ///
  /// - Parameters:
  ///   - first: How often the level occurs in the first sample, and the size of that sample.
  ///   - second: The same of the second sample.
  ///   - level: The coverage of the interval, strictly between 0 and 1.
  /// - Throws: ``NumericsError`` `.tooFewObservations` for an empty sample, `.undefined` for a
  ///   level that occurs in neither, `.domain` otherwise.
  /// - Complexity: O(occurrences).
  /// - Note: Exact for Poisson counts; for shares below 1 % the difference is negligible.
  /// Source: Przyborowski & Wilenski (1940), Biometrika 31, 313–323.
  public init(
    _ first: (count: Int, total: Int), _ second: (count: Int, total: Int), level: Double = 0.95
  ) throws(NumericsError) {
    try checkCounts(first.count, first.total)
    try checkCounts(second.count, second.total)
    let occurrences = first.count + second.count
    guard occurrences > 0 else {
      throw NumericsError(.undefined, "a level that occurs in neither sample has no ratio")
    }
    guard level > 0, level < 1 else {
      throw NumericsError(.domain, "a level between 0 and 1 is expected, not \(level)")
    }
    let n = Double(first.total)
    let m = Double(second.total)
    pValue = try binomialTwoSidedPValue(
      count: second.count, trials: occurrences, probability: m / (n + m))
    ratio =
      first.count == 0
      ? .infinity : Double(second.count) / m / (Double(first.count) / n)
    // The share of the second sample in the occurrences is its odds, times n/m.
    let limits = try clopperPearsonInterval(
      successes: second.count, trials: occurrences, level: level)
    interval = ConfidenceInterval(
      lower: limits.lower / (1 - limits.lower) * n / m,
      upper: limits.upper < 1 ? limits.upper / (1 - limits.upper) * n / m : .infinity)
  }
}
