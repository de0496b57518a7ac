import AssayNumerics
import Foundation

/// The number of successes in some trials whose common probability is a beta variable.
///
/// What a fresh real sample does beyond the rows at hand follows such a law: a new value falls
/// outside the range of *n* values with a probability that is Beta(2, n − 1), whatever the law of
/// the values.
struct BetaBinomial: Sendable {
  /// The number of trials.
  var trials: Int
  /// The first shape, above 0.
  var a: Double
  /// The second shape, above 0.
  var b: Double

  /// The expected number of successes.
  var mean: Double { Double(trials) * a / (a + b) }

  /// The standard deviation of the number of successes.
  var deviation: Double {
    let m = Double(trials)
    let sum = a + b
    return (m * a * b * (sum + m) / (sum * sum * (sum + 1))).squareRoot()
  }

  /// P(X ≥ k), summed from the end that needs fewer terms.
  ///
  /// - Complexity: O(*k*) for k up to the mean, else O(terms until they vanish).
  func upperTail(atLeast k: Int) throws(NumericsError) -> Double {
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

  /// `C(m, k) B(k + a, m − k + b) / B(a, b)`.
  func probability(_ k: Int) throws(NumericsError) -> Double {
    let m = Double(trials)
    let x = Double(k)
    let choose = try logGamma(m + 1) - logGamma(x + 1) - logGamma(m - x + 1)
    let upper = try logGamma(x + a) + logGamma(m - x + b) - logGamma(m + a + b)
    let lower = try logGamma(a) + logGamma(b) - logGamma(a + b)
    return exp(choose + upper - lower)
  }
}
