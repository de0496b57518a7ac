import AssayDocument
import AssayNumerics

/// Holds a claimed ε against what the membership attacks guessed right.
///
/// Training and holdout records were dealt by chance, so each was in the training run or not as a canary
/// is. If the training is (ε, δ) private, a bounded number of guesses about them can be right; more refute
/// the claim. What is not refuted is not proved.
///
/// Source: Steinke, Nasr & Jagielski (2023), doi:10.48550/arXiv.2305.08846; Bonferroni over the attacks.
struct ClaimFinding {
  let sentence: String
  let isRefuted: Bool
  let evidence: [String: DetailValue]

  /// `nil` where nothing is claimed, or no attack can speak to the claim.
  init?(_ statement: String?, scores: [Score], level: Double) throws(NumericsError) {
    guard let statement, statement.contains(where: { !$0.isWhitespace }) else { return nil }
    guard let claim = PrivacyClaim(statement) else {
      sentence =
        "the claim of differential privacy states no ε: there is nothing to hold it against"
      isRefuted = false
      evidence = [:]
      return
    }
    let attacks = scores.compactMap { Attack($0) }
    guard !attacks.isEmpty else { return nil }
    let count = Double(attacks.count)
    var best: (attack: Attack, pValue: Double)?
    for attack in attacks {
      let chance = try oneRunPValue(
        epsilon: claim.epsilon, delta: claim.delta, candidates: attack.candidates,
        guesses: attack.guesses, correct: attack.correct)
      if chance < best?.pValue ?? .infinity { best = (attack, chance) }
    }
    guard let best else { return nil }
    let pValue = min(1, best.pValue * count)
    let bound = try oneRunEpsilonLowerBound(
      delta: claim.delta, candidates: best.attack.candidates, guesses: best.attack.guesses,
      correct: best.attack.correct, confidence: 1 - 0.05 / count)
    isRefuted = pValue <= level
    let stated = "ε = \(Self.short(claim.epsilon))"
    let reach = bound.isFinite ? "ε is at least \(Self.short(bound))" : "no ε explains that"
    sentence =
      isRefuted
      ? "the claimed \(stated) is refuted: the attack '\(best.attack.title)' guesses "
        + "\(best.attack.correct) of \(best.attack.guesses) records right; \(reach)"
      : "the claimed \(stated) is not refuted by the attacks (\(reach)); that proves nothing"
    evidence = [
      "claimedEpsilon": .finite(claim.epsilon), "claimedDelta": .finite(claim.delta),
      "epsilonLower": bound.isFinite ? .finite(bound) : .null, "pValue": .finite(pValue),
      "attack": .string(best.attack.id), "guesses": .integer(best.attack.guesses),
      "correct": .integer(best.attack.correct), "attacks": .integer(attacks.count),
    ]
  }

  private static func short(_ value: Double) -> String {
    let rounded = (value * 100).rounded() / 100
    return rounded == rounded.rounded() && rounded < 1e6 ? String(Int(rounded)) : "\(rounded)"
  }

  /// The guesses of one attack over all records.
  private struct Attack {
    var id: String
    var title: String
    var candidates: Int
    var guesses: Int
    var correct: Int

    init?(_ score: Score) {
      guard score.metric == "privacy.membership-inference", let made = score.details["oneRun"],
        let id = score.parameters["attack"]?.stringValue,
        let candidates = made["candidates"]?.integerValue,
        let guesses = made["guesses"]?.integerValue, guesses > 0,
        let correct = made["correct"]?.integerValue
      else { return nil }
      self.id = id
      title = score.details["title"]?.stringValue ?? id
      self.candidates = candidates
      self.guesses = guesses
      self.correct = correct
    }
  }
}
