import Foundation

/// The p-value of Fisher's exact test that two samples have one probability.
///
/// ```
/// p = min(1, 2·min(P(X ≤ a), P(X ≥ a)))
/// ```
///
/// X is how many of the n rows of the first sample are marked if t marked rows of all are spread over
/// both samples at random, and a how many are. Valid for every size, and conservative: small tables
/// have few values. A p-value that is at most 1e-12 is the bound of Hoeffding for it, which is never
/// less than the exact one and takes no sum.
///
/// - Parameters:
///   - first: How many are marked, of how many; at least 1.
///   - second: The same of the second sample.
/// - Returns: A p-value in 0...1.
/// - Throws: ``NumericsError`` `.domain` for impossible counts.
/// - Complexity: O(terms of the tail) for tails that matter, else O(1).
/// Source: Fisher (1935), The logic of inductive inference; the bound: Hoeffding (1963),
/// doi:10.1080/01621459.1963.10500830.
public func equalSharesPValue(
  _ first: (marked: Int, of: Int), _ second: (marked: Int, of: Int)
) throws(NumericsError) -> Double {
  guard first.of >= 1, second.of >= 1, (0...first.of).contains(first.marked),
    (0...second.of).contains(second.marked)
  else {
    throw NumericsError(.domain, "counts of at least 0 and at most their sizes are expected")
  }
  let marked = first.marked + second.marked
  let all = first.of + second.of
  guard marked > 0, marked < all else { return 1 }
  let share = Double(first.marked) / Double(first.of)
  let bound = 2 * exp(-Double(first.of) * divergence(share, Double(marked) / Double(all)))
  if bound <= 1e-12 { return bound }
  let above = try hypergeometricUpperTail(
    atLeast: first.marked, marked: marked, unmarked: all - marked, drawn: first.of)
  // As few marked rows as these are as many unmarked ones.
  let below = try hypergeometricUpperTail(
    atLeast: first.of - first.marked, marked: all - marked, unmarked: marked, drawn: first.of)
  return min(1, 2 * min(above, below))
}

/// The divergence of Kullback and Leibler of two events, in nats.
private func divergence(_ share: Double, _ expected: Double) -> Double {
  func part(_ p: Double, _ q: Double) -> Double { p > 0 ? p * log(p / q) : 0 }
  return max(0, part(share, expected) + part(1 - share, 1 - expected))
}
