import Foundation

/// A bound of the chance that a fair choice of units takes at least so much weight.
///
/// ```
/// P(W ≥ w) ≤ inf over λ > 0 of  e^(−λt) · Π (q + p·e^(λcᵢ)) / P(Bin(N, p) = n)
/// ```
///
/// with p = n/N, q = 1 − p, cᵢ the weights less their mean and t = w − E W. A choice of n of N units is
/// a choice of each by itself, given that it takes n; so its tail is at most that of independent choices
/// over the chance of taking n, and Chernoff's bound holds for these. It holds in finite samples, for any
/// weights; that of the normal law does not.
///
/// - Parameters:
///   - weights: The weight of each unit; finite.
///   - chosen: How many units are chosen, n.
///   - statistic: The sum of the weights of those chosen, w.
/// - Returns: The bound, from 10⁻³⁰⁰ to 1.
/// - Complexity: O(units), and O(units with weight) for each of at most 30 values of λ.
/// Source: Chernoff (1952), A measure of asymptotic efficiency for tests of a hypothesis based on the sum
/// of observations, doi:10.1214/aoms/1177729330.
package func labelSumBound(weights: Span<Double>, chosen: Int, atLeast statistic: Double) -> Double
{
  let count = weights.count
  guard chosen > 0, chosen < count else { return 1 }
  let p = Double(chosen) / Double(count)
  let q = 1 - p
  let mean = pairwiseSum(weights) / Double(count)
  // Units without weight are alike: their term is worked out once.
  var carriers: [Double] = []
  for index in 0..<count where weights[index] != 0 { carriers.append(weights[index]) }
  let others = Double(count - carriers.count)
  let squares =
    pairwiseSum(over: 0..<carriers.count) { (carriers[$0] - mean) * (carriers[$0] - mean) }
    + others * mean * mean
  let gap = statistic - mean * Double(chosen)
  guard squares > 0, gap > 0 else { return 1 }

  // log P(Bin(N, p) = n), by the logarithm of the gamma function.
  let (n, m, all) = (Double(chosen), Double(count - chosen), Double(count))
  let mass =
    lgamma(all + 1) - lgamma(n + 1) - lgamma(m + 1) + n * log(p) + m * log(q)

  // The exponent and its first two derivatives.
  func exponent(_ slope: Double) -> (value: Double, first: Double, second: Double) {
    var (value, first, second) = (-slope * gap, -gap, 0.0)
    func add(_ centred: Double, times: Double) {
      // q + p·e^x from whichever side does not overflow; E cᵢ = 0, so nothing has to be added.
      let x = slope * centred
      let share: Double
      if x > 0 {
        let small = exp(-x)
        value += times * (x + log(p + q * small))
        share = p / (p + q * small)
      } else {
        let small = exp(x)
        value += times * log(q + p * small)
        share = p * small / (q + p * small)
      }
      first += times * centred * share
      second += times * centred * centred * share * (1 - share)
    }
    for weight in carriers { add(weight - mean, times: 1) }
    if others > 0 { add(-mean, times: others) }
    return (value, first, second)
  }

  // The exponent is convex, and any λ gives a bound: Newton's steps, each at most fourfold.
  var slope = gap / (p * q * squares)
  var best = 0.0
  for _ in 0..<30 {
    let (value, first, second) = exponent(slope)
    // Σ log(q + p·e^(λcᵢ)) is about (λ²/2)·pq·Σc²; its rounding is far below 1.
    best = min(best, value)
    guard second > 0 else { break }
    let next = max(slope / 4, min(slope * 4, slope - first / second))
    if abs(next - slope) <= 1e-6 * slope { break }
    slope = next
  }
  return max(1e-300, min(1, exp(best - mass)))
}
