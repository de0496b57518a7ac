public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// How far the survival curve of the synthetic rows is from the real one.
///
/// ```
/// ∫₀^τ |S_synthetic(t) − S_real(t)| dt / τ
/// ```
///
/// with the Kaplan–Meier curves of the columns whose roles are `time` and `event`, up to the 0.9
/// quantile τ of the training times. The details hold the mean time up to τ on both sides with the
/// interval of its difference; the test is the log-rank test. It cannot see on what survival
/// depends.
///
/// - Complexity: O(draws · rows log rows), 4,000 rows a side at most.
///
/// Source: Kaplan & Meier (1958), doi:10.1080/01621459.1958.10501452; Mantel (1966); Royston &
/// Parmar (2013), doi:10.1186/1471-2288-13-152.
public struct SurvivalDistance: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "utility.survival", title: "Distance of survival curves", dimension: .utility,
      summary: "How far the Kaplan–Meier curve of the synthetic rows is from the real one.",
      formula: "∫₀^τ |S_synthetic − S_real| dt / τ, τ the 0.9 quantile of the training times",
      direction: .lowerIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "unit of time"], sees: [], blindTo: [],
      cannotSee: "on what survival depends; times beyond the 0.9 quantile",
      defaults: [
        "until": "the 0.9 quantile of the training times: few rows are at risk beyond it",
        "rows": "4,000 of each side at most",
      ],
      howToRead:
        "0.02 means that survival is off by two rows in a hundred on average over time. Compare it with "
        + "what a fresh real sample gets.",
      citations: [
        .init(
          "Kaplan & Meier (1958), Nonparametric estimation from incomplete observations",
          doi: "10.1080/01621459.1958.10501452"),
        .init("Mantel (1966), Evaluation of survival data and two new rank order statistics"),
        .init(
          "Royston & Parmar (2013), Restricted mean survival time", doi: "10.1186/1471-2288-13-152"),
      ])
  }

  /// Pairs of samples that are drawn.
  static let draws = 100

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let sides: [(Against, TableRole)] =
      frame.rowCount(.holdout) == nil
      ? [(.training, .training)] : [(.training, .training), (.holdout, .holdout)]
    func nothing(_ reason: String) -> MetricResult {
      MetricResult(
        scores: sides.map { against, _ in
          Score(
            metric: descriptor.id, dimension: descriptor.dimension, against: against,
            outcome: .notApplicable(reason: reason), unit: descriptor.unit)
        })
    }
    guard let time = frame.schema.indices(of: .time).first,
      let event = frame.schema.indices(of: .event).first
    else {
      return nothing("no time and event are declared; try --role COLUMN=time --role COLUMN=event")
    }
    guard frame.unfit[time] == nil, frame.unfit[event] == nil else {
      return nothing("the synthetic side lacks the time or the event")
    }
    guard frame.schema.indices(of: .group).isEmpty else {
      return nothing("rows of one entity are not independent times")
    }
    let seed = workspace.plan.seed
    guard let training = SurvivalRows(frame, .training, time: time, event: event, seed: seed),
      let synthetic = SurvivalRows(frame, .synthetic, time: time, event: event, seed: seed)
    else { return nothing("the event is not 0 or 1, true or false, or the time is no number") }
    let holdout = SurvivalRows(frame, .holdout, time: time, event: event, seed: seed)
    guard training.count >= 20, synthetic.count >= 1, training.events.contains(true) else {
      return nothing("fewer than 20 training rows have a time, or none an event")
    }
    var scores: [Score] = []
    for (against, role) in sides {
      guard let real = role == .training ? training : holdout, real.count >= 20 else {
        var absent = nothing("fewer than 20 rows have a time").scores[0]
        absent.against = against
        scores.append(absent)
        continue
      }
      do throws(NumericsError) {
        scores.append(
          try score(
            real, synthetic, pooled: holdout.map { training.appending($0) } ?? training,
            training: training, against, workspace))
      } catch {
        throw MetricError(error)
      }
    }
    return MetricResult(scores: scores)
  }

  private func score(
    _ real: SurvivalRows, _ synthetic: SurvivalRows, pooled: SurvivalRows, training: SurvivalRows,
    _ against: Against, _ workspace: Workspace<ReferenceFrame>
  ) throws(NumericsError) -> Score {
    let sorted = sortedCopy(training.times.span)
    let limit = try quantile(sorted: sorted.span, probability: 0.9)
    let (own, theirs) = (try real.curve(), try synthetic.curve())
    let value = own.distance(to: theirs, until: limit)
    let (seed, level) = (workspace.plan.seed, workspace.plan.level)
    let rounds = try parallelChunks(count: Self.draws, chunk: 1, threads: workspace.threads) {
      range throws(NumericsError) -> (fresh: Double, again: Double) in
      var stream = RandomStream(
        seed: seed, path: ["survival", against.rawValue, String(range.lowerBound)])
      let fresh = try pooled.drawn(real.count, &stream).curve()
        .distance(to: pooled.drawn(synthetic.count, &stream).curve(), until: limit)
      let (a, b) = (
        try real.drawn(real.count, &stream).curve(),
        try synthetic.drawn(synthetic.count, &stream).curve()
      )
      return (fresh, a.distance(to: b, until: limit))
    }
    let fresh = CalibratedBlock.moments(rounds.map(\.fresh), subject: 0, of: 1)
    let deviation = CalibratedBlock.moments(rounds.map(\.again), subject: 0, of: 1).deviation
    var stream = RandomStream(seed: seed, name: "survival-anchor", against.rawValue)
    let anchor = try own.distance(to: training.shuffled(&stream).curve(), until: limit)
    var made = Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: against,
      outcome: .measured(min(1, value)), unit: descriptor.unit,
      floor: ScoreFloor(value: fresh.mean, spread: fresh.deviation, method: "drawn-samples"),
      baseline: ScoreBaseline(value: anchor, method: "shuffled-columns"))
    made.n = RowCounts(synthetic: synthetic.count)
    if against == .training { made.n.training = real.count }
    if against == .holdout { made.n.holdout = real.count }
    do throws(MetricError) {
      made.interval = try TwoBound.interval(
        value: value, deviation: deviation, floor: fresh.mean, level: level, upperLimit: 1)
      made.bounds = try TwoBound.bounds(
        value: value, deviation: deviation, floor: fresh.mean, level: level, upperLimit: 1)
    } catch {
      throw NumericsError(.domain, error.message)
    }
    let test = try LogRankTest(
      (real.times.span, real.events.span), (synthetic.times.span, synthetic.events.span))
    made.test = TestResult(
      statistic: test.statistic, pValue: test.pValue,
      method: "log-rank, χ² with 1 degree of freedom")
    let means = (own.restrictedMean(until: limit), theirs.restrictedMean(until: limit))
    let change = means.1.mean - means.0.mean
    let reach =
      try normalQuantile(1 - (1 - level) / 2)
      * (means.0.variance + means.1.variance).squareRoot()
    made.details = [
      "until": .finite(Published.rounded(limit)),
      "meanTimeReal": .finite(Published.rounded(means.0.mean)),
      "meanTimeSynthetic": .finite(Published.rounded(means.1.mean)),
      "meanTimeChange": .finite(Published.rounded(change)),
      "meanTimeChangeLower": .finite(Published.rounded(change - reach)),
      "meanTimeChangeUpper": .finite(Published.rounded(change + reach)),
    ]
    return made
  }
}
