import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayUtility

/// Makes the scores of the change of a gap between groups from the model trained on real rows to
/// the one trained on synthetic rows.
struct ParityScores {
  let descriptor: MetricDescriptor
  let measure: ParityMeasure

  private typealias Reading = (
    grouping: Grouping, outcome: Outcome, found: PredictedGroups, reading: ParityReading
  )

  func result(
    _ frame: ReferenceFrame, _ workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let scores = FairnessScores(descriptor: descriptor, frame: frame)
    let against: Against = frame.rowCount(.holdout) == nil ? .training : .holdout
    let groupings = try await workspace.value(of: Groupings())
    let outcomes = try await workspace.value(of: Outcomes())
    if let absence = groupings.absence ?? outcomes.absence {
      return MetricResult(scores: [
        scores.score(.table, .notApplicable(reason: absence), against: against)
      ])
    }
    var own: [Score] = []
    var singles: [Reading] = []
    for (target, outcome) in outcomes.outcomes.enumerated() {
      for (place, grouping) in groupings.groupings.enumerated()
      where !grouping.columns.contains(outcome.name) {
        let subject = Subject(columns: grouping.columns, target: outcome.name)
        guard
          let found = try await workspace.value(
            of: PredictedGroupsOf(grouping: place, outcome: target)),
          let reading = try ParityReading(measure, found, level: workspace.plan.level)
        else {
          own.append(
            scores.score(subject, .notApplicable(reason: absence(outcome)), against: against))
          continue
        }
        own.append(
          try score(subject, reading, reach: 0, outcome, against, scores, workspace))
        own += try self.groups(
          (grouping, outcome, found, reading), against, scores, workspace)
        if !grouping.isIntersection { singles.append((grouping, outcome, found, reading)) }
      }
    }
    guard
      let worst = singles.enumerated().max(by: {
        (abs($0.element.reading.change), $1.offset) < (abs($1.element.reading.change), $0.offset)
      })?.element
    else {
      let reason = own.compactMap(\.reason).first ?? "no target can be compared between groups"
      return MetricResult(
        scores: [scores.score(.table, .notApplicable(reason: reason), against: against)] + own)
    }
    // One of several columns is picked: each holds at its part of the error (Bonferroni).
    let reach: Double
    do throws(NumericsError) {
      reach = try normalQuantile(1 - (1 - workspace.plan.level) / 2 / Double(singles.count))
    } catch {
      throw MetricError(error)
    }
    var table = try score(
      .table, worst.reading, reach: reach, worst.outcome, against, scores, workspace)
    table.details["worst"] = .object([
      "columns": .strings(worst.grouping.columns), "target": .string(worst.outcome.name),
    ])
    return MetricResult(scores: [table] + own)
  }

  private func absence(_ outcome: Outcome) -> String {
    if measure.needsProbabilities, outcome.problem.task == .regression {
      return "models of numbers give no probabilities"
    }
    return "fewer than two groups have \(Int(PredictedGroups.support)) rows of either answer to "
      + "judge by"
  }

  private func score(
    _ subject: Subject, _ reading: ParityReading, reach: Double, _ outcome: Outcome,
    _ against: Against, _ scores: FairnessScores, _ workspace: Workspace<ReferenceFrame>
  ) throws(MetricError) -> Score {
    var score = scores.score(subject, .measured(reading.change), against: against)
    score.floor = ScoreFloor(
      value: 0, spread: reading.refitDeviation ?? reading.deviation, method: "refits")
    try SignedDifference.judge(
      &score, deviation: reading.deviation, reach: reach, level: workspace.plan.level)
    score.details = [
      "real": .finite(Published.rounded(reading.real)),
      "synthetic": .finite(Published.rounded(reading.synthetic)),
      "groups": .integer(reading.supported.count), "positive": .string(outcome.positive),
    ]
    if reading.refitDeviation == nil {
      score.details["refits"] = "too few rows to train again: the interval is of these two models"
    }
    return score
  }

  /// The change of the rate of each group; groups of too few rows say so.
  private func groups(
    _ reading: Reading, _ against: Against, _ scores: FairnessScores,
    _ workspace: Workspace<ReferenceFrame>
  ) throws(MetricError) -> [Score] {
    var made: [Score] = []
    for (group, own) in reading.found.groups.enumerated() {
      let subject = Subject(
        columns: reading.grouping.columns, segment: own.label, target: reading.outcome.name)
      guard let index = reading.reading.supported.firstIndex(of: group),
        let rate = reading.reading.rates[index]
      else {
        made.append(
          scores.score(
            subject,
            .notApplicable(
              reason: own.reason
                ?? "a model predicts yes for fewer than \(Int(PredictedGroups.support)) rows"),
            against: against))
        continue
      }
      let change = rate.synthetic - rate.real
      var score = scores.score(subject, .measured(change), against: against)
      score.floor = ScoreFloor(value: 0, spread: rate.deviation, method: "refits")
      try SignedDifference.judge(
        &score, deviation: rate.deviation, reach: reading.reading.reach,
        level: workspace.plan.level)
      score.details = [
        "real": .finite(CellLabels.share(rate.real)),
        "synthetic": .finite(CellLabels.share(rate.synthetic)),
        "rows": .integer(Int(own.rows)),
      ]
      made.append(score)
    }
    return made
  }
}
