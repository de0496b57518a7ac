import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// Makes the scores of a signed change of one number of each sensitive column and target.
struct ChangeScores {
  let descriptor: MetricDescriptor
  let subject: OutcomeRates.Subject
  /// What a fresh real sample gets.
  let floor: (OutcomeRates) -> ScoreFloor
  /// The number on the real and on the synthetic side.
  let sides: (OutcomeRates) -> (real: Double, synthetic: Double)
  /// Whether shuffled columns lose the whole of it.
  var hasAnchor = false

  func result(
    _ frame: ReferenceFrame, _ workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let scores = FairnessScores(descriptor: descriptor, frame: frame)
    let found = try await OutcomePairs(workspace)
    if let absence = found.absence { return scores.nothing(absence) }
    var result = MetricResult(scores: [])
    for (against, _) in FairnessScores.sides(frame) {
      var own: [Score] = []
      var singles: [(pair: OutcomePairs.Pair, rates: OutcomeRates)] = []
      for pair in found.pairs {
        guard let rates = pair.rates[against] else {
          own.append(
            scores.score(
              pair.subject, .notApplicable(reason: OutcomePairs.tooFew), against: against))
          continue
        }
        own.append(try score(pair.subject, pair, rates, reach: 0, against, scores, workspace))
        if !pair.grouping.isIntersection { singles.append((pair, rates)) }
      }
      // The intervals of all columns hold at once where one of them is picked.
      let reach = try Self.reach(singles.map(\.rates), subject, level: workspace.plan.level)
      let furthest = singles.enumerated().max {
        (excess($0.element.rates), $1.offset) < (excess($1.element.rates), $0.offset)
      }?.element
      guard let furthest else {
        result.scores.append(
          scores.score(.table, .notApplicable(reason: OutcomePairs.tooFew), against: against))
        result.scores += own
        continue
      }
      var table = try score(
        .table, furthest.pair, furthest.rates, reach: reach, against, scores, workspace)
      table.details["worst"] = .object([
        "columns": .strings(furthest.pair.grouping.columns),
        "target": .string(furthest.pair.outcome.name),
      ])
      result.scores.append(table)
      result.scores += own
    }
    return result
  }

  private func excess(_ rates: OutcomeRates) -> Double {
    abs(rates.block.values[subject.rawValue] - floor(rates).value)
  }

  /// The replicates of all columns side by side: they come from the same draws.
  private static func reach(
    _ rates: [OutcomeRates], _ subject: OutcomeRates.Subject, level: Double
  ) throws(MetricError) -> Double {
    guard rates.count > 1 else { return 0 }
    let rows = rates.map { $0.block.replicates.count / max(1, $0.block.subjects) }.min() ?? 0
    var joined: [Double] = []
    for row in 0..<rows {
      for one in rates {
        joined.append(one.block.replicates[row * one.block.subjects + subject.rawValue])
      }
    }
    return try Simultaneous.reach(
      joined, columns: Array(rates.indices), of: rates.count, level: level)
  }

  private func score(
    _ subject: Subject, _ pair: OutcomePairs.Pair, _ rates: OutcomeRates, reach: Double,
    _ against: Against, _ scores: FairnessScores, _ workspace: Workspace<ReferenceFrame>
  ) throws(MetricError) -> Score {
    var score = scores.score(
      subject, .measured(rates.block.values[self.subject.rawValue]), against: against)
    score.floor = floor(rates)
    let (real, synthetic) = sides(rates)
    if hasAnchor { score.baseline = ScoreBaseline(value: -real, method: "shuffled-columns") }
    try SignedDifference.judge(
      &score, deviation: rates.deviation(self.subject.rawValue), reach: reach,
      level: workspace.plan.level)
    score.details = [
      "real": .finite(Published.rounded(real)), "synthetic": .finite(Published.rounded(synthetic)),
      "groups": .integer(rates.supported.count), "positive": .string(pair.outcome.positive),
    ]
    return score
  }
}
