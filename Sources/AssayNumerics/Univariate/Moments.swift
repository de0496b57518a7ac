/// The mean, spread and shape of a sample.
public struct SampleMoments: Sendable, Hashable {
  /// The number of values.
  public var count: Int
  /// The arithmetic mean.
  public var mean: Double
  /// The unbiased variance, over n − 1.
  public var variance: Double
  /// The second, third and fourth central moments, over n.
  public var central: (second: Double, third: Double, fourth: Double) { (second, third, fourth) }
  private var second: Double
  private var third: Double
  private var fourth: Double

  /// Takes the moments of a sample.
  ///
  /// - Parameter values: The sample; finite, at least two values.
  /// - Throws: ``NumericsError`` `.tooFewObservations` below two values, `.domain` when a moment
  ///   is not finite.
  /// - Complexity: O(*n*).
  public init(_ values: Span<Double>) throws(NumericsError) {
    variance = try AssayNumerics.variance(values)
    let centre = try AssayNumerics.mean(values)
    mean = centre
    count = values.count
    let n = Double(values.count)
    second = try AssayNumerics.variance(values, correction: 0)
    third =
      pairwiseSum(over: 0..<values.count) {
        let d = values[$0] - centre
        return d * d * d
      } / n
    fourth =
      pairwiseSum(over: 0..<values.count) {
        let d = values[$0] - centre
        return d * d * d * d
      } / n
    guard centre.isFinite, variance.isFinite, third.isFinite, fourth.isFinite else {
      throw NumericsError(.domain, "values with finite moments are expected")
    }
  }

  /// The skewness m₃/m₂^{3/2}: 0 for symmetric samples, above 0 with a long right tail.
  ///
  /// - Parameter biasCorrected: Whether to multiply by √(n(n − 1))/(n − 2).
  /// - Returns: The skewness; at most about √n, so compare samples of one size.
  /// - Throws: ``NumericsError`` `.undefined` for a constant, `.tooFewObservations` below three
  ///   values with the correction.
  public func skewness(biasCorrected: Bool = false) throws(NumericsError) -> Double {
    guard isSpread else { throw Self.constant }
    let plain = third / (second * second.squareRoot())
    guard biasCorrected else { return plain }
    guard count > 2 else {
      throw NumericsError(.tooFewObservations, "the corrected skewness needs three values")
    }
    let n = Double(count)
    return plain * (n * (n - 1)).squareRoot() / (n - 2)
  }

  /// The excess kurtosis m₄/m₂² − 3: 0 for a normal law, above 0 with heavy tails.
  ///
  /// - Parameter biasCorrected: Whether to return ((n + 1)·g + 6)(n − 1)/((n − 2)(n − 3)).
  /// - Returns: The excess kurtosis; at most about n.
  /// - Throws: ``NumericsError`` `.undefined` for a constant, `.tooFewObservations` below four
  ///   values with the correction.
  public func excessKurtosis(biasCorrected: Bool = false) throws(NumericsError) -> Double {
    guard isSpread else { throw Self.constant }
    let plain = fourth / (second * second) - 3
    guard biasCorrected else { return plain }
    guard count > 3 else {
      throw NumericsError(.tooFewObservations, "the corrected kurtosis needs four values")
    }
    let n = Double(count)
    return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * plain + 6)
  }

  private var isSpread: Bool {
    let rounding = abs(mean) * 0x1p-50
    return second > rounding * rounding
  }

  private static let constant = NumericsError(.undefined, "the shape of a constant is undefined")
}

/// The first four L-moments: location, spread and shape from order statistics.
///
/// They exist whenever the mean does, and one outlier moves them little.
///
/// Source: Hosking (1990), doi:10.1111/j.2517-6161.1990.tb01775.x.
public struct LMoments: Sendable, Hashable {
  /// λ₁: the mean.
  public var location: Double
  /// λ₂: half the mean distance of two values.
  public var scale: Double
  private var third: Double
  private var fourth: Double

  /// Takes the unbiased L-moments of a sample.
  ///
  /// - Parameter sorted: The sample in ascending order, finite; at least four values.
  /// - Throws: ``NumericsError`` `.tooFewObservations` below four values, `.domain` when a moment
  ///   is not finite.
  /// - Complexity: O(*n*).
  public init(sorted: Span<Double>) throws(NumericsError) {
    guard sorted.count > 3 else {
      throw NumericsError(.tooFewObservations, "L-moments need four values, not \(sorted.count)")
    }
    let n = Double(sorted.count)
    let centre = try mean(sorted)
    // Of the values less their mean: the weights of the higher moments add up to 0.
    func weighted(_ weight: (Double) -> Double) -> Double {
      var sum = CompensatedSum()
      for index in 0..<sorted.count { sum.add(weight(Double(index)) * (sorted[index] - centre)) }
      return sum.total / n
    }
    let b1 = weighted { $0 / (n - 1) }
    let b2 = weighted { $0 * ($0 - 1) / ((n - 1) * (n - 2)) }
    let b3 = weighted { $0 * ($0 - 1) * ($0 - 2) / ((n - 1) * (n - 2) * (n - 3)) }
    location = centre
    scale = 2 * b1
    third = 6 * b2 - 6 * b1
    fourth = 20 * b3 - 30 * b2 + 12 * b1
    guard centre.isFinite, scale.isFinite, third.isFinite, fourth.isFinite else {
      throw NumericsError(.domain, "finite values are expected")
    }
  }

  /// The L-skewness λ₃/λ₂ and the L-kurtosis λ₄/λ₂.
  ///
  /// - Returns: Two numbers in −1...1; 0 and 0.1226 for a normal law, 0 and 0 for a uniform one.
  /// - Throws: ``NumericsError`` `.undefined` for a constant.
  public func ratios() throws(NumericsError) -> (skewness: Double, kurtosis: Double) {
    guard scale > abs(location) * 0x1p-50 else {
      throw NumericsError(.undefined, "the shape of a constant is undefined")
    }
    return (third / scale, fourth / scale)
  }
}
