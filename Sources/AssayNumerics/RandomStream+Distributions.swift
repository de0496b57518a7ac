import Foundation

extension RandomStream {
  /// A draw from the standard normal distribution, by inversion: one word a draw.
  ///
  /// - Returns: A finite number, at most about 8.3 in magnitude.
  public mutating func normal() -> Double {
    let u = openUniform()
    // The routine is defined on all of the open interval, which is what is drawn.
    return GSL.normalQuantile(u)
  }

  /// A draw from the exponential distribution with the given mean.
  ///
  /// - Parameter mean: The mean of the distribution; above 0.
  /// - Returns: A number above 0.
  public mutating func exponential(mean: Double = 1) -> Double {
    precondition(mean > 0, "a mean above 0 is expected, not \(mean)")
    return -mean * log(openUniform())
  }

  /// A draw from the gamma distribution.
  ///
  /// - Parameters:
  ///   - shape: The shape parameter; above 0. The mean is `shape * scale`.
  ///   - scale: The scale parameter; above 0.
  /// - Returns: A number of at least 0.
  /// Source: Marsaglia & Tsang (2000), doi:10.1145/358407.358414.
  public mutating func gamma(shape: Double, scale: Double = 1) -> Double {
    precondition(shape > 0 && scale > 0, "a shape and a scale above 0 are expected")
    guard shape >= 1 else {
      let boost = pow(openUniform(), 1 / shape)
      return gamma(shape: shape + 1, scale: scale) * boost
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      let u = openUniform()
      if log(u) < 0.5 * x * x + d - d * v + d * log(v) { return d * v * scale }
    }
  }

  /// A draw from the binomial distribution: the number of successes in `trials` trials.
  ///
  /// - Parameters:
  ///   - trials: The number of trials; at least 0.
  ///   - probability: The probability of success in each, in 0...1.
  /// - Returns: A count in 0...trials.
  /// - Complexity: O(1) expected when `trials * probability` is at least 10, else O(that product).
  /// Source: inversion for small means, else Hörmann (1993), The generation of binomial random
  /// variates (BTRS), doi:10.1080/00949659308811496.
  public mutating func binomial(trials: Int, probability: Double) -> Int {
    precondition(trials >= 0, "at least 0 trials are expected, not \(trials)")
    precondition(
      probability >= 0 && probability <= 1, "a probability is expected, not \(probability)")
    guard trials > 0, probability > 0 else { return 0 }
    guard probability < 1 else { return trials }
    let rare = min(probability, 1 - probability)
    let draw =
      Double(trials) * rare < 10
      ? invertedBinomial(trials, rare) : rejectedBinomial(trials, rare)
    return probability <= 0.5 ? draw : trials - draw
  }

  /// How often each of `categories` equally likely categories occurs in `count` draws.
  ///
  /// These are the multiplicities of a bootstrap sample when `count` and `categories` are both
  /// the number of rows.
  ///
  /// - Parameters:
  ///   - count: The number of draws; at least 0.
  ///   - categories: The number of categories; at least 1.
  /// - Returns: One count a category; they add up to `count`.
  /// - Complexity: O(*count*) when there are many categories, O(*categories*) when there are few.
  public mutating func multinomial(count: Int, categories: Int) -> [Int32] {
    precondition(categories > 0, "at least 1 category is expected, not \(categories)")
    precondition(
      count >= 0 && count <= Int(Int32.max), "a count in 0...\(Int32.max) is expected, not \(count)"
    )
    var result = [Int32](repeating: 0, count: categories)
    if count / 8 < categories {
      for _ in 0..<count { result[below(categories)] += 1 }
      return result
    }
    // Each category takes a binomial share of what the ones before it have left over.
    var left = count
    for index in 0..<(categories - 1) {
      let share = binomial(trials: left, probability: 1 / Double(categories - index))
      result[index] = Int32(truncatingIfNeeded: share)
      left -= share
    }
    result[categories - 1] = Int32(truncatingIfNeeded: left)
    return result
  }

  /// Walks up the distribution function; for means below 10.
  private mutating func invertedBinomial(_ trials: Int, _ p: Double) -> Int {
    let odds = p / (1 - p)
    let a = Double(trials + 1) * odds
    while true {
      var u = uniform()
      var term = exp(Double(trials) * log1p(-p))
      var k = 0
      while u > term {
        u -= term
        k += 1
        // Beyond this the remaining mass is rounding error: draw again.
        if k > trials || k > 200 { break }
        term *= a / Double(k) - odds
      }
      if k <= trials && k <= 200 { return k }
    }
  }

  /// Transformed rejection with squeeze; for means of at least 10.
  private mutating func rejectedBinomial(_ trials: Int, _ p: Double) -> Int {
    let n = Double(trials)
    let spread = (n * p * (1 - p)).squareRoot()
    let b = 1.15 + 2.53 * spread
    let a = -0.0873 + 0.0248 * b + 0.01 * p
    let c = n * p + 0.5
    let squeeze = 0.92 - 4.2 / b
    let alpha = (2.83 + 5.1 / b) * spread
    let odds = p / (1 - p)
    let mode = ((n + 1) * p).rounded(.down)
    while true {
      let u = uniform() - 0.5
      var v = openUniform()
      let us = 0.5 - abs(u)
      let k = ((2 * a / us + b) * u + c).rounded(.down)
      if us >= 0.07 && v <= squeeze { return Int(k) }
      guard k >= 0, k <= n else { continue }
      v = log(v * alpha / (a / (us * us) + b))
      let bound =
        (mode + 0.5) * log((mode + 1) / (odds * (n - mode + 1)))
        + (n + 1) * log((n - mode + 1) / (n - k + 1))
        + (k + 0.5) * log(odds * (n - k + 1) / (k + 1))
        + stirlingTail(mode) + stirlingTail(n - mode) - stirlingTail(k) - stirlingTail(n - k)
      if v <= bound { return Int(k) }
    }
  }

  /// ln k! less Stirling's (k + ½)·ln(k + 1) − (k + 1) + ½·ln 2π.
  private func stirlingTail(_ k: Double) -> Double {
    if k < 10 {
      return logFactorial(Int(k)) - ((k + 0.5) * log(k + 1) - (k + 1) + 0.5 * log(2 * Double.pi))
    }
    let x = 1 / (k + 1)
    let square = x * x
    return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 * square) * square) * x
  }

  private func logFactorial(_ k: Int) -> Double {
    var product = 1.0
    for factor in stride(from: 2, through: k, by: 1) { product *= Double(factor) }
    return log(product)
  }
}
