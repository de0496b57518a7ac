public import AssayDocument
import AssayNumerics
public import AssayTable

/// What is left of the difference of rows once columns and pairs of columns are repaired.
///
/// The classifier of ``ClassifierTwoSample`` tells apart from real rows, one after the other: the
/// synthetic rows; the same rows with every column replaced, rank for rank, by real values (the view of
/// dependence alone); and those with their rank correlations brought to the real ones. What each step
/// takes off the area is the share of single columns, of pairs, and the rest is that of relations of
/// more columns or of pairs that no correlation describes.
///
/// ```
/// AUC of the rows with columns and rank correlations repaired
/// ```
///
/// Repaired columns and correlations come from real rows other than those that the classifier is
/// given.
///
/// - Complexity: O(trees·depth·rows·columns + rows·columns²), with the rows of the plan at most.
///
/// Source: reordering by ranks from Iman & Conover (1982), doi:10.1080/03610918208812265; the ladder
/// is this package's own.
public struct RepairLadder: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.repair-ladder", title: "Repair ladder", dimension: .fidelity,
      summary: "How well rows are told apart once columns and rank correlations are repaired.",
      formula: "AUC after columns are mapped to real values and rank correlations are corrected",
      lowerLimit: 0, upperLimit: 1, direction: .closerToFreshSample, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [], blindTo: [.shift, .scale],
      cannotSee: "single columns and rank correlations, which are repaired; copies",
      defaults: [
        "trees": "those of the classifier two-sample test, so that areas can be compared",
        "ties": "in random order: rank correlations of few levels are corrected on average",
      ],
      howToRead:
        "Read the shares in the details: how much of the difference single columns, pairs and "
        + "relations of more columns account for.",
      citations: [
        .init(
          "Iman & Conover (1982), A distribution-free approach to inducing rank correlation among "
            + "input variables", doi: "10.1080/03610918208812265")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let hasHoldout = frame.rowCount(.holdout) != nil
    var score = Score(
      metric: descriptor.id, dimension: descriptor.dimension,
      against: hasHoldout ? .holdout : .training,
      outcome: .notApplicable(
        reason: "too few different rows: each half needs five of either side"),
      unit: descriptor.unit)
    let limit = workspace.plan.classifierRows
    let synthetic = try await workspace.value(of: EncodedRows(role: .synthetic, limit: limit))
    let training = try await workspace.value(of: EncodedRows(role: .training, limit: limit))
    var real = training
    var target = training
    if hasHoldout {
      real = try await workspace.value(of: EncodedRows(role: .holdout, limit: limit))
    } else {
      // Rows that columns come from must not be those that the classifier sees.
      real = training.rows(0..<training.count / 2)
      target = training.rows(training.count / 2..<training.count)
    }
    let count = min(synthetic.count, real.count, target.count)
    guard count >= 10, synthetic.width > 0 else { return MetricResult(scores: [score]) }
    let own = synthetic.prefix(count)
    let repair = RankRepair(own, real: target.prefix(count), seed: workspace.plan.seed)
    let steps = [
      own, repair.marginal, repair.pairwise,
      target.prefix(count).shuffledColumns(seed: workspace.plan.seed),
    ]
    let others = real.prefix(count)
    let trees = workspace.plan.classifierTrees
    let fits = try parallelMap(steps.count, threads: workspace.threads) {
      step throws(MetricError) -> CrossFit? in
      guard let rows = PooledHalves(synthetic: steps[step], real: others) else { return nil }
      do throws(NumericsError) {
        return try BoostedPair(rows, trees: trees, threads: 1).fit
      } catch {
        throw MetricError(error)
      }
    }
    guard let first = fits[0], let second = fits[1], let third = fits[2] else {
      return MetricResult(scores: [score])
    }
    do throws(NumericsError) {
      try fill(&score, first, second, third, level: workspace.plan.level)
    } catch {
      throw MetricError(error)
    }
    score.baseline = fits[3].map { ScoreBaseline(value: $0.value, method: "shuffled-columns") }
    score.n = RowCounts(
      training: hasHoldout ? nil : count, synthetic: count, holdout: hasHoldout ? count : nil)
    return MetricResult(scores: [score])
  }

  private func fill(
    _ score: inout Score, _ first: CrossFit, _ second: CrossFit, _ third: CrossFit, level: Double
  ) throws(NumericsError) {
    let value = third.value
    let deviation = try third.deviation
    let reach = try normalQuantile(1 - (1 - level) / 2) * deviation
    score.outcome = .measured(value)
    score.floor = ScoreFloor(value: 0.5, spread: third.spread, method: FloorMethod.closedForm)
    score.interval = ScoreInterval(
      lower: max(0, value - reach), upper: min(1, value + reach), level: level, method: "normal")
    score.bounds = try ScoreBounds(
      value: value, level: level,
      law: .normal(
        .init(lowerCentre: value, upperCentre: value, deviation: deviation, lowest: 0, highest: 1)),
      excess: .normal(
        .init(lowerCentre: value - 0.5, upperCentre: value - 0.5, deviation: deviation)))
    score.details = [
      "areas": .object([
        "asGiven": .finite(first.value), "columnsRepaired": .finite(second.value),
        "pairsRepaired": .finite(third.value),
      ])
    ]
    let whole = first.value - 0.5
    // Shares of next to nothing would be noise over noise.
    if whole > 3 * first.spread {
      score.details["shares"] = .object([
        "singleColumns": .finite((first.value - second.value) / whole),
        "pairs": .finite((second.value - third.value) / whole),
        "moreColumns": .finite((third.value - 0.5) / whole),
      ])
    }
  }
}
