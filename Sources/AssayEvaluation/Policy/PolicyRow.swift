import AssayDocument
import AssayNumerics

/// A row of a verdict while it is made.
struct PolicyRow: Sendable {
  var verdict: Verdict.Requirement
  /// The requirement's name in the policy.
  var requirement: String
  /// The dimension, for the answers to the five questions.
  var dimension: Dimension
  /// What becomes of it if it is undecided.
  var onUndecided: OnUndecided = .warn
  /// Whether a waiver stands for it.
  var isWaived = false
  /// The margin; `nil` for coverage.
  private var margin: PolicyRequirement.Margin?

  /// How far the bound lies on the right side of the margin; `nil` without a bound.
  var room: Double? {
    guard let margin, let bound = verdict.bound else { return nil }
    if case .atMost(let limit) = margin { return limit - bound }
    return bound - margin.value
  }

  /// What it asks of the run.
  var consequence: PolicyJudgement.Consequence {
    switch verdict.status {
    case .failed: return isWaived ? .warn : .failed
    case .undecided:
      if isWaived { return .none }
      switch onUndecided {
      case .fail: return .undecided
      case .warn: return .warn
      case .pass: return .none
      }
    case .passed, .evaluated: return .none
    }
  }

  init(verdict: Verdict.Requirement, dimension: Dimension) {
    self.verdict = verdict
    requirement = verdict.id
    self.dimension = dimension
  }

  /// Judges one comparison; `allowed` is the error probability at which it may fail, `nil` where it
  /// is counted or absent.
  init(
    _ comparison: PolicyComparison, allowed: Double?, obstacles: PolicyObstacles, words: PolicyWhy
  ) throws(NumericsError) {
    let requirement = comparison.requirement
    dimension = comparison.dimension
    self.requirement = requirement.id
    self.margin = requirement.margin
    verdict = Verdict.Requirement(
      id: comparison.id, status: .undecided, severity: requirement.severity.rawValue,
      subject: comparison.subject, compared: PolicyWhy.compared(comparison), bound: nil,
      margin: requirement.margin.value, why: "")
    guard case .quantity(let quantity) = comparison.found else {
      if case .absent(let reason) = comparison.found { verdict.why = "not measured: \(reason)" }
      return
    }
    let margin = requirement.margin
    if let obstacle = obstacles.toJudging(comparison) {
      verdict.why = obstacle
      return
    }
    let isOutside: Bool
    if quantity.isExact {
      isOutside = !margin.holds(quantity.value)
      verdict.bound = quantity.value
    } else if let allowed, let ends = try quantity.bounds(level: 1 - allowed),
      !margin.holds(margin.favourable(ends)), !margin.holds(quantity.value)
    {
      isOutside = true
      verdict.bound = margin.favourable(ends)
    } else {
      isOutside = false
    }
    if isOutside {
      verdict.status = .failed
      verdict.why = words.failed(quantity, margin, bound: verdict.bound ?? quantity.value, allowed)
      return
    }
    guard let ends = try quantity.bounds(level: PolicyJudge.passLevel) else {
      verdict.why = "its bounds are known at another level only"
      return
    }
    let unfavourable = margin.unfavourable(ends)
    verdict.bound = unfavourable
    if margin.holds(unfavourable) {
      if let obstacle = obstacles.toPassing(comparison) {
        verdict.why = obstacle
      } else {
        verdict.status = .passed
        verdict.why = words.passed(quantity, margin, bound: unfavourable)
      }
    } else {
      verdict.why = try words.undecided(
        quantity, margin, bound: unfavourable, allowed, obstacle: obstacles.toPassing(comparison))
    }
  }
}

/// What keeps these data from deciding, whatever their bounds say.
struct PolicyObstacles {
  private let smallest: Int
  private let hasHoldout: Bool
  private let isContaminated: Bool
  private let drift: HoldoutDrift

  init(_ document: EvaluationDocument) {
    let inputs = document.inputs
    smallest = min(
      inputs.training.rows, inputs.synthetic.rows, inputs.holdout?.rows ?? .max)
    hasHoldout = inputs.holdout != nil
    isContaminated = document.scores.contains {
      $0.metric == "privacy.exact-match" && $0.against == .holdout
        && $0.details["contaminated"]?.booleanValue == true
    }
    drift = HoldoutDrift(document.scores)
  }

  /// Why a comparison can neither pass nor fail.
  func toJudging(_ comparison: PolicyComparison) -> String? {
    guard !drift.columns.isEmpty else { return nil }
    let isNearness = comparison.dimension == .privacy && comparison.against == .both
    let isLikeness = comparison.dimension == .fidelity && comparison.against == .holdout
    guard isNearness || isLikeness else { return nil }
    return "the holdout was not drawn as the training rows were (\(drift.words) differ): no "
      + "comparison with it is fair to the synthetic rows"
  }

  /// Why a comparison cannot pass.
  func toPassing(_ comparison: PolicyComparison) -> String? {
    if smallest < PolicyJudge.smallestSide {
      return "\(smallest) rows on a side: under \(PolicyJudge.smallestSide) nothing can pass"
    }
    guard comparison.dimension == .privacy else { return nil }
    if !hasHoldout {
      return "no holdout: nothing shows what rows that were never seen would get; try --holdout"
    }
    if isContaminated, comparison.against != .holdout {
      return "the holdout is contaminated: synthetic rows repeat it beyond chance"
    }
    return nil
  }
}

/// Keeps a verdict readable: of a requirement with very many rows the gravest are listed, the others
/// put into one.
enum PolicyListing {
  static func limited(_ rows: [PolicyRow], to limit: Int) -> [PolicyRow] {
    var groups: [(id: String, rows: [PolicyRow])] = []
    for row in rows {
      let name = row.verdict.id.split(separator: " (").first.map(String.init) ?? row.verdict.id
      if groups.last?.id == name {
        groups[groups.count - 1].rows.append(row)
      } else {
        groups.append((name, [row]))
      }
    }
    return groups.flatMap { group -> [PolicyRow] in
      guard group.rows.count > limit else { return group.rows }
      let order = group.rows.indices.sorted {
        (rank(group.rows[$0]), $0) < (rank(group.rows[$1]), $1)
      }
      let listed = order.prefix(limit - 1).sorted().map { group.rows[$0] }
      let others = order.dropFirst(limit - 1).map { group.rows[$0] }
      guard var last = others.first else { return listed }
      // The first of the others is the gravest of them, and speaks for all.
      last.verdict.id = "\(group.id) (\(PolicyNumbers.grouped(others.count)) others)"
      last.verdict.subject = .table
      last.verdict.bound = nil
      last.verdict.why = "the gravest of them: \(last.verdict.why)"
      return listed + [last]
    }
  }

  private static func rank(_ row: PolicyRow) -> Int {
    switch row.verdict.status {
    case .failed: 0
    case .undecided: 1
    case .passed, .evaluated: 2
    }
  }
}
