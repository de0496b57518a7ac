import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

extension DimensionScoring {
  /// The score of fairness: the least of its parts, from an absent group or shuffled columns (0) to a
  /// fresh real sample (1), against the holdout where there is one.
  func fairness() throws(NumericsError) -> DimensionScore {
    let facets = outcome.facets.filter { $0.dimension == .fairness }
    let against: Against = comparison.real.holdout == nil ? .training : .holdout
    var members: [DimensionScore.Member] = []
    for facet in facets { members.append(try member(facet)) }
    let tally = counts(.fairness)
    var score = DimensionScore(
      id: .fairness, score: nil, method: "minimum of the parts", members: members, counts: tally)
    let table = outcome.scores.first {
      $0.metric == "fairness.representation" && $0.subject.isTable
    }
    let judged = members.filter { $0.against == against }
    guard let table else {
      score.method = "none"
      score.reason = "partial run"
      return score
    }
    if tally.failed > 0 {
      score.reason = "a metric failed"
    } else if let reason = table.reason {
      score.method = "none"
      score.reason = reason
    } else if smallestSide < plan.smallestSide {
      score.reason = "under \(plan.smallestSide) rows on a side: too few for a score"
    } else if let worst = judged.filter({ $0.score != nil }).min(by: {
      ($0.score ?? 0, $0.facet) < ($1.score ?? 0, $1.facet)
    }) {
      score.score = worst.score
      score.interval = Self.intervalOfMinimum(judged.compactMap(\.interval)) ?? worst.interval
      score.bounds = Self.boundsOfMinimum(judged.compactMap(\.bounds))
      score.worst = DimensionScore.Worst(
        facet: worst.facet,
        columns: facets.first { $0.facet == worst.facet && $0.against == against }?.worst ?? [])
      let undecided = judged.filter { $0.score == nil }.map(\.facet)
      if !undecided.isEmpty {
        score.reason =
          "without \(undecided.joined(separator: ", ")): groups do not differ in the real rows by "
          + "more than chance"
      }
    } else {
      score.reason = judged.compactMap(\.reason).first ?? "no group can be compared"
    }
    return score
  }
}
