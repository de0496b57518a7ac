import Foundation

/// The total variation distance of two distributions over the same cells.
///
/// ```
/// TV = ½ Σ |pᵢ − qᵢ|
/// ```
///
/// The largest difference in probability that the two give to any set of cells. Counts, weights
/// and shares will do: each side is divided by its total.
///
/// - Parameters:
///   - first: The counts of the first sample; at least 0.
///   - second: The counts of the second sample on the same cells.
/// - Returns: A distance in 0...1; 0 for proportional counts.
/// - Throws: ``NumericsError`` `.tooFewObservations` when either side has no weight.
/// - Complexity: O(cells).
@inlinable
public func totalVariationDistance<Weight: BinaryFloatingPoint>(
  _ first: Span<Weight>, _ second: Span<Weight>
) throws(NumericsError) -> Double {
  let (n, m) = try positiveTotals(first, second)
  let sum = pairwiseSum(over: 0..<first.count) { index in
    abs(Double(first[index]) / n - Double(second[index]) / m)
  }
  return Swift.min(1, sum / 2)
}

/// The Jensen–Shannon divergence of two distributions over the same cells, in nats.
///
/// ```
/// JSD = ½ Σ pᵢ ln(pᵢ/mᵢ) + ½ Σ qᵢ ln(qᵢ/mᵢ),   mᵢ = (pᵢ + qᵢ)/2
/// ```
///
/// - Parameters:
///   - first: The counts of the first sample; at least 0.
///   - second: The counts of the second sample on the same cells.
/// - Returns: A divergence in 0...ln 2; 0 for proportional counts.
/// - Throws: ``NumericsError`` `.tooFewObservations` when either side has no weight.
/// - Complexity: O(cells).
/// Source: Lin (1991), doi:10.1109/18.61115.
@inlinable
public func jensenShannonNats<Weight: BinaryFloatingPoint>(
  _ first: Span<Weight>, _ second: Span<Weight>
) throws(NumericsError) -> Double {
  let (n, m) = try positiveTotals(first, second)
  let sum = pairwiseSum(over: 0..<first.count) { index in
    let p = Double(first[index]) / n
    let q = Double(second[index]) / m
    // p ln(2p/(p+q)) + q ln(2q/(p+q)) cancels when p and q are close. With x = (p−q)/(p+q) it is
    // (p+q)/2 · ((1+x) ln(1+x) + (1−x) ln(1−x)), whose two halves log1p keeps exact.
    let total = p + q
    guard total > 0 else { return 0 }
    let x = (p - q) / total
    return total / 2 * symmetricEntropy(x)
  }
  return Swift.min(log2Nats, Swift.max(0, sum / 2))
}

/// The Jensen–Shannon divergence in bits: the one in nats divided by ln 2.
///
/// - Parameters:
///   - first: The counts of the first sample; at least 0.
///   - second: The counts of the second sample on the same cells.
/// - Returns: A divergence in 0...1; its square root is ``jensenShannonDistance(_:_:)``.
/// - Throws: ``NumericsError`` `.tooFewObservations` when either side has no weight.
@inlinable
public func jensenShannonBits<Weight: BinaryFloatingPoint>(
  _ first: Span<Weight>, _ second: Span<Weight>
) throws(NumericsError) -> Double {
  Swift.min(1, try jensenShannonNats(first, second) / log2Nats)
}

/// The Jensen–Shannon distance, a metric: the square root of the divergence in bits.
///
/// - Parameters:
///   - first: The counts of the first sample; at least 0.
///   - second: The counts of the second sample on the same cells.
/// - Returns: A distance in 0...1; 0 for proportional counts.
/// - Throws: ``NumericsError`` `.tooFewObservations` when either side has no weight.
/// Source: Endres & Schindelin (2003), doi:10.1109/TIT.2003.813506.
@inlinable
public func jensenShannonDistance<Weight: BinaryFloatingPoint>(
  _ first: Span<Weight>, _ second: Span<Weight>
) throws(NumericsError) -> Double {
  try jensenShannonBits(first, second).squareRoot()
}

/// The Hellinger distance of two distributions over the same cells.
///
/// ```
/// H = √(½ Σ (√pᵢ − √qᵢ)²) = √(1 − Σ √(pᵢqᵢ))
/// ```
///
/// - Parameters:
///   - first: The counts of the first sample; at least 0.
///   - second: The counts of the second sample on the same cells.
/// - Returns: A distance in 0...1; 0 for proportional counts.
/// - Throws: ``NumericsError`` `.tooFewObservations` when either side has no weight.
/// - Complexity: O(cells).
@inlinable
public func hellingerDistance<Weight: BinaryFloatingPoint>(
  _ first: Span<Weight>, _ second: Span<Weight>
) throws(NumericsError) -> Double {
  let (n, m) = try positiveTotals(first, second)
  let sum = pairwiseSum(over: 0..<first.count) { index in
    let p = Double(first[index]) / n
    let q = Double(second[index]) / m
    let difference = p.squareRoot() - q.squareRoot()
    return difference * difference
  }
  return Swift.min(1, (sum / 2).squareRoot())
}

/// The population stability index, with half a count added to every cell.
///
/// ```
/// PSI = Σ (pᵢ − qᵢ)·ln(pᵢ/qᵢ),   pᵢ = (aᵢ + ½)/(n + K/2)
/// ```
///
/// Without the half count (Jeffreys' prior) an empty cell would make it infinite. Never read it
/// against 0.10 and 0.25: two samples of one law get (K − 1)(1/n + 1/m) on average.
///
/// - Parameters:
///   - first: The counts of the first sample; at least 0. Shares will not do.
///   - second: The counts of the second sample on the same cells.
/// - Returns: The index, at least 0; 0 for equal counts.
/// - Throws: ``NumericsError`` `.tooFewObservations` when either side has no count.
/// - Complexity: O(cells).
/// Source: Yurdakul & Naranjo (2020), doi:10.21314/JRMV.2020.227.
@inlinable
public func populationStabilityIndex<Weight: BinaryFloatingPoint>(
  _ first: Span<Weight>, _ second: Span<Weight>
) throws(NumericsError) -> Double {
  let (n, m) = try positiveTotals(first, second)
  let half = Double(first.count) / 2
  let sum = pairwiseSum(over: 0..<first.count) { index in
    let p = (Double(first[index]) + 0.5) / (n + half)
    let q = (Double(second[index]) + 0.5) / (m + half)
    return (p - q) * naturalLogarithm(p / q)
  }
  return Swift.max(0, sum)
}

/// ln 2.
@usableFromInline let log2Nats: Double = 0.693_147_180_559_945_309_4

@usableFromInline func naturalLogarithm(_ x: Double) -> Double { log(x) }

/// (1 + x)·ln(1 + x) + (1 − x)·ln(1 − x) for x in −1...1.
@usableFromInline func symmetricEntropy(_ x: Double) -> Double {
  let size = abs(x)
  guard size < 1 else { return 2 * log2Nats }
  // For small x the two halves cancel to x²(1 + x²/6 + x⁴/15 + …).
  if size < 1e-3 {
    let square = x * x
    return square * (1 + square * (1.0 / 6 + square / 15))
  }
  return (1 + size) * log1p(size) + (1 - size) * log1p(-size)
}
