import AssayDocument
import AssayNumerics
import AssayTable

/// Makes the scores of a share of synthetic values that keep to the real ones, by column and for
/// the table, with a test of whether a fresh real sample would stray as far.
struct AdherenceScores {
  /// One column.
  struct Entry {
    var column: Int
    /// Present synthetic values, and how many of them stray.
    var present = 0
    var strayed = 0
    /// What a fresh real sample of as many values does.
    var fresh: BetaBinomial?
    /// The expected share of straying values and its spread, where they are not the law's own.
    var expected: (share: Double, spread: Double)?
    var details: [String: DetailValue] = [:]
    /// Why the column has no score.
    var reason: String?

    /// The expected share of values that keep to the real ones.
    var floor: ScoreFloor {
      let m = Double(max(present, 1))
      let share = expected?.share ?? (fresh.map { $0.mean / m } ?? 0)
      let spread = expected?.spread ?? (fresh.map { $0.deviation / m } ?? 0)
      return ScoreFloor(value: 1 - share, spread: spread, method: FloorMethod.closedForm)
    }

    var value: Double { Double(present - strayed) / Double(max(present, 1)) }

    /// The standard deviation of how much worse than a fresh real sample the value is.
    var deviation: Double {
      // One value more of each kind keeps it above zero where none strayed.
      let share = (Double(strayed) + 1) / (Double(present) + 2)
      let own = share * (1 - share) / Double(max(present, 1))
      return (own + floor.spread * floor.spread).squareRoot()
    }
  }

  /// How often a fresh real sample fails the check of any column, at most: a check that holds for
  /// good data must hardly ever say otherwise.
  static let falseAlarms = 0.01

  let descriptor: MetricDescriptor
  let workspace: Workspace<ReferenceFrame>
  /// What the test is called.
  let test: String
  /// Why there is no score of the table if no column has one.
  let nothing: String

  func result(_ entries: [Entry]) throws(MetricError) -> MetricResult {
    do throws(NumericsError) {
      return try make(entries)
    } catch {
      throw MetricError(error)
    }
  }

  private func make(_ entries: [Entry]) throws(NumericsError) -> MetricResult {
    let measured = entries.filter { $0.reason == nil }
    var tails: [Double] = []
    for entry in measured {
      tails.append(try entry.fresh?.upperTail(atLeast: entry.strayed) ?? 1)
    }
    let pValues = tails
    let adjusted = try holmAdjustedPValues(pValues.span)
    var scores: [Score] = []
    var total = Total()
    var next = 0
    for entry in entries {
      var score = blank(Subject(columns: [workspace.frame.schema.columns[entry.column].name]))
      if let reason = entry.reason {
        score.outcome = .notApplicable(reason: reason)
        scores.append(score)
        continue
      }
      let holds = adjusted[next] >= Self.falseAlarms
      score.outcome = .measured(entry.value)
      score.floor = entry.floor
      score.test = TestResult(
        statistic: Double(entry.strayed), pValue: tails[next], adjusted: adjusted[next],
        family: "columns of \(descriptor.id), Holm", method: test)
      score.details = entry.details
      score.details["hard"] = true
      score.details["holds"] = .boolean(holds)
      try judge(&score, entry)
      total.add(entry, score, holds: holds)
      scores.append(score)
      next += 1
    }
    return MetricResult(scores: [table(total)] + scores)
  }

  private func blank(_ subject: Subject) -> Score {
    Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: .training,
      subject: subject, outcome: .notApplicable(reason: nothing), unit: descriptor.unit,
      n: RowCounts(
        training: workspace.frame.rowCount(.training),
        synthetic: workspace.frame.rowCount(.synthetic)))
  }

  private func judge(_ score: inout Score, _ entry: Entry) throws(NumericsError) {
    let level = workspace.plan.level
    let kept = entry.present - entry.strayed
    let interval = try clopperPearsonInterval(
      successes: kept, trials: entry.present, level: level)
    score.interval = ScoreInterval(
      lower: interval.lower, upper: interval.upper, level: level, method: "clopper-pearson")
    score.bounds = try ScoreBounds(
      value: entry.value, level: level, law: .binomial(successes: kept, trials: entry.present),
      excess: Self.excess(entry.floor.value - entry.value, deviation: entry.deviation))
  }

  private static func excess(_ centre: Double, deviation: Double) -> BoundLaw {
    .normal(.init(lowerCentre: centre, upperCentre: centre, deviation: deviation))
  }

  private func table(_ total: Total) -> Score {
    var score = blank(.table)
    guard total.present > 0 else { return score }
    let m = Double(total.present)
    let value = 1 - Double(total.strayed) / m
    score.outcome = .measured(value)
    score.floor = ScoreFloor(
      value: total.floor / m, spread: total.variance.squareRoot() / m,
      method: FloorMethod.closedForm)
    // Values of one row are not independent, so the limits of the columns are averaged: that holds
    // whatever their dependence.
    score.interval = ScoreInterval(
      lower: min(value, total.lower / m), upper: max(value, total.upper / m),
      level: workspace.plan.level, method: "mean of clopper-pearson")
    score.bounds = ScoreBounds(
      lower: min(value, total.lowerBound / m), upper: max(value, total.upperBound / m),
      level: workspace.plan.level,
      law: .normal(
        .init(
          lowerCentre: value, upperCentre: value, deviation: total.deviation / m, lowest: 0,
          highest: 1)),
      excessLaw: Self.excess(total.floor / m - value, deviation: total.deviation / m))
    score.details = [
      "hard": true, "holds": .boolean(total.failing.isEmpty), "columns": .integer(total.columns),
      "values": .integer(total.present), "strayed": .integer(total.strayed),
      "failing": .strings(total.failing.map { workspace.frame.schema.columns[$0].name }),
    ]
    return score
  }

  /// Sums over columns, each weighted by its present synthetic values.
  private struct Total {
    var columns = 0
    var present = 0
    var strayed = 0
    var floor = 0.0
    var variance = 0.0
    /// The deviations added up, which is what columns that stray together have.
    var deviation = 0.0
    var lower = 0.0
    var upper = 0.0
    var lowerBound = 0.0
    var upperBound = 0.0
    var failing: [Int] = []

    mutating func add(_ entry: Entry, _ score: Score, holds: Bool) {
      let m = Double(entry.present)
      columns += 1
      present += entry.present
      strayed += entry.strayed
      floor += m * entry.floor.value
      variance += m * m * entry.floor.spread * entry.floor.spread
      deviation += m * entry.deviation
      lower += m * (score.interval?.lower ?? 0)
      upper += m * (score.interval?.upper ?? 1)
      lowerBound += m * (score.bounds?.lower ?? 0)
      upperBound += m * (score.bounds?.upper ?? 1)
      if !holds { failing.append(entry.column) }
    }
  }
}
