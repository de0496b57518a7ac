import Foundation

/// How much two confidence intervals overlap, as a share of their lengths.
///
/// ```
/// ½·[(min U − max L)/(U₁ − L₁) + (min U − max L)/(U₂ − L₂)]
/// ```
///
/// 1 for equal intervals, below 0 for intervals apart from each other: how far apart is kept. Two
/// points are 1 where they are equal; a point and an interval have no value.
///
/// - Parameters:
///   - first: The limits of an interval.
///   - second: The limits of another.
/// - Returns: At most 1; `nil` where an interval has no length and the two differ.
/// - Throws: ``NumericsError`` `.domain` for limits that are not finite or in the wrong order.
/// Source: Karr, Kohnen, Oganian, Reiter & Sanil (2006), A framework for evaluating the utility of
/// data altered to protect confidentiality, doi:10.1198/000313006X124640.
public func confidenceIntervalOverlap(
  _ first: ConfidenceInterval, _ second: ConfidenceInterval
) throws(NumericsError) -> Double? {
  for interval in [first, second]
  where !(interval.lower <= interval.upper) || !(interval.upper - interval.lower).isFinite {
    throw NumericsError(.domain, "finite limits in ascending order are expected")
  }
  let lengths = (first.upper - first.lower, second.upper - second.lower)
  guard lengths.0 > 0, lengths.1 > 0 else {
    return first == second ? 1 : nil
  }
  let shared = min(first.upper, second.upper) - max(first.lower, second.lower)
  return (shared / lengths.0 + shared / lengths.1) / 2
}

/// The overlap of the intervals of two independent estimates of one number, on average.
///
/// With half lengths h = z·s and the difference d of the estimates, the shared part is
/// min(2·min h, h₁ + h₂ − |d|), and d is normal with the variances added up, so that
///
/// ```
/// E shared = 2·min h − E(|d| − c)₊,   c = |h₁ − h₂|
/// ```
///
/// For equal standard errors at 95 % it is 1 − √2·√(2/π)/(2·1.96) ≈ 0.712: a fresh real sample does
/// not reach 1.
///
/// - Parameters:
///   - errors: The standard errors of the two estimates; above 0.
///   - level: The confidence level of both intervals, strictly between 0 and 1.
/// - Returns: The mean and the standard deviation of the overlap.
/// - Throws: ``NumericsError`` `.domain` outside these ranges.
public func expectedIntervalOverlap(
  errors: (Double, Double), level: Double = 0.95
) throws(NumericsError) -> (mean: Double, deviation: Double) {
  guard errors.0 > 0, errors.1 > 0, errors.0.isFinite, errors.1.isFinite else {
    throw NumericsError(.domain, "standard errors above 0 are expected")
  }
  let z = try normalQuantile(1 - (1 - level) / 2)
  let halves = (z * errors.0, z * errors.1)
  let sigma = (errors.0 * errors.0 + errors.1 * errors.1).squareRoot()
  let edge = abs(halves.0 - halves.1)
  let t = edge / sigma
  let density = exp(-t * t / 2) / (2 * Double.pi).squareRoot()
  let tail = normalSurvival(t)
  // E(|d| − c)₊ and the mean of its square, both sides of the normal law.
  let beyond = 2 * sigma * (density - t * tail)
  let square = 2 * sigma * sigma * ((1 + t * t) * tail - t * density)
  let factor = (1 / halves.0 + 1 / halves.1) / 4
  return (
    factor * (2 * min(halves.0, halves.1) - beyond),
    factor * max(0, square - beyond * beyond).squareRoot()
  )
}
