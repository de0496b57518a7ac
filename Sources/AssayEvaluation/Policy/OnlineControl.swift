import Foundation

/// The error probability of the *t*-th run of one policy, so that all runs together raise a false
/// alarm with the policy's probability at most.
///
/// ```
/// α_t = α γ_t,   γ_t = c · log(max(t, 2)) / (t · exp(√log t)),   Σ γ_t = 1
/// ```
///
/// A gate that judges every night at 1 % goes red without a leak every few months; with this
/// spending it never does so with more than 1 % over all nights.
///
/// Source: the sequence is that of Javanmard & Montanari (2018), Online rules for control of false
/// discovery rate and false discovery exceedance, doi:10.1214/17-AOS1559, spent here as in a
/// Bonferroni inequality, which no dependence between runs can break.
public enum OnlineControl {
  /// The sum of the sequence before it is normalised: 10⁶ terms, then the integral of the rest by
  /// `2 e^{−s} (s³ + 3s² + 6s + 6)` at `s = √log t` less half a term.
  static let sum = 12.645_107_872_871_7

  /// The share of the error probability that the *t*-th run may spend.
  ///
  /// - Parameter run: The number of the run, from 1.
  /// - Returns: γ, above 0; all of them sum to 1.
  public static func share(run: Int) -> Double {
    precondition(run >= 1, "runs are counted from 1, not \(run)")
    return weight(Double(run)) / sum
  }

  /// A term of the sequence before it is normalised.
  static func weight(_ t: Double) -> Double { log(max(t, 2)) / (t * exp(log(t).squareRoot())) }
}
