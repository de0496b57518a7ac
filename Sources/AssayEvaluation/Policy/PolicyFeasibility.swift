public import AssayDocument
import AssayMetrics
import Foundation

/// Says before anything is measured which requirements these numbers of rows cannot decide.
///
/// It asks of each requirement whether a table as good as a fresh real sample could pass: whether the
/// reach of its 95 % bound is below the margin. The reach is rough, from numbers of rows alone:
///
/// | what | reach |
/// |---|---|
/// | copied share | `1 − 0.05^(1/m)`: nothing found among m rows |
/// | share closer to training | `1.645 √(1.3 π (1 − π) / m)`, π the share of training rows |
/// | total variation, Jensen–Shannon | `0.8 √(K (1/n + 1/m)) / √2`, K = 10 cells |
/// | Kolmogorov–Smirnov | `1.36 √(1/n + 1/m)` |
/// | other differences, correlations | `1.645 √(1/n + 1/m)` |
/// | place of single columns | `0.35 √(1/n + 1/m)` |
/// | place of relations | `1.3 √(1/n + 1/m)` |
///
/// The last two were measured on the Adult table, where a fresh real sample of 500 to 16,000 rows has
/// such reaches; a table with weaker relations needs more rows.
public struct PolicyFeasibility: Sendable {
  /// Rows of each role.
  public let training: Int
  /// Synthetic rows.
  public let synthetic: Int
  /// Holdout rows.
  public let holdout: Int?

  /// Notes the numbers of rows.
  public init(training: Int, synthetic: Int, holdout: Int?) {
    self.training = training
    self.synthetic = synthetic
    self.holdout = holdout
  }

  /// A sentence for each requirement that cannot pass, in the policy's order.
  public func undecidable(_ policy: Policy) -> [String] {
    let smallest = min(training, synthetic, holdout ?? .max)
    if smallest < PolicyJudge.smallestSide {
      return [
        "\(smallest) rows on a side: under \(PolicyJudge.smallestSide) no requirement can pass"
      ]
    }
    return policy.requirements.compactMap { requirement in
      reason(requirement).map { "\(requirement.id) cannot pass: \($0)" }
    }
  }

  private func reason(_ requirement: PolicyRequirement) -> String? {
    let isPrivacy: Bool
    switch requirement.what {
    case .dimension(let dimension, _): isPrivacy = dimension == .privacy
    case .metric(let name): isPrivacy = PolicyResolution.dimension(of: name) == .privacy
    }
    if isPrivacy, holdout == nil { return "there is no holdout" }
    guard let reach = reach(requirement), let room = room(requirement), room > 0, reach > room
    else { return nil }
    // The reach of what is not found at all falls with the rows, others with their square root.
    let ratio = reach / room
    let factor = isCopies(requirement) ? ratio : ratio * ratio
    let smallest = Double(min(training, synthetic, holdout ?? .max))
    let rows = PolicyNumbers.rows(smallest * factor) ?? "many more"
    return
      "a fresh real sample of this size would stay undecided; it takes about \(rows) rows a side"
  }

  /// How far a fresh real sample is from the margin.
  private func room(_ requirement: PolicyRequirement) -> Double? {
    switch (requirement.compare, requirement.margin) {
    case (.excess, .atMost(let margin)): margin
    case (.normalised, .atLeast(let margin)): 1 - margin
    case (.value, .atMost(let margin)): isShare(requirement) ? margin : nil
    default: nil
    }
  }

  private func isCopies(_ requirement: PolicyRequirement) -> Bool {
    if case .metric(let name) = requirement.what { name.hasSuffix("exact-match") } else { false }
  }

  private func isShare(_ requirement: PolicyRequirement) -> Bool {
    if case .metric(let name) = requirement.what {
      return isCopies(requirement) || name.hasPrefix("fidelity.")
    }
    return false
  }

  private func reach(_ requirement: PolicyRequirement) -> Double? {
    let m = Double(synthetic)
    let isTraining = requirement.against == .training
    let n = Double(isTraining ? training : holdout ?? training)
    let both = (1 / n + 1 / m).squareRoot()
    switch requirement.what {
    case .dimension(.fidelity, let facet):
      switch facet {
      case "marginal": return 0.35 * both
      case "dependence": return 1.3 * both
      default:
        // Areas are known to 0.4 √(1/n + 1/m) on at most 5,000 rows a side, and shuffled columns
        // lie some 0.2 above a half.
        return 3.3 * (2 / min(n, m, 5_000)).squareRoot()
      }
    case .dimension: return nil
    case .metric(let name):
      if name.hasSuffix("exact-match") { return 1 - pow(0.05, 1 / m) }
      if name.hasSuffix("distance-to-closest-record") {
        guard let holdout else { return nil }
        let share = Double(training) / Double(training + holdout)
        return 1.645 * (1.3 * share * (1 - share) / m).squareRoot()
      }
      if name.hasSuffix("total-variation") || name.hasSuffix("jensen-shannon") {
        return 0.8 * 10.0.squareRoot() * both / 2.0.squareRoot()
      }
      if name.hasSuffix("kolmogorov-smirnov") { return 1.36 * both }
      if name.hasPrefix("diagnostics.") { return nil }
      return 1.645 * both
    }
  }
}
