package import AssayDocument
import AssayNumerics
package import AssayTable

/// Makes the scores of a distance over pairs of columns, and of the table.
package struct PairScores {
  package let descriptor: MetricDescriptor
  package let workspace: Workspace<ReferenceFrame>
  /// The far end of the scale, in the words of documents.
  package let anchor: String
  /// Divides the number of entries that the document lists: metrics that only add a second
  /// opinion on a pair list fewer.
  package var listedShare = 1
  /// Whether values have no bias, so that they may be on either side of the true one.
  package var isUnbiased = false

  /// Makes a maker of scores.
  package init(
    descriptor: MetricDescriptor, workspace: Workspace<ReferenceFrame>, anchor: String,
    listedShare: Int = 1, isUnbiased: Bool = false
  ) {
    self.descriptor = descriptor
    self.workspace = workspace
    self.anchor = anchor
    self.listedShare = listedShare
    self.isUnbiased = isUnbiased
  }

  /// One pair, with its value and what else is said of it.
  package struct Entry {
    package var columns: [Int]
    /// Where the metric is directed, the column that is conditioned on.
    package var given: Int?
    package var calibrated: PairCalibration.Calibrated
    package var interval: ScoreInterval?
    package var test: TestResult?
    package var details: [String: DetailValue] = [:]
    /// Orders pairs by evidence where it is not the excess in spreads.
    package var evidence: Double?

    /// Makes an entry.
    package init(
      columns: [Int], given: Int? = nil, calibrated: PairCalibration.Calibrated,
      interval: ScoreInterval? = nil, test: TestResult? = nil,
      details: [String: DetailValue] = [:], evidence: Double? = nil
    ) {
      self.columns = columns
      self.given = given
      self.calibrated = calibrated
      self.interval = interval
      self.test = test
      self.details = details
      self.evidence = evidence
    }
  }

  /// The scores against one real side: the table first, then the pairs by evidence.
  package func scores(
    _ entries: [Entry], mean: PairCalibration.Calibrated, against: Against, planned: Int,
    possible: Int
  ) throws(MetricError) -> (scores: [Score], unlisted: Int, worst: [String]) {
    let frame = workspace.frame
    let names = frame.schema.columns.map(\.name)
    // The limit is the metric's, over both real sides.
    let listed =
      workspace.plan.listLimit / listedShare / (frame.rowCount(.holdout) == nil ? 1 : 2)
    let counts = counts(against)
    let ranked = entries.enumerated().sorted {
      let left = $0.element.evidence ?? Self.evidence($0.element.calibrated)
      let right = $1.element.evidence ?? Self.evidence($1.element.calibrated)
      return (left, $1.offset) > (right, $0.offset)
    }
    var scores: [Score] = []
    var table = try table(.table, mean, against: against)
    table.details["pairs"] = .integer(entries.count)
    table.details["possiblePairs"] = .integer(possible)
    table.details["plannedPairs"] = .integer(planned)
    let furthest = ranked.max {
      $0.element.calibrated.value - $0.element.calibrated.floor.value
        < $1.element.calibrated.value - $1.element.calibrated.floor.value
    }
    let worst = furthest.map { $0.element.columns.map { names[$0] } } ?? []
    table.details["worst"] = .strings(worst)
    scores.append(table)
    for (_, entry) in ranked.prefix(listed) {
      var one = score(
        Subject(columns: entry.columns.map { names[$0] }, given: entry.given.map { names[$0] }),
        entry.calibrated, against: against,
        counts: counts)
      one.details = entry.details
      one.test = entry.test
      if let interval = entry.interval {
        one.interval = interval
      } else {
        try judge(&one, entry.calibrated)
      }
      scores.append(one)
    }
    let unlisted = max(0, ranked.count - listed)
    if unlisted > 0 { scores[0].details["unlisted"] = .integer(unlisted) }
    return (scores, unlisted, worst)
  }

  /// The excess over a fresh real sample, in spreads.
  package static func evidence(_ calibrated: PairCalibration.Calibrated) -> Double {
    let spread = max(calibrated.floor.spread, calibrated.deviation, 1e-12)
    return (calibrated.value - calibrated.floor.value) / spread
  }

  private func score(
    _ subject: Subject, _ calibrated: PairCalibration.Calibrated, against: Against,
    counts: RowCounts
  ) -> Score {
    Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: against,
      subject: subject, outcome: .measured(calibrated.value), unit: descriptor.unit,
      floor: calibrated.floor,
      baseline: ScoreBaseline(value: calibrated.baseline, method: anchor), n: counts)
  }

  /// A score of the table as a whole.
  package func table(
    _ subject: Subject, _ calibrated: PairCalibration.Calibrated, against: Against
  ) throws(MetricError) -> Score {
    var table = score(subject, calibrated, against: against, counts: counts(against))
    try judge(&table, calibrated)
    return table
  }

  private func counts(_ against: Against) -> RowCounts {
    let frame = workspace.frame
    var counts = RowCounts(synthetic: frame.rowCount(.synthetic))
    if against == .training { counts.training = frame.rowCount(.training) }
    if against == .holdout { counts.holdout = frame.rowCount(.holdout) }
    return counts
  }

  private func judge(
    _ score: inout Score, _ calibrated: PairCalibration.Calibrated
  ) throws(MetricError) {
    guard !isUnbiased else { return try judgeUnbiased(&score, calibrated) }
    score.interval = try TwoBound.interval(
      value: calibrated.value, deviation: calibrated.deviation, floor: calibrated.floor.value,
      level: workspace.plan.level, upperLimit: descriptor.upperLimit)
    score.bounds = try TwoBound.bounds(
      value: calibrated.value, deviation: calibrated.deviation, floor: calibrated.floor.value,
      level: workspace.plan.level, upperLimit: descriptor.upperLimit)
  }

  private func judgeUnbiased(
    _ score: inout Score, _ calibrated: PairCalibration.Calibrated
  ) throws(MetricError) {
    let level = workspace.plan.level
    let value = calibrated.value
    let excess = value - calibrated.floor.value
    do throws(NumericsError) {
      let reach = try normalQuantile(1 - (1 - level) / 2) * calibrated.deviation
      score.interval = ScoreInterval(
        lower: value - reach, upper: value + reach, level: level, method: "normal")
      score.bounds = try ScoreBounds(
        value: value, level: level,
        law: .normal(
          .init(lowerCentre: value, upperCentre: value, deviation: calibrated.deviation)),
        excess: .normal(
          .init(lowerCentre: excess, upperCentre: excess, deviation: calibrated.deviation)))
    } catch {
      throw MetricError(error)
    }
  }

  /// The result where there is no pair to look at.
  package func nothing(
    _ reason: String = "fewer than two columns that this metric reads vary"
  ) -> MetricResult {
    let sides: [Against] =
      workspace.frame.rowCount(.holdout) == nil ? [.training] : [.training, .holdout]
    return MetricResult(
      scores: sides.map { against in
        Score(
          metric: descriptor.id, dimension: descriptor.dimension, against: against,
          outcome: .notApplicable(reason: reason),
          unit: descriptor.unit)
      })
  }
}
