/// The upper tail of the chi-square distribution, P(X > x).
///
/// - Parameters:
///   - x: The value; a negative one gives 1.
///   - degreesOfFreedom: The degrees of freedom; above 0.
/// - Returns: A probability, accurate to about 1e-13 relative.
/// - Throws: ``NumericsError`` `.domain` for degrees of freedom that are not above 0, or NaN.
public func chiSquareSurvival(
  _ x: Double, degreesOfFreedom: Double
) throws(NumericsError) -> Double {
  guard degreesOfFreedom > 0, degreesOfFreedom.isFinite, !x.isNaN else {
    throw NumericsError(
      .domain, "degrees of freedom above 0 are expected, not \(degreesOfFreedom)")
  }
  guard x > 0 else { return 1 }
  guard x < .infinity else { return 0 }
  return try GSL.chiSquareUpper(x, degreesOfFreedom)
}

/// The value that a chi-square variable exceeds with the given probability.
///
/// - Parameters:
///   - probability: The probability of the upper tail, in 0 ..< 1 exclusive of 0.
///   - degreesOfFreedom: The degrees of freedom; above 0.
/// - Returns: The critical value, such as 3.84 for 0.05 and 1.
/// - Throws: ``NumericsError`` `.domain` outside these ranges.
public func chiSquareCritical(
  probability: Double, degreesOfFreedom: Double
) throws(NumericsError) -> Double {
  guard probability > 0, probability < 1, degreesOfFreedom > 0 else {
    throw NumericsError(
      .domain, "a probability between 0 and 1 and degrees of freedom above 0 are expected")
  }
  return try GSL.chiSquareCritical(probability, degreesOfFreedom)
}

/// The distribution function of the standard normal distribution, P(X ≤ z).
///
/// - Parameter z: Any number but NaN.
/// - Returns: A probability in 0...1.
public func normalDistribution(_ z: Double) -> Double {
  GSL.normalLower(z)
}

/// The upper tail of the standard normal distribution, P(X > z), without cancellation.
///
/// - Parameter z: Any number but NaN.
/// - Returns: A probability in 0...1.
public func normalSurvival(_ z: Double) -> Double {
  GSL.normalUpper(z)
}

/// The quantile of the standard normal distribution.
///
/// - Parameter probability: A probability strictly between 0 and 1.
/// - Returns: The z with P(X ≤ z) = `probability`, such as 1.96 for 0.975.
/// - Throws: ``NumericsError`` `.domain` outside the open interval.
public func normalQuantile(_ probability: Double) throws(NumericsError) -> Double {
  guard probability > 0, probability < 1 else {
    throw NumericsError(
      .domain, "a probability strictly between 0 and 1 is expected, not \(probability)")
  }
  return GSL.normalQuantile(probability)
}

/// The quantile of Student's t distribution.
///
/// - Parameters:
///   - probability: A probability strictly between 0 and 1.
///   - degreesOfFreedom: The degrees of freedom; above 0.
/// - Returns: The t with P(X ≤ t) = `probability`.
/// - Throws: ``NumericsError`` `.domain` outside these ranges.
public func studentQuantile(
  _ probability: Double, degreesOfFreedom: Double
) throws(NumericsError) -> Double {
  guard probability > 0, probability < 1, degreesOfFreedom > 0 else {
    throw NumericsError(
      .domain, "a probability between 0 and 1 and degrees of freedom above 0 are expected")
  }
  return try GSL.studentQuantile(probability, degreesOfFreedom)
}

/// The upper tail of Student's t distribution.
///
/// - Parameters:
///   - t: The point.
///   - degreesOfFreedom: The degrees of freedom; above 0.
/// - Returns: P(X > t).
/// - Throws: ``NumericsError`` `.domain` where `t` is not finite or the degrees are not above 0.
public func studentUpperTail(
  _ t: Double, degreesOfFreedom: Double
) throws(NumericsError) -> Double {
  guard t.isFinite, degreesOfFreedom > 0 else {
    throw NumericsError(.domain, "a finite t and degrees of freedom above 0 are expected")
  }
  return try GSL.studentUpper(t, degreesOfFreedom)
}

/// The natural logarithm of the gamma function.
///
/// - Parameter x: A number above 0.
/// - Returns: ln Γ(x).
/// - Throws: ``NumericsError`` `.domain` for other numbers.
public func logGamma(_ x: Double) throws(NumericsError) -> Double {
  guard x > 0 else { throw NumericsError(.domain, "a number above 0 is expected, not \(x)") }
  return try GSL.logGamma(x)
}
