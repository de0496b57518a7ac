import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// Makes the scores of dimensions from the parts that metrics stand for.
///
/// There is no score of all.
struct DimensionScoring {
  let comparison: Comparison
  let outcome: MetricRun.Outcome
  let plan: EvaluationPlan
  let catalog: MetricCatalog

  /// The parts that fidelity is made of, with the metric that gives each.
  static let fidelityFacets: [(facet: String, metric: MetricID)] = [
    ("marginal", "fidelity.total-variation"), ("dependence", "fidelity.cramers-v"),
    ("joint", "fidelity.classifier-two-sample"),
  ]

  func scores() throws(NumericsError) -> [DimensionScore] {
    [
      diagnostics,
      try fidelity(),
      try utility(),
      try fairness(),
      privacy,
    ]
  }

  func counts(_ dimension: Dimension) -> DimensionScore.Counts {
    outcome.scores.reduce(into: DimensionScore.Counts()) { counts, score in
      guard score.dimension == dimension else { return }
      switch score.status {
      case .measured: counts.measured += 1
      case .notApplicable: counts.notApplicable += 1
      case .failed: counts.failed += 1
      }
    }
  }

  func absent(_ dimension: Dimension, _ reason: String) -> DimensionScore {
    DimensionScore(
      id: dimension, score: nil, method: "none", counts: counts(dimension), reason: reason)
  }

  private func rows(_ against: Against) -> Int {
    against == .holdout
      ? comparison.real.holdout?.rowCount ?? 0 : comparison.real.training.rowCount
  }

  /// The fewest rows of any side.
  var smallestSide: Int {
    let effective = (comparison.real.intended?.effectiveRows ?? [:]).values.min() ?? .infinity
    return min(
      comparison.synthetic.rowCount, comparison.real.training.rowCount,
      comparison.real.holdout?.rowCount ?? .max,
      effective < 1e15 ? Int(effective.rounded()) : .max)
  }

  private var diagnostics: DimensionScore {
    let hard = outcome.scores.filter {
      $0.dimension == .diagnostics && $0.details["hard"]?.booleanValue == true
    }
    let holding = hard.filter { $0.details["holds"]?.booleanValue == true }
    let tally = counts(.diagnostics)
    guard !hard.isEmpty, tally.failed == 0 else {
      return absent(
        .diagnostics,
        hard.isEmpty ? "no hard check was run" : "a check could not be computed")
    }
    let worst = hard.first { $0.details["holds"]?.booleanValue == false }
    return DimensionScore(
      id: .diagnostics, score: Double(holding.count) / Double(hard.count),
      method: "share of hard checks that hold",
      worst: worst.map {
        DimensionScore.Worst(facet: $0.metric.rawValue, columns: $0.subject.columns)
      }, counts: tally)
  }

  private func fidelity() throws(NumericsError) -> DimensionScore {
    let ran = Set(catalog.descriptors.map(\.id))
    let against: Against = comparison.real.holdout == nil ? .training : .holdout
    var members: [DimensionScore.Member] = []
    let facets = outcome.facets.filter { $0.dimension == .fidelity }
    for facet in facets { members.append(try member(facet)) }
    let tally = counts(.fidelity)
    var score = DimensionScore(
      id: .fidelity, score: nil, method: "minimum of the parts", members: members, counts: tally)
    let planned = Self.fidelityFacets
    let judged = members.filter { $0.against == against }
    if planned.contains(where: { !ran.contains($0.metric) }) {
      score.reason = "partial run"
    } else if tally.failed > 0 {
      score.reason = "a metric failed"
    } else if smallestSide < plan.smallestSide {
      score.reason =
        "under \(plan.smallestSide) rows on a side: too few for a score"
    } else if let worst = judged.filter({ $0.score != nil }).min(by: {
      ($0.score ?? 0, $0.facet) < ($1.score ?? 0, $1.facet)
    }) {
      let missing = planned.filter { part in !judged.contains { $0.facet == part.facet } }
      let undecided = judged.filter { $0.score == nil }.map(\.facet) + missing.map(\.facet)
      score.score = worst.score
      score.interval = Self.intervalOfMinimum(judged.compactMap(\.interval)) ?? worst.interval
      score.bounds = Self.boundsOfMinimum(judged.compactMap(\.bounds))
      score.effectiveRows = judged.compactMap(\.effectiveRows).min { $0.value < $1.value }
      score.worst = DimensionScore.Worst(
        facet: worst.facet,
        columns: facets.first { $0.facet == worst.facet && $0.against == against }?.worst ?? [])
      if !undecided.isEmpty {
        score.reason = "without \(undecided.joined(separator: ", ")): not defined for these data"
      }
    } else {
      score.reason =
        judged.first?.reason ?? "no column can be compared"
    }
    return score
  }

  /// Where the smallest of several parts lies: no higher than the lowest upper bound.
  ///
  /// A part that these data hardly measure does not hide another that is measured well.
  static func intervalOfMinimum(_ parts: [ScoreInterval]) -> ScoreInterval? {
    guard var interval = parts.first else { return nil }
    for part in parts.dropFirst() {
      interval.lower = min(interval.lower, part.lower)
      interval.upper = min(interval.upper, part.upper)
    }
    return interval
  }

  static func boundsOfMinimum(_ parts: [ScoreBounds]) -> ScoreBounds? {
    guard let first = parts.first else { return nil }
    return ScoreBounds(
      lower: parts.reduce(first.lower) { min($0, $1.lower) },
      upper: parts.reduce(first.upper) { min($0, $1.upper) }, level: first.level)
  }

  /// A part on its scale from the anchor (0) to a fresh real sample (1).
  func member(_ facet: FacetResult) throws(NumericsError) -> DimensionScore.Member {
    let position = Score.normalise(
      facet.value, floor: facet.floor, baseline: facet.baseline.value)
    var member = DimensionScore.Member(
      facet: facet.facet, against: facet.against, value: facet.value, floor: facet.floor,
      baseline: facet.baseline, score: position, interval: nil, subjects: facet.subjects)
    guard let position else {
      member.reason =
        "the anchor and a fresh real sample cannot be told apart with these rows"
      return member
    }
    let z = try normalQuantile(1 - (1 - plan.level) / 2)
    let upper = facet.value + z * facet.deviation
    let lower = max(0, facet.value - facet.floor.value - z * facet.deviation)
    let width = facet.baseline.value - facet.floor.value
    member.interval = ScoreInterval(
      lower: min(position, (facet.baseline.value - upper) / width),
      upper: max(position, (facet.baseline.value - lower) / width), level: plan.level,
      method: "facet-two-bound")
    let law = BoundLaw.normal(
      .init(
        lowerCentre: position, upperCentre: position + facet.floor.value / width,
        deviation: facet.deviation / abs(width), highest: facet.baseline.value / width))
    member.bounds = try ScoreBounds(value: position, level: plan.level, law: law)
    member.effectiveRows = EffectiveSize(
      facet, real: rows(facet.against), synthetic: comparison.synthetic.rowCount
    ).rows(level: plan.level, z: z)
    return member
  }
}
