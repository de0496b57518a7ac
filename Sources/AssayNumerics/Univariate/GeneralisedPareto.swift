import Foundation

/// The generalised Pareto law: what excesses over a high threshold follow in the limit.
///
/// ```
/// P(Y > y) = (1 + ξ·y/σ)^(−1/ξ)    for y ≥ 0;    exp(−y/σ) at ξ = 0
/// ```
///
/// With ξ above 0 the tail falls like a power, at 0 exponentially, and below 0 it ends at −σ/ξ.
public struct GeneralisedPareto: Sendable, Hashable {
  /// ξ: the shape, which is the tail index.
  public var shape: Double
  /// σ: the scale, above 0.
  public var scale: Double

  /// The law with a shape and a scale.
  ///
  /// - Throws: ``NumericsError`` `.domain` unless the scale is above 0 and both are finite.
  public init(shape: Double, scale: Double) throws(NumericsError) {
    guard scale > 0, scale.isFinite, shape.isFinite else {
      throw NumericsError(.domain, "a finite shape and a finite scale above 0 are expected")
    }
    self.shape = shape
    self.scale = scale
  }

  /// The law whose first two probability-weighted moments are those of a sample.
  ///
  /// ```
  /// a₀ = mean of Y      a₁ = 1/k Σ (k − i)/(k − 1)·Y₍ᵢ₎, an unbiased E[Y·P(Y' > Y)]
  /// ξ = 2 − a₀/(a₀ − 2a₁)      σ = 2a₀a₁/(a₀ − 2a₁)
  /// ```
  ///
  /// They exist for ξ below 1, so that the estimate never reaches 1; from ½ up it varies as much as
  /// means of such values do. A sample may hold values beyond the end of a law of negative shape. There
  /// is no law where excesses do not vary.
  ///
  /// - Parameter sorted: The excesses, ascending, above or at 0 and finite; *k* of them.
  /// - Throws: ``NumericsError`` `.tooFewObservations` for fewer than two, `.domain` for one that is
  ///   negative or not finite.
  /// - Complexity: O(*k*).
  /// Source: Hosking & Wallis (1987), Parameter and quantile estimation for the generalized Pareto
  /// distribution, doi:10.2307/1269343.
  public init?(probabilityWeightedMoments sorted: Span<Double>) throws(NumericsError) {
    let count = sorted.count
    guard count > 1 else {
      throw NumericsError(.tooFewObservations, "a fit needs at least two excesses")
    }
    guard sorted[0] >= 0, sorted[count - 1] < .infinity else {
      throw NumericsError(.domain, "finite excesses at or above 0 are expected")
    }
    let mean = pairwiseSum(sorted) / Double(count)
    let weighted =
      pairwiseSum(over: 0..<count) { sorted[$0] * Double(count - 1 - $0) }
      / (Double(count) * Double(count - 1))
    self.init(mean: mean, weighted: weighted)
  }

  /// The law of two probability-weighted moments; `nil` where no law has them.
  package init?(mean: Double, weighted: Double) {
    // Half of Gini's mean difference: 0 where nothing varies, but for rounding.
    let gap = mean - 2 * weighted
    guard gap > 1e-12 * mean, weighted > 0 else { return nil }
    shape = 2 - mean / gap
    scale = 2 * mean * weighted / gap
  }

  /// P(Y > y).
  public func survival(_ y: Double) -> Double {
    guard y > 0 else { return 1 }
    let ratio = y / scale
    // (1 + ξr)^(−1/ξ) = exp(−log1p(ξr)/ξ), which goes over into exp(−r).
    if abs(shape) < 1e-12 { return exp(-ratio) }
    guard shape * ratio > -1 else { return 0 }
    return exp(-log1p(shape * ratio) / shape)
  }

  /// The excess that is exceeded with a probability.
  ///
  /// - Parameter probability: Above 0 and at most 1.
  /// - Returns: An excess at or above 0.
  /// - Throws: ``NumericsError`` `.domain` outside these limits.
  public func excess(exceededWith probability: Double) throws(NumericsError) -> Double {
    guard probability > 0, probability <= 1 else {
      throw NumericsError(.domain, "a probability above 0 and at most 1 is expected")
    }
    let logarithm = -log(probability)
    if abs(shape) < 1e-12 { return scale * logarithm }
    // (p^(−ξ) − 1)/ξ without cancellation near ξ = 0.
    return scale * expm1(shape * logarithm) / shape
  }

  /// The logarithm of the density; −∞ beyond the end.
  public func logDensity(_ y: Double) -> Double {
    guard y >= 0 else { return -.infinity }
    let ratio = y / scale
    if abs(shape) < 1e-12 { return -log(scale) - ratio }
    guard shape * ratio > -1 else { return -.infinity }
    return -log(scale) - (1 / shape + 1) * log1p(shape * ratio)
  }
}
