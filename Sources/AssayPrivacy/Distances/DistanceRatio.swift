public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// How much nearer the closest training row of a synthetic row is than the second closest.
///
/// ```
/// median over synthetic rows of (d₁ + ε)/(d₂ + ε)      ε = 10⁻⁶
/// ```
///
/// with d₁ and d₂ the distances to the two closest training rows, in the rank-Gower space of
/// ``DistanceToClosestRecord``. It lies in 0…1: near 0 a row hugs one record alone, near 1 it lies between
/// several. Holdout rows get what a fresh real sample gets, which depends on the table; without a holdout
/// training rows do, each without itself.
///
/// A diagnostic: it moves with noise, gaps and duplicates as much as with copies, and says nothing of who
/// is exposed. Copies of rows that have a twin have ratio 1. It is no test and is not to be gated on.
///
/// - Complexity: O(searched rows · training rows · features), of a stated choice of rows.
///
/// Source: Lowe (2004) for the ratio; that of synthetic rows is common practice.
public struct DistanceRatio: Metric {
  /// Makes the metric.
  public init() {}

  /// Nearness does not depend on shares of rows.
  public var holdsUnderReweighting: Bool { true }

  /// Added to both distances, so that copies in a crowd have ratio 1.
  static let least = 1e-6

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "privacy.distance-ratio", title: "Nearest-neighbour distance ratio",
      dimension: .privacy,
      summary: "How much nearer the closest training row of a synthetic row is than the second "
        + "closest.",
      formula: "median of (d₁ + ε)/(d₂ + ε), ε = 10⁻⁶, d the distances to the two closest rows",
      direction: .closerToFreshSample, frame: .exchangeable, anchor: .none,
      invariances: [
        "order of rows", "order of columns", "increasing transforms of a column on all sides",
      ],
      sees: [.copy, .jitteredCopy], blindTo: [],
      cannotSee: "leaks of few rows; copies of rows that have a twin; who is exposed",
      defaults: [
        "rows": "1,000, 2,500 or 20,000 of either side by preset, chosen by their contents"
      ],
      howToRead:
        "A diagnostic, not a test. Well below what a fresh real sample gets: rows hug single records.",
      citations: [
        .init("Lowe (2004), Distinctive image features from scale-invariant keypoints")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    let columns = frame.schema.featureIndices.filter { frame.unfit[$0] == nil }
      .sorted { frame.schema.columns[$0].name < frame.schema.columns[$1].name }
    guard !columns.isEmpty, let training = frame.table(.training), training.rowCount > 2 else {
      return MetricResult(scores: [
        Score(
          metric: descriptor.id, dimension: .privacy, against: .training,
          outcome: .notApplicable(
            reason: columns.isEmpty
              ? "no feature can be compared" : "fewer than three training rows"))
      ])
    }
    let plan = workspace.plan
    let limit =
      switch plan.preset {
      case .quick: 1_000
      case .standard: 2_500
      case .full: 20_000
      }
    let order = StableOrder(frame, columns: columns)
    func chosen(_ table: AlignedTable, _ name: String) -> [Int] {
      order.chosen(table, limit: limit, seed: plan.seed, name: name)
    }
    let space = try MixedSpace(frame, columns: columns, threads: workspace.threads)
    let base = space.pooled[0]
    let synthetic = try space.points(
      frame.synthetic, rows: chosen(frame.synthetic, "ratio of synthetic rows"))
    let threads = workspace.threads
    do throws(NumericsError) {
      let own = try Self.ratios(synthetic, base, columns.count, threads)
      guard let holdout = frame.table(.holdout) else {
        let twins = try Self.twins(
          base, chosen(training, "ratio of training rows"), columns.count, threads)
        return MetricResult(scores: [
          try score(own, control: twins, toHoldout: nil, method: "training-twins", frame, plan)
        ])
      }
      let probes = space.pooled[1].rows(chosen(holdout, "ratio of holdout rows"))
      let control = try Self.ratios(probes, base, columns.count, threads)
      let toHoldout = try Self.ratios(synthetic, space.pooled[1], columns.count, threads)
      return MetricResult(scores: [
        try score(own, control: control, toHoldout: toHoldout, method: "holdout", frame, plan)
      ])
    } catch {
      throw MetricError(error)
    }
  }

  /// The ratios of some rows to others, ascending.
  private static func ratios(
    _ queries: MixedPoints, _ base: MixedPoints, _ features: Int, _ threads: Int
  ) throws(NumericsError) -> [Double] {
    let found = try nearest(queries: queries, base: base, secondNearest: true, threads: threads)
    return sorted(zip(found.distances, found.secondDistances), features)
  }

  /// The ratios of some rows to the rows that they are of, each without itself.
  private static func twins(
    _ base: MixedPoints, _ rows: [Int], _ features: Int, _ threads: Int
  ) throws(NumericsError) -> [Double] {
    // The row itself is among its three nearest, or three others are at no distance either.
    let found = try nearest(3, queries: base.rows(rows), base: base, threads: threads)
    let pairs = rows.indices.map { place -> (Double, Double) in
      let near = found.distances(of: place)
      let others = found.rows(of: place)
      let own = others.firstIndex(of: Int32(rows[place])) ?? near.startIndex
      let kept = near.indices.filter { $0 - near.startIndex != own - others.startIndex }
      return (near[kept[0]], near[kept[1]])
    }
    return sorted(pairs, features)
  }

  private static func sorted(
    _ pairs: some Sequence<(Double, Double)>, _ features: Int
  ) -> [Double] {
    let scale = 1 / Double(features)
    let ratios = pairs.compactMap {
      $1.isFinite ? ($0 * scale + least) / ($1 * scale + least) : nil
    }
    return sortedCopy(ratios.span)
  }

  private func score(
    _ own: [Double], control: [Double], toHoldout: [Double]?, method: String,
    _ frame: ExchangeableFrame, _ plan: EvaluationPlan
  ) throws(NumericsError) -> Score {
    guard let median = try Self.median(own, level: plan.level),
      let fresh = try Self.median(control, level: plan.level)
    else { throw NumericsError(.tooFewObservations, "no row has two neighbours") }
    let reach = try normalQuantile((1 + plan.level) / 2)
    let deviation = (fresh.upper - fresh.lower) / (2 * reach)
    let spread = deviation * (1 + Double(control.count) / Double(own.count)).squareRoot()
    let curve = PublishedCurve(
      counts: [own.count, control.count] + (toHoldout.map { [$0.count] } ?? []), k: plan.k)
    return Score(
      metric: descriptor.id, dimension: .privacy, against: .training,
      outcome: .measured(median.value),
      interval: ScoreInterval(
        lower: median.lower, upper: median.upper, level: plan.level, method: "order-statistics"),
      floor: ScoreFloor(value: fresh.value, spread: max(spread, 1e-9), method: method),
      n: RowCounts(
        training: frame.rowCount(.training), synthetic: own.count,
        holdout: frame.rowCount(.holdout)),
      details: [
        "quantiles": .object([
          "probabilities": .numbers(curve.probabilities),
          "syntheticToTraining": curve.quantiles(own),
          "syntheticToHoldout": toHoldout.map(curve.quantiles) ?? .null,
          method == "holdout" ? "holdoutToTraining" : "trainingToTraining":
            curve.quantiles(control),
        ]),
        "controlRows": .integer(control.count),
        "syntheticRows": .integer(frame.synthetic.rowCount),
      ])
  }

  /// The median with limits between which the median of the population lies whatever its law.
  private static func median(
    _ sorted: [Double], level: Double
  ) throws(NumericsError) -> (value: Double, lower: Double, upper: Double)? {
    guard !sorted.isEmpty else { return nil }
    let count = Double(sorted.count)
    let reach = try normalQuantile((1 + level) / 2) * count.squareRoot() / 2
    let low = max(0, Int((count / 2 - reach).rounded(.down)))
    let high = min(sorted.count - 1, Int((count / 2 + reach).rounded(.up)))
    return (
      try quantile(sorted: sorted.span, probability: 0.5), sorted[low], sorted[high]
    )
  }
}
