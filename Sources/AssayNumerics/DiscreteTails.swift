import Foundation

/// The upper tail of the binomial distribution, P(X ≥ k).
///
/// - Parameters:
///   - count: k; any integer.
///   - trials: The number of trials, 0...2³².
///   - probability: The probability of success, in 0...1.
/// - Returns: A probability, accurate to about 1e-10 relative.
/// - Throws: ``NumericsError`` `.domain` outside these ranges.
public func binomialUpperTail(
  atLeast count: Int, trials: Int, probability: Double
) throws(NumericsError) -> Double {
  guard trials >= 0, let n = UInt32(exactly: trials), probability >= 0, probability <= 1 else {
    throw NumericsError(.domain, "a number of trials and a probability in 0...1 are expected")
  }
  guard count > 0 else { return 1 }
  guard count <= trials else { return 0 }
  return try GSL.binomialUpper(above: UInt32(count - 1), probability, n)
}

/// The two-sided p-value of a binomial count: the outcomes no likelier than the one observed.
///
/// - Parameters:
///   - count: The number of successes, in 0...trials.
///   - trials: The number of trials.
///   - probability: The probability of success under the hypothesis, in 0...1.
/// - Returns: A probability in 0...1.
/// - Throws: ``NumericsError`` `.domain` outside these ranges.
/// - Complexity: O(trials).
public func binomialTwoSidedPValue(
  count: Int, trials: Int, probability: Double
) throws(NumericsError) -> Double {
  guard count >= 0, count <= trials, let n = UInt32(exactly: trials), probability >= 0,
    probability <= 1
  else {
    throw NumericsError(.domain, "\(count) successes of \(trials) trials are impossible")
  }
  let density = { (k: Int) in
    GSL.binomialMass(UInt32(k), probability, n)
  }
  // The same slack as scipy's and R's: a likelihood equal but for rounding counts as equal.
  let bound = density(count) * (1 + 1e-7)
  return min(
    1, pairwiseSum(over: 0..<(trials + 1)) { density($0) <= bound ? density($0) : 0 })
}

/// The upper tail of the hypergeometric distribution, P(X ≥ k).
///
/// X is the number of marked items among `drawn` items drawn without replacement from
/// `marked` marked and `unmarked` other items.
///
/// - Parameters:
///   - count: k; any integer.
///   - marked: The number of marked items; at least 0.
///   - unmarked: The number of other items; at least 0.
///   - drawn: The number of items drawn, at most all.
/// - Returns: A probability, accurate to about 1e-9 relative.
/// - Throws: ``NumericsError`` `.domain` outside these ranges.
public func hypergeometricUpperTail(
  atLeast count: Int, marked: Int, unmarked: Int, drawn: Int
) throws(NumericsError) -> Double {
  guard marked >= 0, unmarked >= 0, drawn >= 0, drawn <= marked + unmarked,
    let a = UInt32(exactly: marked), let b = UInt32(exactly: unmarked),
    let t = UInt32(exactly: drawn)
  else {
    throw NumericsError(
      .domain, "\(drawn) drawn of \(marked) marked and \(unmarked) unmarked items is impossible")
  }
  guard count > max(0, drawn - unmarked) else { return 1 }
  guard count <= min(marked, drawn) else { return 0 }
  return try GSL.hypergeometricUpper(
    above: UInt32(count - 1), marked: a, unmarked: b, drawn: t)
}

/// The prediction interval for how many of `fresh` new values exceed an order statistic.
///
/// Of *n* real values the `rank`-th largest is taken. The number of *m* fresh values of the same
/// continuous law above it is beta-binomial(m; rank, n + 1 − rank), whatever the law.
///
/// - Parameters:
///   - rank: Which of the largest values it is: 1 is the maximum; in 1...count.
///   - count: The number of real values, *n*; at least 1.
///   - fresh: The number of fresh values, *m*; at least 0.
///   - level: The probability that the interval holds the count, at least.
/// - Returns: The least and the greatest count; each tail outside has at most (1 − level)/2.
/// - Throws: ``NumericsError`` `.domain` outside these ranges.
/// - Complexity: O(*m*).
public func exceedancePredictionInterval(
  rank: Int, count: Int, fresh: Int, level: Double = 0.95
) throws(NumericsError) -> ClosedRange<Int> {
  guard rank >= 1, rank <= count, fresh >= 0, level > 0, level < 1 else {
    throw NumericsError(.domain, "a rank in 1...\(count) and a level between 0 and 1 are expected")
  }
  let tail = (1 - level) / 2
  let a = Double(rank)
  let b = Double(count + 1 - rank)
  // P(0) = B(a, b + m)/B(a, b); P(k + 1)/P(k) = (m − k)(k + a) / ((k + 1)(m − k − 1 + b)).
  let m = Double(fresh)
  var logTerm = try logGamma(a + b) + logGamma(b + m) - logGamma(b) - logGamma(a + b + m)
  var terms: [Double] = []
  terms.reserveCapacity(fresh + 1)
  for k in 0...fresh {
    terms.append(exp(logTerm))
    let i = Double(k)
    if k < fresh { logTerm += log((m - i) * (i + a) / ((i + 1) * (m - i - 1 + b))) }
  }
  var low = 0
  var mass = terms[0]
  while mass <= tail, low < fresh {
    low += 1
    mass += terms[low]
  }
  var high = fresh
  mass = terms[fresh]
  while mass <= tail, high > low {
    high -= 1
    mass += terms[high]
  }
  return low...high
}
