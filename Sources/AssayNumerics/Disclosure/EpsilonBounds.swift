import Foundation

/// How likely so many correct guesses are if training is (ε, δ) differentially private, at most.
///
/// ```
/// P[B ≥ v] + 2 m δ · max_i P[v > B ≥ v − i] / i,   B ~ Bin(r, e^ε/(1 + e^ε))
/// ```
///
/// Each of m records was included on its own with probability ½; r of them were guessed in or out.
///
/// - Parameters:
///   - epsilon: ε; at least 0.
///   - delta: δ, in 0...1.
///   - candidates: m, the records that were in or out by chance.
///   - guesses: r, at most m.
///   - correct: v, at most r.
/// - Returns: The p-value against the claim, in 0...1.
/// - Throws: ``NumericsError`` `.domain` for counts or parameters out of range.
/// - Complexity: O(r).
/// Source: Steinke, Nasr & Jagielski (2023), Privacy auditing with one (1) training run, appendix D,
/// doi:10.48550/arXiv.2305.08846.
public func oneRunPValue(
  epsilon: Double, delta: Double = 0, candidates: Int, guesses: Int, correct: Int
) throws(NumericsError) -> Double {
  guard epsilon >= 0, epsilon.isFinite, delta >= 0, delta <= 1, candidates >= guesses,
    guesses >= correct, correct >= 0, let r = UInt32(exactly: guesses)
  else {
    throw NumericsError(
      .domain, "\(correct) of \(guesses) guesses about \(candidates) records are impossible")
  }
  let share = 1 / (1 + exp(-epsilon))
  let tail = try binomialUpperTail(atLeast: correct, trials: guesses, probability: share)
  guard delta > 0 else { return min(1, tail) }
  var steepest = 0.0
  var sum = 0.0
  for i in stride(from: 1, through: correct, by: 1) {
    sum += GSL.binomialMass(UInt32(correct - i), share, r)
    steepest = max(steepest, sum / Double(i))
  }
  return min(1, tail + steepest * delta * 2 * Double(candidates))
}

/// The largest ε that the guesses of one run refute.
///
/// With the stated confidence no training that is (ε, δ) private for a smaller ε would let so many
/// guesses be right.
///
/// - Parameters: As for ``oneRunPValue(epsilon:delta:candidates:guesses:correct:)``.
/// - Returns: The lower bound of ε; 0 where nothing is refuted, infinite where no ε up to 64 could
///   explain the guesses.
/// - Throws: ``NumericsError`` `.domain` for counts or parameters out of range.
public func oneRunEpsilonLowerBound(
  delta: Double = 0, candidates: Int, guesses: Int, correct: Int, confidence: Double = 0.95
) throws(NumericsError) -> Double {
  guard confidence > 0, confidence < 1 else {
    throw NumericsError(.domain, "a confidence strictly between 0 and 1 is expected")
  }
  func refutes(_ epsilon: Double) throws(NumericsError) -> Bool {
    try oneRunPValue(
      epsilon: epsilon, delta: delta, candidates: candidates, guesses: guesses, correct: correct)
      < 1 - confidence
  }
  guard try refutes(0) else { return 0 }
  var low = 0.0
  var high = 1.0
  while try refutes(high) {
    low = high
    high *= 2
    if high > 64 { return .infinity }
  }
  for _ in 0..<80 {
    let middle = low + (high - low) / 2
    if try refutes(middle) { low = middle } else { high = middle }
  }
  return low
}

/// Lower bounds of privacy parameters from how often an attack is right about members and others.
public struct AttackPrivacyBounds: Sendable, Hashable {
  /// The lower limit of the true-positive rate.
  public var truePositiveLower: Double
  /// The upper limit of the false-positive rate.
  public var falsePositiveUpper: Double
  /// ln((TPR − δ)/FPR); −∞ where the numerator is not positive.
  public var fromPositives: Double
  /// ln((TNR − δ)/FNR); −∞ where the numerator is not positive.
  public var fromNegatives: Double
  /// μ of Gaussian differential privacy: Φ⁻¹(TPR) − Φ⁻¹(FPR), at least 0.
  public var gaussianMu: Double

  /// The larger of the two, at least 0.
  public var epsilon: Double { max(0, fromPositives, fromNegatives) }

  /// Bounds from counts, each rate within its own limit of Clopper and Pearson.
  ///
  /// Valid over independent trainings, or where inclusion was random. With one fixed split into
  /// members and others it is a heuristic.
  ///
  /// - Parameters:
  ///   - members: Members, at least 1, and how many of them were taken for members.
  ///   - others: Others, at least 1, and how many of them were taken for members.
  ///   - delta: δ, in 0...1.
  ///   - level: The joint coverage of the two limits.
  /// - Throws: ``NumericsError`` for counts out of range.
  /// Source: Jagielski, Ullman & Oprea (2020), Auditing differentially private machine learning,
  /// doi:10.48550/arXiv.2006.07709; Dong, Roth & Su (2022), Gaussian differential privacy,
  /// doi:10.1111/rssb.12454.
  public init(
    members: (positive: Int, total: Int), others: (positive: Int, total: Int), delta: Double = 0,
    level: Double = 0.95
  ) throws(NumericsError) {
    let tail = (1 - level) / 2
    truePositiveLower = try clopperPearsonLower(
      successes: members.positive, trials: members.total, tail: tail)
    falsePositiveUpper = try clopperPearsonUpper(
      successes: others.positive, trials: others.total, tail: tail)
    let trueNegativeLower = try clopperPearsonLower(
      successes: others.total - others.positive, trials: others.total, tail: tail)
    let falseNegativeUpper = try clopperPearsonUpper(
      successes: members.total - members.positive, trials: members.total, tail: tail)
    func bound(_ hits: Double, _ misses: Double) -> Double {
      hits > delta ? log((hits - delta) / misses) : -.infinity
    }
    fromPositives = bound(truePositiveLower, falsePositiveUpper)
    fromNegatives = bound(trueNegativeLower, falseNegativeUpper)
    if truePositiveLower > 0, falsePositiveUpper < 1 {
      gaussianMu = max(
        0, try normalQuantile(truePositiveLower) - normalQuantile(falsePositiveUpper))
    } else {
      gaussianMu = 0
    }
  }
}

/// The δ that Gaussian differential privacy with μ allows at ε.
///
/// ```
/// Φ(−ε/μ + μ/2) − e^ε Φ(−ε/μ − μ/2)
/// ```
///
/// - Parameters:
///   - mu: μ; at least 0.
///   - epsilon: ε; at least 0.
/// - Returns: δ, in 0...1; 0 for μ = 0.
/// Source: Dong, Roth & Su (2022), doi:10.1111/rssb.12454.
public func gaussianDelta(mu: Double, epsilon: Double) -> Double {
  guard mu > 0 else { return 0 }
  let first = normalDistribution(-epsilon / mu + mu / 2)
  let second = normalDistribution(-epsilon / mu - mu / 2)
  return max(0, first - exp(epsilon) * second)
}
