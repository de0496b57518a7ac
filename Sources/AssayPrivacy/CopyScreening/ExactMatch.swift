public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// The share of synthetic rows that are training rows, cell for cell.
///
/// Rows of common values repeat by chance. What chance explains is shown by the holdout: the share
/// of holdout rows that are training rows is exactly what a fresh real sample gets. The test asks
/// whether synthetic rows repeat training rows more than holdout rows: each pooled real row has
/// the number of synthetic rows that equal it (shared between equal rows), and training labels are
/// permuted. Against the holdout the same share shows whether the holdout is contaminated.
///
/// A little noise on one number hides a copy from it: see ``DistanceToClosestRecord``.
///
/// - Complexity: O(rows · columns) and O(permutations · repeated rows).
///
/// Source: permutation of labels as in Phipson & Smyth (2010), doi:10.2202/1544-6115.1585;
/// the share is known as identical match share, Platzer & Reutterer (2021),
/// doi:10.3389/fdata.2021.679939.
public struct ExactMatch: Metric {
  /// Makes the metric.
  public init() {}

  /// Labels of training and holdout rows stay exchangeable whatever was drawn.
  public var holdsUnderReweighting: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "privacy.exact-match", title: "Exact-match share", dimension: .privacy,
      summary: "The share of synthetic rows that equal a real row in every feature.",
      formula: "#{synthetic rows equal to a training row} / #{synthetic rows}",
      direction: .lowerIsBetter, frame: .exchangeable, anchor: .copiedRows,
      invariances: ["order of rows", "order of columns"], sees: [.copy, .leak],
      blindTo: [.shuffledColumns],
      cannotSee: "copies with noise on a single cell; who is exposed",
      defaults: ["columns": "all features; identifiers and free text play no part"],
      howToRead:
        "Compare with what a fresh real sample gets: in "
        + "tables of few, coarse columns equal rows are common.",
      citations: [
        .init(
          "Platzer & Reutterer (2021), Holdout-based empirical assessment of mixed-type synthetic "
            + "data", doi: "10.3389/fdata.2021.679939"),
        .init(
          "Phipson & Smyth (2010), Permutation p-values should never be zero",
          doi: "10.2202/1544-6115.1585"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    try await workspace.value(of: ResultOf(ExactMatchMeasurement(descriptor: descriptor)))
  }
}

/// Measures once, for the score and for the verdict.
struct ExactMatchMeasurement: SharedMeasurement {
  let descriptor: MetricDescriptor
  var id: MetricID { descriptor.id }

  func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    let columns = frame.schema.featureIndices.filter { frame.unfit[$0] == nil }
    guard !columns.isEmpty, let training = frame.table(.training) else {
      return MetricResult(scores: [
        Score(
          metric: descriptor.id, dimension: .privacy, against: .training,
          outcome: .notApplicable(reason: "no feature can be compared"))
      ])
    }
    let keys = Keys(
      training: RowKeys(training, columns: columns),
      synthetic: RowKeys(frame.synthetic, columns: columns),
      holdout: frame.table(.holdout).map { RowKeys($0, columns: columns) })
    do throws(NumericsError) {
      return MetricResult(scores: try scores(keys, columns: columns.count, workspace))
    } catch {
      throw MetricError(error)
    }
  }

  private struct Keys {
    var training, synthetic: RowKeys
    var holdout: RowKeys?
  }

  private func scores(
    _ keys: Keys, columns: Int, _ workspace: Workspace<ExchangeableFrame>
  ) throws(NumericsError) -> [Score] {
    let trainingCounts = keys.training.counts()
    let matched = keys.synthetic.keys.count { trainingCounts[$0] != nil }
    var counts = RowCounts(
      training: keys.training.keys.count, synthetic: keys.synthetic.keys.count)
    let twins = keys.training.keys.count { (trainingCounts[$0] ?? 0) > 1 }
    let known = keys.holdout?.keys.count { trainingCounts[$0] != nil } ?? twins
    var own = try score(
      matched, of: keys.synthetic.keys.count,
      chance: (known, keys.holdout?.keys.count ?? keys.training.keys.count), against: .training,
      counts: counts, workspace)
    own.details["columns"] = .integer(columns)
    guard let holdout = keys.holdout else {
      // How often one training row repeats another.
      own.floor = Self.floor(
        twins, of: keys.training.keys.count, fresh: keys.synthetic.keys.count,
        method: "training-twins")
      return [own]
    }
    let holdoutCounts = holdout.counts()
    counts.holdout = holdout.keys.count
    own.n = counts
    own.floor = Self.floor(
      known, of: holdout.keys.count, fresh: keys.synthetic.keys.count, method: "holdout")
    own.details["expectedCount"] = .finite(
      (own.floor?.value ?? 0) * Double(keys.synthetic.keys.count))
    let copied = try permutation(keys, holdout, trainingCounts, holdoutCounts, workspace)
    own.test = copied.test
    own.details["excess"] = .finite(copied.excess)
    own.details["sharpPValue"] = .finite(copied.sharpPValue)
    own.details["variance"] = .finite(copied.variance)
    own.details["records"] = copied.records.detail
    own.details["relabellings"] = .integer(workspace.plan.permutations)
    own.details["freshUpper"] = .finite(
      try clopperPearsonUpper(
        successes: known, trials: holdout.keys.count, tail: 0.025))

    let repeated = keys.training.keys.count { holdoutCounts[$0] != nil }
    var other = try score(
      keys.synthetic.keys.count { holdoutCounts[$0] != nil }, of: keys.synthetic.keys.count,
      chance: (repeated, keys.training.keys.count), against: .holdout, counts: counts, workspace)
    other.floor = Self.floor(
      repeated, of: keys.training.keys.count, fresh: keys.synthetic.keys.count,
      method: "training")
    // Rows of the holdout in the synthetic side beyond what training rows show, and by more than
    // one in a hundred: somebody has seen the holdout.
    let excess = (other.bounds?.lower ?? 0) - (other.floor?.value ?? 0)
    other.details["contaminated"] = .boolean(
      excess > 0.01 && -copied.excess > 0.01 && copied.lower <= 0.001)
    other.reference = nil
    return [own, other]
  }

  private func score(
    _ matched: Int, of total: Int, chance: (matched: Int, total: Int), against: Against,
    counts: RowCounts, _ workspace: Workspace<ExchangeableFrame>
  ) throws(NumericsError) -> Score {
    let level = workspace.plan.level
    let interval = try clopperPearsonInterval(successes: matched, trials: total, level: level)
    return Score(
      metric: descriptor.id, dimension: .privacy, against: against,
      outcome: .measured(Double(matched) / Double(total)),
      interval: ScoreInterval(
        lower: interval.lower, upper: interval.upper, level: level, method: "clopper-pearson"),
      bounds: try ScoreBounds(
        value: Double(matched) / Double(total), level: level,
        law: .binomial(successes: matched, trials: total),
        excess: .difference(
          successes: matched, trials: total, subtracted: chance.matched, of: chance.total)),
      baseline: ScoreBaseline(value: 1, method: "copied-rows"), n: counts,
      details: ["count": .integer(matched)])
  }

  private static func floor(
    _ matched: Int, of total: Int, fresh: Int, method: String
  ) -> ScoreFloor {
    let share = Double(matched) / Double(total)
    // One row more keeps the spread above zero where none was seen.
    let smooth = (Double(matched) + 1) / (Double(total) + 2)
    return ScoreFloor(
      value: share,
      spread: (smooth * (1 - smooth) * (1 / Double(fresh) + 1 / Double(total))).squareRoot(),
      method: method)
  }

  private func permutation(
    _ keys: Keys, _ holdout: RowKeys, _ trainingCounts: [RowKeys.Key: Int],
    _ holdoutCounts: [RowKeys.Key: Int], _ workspace: Workspace<ExchangeableFrame>
  ) throws(NumericsError) -> (
    test: TestResult, excess: Double, lower: Double, sharpPValue: Double,
    variance: Double, records: ReplayedRecords
  ) {
    let hits = keys.synthetic.counts()
    func weight(_ key: RowKeys.Key) -> Double {
      guard let synthetic = hits[key] else { return 0 }
      return Double(synthetic) / Double((trainingCounts[key] ?? 0) + (holdoutCounts[key] ?? 0))
    }
    let weights = keys.training.keys.map(weight) + holdout.keys.map(weight)
    let pooled = EntityPooling(weights, workspace.frame)
    var stream = RandomStream(seed: workspace.plan.seed, name: descriptor.id.rawValue, "labels")
    let found = try labelPermutationTest(
      weights: pooled.weights.span, isTraining: pooled.isTraining.span,
      permutations: workspace.plan.permutations, isSharp: true, stream: &stream)
    let excess = (found.statistic - found.expectation) / Double(keys.synthetic.keys.count)
    return (
      TestResult(
        statistic: found.statistic, pValue: found.pValueGreater,
        method: "label permutation, \(found.permutations) relabellings"), excess,
      excess < 0 ? found.pValueTwoSided : 1, found.sharpPValueGreater, found.variance,
      ReplayedRecords(pooled)
    )
  }
}
