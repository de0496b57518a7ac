import Foundation

/// The number of successes in some trials whose common probability is a beta variable.
///
/// What a fresh real sample does beyond the rows at hand follows such a law: a new value falls
/// outside the range of *n* values with a probability that is Beta(2, n − 1), whatever the law of
/// the values.
public struct BetaBinomial: Sendable, Hashable {
  /// The number of trials.
  public var trials: Int
  /// The first shape, above 0.
  public var a: Double
  /// The second shape, above 0.
  public var b: Double

  /// Makes the law.
  ///
  /// - Parameters:
  ///   - trials: The number of trials; at least 0.
  ///   - a: The first shape, above 0.
  ///   - b: The second shape, above 0.
  public init(trials: Int, a: Double, b: Double) {
    precondition(
      trials >= 0 && a > 0 && b > 0, "trials of at least 0 and shapes above 0 are expected")
    self.trials = trials
    self.a = a
    self.b = b
  }

  /// The expected number of successes.
  public var mean: Double { Double(trials) * a / (a + b) }

  /// The standard deviation of the number of successes.
  public var deviation: Double {
    let m = Double(trials)
    let sum = a + b
    return (m * a * b * (sum + m) / (sum * sum * (sum + 1))).squareRoot()
  }

  /// P(X ≥ k), summed from the end that needs fewer terms.
  ///
  /// - Parameter k: k; any integer.
  /// - Returns: A probability in 0...1.
  /// - Throws: ``NumericsError`` `.backend` when the library underneath fails.
  /// - Complexity: O(*k*) for k up to the mean, else O(terms until they vanish).
  public func upperTail(atLeast k: Int) throws(NumericsError) -> Double {
    guard k > 0 else { return 1 }
    guard k <= trials else { return 0 }
    let m = Double(trials)
    /// The ratio of the probability of `i + 1` to that of `i`.
    func ratio(_ i: Double) -> Double { (m - i) * (i + a) / ((i + 1) * (m - i - 1 + b)) }
    if Double(k) <= mean {
      var term = try probability(0)
      // Far from the mean the first term may be too small for a double: the tail is then 1.
      guard term > 0 else { return 1 }
      var below = 0.0
      for i in 0..<k {
        below += term
        term *= ratio(Double(i))
      }
      return min(1, max(0, 1 - below))
    }
    var term = try probability(k)
    var above = 0.0
    var i = k
    while i <= trials, term > 0 {
      above += term
      if term < 1e-17 * above { break }
      term *= ratio(Double(i))
      i += 1
    }
    return min(1, above)
  }

  /// P(X ≤ k), the upper tail of the number of failures.
  ///
  /// - Parameter k: k; any integer.
  /// - Returns: A probability in 0...1.
  /// - Throws: ``NumericsError`` `.backend` when the library underneath fails.
  public func lowerTail(atMost k: Int) throws(NumericsError) -> Double {
    try BetaBinomial(trials: trials, a: b, b: a).upperTail(atLeast: trials - k)
  }

  /// P(X = k) = C(m, k)·B(k + a, m − k + b)/B(a, b).
  ///
  /// - Parameter k: k, in 0...trials; 0 outside.
  /// - Returns: A probability in 0...1.
  /// - Throws: ``NumericsError`` `.backend` when the library underneath fails.
  public func probability(_ k: Int) throws(NumericsError) -> Double {
    guard k >= 0, k <= trials else { return 0 }
    let m = Double(trials)
    let x = Double(k)
    let choose = try logGamma(m + 1) - logGamma(x + 1) - logGamma(m - x + 1)
    let upper = try logGamma(x + a) + logGamma(m - x + b) - logGamma(m + a + b)
    let lower = try logGamma(a) + logGamma(b) - logGamma(a + b)
    return exp(choose + upper - lower)
  }
}
