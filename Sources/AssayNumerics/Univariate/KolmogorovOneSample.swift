import Foundation

/// How far a sample lies from a law that is known: the one-sample Kolmogorov–Smirnov distance.
///
/// ```
/// D = sup |Fₙ − F|
/// ```
///
/// Meant for checks that p-values of a procedure are uniform; there `probabilities` are the
/// p-values themselves.
///
/// - Parameter sorted: F at each value of the sample, ascending, in 0...1.
/// - Returns: D, D⁺ = sup (Fₙ − F) and D⁻ = sup (F − Fₙ), in 0...1.
/// - Throws: ``NumericsError`` `.tooFewObservations` for an empty sample, `.domain` for a number
///   outside 0...1.
/// - Complexity: O(*n*).
public func kolmogorovSmirnovOneSample(
  sorted: Span<Double>
) throws(NumericsError) -> (statistic: Double, positive: Double, negative: Double) {
  guard sorted.count > 0 else {
    throw NumericsError(.tooFewObservations, "a sample must have at least one value")
  }
  let n = Double(sorted.count)
  var positive = 0.0
  var negative = 0.0
  for index in 0..<sorted.count {
    let p = sorted[index]
    guard p >= 0, p <= 1 else {
      throw NumericsError(.domain, "probabilities in 0...1 are expected, not \(p)")
    }
    positive = max(positive, Double(index + 1) / n - p)
    negative = max(negative, p - Double(index) / n)
  }
  return (max(positive, negative), positive, negative)
}

/// The upper tail of the one-sided distance D⁺ of *n* values from their law, P(D⁺ ≥ d).
///
/// ```
/// d·Σ C(n, j)·(d + j/n)^(j−1)·(1 − d − j/n)^(n−j) over j ≤ n(1 − d)
/// ```
///
/// - Parameters:
///   - d: The distance; 1 or more gives 0, 0 or less gives 1.
///   - count: The number of values, *n*; at least 1.
/// - Returns: A probability, to about 1e-12 relative up to 10⁵ values.
/// - Throws: ``NumericsError`` `.tooFewObservations` for a count below 1.
/// - Complexity: O(*n*).
/// Source: Birnbaum & Tingey (1951), doi:10.1214/aoms/1177729550.
public func smirnovSurvival(_ d: Double, count: Int) throws(NumericsError) -> Double {
  guard count > 0 else {
    throw NumericsError(.tooFewObservations, "a sample must have at least one value")
  }
  guard d > 0 else { return 1 }
  guard d < 1 else { return 0 }
  let n = Double(count)
  var sum = CompensatedSum()
  var logChoose = 0.0
  for j in 0...count {
    let share = Double(j) / n
    let rest = 1 - d - share
    guard rest >= 0 else { break }
    // The last power is of 0 when d·n is a whole number.
    let last = rest > 0 ? Double(count - j) * log(rest) : (j == count ? 0 : -.infinity)
    sum.add(exp(logChoose + Double(j - 1) * log(d + share) + last))
    logChoose += log(Double(count - j)) - log(Double(j + 1))
  }
  return min(1, d * sum.total)
}

/// The upper tail of the two-sided distance D of *n* values from their law, P(D ≥ d).
///
/// Durbin's matrix for up to 140 values; the expansion of Pelz and Good above; twice the one-sided
/// tail where the two sides can no longer meet.
///
/// - Parameters:
///   - d: The distance.
///   - count: The number of values, *n*; at least 1.
/// - Returns: A probability, to about 1e-10.
/// - Throws: ``NumericsError`` `.tooFewObservations` for a count below 1.
/// - Complexity: O((n·d)³·log *n*) up to 140 values, O(*n*) in the tail, else O(1).
/// Source: Marsaglia, Tsang & Wang (2003), doi:10.18637/jss.v008.i18; Pelz & Good (1976),
/// doi:10.1111/j.2517-6161.1976.tb01579.x; selection after Simard & L'Ecuyer (2011),
/// doi:10.18637/jss.v039.i11.
public func kolmogorovOneSampleSurvival(
  _ d: Double, count: Int
) throws(NumericsError) -> Double {
  guard count > 0 else {
    throw NumericsError(.tooFewObservations, "a sample must have at least one value")
  }
  let n = Double(count)
  guard d > 0.5 / n else { return 1 }
  guard d < 1 else { return 0 }
  if d <= 1 / n {
    // n!·(2d − 1/n)ⁿ
    let logarithm = try logGamma(n + 1) + n * log(2 * d - 1 / n)
    return -expm1(logarithm)
  }
  if d >= 1 - 1 / n { return 2 * pow(1 - d, n) }
  let scaled = n * d * d
  if d >= 0.5 || scaled >= (count <= 140 ? 4 : 2.2) {
    guard scaled < 370 else { return 0 }
    return min(1, 2 * (try smirnovSurvival(d, count: count)))
  }
  let below = count <= 140 ? durbinMatrix(d, count) : pelzGood(d, n)
  return min(1, max(0, 1 - below))
}

/// P(D < d) by the n-th power of Durbin's matrix.
private func durbinMatrix(_ d: Double, _ count: Int) -> Double {
  let n = Double(count)
  let k = Int(n * d) + 1
  let size = 2 * k - 1
  let h = Double(k) - n * d
  var matrix = [Double](repeating: 0, count: size * size)
  for row in 0..<size {
    for column in 0..<min(size, row + 2) { matrix[row * size + column] = 1 }
  }
  for index in 0..<size {
    matrix[index * size] -= pow(h, Double(index + 1))
    matrix[(size - 1) * size + index] -= pow(h, Double(size - index))
  }
  if 2 * h > 1 { matrix[(size - 1) * size] += pow(2 * h - 1, Double(size)) }
  for row in 0..<size {
    for column in 0..<min(size, row + 2) {
      // Divided by (row − column + 1)!.
      for factor in stride(from: 2, through: row - column + 1, by: 1) {
        matrix[row * size + column] /= Double(factor)
      }
    }
  }
  var power = [Double](repeating: 0, count: size * size)
  for index in 0..<size { power[index * size + index] = 1 }
  var left = count
  // The largest entry is taken out of the square as a power of two, lest it overflow.
  var squareScale = 0
  var powerScale = 0
  while left > 0 {
    if left & 1 == 1 {
      power = LinearAlgebra.doublePrecisionProduct(
        power.span, matrix.span, rows: size, inner: size, columns: size)
      powerScale += squareScale
    }
    left /= 2
    guard left > 0 else { break }
    let factor = matrix
    matrix = LinearAlgebra.doublePrecisionProduct(
      factor.span, factor.span, rows: size, inner: size, columns: size)
    squareScale *= 2
    let largest = matrix.max() ?? 1
    let exponent = Int(largest.exponent)
    for index in matrix.indices { matrix[index] = scalbn(matrix[index], -exponent) }
    squareScale += exponent
  }
  // n!/nⁿ, factor by factor, with the powers of two put back.
  var result = power[(k - 1) * size + k - 1]
  for index in 1...count {
    result *= Double(index) / n
    if result < 1e-140 {
      result *= 0x1p460
      powerScale -= 460
    }
  }
  return scalbn(result, powerScale)
}

/// P(D < d) to order n^(−3/2).
private func pelzGood(_ d: Double, _ n: Double) -> Double {
  let z = n.squareRoot() * d
  let z2 = z * z
  let z4 = z2 * z2
  let z6 = z4 * z2
  let pi2 = Double.pi * Double.pi
  let pi4 = pi2 * pi2
  let root = (2 * Double.pi).squareRoot()
  var k0 = 0.0
  var k1 = 0.0
  var k2 = 0.0
  var k3 = 0.0
  var even2 = 0.0
  var even3 = 0.0
  for index in stride(from: Int(16 * z / Double.pi) + 2, to: 0, by: -1) {
    let odd = Double(2 * index - 1)
    let m2 = odd * odd
    let m4 = m2 * m2
    let m6 = m4 * m2
    let q = exp(-pi2 * m2 / (8 * z2))
    k0 += q
    k1 += q * (pi2 / 4 * m2 - z2)
    k2 +=
      q
      * (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * pi2 / 4 * m2 + pi4 * (1 - 2 * z2) / 16 * m4)
    k3 +=
      q
      * (-30 * z6 - 90 * z6 * z2 + pi2 * (135 * z4 - 96 * z6) / 4 * m2
        + pi4 * (212 * z4 - 60 * z2) / 16 * m4 + pi2 * pi4 * (5 - 30 * z2) / 64 * m6)
    let whole = Double(index) * Double(index)
    let p = exp(-pi2 * whole / (2 * z2))
    even2 += whole * p
    even3 += (3 * z2 - pi2 * whole) * whole * p
  }
  let first = root / z * k0
  let second = root / (6 * z4) * k1
  let third = root / (72 * z6 * z) * k2 - pi2 * root / (36 * z2 * z) * even2
  let fourth = root / (6480 * z6 * z4) * k3 + pi2 * root / (216 * z6) * even3
  return first + second / n.squareRoot() + third / n + fourth / (n * n.squareRoot())
}
