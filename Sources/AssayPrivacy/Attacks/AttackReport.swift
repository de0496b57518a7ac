import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// One attack of a family, and where its score belongs.
struct AttackEntry: Sendable {
  var subject: Subject
  var parameters: [String: DetailValue]
  var details: [String: DetailValue]
}

/// Turns a family of attacks on training and holdout rows into scores.
///
/// The score of the table is the worst attack: what a fresh real sample gets and the lower bound take
/// into account that it is the worst of so many.
struct AttackReport {
  let metric: MetricID
  let level: Double
  let family: SuccessFamily
  let entries: [AttackEntry]
  let counts: RowCounts

  /// The score of the table.
  func table(_ details: [String: DetailValue]) throws(NumericsError) -> Score {
    let cell = family.cells[family.worst]
    let tail = (1 - level) / Double(family.cells.count)
    let wide = try interval(cell, level: 1 - tail)
    let own = try interval(cell, level: level)
    let reach = try normalQuantile((1 + level) / 2)
    let control = Double(cell.otherSuccesses) / Double(family.others)
    var details = details.merging(try rates(cell)) { $1 }
    details["attacks"] = .integer(family.cells.count)
    details["worst"] = .object(
      entries[family.worst].parameters.merging(
        ["columns": .strings(entries[family.worst].subject.columns)]
      ) { $1 })
    details["finding"] = .string(finding(adjusted: family.globalPValue))
    details["significant"] = .integer(family.cells.count { $0.adjusted < 1 - level })
    return Score(
      metric: metric, dimension: .privacy, against: .both, outcome: .measured(cell.excess),
      interval: ScoreInterval(
        lower: min(cell.excess, wide.lower), upper: max(cell.excess, wide.upper), level: level,
        method: "miettinen-nurminen, joint over \(family.cells.count) attacks"),
      bounds: try ScoreBounds(
        value: cell.excess, level: level,
        law: .normal(
          BoundLaw.Normal(
            lowerCentre: cell.excess - max(0, family.expectedWorst), upperCentre: cell.excess,
            deviation: (own.upper - own.lower) / (2 * reach), lowest: -1, highest: 1))),
      floor: ScoreFloor(
        value: family.expectedWorst, spread: family.worstDeviation,
        method: "label permutation"),
      baseline: ScoreBaseline(value: 1 - control, method: "every attack on training succeeds"),
      // The worst of several has no p-value of its own.
      test: TestResult(
        statistic: cell.excess, pValue: family.globalPValue, adjusted: family.globalPValue,
        family: "\(family.cells.count) attacks of \(metric.rawValue)",
        method: "joint label permutation, \(family.permutations) relabellings"),
      n: counts, details: details)
  }

  /// The score of each attack.
  func attacks() throws(NumericsError) -> [Score] {
    var scores: [Score] = []
    for (cell, entry) in zip(family.cells, entries) {
      let interval = try interval(cell, level: level)
      let pooled =
        Double(cell.memberSuccesses + cell.otherSuccesses)
        / Double(family.members + family.others)
      scores.append(
        Score(
          metric: metric, dimension: .privacy, against: .both, subject: entry.subject,
          parameters: entry.parameters, outcome: .measured(cell.excess),
          interval: ScoreInterval(
            lower: min(cell.excess, interval.lower), upper: max(cell.excess, interval.upper),
            level: level, method: "miettinen-nurminen"),
          bounds: try ScoreBounds(
            value: cell.excess, level: level,
            law: .difference(
              successes: cell.memberSuccesses, trials: family.members,
              subtracted: cell.otherSuccesses, of: family.others)),
          floor: ScoreFloor(
            value: 0,
            spread: (pooled * (1 - pooled)
              * (1 / Double(family.members) + 1 / Double(family.others))).squareRoot(),
            method: "closed-form"),
          test: TestResult(
            statistic: cell.excess, pValue: cell.pValue, adjusted: cell.adjusted,
            family: "\(family.cells.count) attacks of \(metric.rawValue)",
            method: "fisher, adjusted by joint label permutation"),
          n: counts, details: entry.details.merging(try rates(cell)) { $1 }))
    }
    return scores
  }

  private func interval(
    _ cell: SuccessFamily.Cell, level: Double
  ) throws(NumericsError) -> ConfidenceInterval {
    try miettinenNurminenInterval(
      (cell.memberSuccesses, family.members), (cell.otherSuccesses, family.others), level: level)
  }

  private func rates(_ cell: SuccessFamily.Cell) throws(NumericsError) -> [String: DetailValue] {
    let attack = try AttackRate(
      successes: cell.memberSuccesses, trials: family.members, level: level)
    let control = try AttackRate(
      successes: cell.otherSuccesses, trials: family.others, level: level)
    let residual = attack.residual(over: control)
    return [
      "successRate": .object([
        "training": .number(Double(cell.memberSuccesses) / Double(family.members)),
        "holdout": .number(Double(cell.otherSuccesses) / Double(family.others)),
      ]),
      "targets": .object([
        "training": .integer(family.members), "holdout": .integer(family.others),
      ]),
      "residualRisk": .object([
        "value": .finite(residual.value), "halfWidth": .finite(residual.halfWidth),
      ]),
    ]
  }

  /// What the attacks come to: no success at all is another thing than no more than on the holdout.
  private func finding(adjusted: Double) -> String {
    if family.cells.allSatisfy({ $0.memberSuccesses == 0 }) { return "no attack succeeds" }
    return adjusted < 1 - level
      ? "attacks succeed more often on training rows than on holdout rows"
      : "attacks succeed, no more often on training rows than on holdout rows"
  }
}

extension MetricResult {
  /// The outcome of an attack that cannot be made.
  static func absent(_ metric: MetricID, _ reason: String) -> MetricResult {
    MetricResult(scores: [
      Score(
        metric: metric, dimension: .privacy, against: .both,
        outcome: .notApplicable(reason: reason))
    ])
  }

  /// Why attacks cannot be judged without a holdout.
  static let needsHoldout =
    "no holdout: what holds for everybody cannot be told from what was leaked; try --holdout"
}

extension EvaluationPlan {
  /// Whether attackers know many different things, not only the likeliest.
  var sweepsAttacks: Bool { preset == .full }
}
