import Foundation

/// Miettinen and Nurminen's score interval for the difference of two independent proportions.
///
/// All differences δ that the score test does not reject,
///
/// ```
/// |p₁ − p₂ − δ| ≤ z·√[(p̃₁(1 − p̃₁)/n₁ + p̃₂(1 − p̃₂)/n₂)·N/(N − 1)]
/// ```
///
/// with p̃ the likeliest proportions that differ by δ. Close to its coverage for rare events and
/// unequal sizes, where normal intervals fail.
///
/// - Parameters:
///   - first: The successes of the first sample and its size.
///   - second: The successes of the second sample and its size.
///   - level: The coverage, strictly between 0 and 1.
/// - Returns: Limits of p₁ − p₂ in −1...1, to about 1e-12.
/// - Throws: ``NumericsError`` `.tooFewObservations` without a trial, `.domain` otherwise.
/// Source: Miettinen & Nurminen (1985), doi:10.1002/sim.4780040211.
public func miettinenNurminenInterval(
  _ first: (successes: Int, trials: Int), _ second: (successes: Int, trials: Int),
  level: Double = 0.95
) throws(NumericsError) -> ConfidenceInterval {
  try checkCounts(first.successes, first.trials)
  try checkCounts(second.successes, second.trials)
  let z = try normalQuantile((1 + level) / 2)
  let n1 = Double(first.trials)
  let n2 = Double(second.trials)
  let x1 = Double(first.successes)
  let x2 = Double(second.successes)
  let total = n1 + n2
  let observed = x1 / n1 - x2 / n2
  return scoreLimits(about: observed, z: z) { delta in
    // Setting the derivative of the likelihood under p₁ = p₂ + δ to 0 gives a cubic in p₂.
    let l2 = (n1 + 2 * n2) * delta - total - (x1 + x2)
    let l1 = (n2 * delta - total - 2 * x2) * delta + (x1 + x2)
    let l0 = x2 * delta * (1 - delta)
    let likeliest = middleRoot(total, l2, l1, l0)
    let p2 = min(max(likeliest, 0, -delta), 1, 1 - delta)
    let p1 = p2 + delta
    return (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) * total / (total - 1)
  }
}

/// Tango's score interval for the difference of two proportions on the same rows.
///
/// ```
/// |b − c − n·δ| ≤ z·√[n·(2·q̃ + δ(1 − δ))]
/// ```
///
/// with b and c the rows on which the first or the second alone succeeds and q̃ the likeliest share
/// of the latter under δ. At δ = 0 the test is McNemar's. The interval for two methods, or for one
/// method on matched rows.
///
/// - Parameters:
///   - firstOnly: b, the number of rows on which the first alone succeeds.
///   - secondOnly: c, the number of rows on which the second alone succeeds.
///   - rows: n, the number of rows; at least b + c.
///   - level: The coverage, strictly between 0 and 1.
/// - Returns: Limits of the difference of the shares of successes, in −1...1, to about 1e-12.
/// - Throws: ``NumericsError`` `.tooFewObservations` without a row, `.domain` otherwise.
/// Source: Tango (1998),
/// doi:10.1002/(SICI)1097-0258(19980430)17:8<891::AID-SIM780>3.0.CO;2-B.
public func tangoPairedInterval(
  firstOnly: Int, secondOnly: Int, rows: Int, level: Double = 0.95
) throws(NumericsError) -> ConfidenceInterval {
  guard rows > 0 else {
    throw NumericsError(.tooFewObservations, "a proportion needs at least one trial")
  }
  guard firstOnly >= 0, secondOnly >= 0, firstOnly + secondOnly <= rows else {
    throw NumericsError(
      .domain, "\(firstOnly) and \(secondOnly) discordant rows of \(rows) are impossible")
  }
  let z = try normalQuantile((1 + level) / 2)
  let n = Double(rows)
  let b = Double(firstOnly)
  let c = Double(secondOnly)
  return scoreLimits(about: (b - c) / n, z: z) { delta in
    let middle = (2 * n - b + c) * delta - b - c
    let last = -c * delta * (1 - delta)
    let share = ((middle * middle - 8 * n * last).squareRoot() - middle) / (4 * n)
    return (2 * share + delta * (1 - delta)) / n
  }
}

/// The differences at which (observed − δ)² is z² times the variance under δ.
private func scoreLimits(
  about observed: Double, z: Double, variance: (Double) -> Double
) -> ConfidenceInterval {
  func excess(_ delta: Double) -> Double {
    (observed - delta) * (observed - delta) - z * z * max(0, variance(delta))
  }
  func limit(_ end: Double) -> Double {
    var inside = observed
    var outside = end
    guard excess(end) > 0 else { return end }
    for _ in 0..<100 {
      let middle = inside + (outside - inside) / 2
      if middle == inside || middle == outside { break }
      if excess(middle) > 0 { outside = middle } else { inside = middle }
    }
    return inside
  }
  return ConfidenceInterval(lower: limit(-1), upper: limit(1))
}

/// The root of a cubic with three real roots that lies where a probability does.
private func middleRoot(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
  let third = b / (3 * a)
  let q = third * third * third - b * c / (6 * a * a) + d / (2 * a)
  let radius = max(0, third * third - c / (3 * a)).squareRoot()
  let p = q < 0 ? -radius : radius
  guard p != 0 else { return -third }
  let ratio = max(-1, min(1, q / (p * p * p)))
  return 2 * p * cos((Double.pi + acos(ratio)) / 3) - third
}
