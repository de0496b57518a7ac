/// The jackknife: bias and spread of an estimate from the same estimate without each group.
///
/// For groups of equal size
///
/// ```
/// bias = (G − 1)·(mean of θ₍ᵢ₎ − θ)        variance = (G − 1)/G · Σ (θ₍ᵢ₎ − mean)²
/// ```
///
/// and for unequal ones the pseudo-values of the delete-mⱼ jackknife. Good for smooth statistics
/// (means, moments, correlations, U-statistics away from degeneracy); wrong for quantiles, and for
/// distances whose true value is 0.
public struct Jackknife: Sendable, Hashable {
  /// The estimate from all rows, θ.
  public var estimate: Double
  /// The estimate less its bias.
  public var corrected: Double
  /// The standard error.
  public var standardError: Double
  /// The number of groups, G.
  public var groups: Int

  /// The estimated bias of the estimate.
  public var bias: Double { estimate - corrected }

  /// Makes the jackknife of groups of equal size, such as single rows.
  ///
  /// - Parameters:
  ///   - estimate: The estimate from all rows; finite.
  ///   - withoutGroup: The estimate without each group; at least 2, finite.
  /// - Throws: ``NumericsError`` `.tooFewObservations` below two groups, `.domain` when an
  ///   estimate is not finite.
  /// - Complexity: O(*G*).
  /// Source: Quenouille (1956), doi:10.1093/biomet/43.3-4.353; Tukey (1958).
  public init(estimate: Double, withoutGroup: Span<Double>) throws(NumericsError) {
    let sizes = [Double](repeating: 1, count: withoutGroup.count)
    try self.init(estimate: estimate, withoutGroup: withoutGroup, groupSizes: sizes.span)
  }

  /// Makes the jackknife of groups of any sizes.
  ///
  /// - Parameters:
  ///   - estimate: The estimate from all rows; finite.
  ///   - withoutGroup: The estimate without each group; at least 2, finite.
  ///   - groupSizes: The number of rows in each group; above 0.
  /// - Throws: ``NumericsError`` `.tooFewObservations` below two groups, `.domain` when an
  ///   estimate is not finite or a size is not above 0.
  /// - Complexity: O(*G*).
  /// Source: Busing, Meijer & van der Leeden (1999), doi:10.1023/A:1008800423698.
  public init(
    estimate: Double, withoutGroup: Span<Double>, groupSizes: Span<Double>
  ) throws(NumericsError) {
    let count = withoutGroup.count
    precondition(
      groupSizes.count == count,
      "one size a group is expected, not \(groupSizes.count) for \(count)")
    guard count >= 2 else {
      throw NumericsError(.tooFewObservations, "a jackknife needs at least two groups")
    }
    guard estimate.isFinite else { throw Self.notFinite }
    for index in 0..<count {
      guard withoutGroup[index].isFinite else { throw Self.notFinite }
      guard groupSizes[index] > 0, groupSizes[index].isFinite else {
        throw NumericsError(.domain, "group sizes above 0 are expected")
      }
    }
    let rows = pairwiseSum(groupSizes)
    // θ_J = θ + Σ (1 − mⱼ/n)·(θ − θ₍ⱼ₎), which cancels less than the sum of pseudo-values.
    let shift = pairwiseSum(over: 0..<count) {
      (1 - groupSizes[$0] / rows) * (estimate - withoutGroup[$0])
    }
    let variance =
      pairwiseSum(over: 0..<count) { index in
        let h = rows / groupSizes[index]
        // The pseudo-value h·θ − (h − 1)·θ₍ⱼ₎ less θ_J.
        let difference = (h - 1) * (estimate - withoutGroup[index]) - shift
        return difference * difference / (h - 1)
      } / Double(count)
    self.estimate = estimate
    corrected = estimate + shift
    standardError = variance.squareRoot()
    groups = count
  }

  /// The interval by Student's t with G − 1 degrees of freedom.
  ///
  /// - Parameters:
  ///   - level: The coverage, strictly between 0 and 1.
  ///   - biasCorrected: Whether the corrected estimate is the centre; by default the estimate is.
  /// - Returns: The lower and the upper limit.
  /// - Throws: ``NumericsError`` `.domain` for a level outside the range.
  public func interval(
    level: Double = 0.95, biasCorrected: Bool = false
  ) throws(NumericsError) -> ConfidenceInterval {
    let t = try studentQuantile((1 + level) / 2, degreesOfFreedom: Double(groups - 1))
    let centre = biasCorrected ? corrected : estimate
    return ConfidenceInterval(
      lower: centre - t * standardError, upper: centre + t * standardError)
  }

  private static let notFinite = NumericsError(.domain, "a finite estimate is expected")
}
