import Foundation

/// The upper tail of Kolmogorov's limiting distribution, Q(λ) = P(K > λ).
///
/// ```
/// Q(λ) = 2 Σ (−1)^(k−1) e^(−2k²λ²)                    for λ above 0.83
/// Q(λ) = 1 − (√(2π)/λ) Σ e^(−(2k−1)²π²/(8λ²))         below
/// ```
///
/// - Parameter lambda: The scaled statistic √(n·m/(n + m))·D; 1.358 leaves 5 %.
/// - Returns: A probability; 1 for λ of 0 or less.
/// Source: Marsaglia, Tsang & Wang (2003), doi:10.18637/jss.v008.i18.
public func kolmogorovSurvival(_ lambda: Double) -> Double {
  guard lambda > 0 else { return 1 }
  if lambda > 0.83 {
    var sum = 0.0
    var sign = 1.0
    for k in 1...20 {
      let term = exp(-2 * Double(k * k) * lambda * lambda)
      sum += sign * term
      if term < 1e-18 * abs(sum) { break }
      sign = -sign
    }
    return min(1, max(0, 2 * sum))
  }
  let exponent = -Double.pi * Double.pi / (8 * lambda * lambda)
  var sum = 0.0
  for k in 1...20 {
    let term = exp(Double((2 * k - 1) * (2 * k - 1)) * exponent)
    sum += term
    if term <= 1e-18 * sum { break }
  }
  return min(1, max(0, 1 - (2 * Double.pi).squareRoot() / lambda * sum))
}

/// What the Kolmogorov–Smirnov statistic of two samples of one continuous law is on average.
///
/// ```
/// E D = √(π/2)·ln 2·√s        SD D = √(π²/12 − (π/2)·ln² 2)·√s        s = 1/n + 1/m
/// ```
///
/// - Parameters:
///   - first: The size of the first sample; at least 1.
///   - second: The size of the second sample; at least 1.
/// - Returns: The mean (0.8687·√s) and the standard deviation (0.2603·√s), in the limit of large
///   samples. With ties both are smaller.
/// - Throws: ``NumericsError`` `.tooFewObservations` for a size below 1.
public func expectedKolmogorovSmirnov(
  _ first: Int, _ second: Int
) throws(NumericsError) -> (mean: Double, standardDeviation: Double) {
  guard first > 0, second > 0 else {
    throw NumericsError(.tooFewObservations, "both samples must have at least one value")
  }
  let root = (1 / Double(first) + 1 / Double(second)).squareRoot()
  let ln2 = log2Nats
  return (
    (Double.pi / 2).squareRoot() * ln2 * root,
    (Double.pi * Double.pi / 12 - Double.pi / 2 * ln2 * ln2).squareRoot() * root
  )
}

/// The half-width of a uniform confidence band around an empirical distribution function.
///
/// ```
/// ε = √(ln(2/α) / (2n))
/// ```
///
/// - Parameters:
///   - count: The sample size; at least 1.
///   - alpha: The probability that the band misses the distribution function somewhere.
/// - Returns: The half-width; the band holds for every n and every law.
/// - Throws: ``NumericsError`` `.domain` outside these ranges.
/// Source: Massart (1990), The tight constant in the Dvoretzky–Kiefer–Wolfowitz inequality,
/// doi:10.1214/aop/1176990746.
public func distributionBand(count: Int, alpha: Double) throws(NumericsError) -> Double {
  guard count > 0, alpha > 0, alpha < 1 else {
    throw NumericsError(.domain, "a count of at least 1 and an alpha between 0 and 1 are expected")
  }
  return (log(2 / alpha) / (2 * Double(count))).squareRoot()
}
