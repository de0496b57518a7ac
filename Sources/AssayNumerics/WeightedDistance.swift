/// How far the distribution functions of two weighted samples are apart.
///
/// ```
/// F(x) = Σ_{xᵢ ≤ x} wᵢ / Σ wᵢ,   D = sup |F − G|,   W₁ = ∫ |F − G| dx
/// ```
///
/// Weights that are whole numbers give what repeated values give.
public struct WeightedDistance: Sendable, Hashable {
  /// D, in 0...1; 0 for samples with the same distribution function.
  public var supremum: Double
  /// The least value at which D is reached.
  public var location: Double
  /// F at ``location``.
  public var first: Double
  /// G at ``location``.
  public var second: Double
  /// The Wasserstein-1 distance, in the unit of the data.
  public var area: Double

  /// Compares two samples.
  ///
  /// - Parameters:
  ///   - first: The first sample, ascending, finite.
  ///   - firstWeights: What each of its values counts; at least 0.
  ///   - second: The second sample, ascending, finite.
  ///   - secondWeights: What each of its values counts; at least 0.
  /// - Throws: ``NumericsError`` `.tooFewObservations` when either sample has no weight,
  ///   `.undefined` when the distance is not finite.
  /// - Complexity: O(*n* + *m*).
  public init(
    sorted first: Span<Double>, _ firstWeights: Span<Double>, _ second: Span<Double>,
    _ secondWeights: Span<Double>
  ) throws(NumericsError) {
    precondition(
      first.count == firstWeights.count && second.count == secondWeights.count,
      "a weight for each value is expected")
    let n = pairwiseSum(firstWeights)
    let m = pairwiseSum(secondWeights)
    guard n > 0, m > 0 else {
      throw NumericsError(.tooFewObservations, "both samples must have some weight")
    }
    var i = 0
    var j = 0
    var f = CompensatedSum()
    var g = CompensatedSum()
    var total = CompensatedSum()
    var last = min(first[0], second[0])
    supremum = 0
    location = last
    self.first = 0
    self.second = 0
    while i < first.count || j < second.count {
      let x: Double
      if i == first.count {
        x = second[j]
      } else if j == second.count {
        x = first[i]
      } else {
        x = min(first[i], second[j])
      }
      let before = abs(f.total / n - g.total / m)
      if before > 0, x > last { total.add(before * (x - last)) }
      while i < first.count, first[i] == x {
        f.add(firstWeights[i])
        i += 1
      }
      while j < second.count, second[j] == x {
        g.add(secondWeights[j])
        j += 1
      }
      let own = f.total / n
      let other = g.total / m
      // Equal steps may differ by rounding: the least location is kept.
      if abs(own - other) > supremum + 1e-15 {
        supremum = min(1, abs(own - other))
        location = x
        self.first = min(1, own)
        self.second = min(1, other)
      }
      last = x
    }
    area = total.total
    guard area.isFinite else {
      throw NumericsError(.undefined, "the distance of samples with infinite values is undefined")
    }
  }
}

/// The limiting p-value of a Kolmogorov–Smirnov distance for sizes that need not be whole.
///
/// - Parameters:
///   - statistic: D, in 0...1.
///   - first: As how many values that count alike the first sample is worth; above 0.
///   - second: Likewise of the second.
/// - Returns: A probability, with Stephens' correction for finite samples.
public func kolmogorovSmirnovPValue(
  _ statistic: Double, effectiveSizes first: Double, _ second: Double
) -> Double {
  let root = (first * second / (first + second)).squareRoot()
  guard root > 0, root.isFinite else { return 1 }
  return kolmogorovSurvival((root + 0.12 + 0.11 / root) * statistic)
}
