import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

extension DimensionScoring {
  /// The part of utility: how much of what real rows teach of targets is taught too.
  static let prediction = "prediction"

  /// The score of utility: how much of what real rows teach the synthetic rows teach too, from a model
  /// that learns nothing (0) to one trained on a fresh real sample (1).
  func utility() throws(NumericsError) -> DimensionScore {
    let facets = outcome.facets.filter { $0.dimension == .utility }
    var members: [DimensionScore.Member] = []
    for facet in facets { members.append(try member(facet)) }
    let tally = counts(.utility)
    var score = DimensionScore(
      id: .utility, score: nil, method: "minimum of the parts", members: members, counts: tally)
    let measured = outcome.scores.first {
      $0.metric == "utility.prediction-gap" && $0.subject.isTable
    }
    guard let measured else {
      score.reason = "partial run"
      return score
    }
    if tally.failed > 0 {
      score.reason = "a metric failed"
    } else if let reason = measured.reason {
      score.reason = reason
    } else if comparison.real.holdout == nil {
      score.reason =
        "no holdout: rows that the generator saw flatter what was trained on its output"
    } else if smallestSide < plan.smallestSide {
      score.reason = "under \(plan.smallestSide) rows on a side: too few for a score"
    } else if let worst = members.filter({ $0.score != nil }).min(by: {
      ($0.score ?? 0, $0.facet) < ($1.score ?? 0, $1.facet)
    }) {
      score.score = worst.score
      score.interval = Self.intervalOfMinimum(members.compactMap(\.interval)) ?? worst.interval
      score.bounds = Self.boundsOfMinimum(members.compactMap(\.bounds))
      score.effectiveRows = effectiveTrainingRows
      if let place = score.members.firstIndex(where: { $0.facet == worst.facet }) {
        score.members[place].effectiveRows = score.effectiveRows
      }
      score.worst = DimensionScore.Worst(
        facet: worst.facet, columns: facets.first { $0.facet == worst.facet }?.worst ?? [])
    } else {
      score.reason = "models learn nothing from the real rows that could be lost"
    }
    return score
  }

  /// How many real rows train as well, of the target for which they are fewest.
  private var effectiveTrainingRows: EffectiveRows? {
    let found = outcome.scores.first {
      $0.metric == "utility.effective-rows" && $0.subject.isTable
    }
    guard let found, let value = found.value, let interval = found.interval,
      let rows = found.n.synthetic
    else { return nil }
    return EffectiveRows(
      value: value, lower: interval.lower, upper: interval.upper, level: interval.level,
      rows: rows, method: interval.method)
  }
}
