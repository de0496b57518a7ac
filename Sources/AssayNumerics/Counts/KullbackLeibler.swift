import Foundation

/// The Kullback–Leibler divergence of two distributions over the same cells, in nats.
///
/// ```
/// KL(P‖Q) = Σ pᵢ·ln(pᵢ/qᵢ),   pᵢ = (aᵢ + c)/(n + c·K)
/// ```
///
/// Without smoothing one empty cell of the second sample makes it infinite, so the smoothing is
/// part of the definition: name it wherever the number is shown. Not symmetric. Two samples of one
/// law get (K − 1)(1/n + 1/m)/2 on average.
///
/// - Parameters:
///   - first: The counts of the first sample, P; at least 0.
///   - second: The counts of the second sample on the same cells, Q.
///   - smoothing: c, what is added to every cell; by default ½, Jeffreys' prior.
/// - Returns: A divergence, at least 0; 0 for equal counts.
/// - Throws: ``NumericsError`` `.tooFewObservations` when either side has no count, `.undefined`
///   without smoothing when a cell of the first sample is empty in the second.
/// - Complexity: O(cells).
/// Source: Kullback & Leibler (1951), doi:10.1214/aoms/1177729694.
public func kullbackLeiblerNats(
  _ first: Span<Double>, _ second: Span<Double>, smoothing: Double = 0.5
) throws(NumericsError) -> Double {
  precondition(smoothing >= 0, "a smoothing of at least 0 is expected, not \(smoothing)")
  let (n, m) = try positiveTotals(first, second)
  let added = smoothing * Double(first.count)
  let sum = pairwiseSum(over: 0..<first.count) { index in
    let p = (first[index] + smoothing) / (n + added)
    let q = (second[index] + smoothing) / (m + added)
    guard p > 0 else { return 0 }
    return q > 0 ? p * log(p / q) : .infinity
  }
  guard sum < .infinity else {
    throw NumericsError(
      .undefined, "a cell that the second sample lacks makes the divergence infinite: smooth it")
  }
  return max(0, sum)
}

/// The likelihood-ratio (G) test that two samples have the same distribution over cells.
///
/// ```
/// G = 2·Σ observed·ln(observed/expected)
/// ```
///
/// - Parameters:
///   - first: The counts of the first sample; at least 0.
///   - second: The counts of the second sample on the same cells. Cells that are empty in both
///     are left out.
/// - Returns: The test. With small counts its p-value is too small; Pearson's is nearer.
/// - Throws: ``NumericsError`` `.tooFewObservations` when either side is empty, `.undefined` when
///   fewer than two cells are occupied.
/// - Complexity: O(cells).
/// Source: Wilks (1938), doi:10.1214/aoms/1177732360.
public func likelihoodRatioTwoSample(
  _ first: Span<Double>, _ second: Span<Double>
) throws(NumericsError) -> ChiSquareTest {
  var test = try chiSquareTwoSample(first, second)
  let (n, m) = try positiveTotals(first, second)
  let sum = pairwiseSum(over: 0..<first.count) { index in
    let total = first[index] + second[index]
    guard total > 0 else { return 0 }
    let share = total / (n + m)
    let a = first[index] > 0 ? first[index] * log(first[index] / (share * n)) : 0
    let b = second[index] > 0 ? second[index] * log(second[index] / (share * m)) : 0
    return a + b
  }
  test.statistic = max(0, 2 * sum)
  test.pValue = try chiSquareSurvival(
    test.statistic, degreesOfFreedom: Double(test.degreesOfFreedom))
  return test
}
