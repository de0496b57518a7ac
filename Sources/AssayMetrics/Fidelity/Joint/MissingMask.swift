public import AssayDocument
import AssayNumerics
public import AssayTable

/// How well boosted trees tell synthetic rows from real ones by which values they lack, and nothing
/// else.
///
/// ```
/// AUC = P(score of a synthetic mask > score of a real mask), on rows that the trees have not seen
/// ```
///
/// The mask of a row says in which columns it lacks a value; every column that is not excluded counts.
/// As many rows of each side, every other one in either half, are judged by trees that were trained
/// on the other half, and the value is the mean of both areas. ½ is what a fresh real sample gets.
/// ``MissingRate`` compares columns one by one, ``MissingPatterns`` whole patterns, of which most are
/// rare where many columns lack values; trees find relations of a few columns among many. `rates` in
/// the details is the area that the rates of single columns give by themselves: where it is ½ and the
/// value is not, rates are right and what is missing together is not. The far end of the scale is
/// what training masks get whose columns are shuffled.
///
/// The test is that of ``ClassifierTwoSample`` with one learner.
///
/// - Complexity: O(trees · depth · rows · columns), with the rows of the plan at most.
///
/// Source: Lopez-Paz & Oquab (2017), arXiv:1610.06545, on masks; Little & Rubin (2019), Statistical
/// Analysis with Missing Data, section 1.2, doi:10.1002/9781119482260.
public struct MissingMask: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.missing-mask", title: "Masks of missing values told apart",
      dimension: .fidelity,
      summary: "How well boosted trees tell synthetic rows by which values they lack.",
      formula: "AUC on held-out masks, the mean of two halves; ½ = cannot be told apart",
      lowerLimit: 0, upperLimit: 1, direction: .closerToFreshSample, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "values that are there"],
      sees: [.missing],
      blindTo: [.shift, .scale, .droppedLevel, .inventedLevel, .clippedTail, .rounding],
      cannotSee: "whether what is missing goes with the values that are there",
      defaults: [
        "trees": "100 of depth 6: enough for relations of six columns",
        "rows": "the rows of the classifier two-sample test",
        "columns": "all that are not excluded and lack a value somewhere, whatever their kind",
      ],
      howToRead:
        "½ means that masks cannot be told from real ones. Compare with `rates`: an area above it "
        + "comes of values that are missing together, not of how many are.",
      citations: [
        .init("Lopez-Paz & Oquab (2017), Revisiting classifier two-sample tests, arXiv:1610.06545"),
        .init(
          "Little & Rubin (2019), Statistical Analysis with Missing Data, section 1.2",
          doi: "10.1002/9781119482260"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    var result = MetricResult(scores: [])
    for (against, role) in MeasuredColumns.sides where frame.rowCount(role) != nil {
      var score = Score(
        metric: descriptor.id, dimension: descriptor.dimension, against: against,
        outcome: .notApplicable(
          reason: "no value is missing on either side, or fewer than ten rows of one"),
        unit: descriptor.unit)
      if let rows = try await MaskedRows(role, workspace) {
        do throws(NumericsError) {
          try fill(&score, rows, role, workspace)
        } catch {
          throw MetricError(error)
        }
      }
      result.scores.append(score)
    }
    return result
  }

  private func fill(
    _ score: inout Score, _ rows: MaskedRows, _ role: TableRole,
    _ workspace: Workspace<ReferenceFrame>
  ) throws(NumericsError) {
    let plan = workspace.plan
    let pair = try BoostedPair(
      rows.pooled, trees: plan.classifierTrees, threads: workspace.threads)
    let anchor = try BoostedPair(
      rows.shuffled, trees: plan.classifierTrees, threads: workspace.threads)
    let rates = try rows.rates()
    let fit = pair.fit
    score.outcome = .measured(fit.value)
    score.n.synthetic = rows.pooled.rowsPerSide
    if role == .training { score.n.training = rows.pooled.rowsPerSide }
    if role == .holdout { score.n.holdout = rows.pooled.rowsPerSide }
    score.floor = ScoreFloor(value: 0.5, spread: fit.spread, method: FloorMethod.closedForm)
    score.baseline = ScoreBaseline(value: anchor.fit.value, method: "shuffled-columns")
    score.test = TestResult(
      statistic: fit.value, pValue: fit.pValue,
      method: "mean area of both held-out halves, normal")
    try ClassifierScore.bound(&score, fit.value, fit.deviation, level: plan.level)
    score.details = [
      "columns": .integer(rows.columns.count), "rowsPerSide": .integer(rows.pooled.rowsPerSide),
      "rates": .object(["area": .finite(rates.value), "pValue": .finite(rates.pValue)]),
    ]
    guard fit.value > 0.5 + 2 * fit.spread else { return }
    let names = rows.columns.map { workspace.frame.schema.columns[$0].name }
    score.details["gaveAway"] = try GiveAways(
      rows.pooled, pair, names: names, seed: plan.seed, threads: workspace.threads
    ).details(names)
  }
}
