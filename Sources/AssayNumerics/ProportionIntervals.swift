/// A two-sided confidence interval.
public struct ConfidenceInterval: Sendable, Hashable {
  /// The lower limit.
  public var lower: Double
  /// The upper limit; at least the lower.
  public var upper: Double

  /// Makes an interval from its limits.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }
}

/// Wilson's score interval for a proportion: for display.
///
/// - Parameters:
///   - successes: The number of successes, in 0...trials.
///   - trials: The number of trials; at least 1.
///   - level: The coverage, strictly between 0 and 1.
/// - Returns: Limits in 0...1; close to the stated coverage on average over proportions.
/// - Throws: ``NumericsError`` `.tooFewObservations` without a trial, `.domain` otherwise.
/// Source: Wilson (1927), doi:10.1080/01621459.1927.10502953.
public func wilsonInterval(
  successes: Int, trials: Int, level: Double = 0.95
) throws(NumericsError) -> ConfidenceInterval {
  try checkCounts(successes, trials)
  let z = try normalQuantile((1 + level) / 2)
  let n = Double(trials)
  let p = Double(successes) / n
  let scale = 1 + z * z / n
  let centre = (p + z * z / (2 * n)) / scale
  let margin = z / scale * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
  return ConfidenceInterval(
    lower: successes == 0 ? 0 : max(0, centre - margin),
    upper: successes == trials ? 1 : min(1, centre + margin))
}

/// Clopper and Pearson's interval for a proportion: for gates, as it never covers too little.
///
/// - Parameters:
///   - successes: The number of successes, in 0...trials.
///   - trials: The number of trials; at least 1.
///   - level: The coverage, strictly between 0 and 1.
/// - Returns: Limits in 0...1, accurate to about 1e-11 relative.
/// - Throws: ``NumericsError`` `.tooFewObservations` without a trial, `.domain` otherwise.
/// Source: Clopper & Pearson (1934), doi:10.1093/biomet/26.4.404.
public func clopperPearsonInterval(
  successes: Int, trials: Int, level: Double = 0.95
) throws(NumericsError) -> ConfidenceInterval {
  let tail = (1 - level) / 2
  return ConfidenceInterval(
    lower: try clopperPearsonLower(successes: successes, trials: trials, tail: tail),
    upper: try clopperPearsonUpper(successes: successes, trials: trials, tail: tail))
}

/// The one-sided lower limit of Clopper and Pearson.
///
/// - Parameters:
///   - successes: The number of successes, in 0...trials.
///   - trials: The number of trials; at least 1.
///   - tail: The probability that the limit lies above the proportion, at most.
/// - Returns: A limit in 0...1; 0 without a success.
/// - Throws: ``NumericsError`` `.tooFewObservations` without a trial, `.domain` otherwise.
public func clopperPearsonLower(
  successes: Int, trials: Int, tail: Double
) throws(NumericsError) -> Double {
  try checkCounts(successes, trials)
  guard successes > 0 else { return 0 }
  return try betaQuantile(tail, Double(successes), Double(trials - successes + 1))
}

/// The one-sided upper limit of Clopper and Pearson.
///
/// - Parameters:
///   - successes: The number of successes, in 0...trials.
///   - trials: The number of trials; at least 1.
///   - tail: The probability that the limit lies below the proportion, at most.
/// - Returns: A limit in 0...1; 1 without a failure.
/// - Throws: ``NumericsError`` `.tooFewObservations` without a trial, `.domain` otherwise.
public func clopperPearsonUpper(
  successes: Int, trials: Int, tail: Double
) throws(NumericsError) -> Double {
  try checkCounts(successes, trials)
  guard successes < trials else { return 1 }
  return try betaQuantile(1 - tail, Double(successes + 1), Double(trials - successes))
}

/// The quantile of the beta distribution, by bisection of its distribution function.
///
/// GSL's own inverse returned NaN on one in eight intervals of ordinary sizes.
///
/// - Parameters:
///   - probability: A probability strictly between 0 and 1.
///   - a: The first shape; above 0.
///   - b: The second shape; above 0.
/// - Returns: The x with P(X ≤ x) = `probability`.
/// - Throws: ``NumericsError`` `.domain` outside these ranges.
public func betaQuantile(
  _ probability: Double, _ a: Double, _ b: Double
) throws(NumericsError) -> Double {
  guard probability > 0, probability < 1, a > 0, b > 0 else {
    throw NumericsError(
      .domain, "a probability strictly between 0 and 1 and shapes above 0 are expected")
  }
  var low = 0.0
  var high = 1.0
  for _ in 0..<1100 {
    // Towards 0 the quantile may be tiny: halve the exponent there rather than the interval.
    let middle = low == 0 && high < 1e-3 ? high * 0x1p-8 : low + (high - low) / 2
    guard middle > low, middle < high else { break }
    let below = try GSL.betaLower(middle, a, b)
    if below < probability { low = middle } else { high = middle }
  }
  return low + (high - low) / 2
}

/// Newcombe's interval for the difference of two independent proportions.
///
/// - Parameters:
///   - first: The successes of the first sample and its size.
///   - second: The successes of the second sample and its size.
///   - level: The coverage, strictly between 0 and 1.
/// - Returns: Limits of p₁ − p₂ in −1...1, made of the two Wilson intervals.
/// - Throws: ``NumericsError`` `.tooFewObservations` without a trial, `.domain` otherwise.
/// Source: Newcombe (1998), method 10,
/// doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
public func newcombeDifferenceInterval(
  _ first: (successes: Int, trials: Int), _ second: (successes: Int, trials: Int),
  level: Double = 0.95
) throws(NumericsError) -> ConfidenceInterval {
  let a = try wilsonInterval(successes: first.successes, trials: first.trials, level: level)
  let b = try wilsonInterval(successes: second.successes, trials: second.trials, level: level)
  let p = Double(first.successes) / Double(first.trials)
  let q = Double(second.successes) / Double(second.trials)
  let down = ((p - a.lower) * (p - a.lower) + (b.upper - q) * (b.upper - q)).squareRoot()
  let up = ((a.upper - p) * (a.upper - p) + (q - b.lower) * (q - b.lower)).squareRoot()
  return ConfidenceInterval(lower: max(-1, p - q - down), upper: min(1, p - q + up))
}

func checkCounts(_ successes: Int, _ trials: Int) throws(NumericsError) {
  guard trials > 0 else {
    throw NumericsError(.tooFewObservations, "a proportion needs at least one trial")
  }
  guard successes >= 0, successes <= trials else {
    throw NumericsError(.domain, "\(successes) successes of \(trials) trials are impossible")
  }
}
