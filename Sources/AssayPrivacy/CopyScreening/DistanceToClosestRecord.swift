public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// The share of synthetic rows whose closest real row is a training row, not a holdout row.
///
/// ```
/// Σ_{i in training} w_i / n_synthetic
/// ```
///
/// with w_i the synthetic rows whose closest row in the pool of training and holdout is row i,
/// ties split evenly. The distance is the mean over features of the difference of mid-ranks in the
/// pooled real rows (numbers), of mismatch (levels), of one missing where the other is not. It is
/// fitted on training and holdout together, so nothing favours either. If the generator did not
/// look at single rows, training labels are exchangeable given w: their permutation is an exact
/// test, while a binomial test rejects far too often because rows share neighbours.
///
/// It sees many near copies. It misses a few, and says nothing of who is exposed.
///
/// - Complexity: O(n_synthetic · n_real · features) at worst; a stated sample of synthetic rows
///   above the plan's limit.
///
/// Source: Platzer & Reutterer (2021), doi:10.3389/fdata.2021.679939, with the test replaced;
/// Phipson & Smyth (2010), doi:10.2202/1544-6115.1585; Gower (1971), doi:10.2307/2528823.
public struct DistanceToClosestRecord: Metric {
  /// Makes the metric.
  public init() {}

  /// Labels of training and holdout rows stay exchangeable whatever was drawn.
  public var holdsUnderReweighting: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "privacy.distance-to-closest-record", title: "Share closer to training",
      dimension: .privacy,
      summary: "How many synthetic rows lie closer to a training row than to any holdout row.",
      formula: "Σ_{i∈training} w_i / n_synthetic, w_i = synthetic rows whose closest row is i",
      direction: .lowerIsBetter, frame: .exchangeable, anchor: .copiedRows,
      invariances: [
        "order of rows", "order of columns", "increasing transforms of a column on all sides",
      ],
      sees: [.copy, .jitteredCopy, .leak], blindTo: [.shuffledColumns],
      cannotSee: "leaks of a few rows; who is exposed; attributes that can be guessed",
      defaults: [
        "distance": "rank-Gower: bounded, unmoved by heavy tails, the same for both real sides",
        "approximate":
          "where asked for, the 32 most promising blocks of 64 real rows are looked into "
          + "for every synthetic row, and 500 rows are searched for exactly too",
      ],
      howToRead:
        "A diagnostic, not the verdict. A fresh real sample gets the share that training "
        + "rows have among the real rows; copies get 1.",
      citations: [
        .init(
          "Platzer & Reutterer (2021), Holdout-based empirical assessment of mixed-type synthetic "
            + "data", doi: "10.3389/fdata.2021.679939"),
        .init(
          "Phipson & Smyth (2010), Permutation p-values should never be zero",
          doi: "10.2202/1544-6115.1585"),
        .init(
          "Gower (1971), A general coefficient of similarity and some of its properties",
          doi: "10.2307/2528823"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    try await ClosestShareMeasurement(descriptor: descriptor).measure(frame, in: workspace)
  }
}

/// The share closer to training, tested by giving labels out anew.
struct ClosestShareMeasurement {
  let descriptor: MetricDescriptor

  func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    let found = try await workspace.value(of: ClosestRecords())
    guard let found else {
      return MetricResult(scores: [
        Score(
          metric: descriptor.id, dimension: .privacy, against: .both,
          outcome: .notApplicable(reason: "no feature can be compared"))
      ])
    }
    var details = Self.details(found, k: workspace.plan.k)
    let searched = found.syntheticToTraining.count
    guard let toHoldout = found.syntheticToHoldout, let weights = found.weights else {
      return MetricResult(scores: [
        Score(
          metric: descriptor.id, dimension: .privacy, against: .both,
          outcome: .notApplicable(
            reason: "there is no holdout: nothing shows what unseen rows would get"),
          n: RowCounts(training: found.trainingRows, synthetic: searched), details: details)
      ])
    }
    do throws(NumericsError) {
      details["ties"] = .integer(
        zip(found.syntheticToTraining, toHoldout).reduce(into: 0) {
          if Self.areTied($1.0, $1.1) { $0 += 1 }
        })
      return MetricResult(scores: [
        try score(found, weights: weights, details: details, workspace)
      ])
    } catch {
      throw MetricError(error)
    }
  }

  private static func areTied(_ first: Double, _ second: Double) -> Bool {
    abs(first - second) <= 1e-12 * max(first, second)
  }

  private func score(
    _ found: ClosestRecords.Found, weights: [Double], details: [String: DetailValue],
    _ workspace: Workspace<ExchangeableFrame>
  ) throws(NumericsError) -> Score {
    let pooled = EntityPooling(weights, workspace.frame)
    var stream = RandomStream(seed: workspace.plan.seed, name: descriptor.id.rawValue, "labels")
    let test = try labelPermutationTest(
      weights: pooled.weights.span, isTraining: pooled.isTraining.span,
      permutations: workspace.plan.permutations, stream: &stream)
    var details = details
    details["relabellings"] = .integer(test.permutations)
    let total = Double(found.syntheticToTraining.count)
    let share = test.statistic / total
    let deviation = Self.deviation(pooled, share: share)
    let level = workspace.plan.level
    let two = try normalQuantile(1 - (1 - level) / 2) * deviation
    let spread = test.variance.squareRoot() / total
    let excess = share - test.expectation / total
    return Score(
      metric: descriptor.id, dimension: .privacy, against: .both, outcome: .measured(share),
      interval: ScoreInterval(
        lower: max(0, share - two), upper: min(1, share + two), level: level,
        method: "clustered-normal"),
      bounds: try ScoreBounds(
        value: share, level: level,
        law: .normal(
          .init(
            lowerCentre: share, upperCentre: share, deviation: deviation, lowest: 0, highest: 1)),
        excess: .normal(
          .init(
            lowerCentre: excess, upperCentre: excess, deviation: max(deviation, spread)))),
      floor: ScoreFloor(
        value: test.expectation / total, spread: spread,
        method: FloorMethod.closedForm),
      baseline: ScoreBaseline(value: 1, method: "copied-rows"),
      test: TestResult(
        statistic: test.statistic, pValue: test.pValueGreater,
        method: "label permutation, \(test.permutations) relabellings"),
      n: RowCounts(
        training: found.trainingRows, synthetic: Int(total),
        holdout: weights.count - found.trainingRows),
      details: details)
  }

  /// The standard deviation of the share over synthetic rows that share closest rows.
  static func deviation(_ pooled: EntityPooling, share: Double) -> Double {
    var sum = 0.0
    var squares = 0.0
    for (unit, weight) in pooled.weights.enumerated() where weight > 0 {
      sum += weight
      let centred = weight * ((pooled.isTraining[unit] ? 1 : 0) - share)
      squares += centred * centred
    }
    return sum > 0 ? squares.squareRoot() / sum : 0
  }

  private static func details(
    _ found: ClosestRecords.Found, k: Int
  ) -> [String: DetailValue] {
    let sides = [
      found.syntheticToTraining, found.syntheticToHoldout, found.holdoutToTraining,
    ].compactMap(\.self).filter { !$0.isEmpty }
    let curve = PublishedCurve(counts: sides.map(\.count), k: k)
    func quantiles(_ distances: [Double]?) -> DetailValue {
      distances.map { curve.quantiles(sortedCopy($0.span)) } ?? .null
    }
    var details: [String: DetailValue] = [
      "quantiles": .object([
        "probabilities": .numbers(curve.probabilities),
        "syntheticToTraining": quantiles(found.syntheticToTraining),
        "syntheticToHoldout": quantiles(found.syntheticToHoldout),
        "holdoutToTraining": quantiles(found.holdoutToTraining),
      ]),
      "searchedRows": .integer(found.syntheticToTraining.count),
      "syntheticRows": .integer(found.syntheticRows),
      "features": .integer(found.features),
    ]
    details["approximate"] = found.approximation.map { approximation in
      .object([
        "rowsLookedAt": .integer(approximation.rowsLookedAt),
        "checkedRows": .integer(approximation.checked),
        "recall": .finite(Published.rounded(approximation.recall)),
        "recallAtLeast": .finite(Published.rounded(approximation.recallAtLeast)),
        "excess": .finite(Published.rounded(approximation.excess)),
      ])
    }
    return details
  }
}
