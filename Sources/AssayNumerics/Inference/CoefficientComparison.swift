/// How far the coefficients of one model, fitted to two samples, agree.
public struct CoefficientComparison: Sendable, Hashable {
  /// |b₂ − b₁|/se₁ of each coefficient.
  public var standardisedDifferences: [Double]
  /// The overlap of the confidence intervals of each; see ``confidenceIntervalOverlap(_:_:)``.
  public var overlaps: [Double]
  /// Whether each has the same sign in both, or tells in neither, at the level of the intervals.
  public var agrees: [Bool]
  /// (b₂ − b₁)ᵀ·(V₁ + V₂)⁻¹·(b₂ − b₁).
  public var waldStatistic: Double
  /// The degrees of freedom of the Wald statistic.
  public var degreesOfFreedom: Int
  /// The chance of a Wald statistic as large where both samples are of one law.
  public var waldPValue: Double

  /// Compares coefficients.
  ///
  /// - Parameters:
  /// - first: The coefficients in the first sample; at least one, finite.
  /// - errors: Their standard errors as the intervals have them; above 0.
  /// - second: Those in the second sample.
  /// - otherErrors: Likewise.
  /// - covariance: V₁ + V₂, row-major: the covariance of the difference.
  /// - level: The level of the confidence intervals.
  /// - Throws: ``NumericsError`` `.tooFewObservations` without a coefficient, `.domain` for numbers
  ///   that are not finite or errors that are not above 0.
  /// - Complexity: O(*p*³). Source: Karr et al. (2006), doi:10.1198/000313006X124640; Raab, Nowok &
  ///   Dibben (2016), doi:10.29012/jpc.v7i3.407, for the joint test.
  public init(
    _ first: [Double], errors: [Double], _ second: [Double], otherErrors: [Double],
    covariance: Span<Double>, level: Double = 0.95
  ) throws(NumericsError) {
    let count = first.count
    precondition(
      errors.count == count && second.count == count && otherErrors.count == count,
      "as many errors and coefficients are expected on both sides")
    guard count > 0 else {
      throw NumericsError(.tooFewObservations, "a comparison needs a coefficient")
    }
    let z = try normalQuantile(1 - (1 - level) / 2)
    standardisedDifferences = []
    overlaps = []
    agrees = []
    var difference: [Double] = []
    for index in 0..<count {
      let (a, b) = (first[index], second[index])
      let (s, t) = (errors[index], otherErrors[index])
      guard a.isFinite, b.isFinite, s > 0, t > 0, s.isFinite, t.isFinite else {
        throw NumericsError(.domain, "finite coefficients and errors above 0 are expected")
      }
      standardisedDifferences.append(abs(b - a) / s)
      difference.append(b - a)
      overlaps.append(
        try confidenceIntervalOverlap(
          ConfidenceInterval(lower: a - z * s, upper: a + z * s),
          ConfidenceInterval(lower: b - z * t, upper: b + z * t)) ?? 0)
      agrees.append(Self.verdict(a, s, z) == Self.verdict(b, t, z))
    }
    let factor = try TriangularFactor(covariance, width: count)
    waldStatistic = factor.quadraticForm(difference.span)
    degreesOfFreedom = factor.rank
    waldPValue =
      factor.rank > 0
      ? try chiSquareSurvival(waldStatistic, degreesOfFreedom: Double(factor.rank)) : 1
  }

  /// −1 below 0, 1 above it, 0 where the interval holds 0.
  public static func verdict(_ coefficient: Double, _ error: Double, _ z: Double) -> Int {
    coefficient > z * error ? 1 : coefficient < -z * error ? -1 : 0
  }
}
