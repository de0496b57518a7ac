import AssayDocument
import AssayNumerics

/// The sentences of a verdict: what was compared, and why it fell as it did.
struct PolicyWhy {
  let document: EvaluationDocument
  /// The error probability of the policy, and how many comparisons share it.
  let alpha: Double
  let comparisons: Int

  /// What was compared, in words.
  static func compared(_ comparison: PolicyComparison) -> String {
    let requirement = comparison.requirement
    var what: String
    switch requirement.what {
    case .metric(let pattern): what = comparison.metric?.rawValue ?? pattern
    case .dimension(let dimension, let facet):
      what = dimension.rawValue + (facet.map { ", " + FirstLook.facetName($0) } ?? "")
    }
    if !comparison.subject.columns.isEmpty {
      what += " of " + comparison.subject.columns.joined(separator: " × ")
    }
    if let segment = comparison.subject.segment { what += " in \(segment)" }
    switch comparison.against {
    case .training: what += " against real"
    case .holdout: what += " against the holdout"
    case .both: what += " against real and holdout"
    case .none?, nil: break
    }
    let limit: String
    switch requirement.margin {
    case .atMost(let value): limit = "at most \(PolicyNumbers.text(value))"
    case .atLeast(let value): limit = "at least \(PolicyNumbers.text(value))"
    }
    return "\(what): \(words(requirement.compare)), \(limit)"
  }

  private static func words(_ compare: PolicyCompare) -> String {
    switch compare {
    case .value: "value"
    case .excess: "worse than a fresh real sample by"
    case .normalised: "place from the far end (0) to a fresh real sample (1)"
    case .baseline: "better than the far end by"
    case .previous: "worse than in the earlier document by"
    case .effectiveRows: "real rows that would do as well"
    }
  }

  func passed(
    _ quantity: JudgedQuantity, _ margin: PolicyRequirement.Margin, bound: Double
  ) -> String {
    let value = PolicyNumbers.text(quantity.value)
    if quantity.isExact { return "\(value), counted; the margin is \(limit(margin))" }
    return
      "\(value), \(side(bound, quantity.value)) \(PolicyNumbers.text(bound)) (95 %); the margin "
      + "is \(limit(margin))"
  }

  func failed(
    _ quantity: JudgedQuantity, _ margin: PolicyRequirement.Margin, bound: Double,
    _ allowed: Double?
  ) -> String {
    let value = PolicyNumbers.text(quantity.value)
    guard allowed != nil, !quantity.isExact else {
      return "\(value), counted; the margin is \(limit(margin))"
    }
    let shared = comparisons == 1 ? "" : " over all \(comparisons) comparisons"
    return "\(value), \(side(bound, quantity.value)) \(PolicyNumbers.text(bound)) where one false "
      + "alarm in \(PolicyNumbers.grouped(Int((1 / alpha).rounded()))) is allowed\(shared); the margin "
      + "is \(limit(margin))"
  }

  func undecided(
    _ quantity: JudgedQuantity, _ margin: PolicyRequirement.Margin, bound: Double,
    _ allowed: Double?, obstacle: String?
  ) throws(NumericsError) -> String {
    let value = PolicyNumbers.text(quantity.value)
    let start =
      "\(value), \(side(bound, quantity.value)) \(PolicyNumbers.text(bound)) (95 %); the margin is "
      + limit(margin)
    if let obstacle { return "\(start); \(obstacle)" }
    guard let rows = try rows(quantity, margin, bound: bound, allowed) else {
      return "\(start); no number of rows decides a value on its margin"
    }
    return "\(start); about \(rows) rows a side would decide (the smallest has "
      + "\(PolicyNumbers.grouped(smallest)))"
  }

  private var smallest: Int {
    let inputs = document.inputs
    return min(inputs.training.rows, inputs.synthetic.rows, inputs.holdout?.rows ?? .max)
  }

  /// The rows that would decide if the value stayed what it is: the distance of a bound from the
  /// value shrinks with the square root of the rows.
  private func rows(
    _ quantity: JudgedQuantity, _ margin: PolicyRequirement.Margin, bound: Double,
    _ allowed: Double?
  ) throws(NumericsError) -> String? {
    let distance = abs(quantity.value - margin.value)
    guard distance > 0 else { return nil }
    var reach = abs(bound - quantity.value)
    if !margin.holds(quantity.value) {
      guard let allowed, let ends = try quantity.bounds(level: 1 - allowed) else { return nil }
      reach = abs(margin.favourable(ends) - quantity.value)
    }
    let ratio = reach / distance
    return PolicyNumbers.rows(max(Double(smallest) * ratio * ratio, Double(smallest) + 1))
  }

  private func limit(_ margin: PolicyRequirement.Margin) -> String {
    PolicyNumbers.text(margin.value)
  }

  private func side(_ bound: Double, _ value: Double) -> String {
    bound >= value ? "at most" : "at least"
  }
}

/// The commands that reproduce a requirement's figures.
struct PolicyCommands {
  let document: EvaluationDocument
  let policy: String
  /// Whether changes are measured from an earlier document.
  var hasPrevious = false
  /// The day that waivers are read against.
  var day: String?
  /// Whether the runs of the policy are counted.
  var hasHistory = false

  /// The evaluation again, limited to the metric where the requirement speaks of one.
  ///
  /// Where columns, reading, differences or kinds of work were declared, the plan of the document says
  /// them all: the document is named as the program writes it. Files that it does not name stand as words
  /// in capitals.
  func command(_ comparison: PolicyComparison) -> String {
    var words = [
      "assay", "evaluate", document.inputs.training.name, document.inputs.synthetic.name,
    ]
    if let holdout = document.inputs.holdout { words += ["--holdout", holdout.name] }
    if let reference = document.inputs.reference { words += ["--reference", reference.name] }
    let plan = document.plan
    words += plan.embeddingOptions(draws: 1, hasHoldout: document.inputs.holdout != nil)
    if isPlain {
      words += ["--seed", String(plan.seed), "--preset", plan.preset]
      if let metric = comparison.metric { words += ["--metrics", metric.rawValue] }
    } else {
      words += ["--plan-file", "report.json"]
    }
    if hasPrevious { words += ["--previous", "EARLIER-REPORT"] }
    if let day { words += ["--as-of", day] }
    if hasHistory { words += ["--history", "EARLIER-REPORTS"] }
    words += ["--policy", policy]
    return words.map(Self.quoted).joined(separator: " ")
  }

  /// Whether seed and preset say all of the plan.
  private var isPlain: Bool {
    let plan = document.plan
    let said = plan.given == .null || plan.given == PlanStatements(EvaluationOptions()).value
    let works = ["baselines", "power"].contains { plan.sampling[$0]?.booleanValue == true }
    return said && !works && plan.intended == .null && plan.sampling["closestBlocks"] == nil
      && plan.sampling["utility"]?["allTargets"]?.booleanValue != true
  }

  /// A word as a shell takes it.
  static func quoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || [0x2D, 0x2E, 0x2F, 0x5F, 0x3D, 0x2C, 0x2B, 0x3A].contains(byte)
    }
    if plain, !word.isEmpty { return word }
    return "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
