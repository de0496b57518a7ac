public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// The share of synthetic rows that are a training row up to a small tolerance in every number.
///
/// A synthetic row is a near copy of a real row where all levels agree and every number lies within the
/// column's tolerance: what the schema declares of it (`tolerance`), else 1 % of the distance between the
/// 5 % and the 95 % quantile of the pooled real rows. Where chance makes rows agree the holdout shows how
/// often; the test permutes the labels of the real rows that are met.
///
/// Noise that is larger than the tolerance hides a copy from it: see ``DistanceToClosestRecord`` and
/// ``RecordTailTest``.
///
/// - Complexity: O(rows · log rows) where levels or numbers tell rows apart; O(rows²) at worst, on a
///   stated sample of synthetic rows above the plan's limit.
///
/// Source: row novelty with a tolerance is common practice; permutation of labels as in Phipson & Smyth
/// (2010), doi:10.2202/1544-6115.1585.
public struct NearMatch: Metric {
  /// Makes the metric.
  public init() {}

  /// Labels of training and holdout rows stay exchangeable whatever was drawn.
  public var holdsUnderReweighting: Bool { true }

  /// The share of the range of a column within which numbers count as alike.
  static let tolerance = 0.01

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "privacy.near-match", title: "Near-match share", dimension: .privacy,
      summary: "The share of synthetic rows that equal a training row in every level and nearly in "
        + "every number.",
      formula: "#{synthetic rows within tolerance of a training row} / #{synthetic rows}",
      direction: .lowerIsBetter, frame: .exchangeable, anchor: .copiedRows,
      invariances: ["order of rows", "order of columns"], sees: [.copy, .leak],
      blindTo: [.shuffledColumns],
      cannotSee: "copies with more noise, or with one level changed; who is exposed",
      defaults: [
        "tolerance":
          "what the schema declares of a column (tolerance: 0.5); else 1 % of the distance "
          + "between the 5 % and the 95 % quantile of the real rows"
      ],
      howToRead: "Compare with what a fresh real sample gets: coarse tables repeat by chance.",
      citations: [
        .init(
          "Phipson & Smyth (2010), Permutation p-values should never be zero",
          doi: "10.2202/1544-6115.1585")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    let columns = frame.schema.featureIndices.filter { frame.unfit[$0] == nil }
      .sorted { frame.schema.columns[$0].name < frame.schema.columns[$1].name }
    guard !columns.isEmpty, let training = frame.table(.training) else {
      return MetricResult(scores: [
        Score(
          metric: descriptor.id, dimension: .privacy, against: .training,
          outcome: .notApplicable(reason: "no feature can be compared"))
      ])
    }
    let plan = workspace.plan
    let sample = StableOrder(frame, columns: columns).chosen(
      frame.synthetic, limit: plan.neighbourSample ?? .max, seed: plan.seed, name: "near")
    let rule = NearRule(frame, columns: columns)
    do throws(NumericsError) {
      let own = try rule.matches(
        frame.synthetic, rows: sample, among: training, threads: workspace.threads)
      guard let holdout = frame.table(.holdout) else {
        return MetricResult(scores: [try score(own, [], nil, training.rowCount, frame, workspace)])
      }
      let other = try rule.matches(
        frame.synthetic, rows: sample, among: holdout, threads: workspace.threads)
      let known = try rule.matches(
        holdout, rows: Array(0..<holdout.rowCount).prefix(plan.neighbourSample ?? .max).map { $0 },
        among: training, threads: workspace.threads)
      return MetricResult(
        scores: [
          try score(own, other, known, training.rowCount, frame, workspace)
        ])
    } catch {
      throw MetricError(error)
    }
  }

  private func score(
    _ own: [[Int32]], _ other: [[Int32]], _ known: [[Int32]]?, _ trainingRows: Int,
    _ frame: ExchangeableFrame, _ workspace: Workspace<ExchangeableFrame>
  ) throws(NumericsError) -> Score {
    let matched = own.count { !$0.isEmpty }
    let level = workspace.plan.level
    let value = Double(matched) / Double(own.count)
    let interval = try clopperPearsonInterval(
      successes: matched, trials: own.count, level: level)
    var score = Score(
      metric: descriptor.id, dimension: .privacy, against: .training, outcome: .measured(value),
      interval: ScoreInterval(
        lower: interval.lower, upper: interval.upper, level: level, method: "clopper-pearson"),
      baseline: ScoreBaseline(value: 1, method: "copied-rows"),
      n: RowCounts(
        training: trainingRows, synthetic: own.count, holdout: frame.rowCount(.holdout)),
      details: ["count": .integer(matched), "tolerance": .number(Self.tolerance)])
    let declared = frame.schema.featureIndices.compactMap { column in
      frame.schema.columns[column].tolerance.map {
        DetailValue.object([
          "column": .string(frame.schema.columns[column].name), "tolerance": .finite($0),
        ])
      }
    }
    if !declared.isEmpty { score.details["declaredTolerances"] = .array(declared) }
    guard let known else {
      score.bounds = try ScoreBounds(
        value: value, level: level, law: .binomial(successes: matched, trials: own.count))
      return score
    }
    let chance = known.count { !$0.isEmpty }
    score.bounds = try ScoreBounds(
      value: value, level: level, law: .binomial(successes: matched, trials: own.count),
      excess: .difference(
        successes: matched, trials: own.count, subtracted: chance, of: known.count))
    let smooth = (Double(chance) + 1) / (Double(known.count) + 2)
    score.floor = ScoreFloor(
      value: Double(chance) / Double(known.count),
      spread: (smooth * (1 - smooth) * (1 / Double(own.count) + 1 / Double(known.count)))
        .squareRoot(), method: "holdout")
    score.details["expectedCount"] = .finite(
      Published.rounded(Double(chance) / Double(known.count) * Double(own.count)))
    var weights = [Double](repeating: 0, count: trainingRows + (frame.rowCount(.holdout) ?? 0))
    for (near, far) in zip(own, other) {
      let share = 1 / Double(max(1, near.count + far.count))
      for row in near { weights[Int(row)] += share }
      for row in far { weights[trainingRows + Int(row)] += share }
    }
    let pooled = EntityPooling(weights, frame)
    var stream = RandomStream(
      seed: workspace.plan.seed, name: descriptor.id.rawValue, "labels")
    let test = try labelPermutationTest(
      weights: pooled.weights.span, isTraining: pooled.isTraining.span,
      permutations: workspace.plan.permutations, stream: &stream)
    score.test = TestResult(
      statistic: test.statistic, pValue: test.pValueGreater,
      method: "label permutation, \(test.permutations) relabellings")
    return score
  }
}
