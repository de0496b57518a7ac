import AssayDocument

/// Whether two documents may be held against each other, and which of their metrics.
struct ReleaseMatch {
  let comparability: ReleaseChange.Comparability
  let reasons: [String]
  /// Metrics that mean the same in both.
  let metrics: Set<MetricID>

  init(_ old: EvaluationDocument, _ new: EvaluationDocument) {
    var reasons: [String] = []
    let sides = [(old.inputs.holdout, new.inputs.holdout, "holdout")]
    var isOther = false
    for (before, after, name) in sides where before?.sha256 != after?.sha256 {
      isOther = true
      reasons.append(
        before == nil || after == nil
          ? "only one of them has a \(name)" : "they were judged against another \(name)")
    }
    // Without a holdout scores are against the training rows, and those must be the same.
    let trainingDiffers = old.inputs.training.sha256 != new.inputs.training.sha256
    if trainingDiffers {
      if new.inputs.holdout == nil { isOther = true }
      reasons.append(
        "the real rows that the generators saw differ: scores against them are left out")
    }
    let before = Self.revisions(old)
    let after = Self.revisions(new)
    var same: Set<MetricID> = []
    for (metric, revision) in after.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      guard let other = before[metric] else { continue }
      if other == revision {
        same.insert(metric)
      } else {
        reasons.append(
          "\(metric.rawValue) has revision \(other) in one and \(revision) in the other")
      }
    }
    if old.plan.hash != new.plan.hash {
      reasons += Self.settings(old.plan, new.plan)
      // Bins are fitted on the training rows: other rows, other cells.
      if !trainingDiffers, reasons.isEmpty { reasons.append("their plans differ") }
    }
    self.reasons = reasons
    metrics = same
    comparability = isOther ? .none : reasons.isEmpty ? .full : .partial
  }

  private static func revisions(_ document: EvaluationDocument) -> [MetricID: Int] {
    Dictionary(
      document.metrics.map { ($0.id, $0.revision) }, uniquingKeysWith: { first, _ in first })
  }

  private static func settings(_ old: PlanRecord, _ new: PlanRecord) -> [String] {
    var found: [String] = []
    if old.seed != new.seed { found.append("the seed was \(old.seed) and is \(new.seed)") }
    if old.preset != new.preset {
      found.append("the preset was \(old.preset) and is \(new.preset)")
    }
    if old.k != new.k { found.append("counts were published from \(old.k) on, now from \(new.k)") }
    if old.roles != new.roles { found.append("columns have other roles") }
    if old.intended != new.intended { found.append("other differences are declared on purpose") }
    return found
  }

  /// Whether a score of that real side compares.
  func holds(
    _ against: Against, _ old: EvaluationDocument, _ new: EvaluationDocument
  ) -> Bool {
    switch against {
    case .holdout, .none: true
    case .training, .both: old.inputs.training.sha256 == new.inputs.training.sha256
    }
  }
}
