import Foundation

/// The smallest ε of differential privacy that the success of an attack is consistent with.
///
/// ```
/// ε ≥ max{ ln((TPR − δ)/FPR), ln((TNR − δ)/FNR) }, rates at their one-sided bounds
/// ```
///
/// A mechanism that is (ε, δ)-private lets no attack have TPR > e^ε·FPR + δ. The bound holds over
/// independent trainings, or where rows were put in at random; with one fixed choice of training rows
/// it is a heuristic. A threshold must have been chosen on other rows.
public struct EpsilonBound: Sendable, Hashable {
  /// The bound; 0 where the attack shows nothing.
  public var value: Double
  /// From true and false positives, unclipped; −∞ where no positive is certain.
  public var fromPositives: Double
  /// From true and false negatives.
  public var fromNegatives: Double
  /// The lower bound of the share of members that are called members.
  public var truePositiveRateLower: Double
  /// The upper bound of the share of others that are called members.
  public var falsePositiveRateUpper: Double

  /// Bounds ε.
  ///
  /// - Parameters:
  ///   - truePositives: Members that were called members.
  ///   - members: All members; at least 1.
  ///   - falsePositives: Others that were called members.
  ///   - others: All others; at least 1.
  ///   - delta: δ, in 0..<1.
  ///   - tail: What each rate may lie outside its bound with; 0.025 for 95 % on a pair of rates, half of
  ///     it where both directions are to hold together.
  /// - Throws: ``NumericsError`` `.domain` for impossible counts or a tail outside 0...½.
  /// - Note: Clopper–Pearson bounds; the pair by Bonferroni.
  public init(
    truePositives: Int, members: Int, falsePositives: Int, others: Int, delta: Double = 0,
    tail: Double = 0.025
  ) throws(NumericsError) {
    let tprLower = try clopperPearsonLower(successes: truePositives, trials: members, tail: tail)
    let fprUpper = try clopperPearsonUpper(successes: falsePositives, trials: others, tail: tail)
    let tnrLower = try clopperPearsonLower(
      successes: others - falsePositives, trials: others, tail: tail)
    let fnrUpper = try clopperPearsonUpper(
      successes: members - truePositives, trials: members, tail: tail)
    truePositiveRateLower = tprLower
    falsePositiveRateUpper = fprUpper
    fromPositives = tprLower > delta ? log((tprLower - delta) / fprUpper) : -.infinity
    fromNegatives = tnrLower > delta ? log((tnrLower - delta) / fnrUpper) : -.infinity
    value = max(0, fromPositives, fromNegatives)
  }
}

/// How much better than naming everybody a member an attack does, by F₁.
///
/// ```
/// (F₁ − 2π/(1 + π)) / (1 − 2π/(1 + π))
/// ```
///
/// with π the share of members among those attacked, which should be the share of the population that
/// was sampled. 0.2 is a published convention for a tolerable risk.
///
/// - Parameters:
///   - truePositives: Members called members.
///   - falsePositives: Others called members.
///   - falseNegatives: Members called others.
///   - share: π, in 0..<1.
/// - Returns: At most 1; negative where the attack does worse than naming everybody.
/// - Throws: ``NumericsError`` `.domain` for negative counts, no member or an impossible share.
/// Source: El Emam, Mosquera & Fang (2022), doi:10.1093/jamiaopen/ooac083.
public func relativeF1(
  truePositives: Int, falsePositives: Int, falseNegatives: Int, share: Double
) throws(NumericsError) -> Double {
  guard truePositives >= 0, falsePositives >= 0, falseNegatives >= 0,
    truePositives + falseNegatives > 0, share >= 0, share < 1
  else {
    throw NumericsError(.domain, "counts of at least 0 with a member, and a share below 1, are due")
  }
  let total = Double(2 * truePositives + falsePositives + falseNegatives)
  let found = 2 * Double(truePositives) / total
  let naive = 2 * share / (1 + share)
  return (found - naive) / (1 - naive)
}
