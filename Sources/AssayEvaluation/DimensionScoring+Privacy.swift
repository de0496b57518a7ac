import AssayDocument
import AssayTable

extension DimensionScoring {
  /// What the score of privacy is the smallest of: what each test cannot rule out.
  static let privacyMembers: [(facet: String, metric: MetricID, against: Against)] = [
    ("copies", "privacy.exact-match", .training),
    ("near-copies", "privacy.near-match", .training),
    ("nearness", "privacy.distance-to-closest-record", .both),
    ("closest-records", "privacy.record-tails", .both),
    ("membership", "privacy.membership-inference", .both),
  ]

  /// No mean of privacy: one leak is not made good by its absence elsewhere.
  ///
  /// The score is the
  /// unfavourable bound of the worst member, and there is none without a holdout that can stand for
  /// unseen rows.
  var privacy: DimensionScore {
    let verdict = outcome.scores.first { $0.metric == "privacy.any-leak" && $0.subject.isTable }
    let members = Self.privacyMembers.compactMap { part -> DimensionScore.Member? in
      guard
        let score = outcome.scores.first(where: {
          $0.metric == part.metric && $0.against == part.against && $0.subject.isTable
            && $0.parameters.isEmpty
        })
      else { return nil }
      return member(part.facet, score)
    }
    let worst = members.filter { $0.bounds != nil }
      .min { ($0.bounds?.lower ?? 1) < ($1.bounds?.lower ?? 1) }
    let reason: String? =
      if comparison.real.holdout == nil {
        "no holdout: nothing shows what rows that were never seen would get"
      } else if let verdict, verdict.status != .measured {
        verdict.reason ?? verdict.failure?.message
      } else if verdict == nil || worst == nil {
        "partial run"
      } else if counts(.privacy).failed > 0 {
        "a metric of the dimension failed"
      } else {
        nil
      }
    return DimensionScore(
      id: .privacy, score: reason == nil ? worst?.bounds?.lower : nil,
      bounds: reason == nil ? worst?.bounds : nil,
      method: "unfavourable bound of the worst member", members: members,
      worst: reason == nil ? worst.map { .init(facet: $0.facet, columns: []) } : nil,
      counts: counts(.privacy), reason: reason)
  }

  /// A member between copied rows (0) and a fresh real sample (1).
  private func member(_ facet: String, _ score: Score) -> DimensionScore.Member {
    var found = DimensionScore.Member(
      facet: facet, against: score.against, value: score.value, floor: score.floor,
      baseline: score.baseline, score: score.normalised, interval: nil, subjects: 1,
      reason: score.reason)
    guard let floor = score.floor, let baseline = score.baseline, let bounds = score.bounds else {
      return found
    }
    let width = baseline.value - floor.value
    guard width > 0 else { return found }
    let place = { (value: Double) in min(1, max(0, (baseline.value - value) / width)) }
    found.bounds = ScoreBounds(
      lower: place(bounds.upper), upper: place(bounds.lower), level: bounds.level)
    return found
  }
}
