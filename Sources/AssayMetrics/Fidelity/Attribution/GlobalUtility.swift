public import AssayDocument
import AssayNumerics
public import AssayTable

/// Whether every column follows from the others in synthetic rows as it does in real rows.
///
/// ```
/// Σ_j skill_j(grown on synthetic rows) / Σ_j skill_j(grown on as many training rows)
/// ```
///
/// both tried on real rows that neither has seen, with the skill of boosted trees that predict column j
/// from all others: R² of ranks for numbers, mean Gini coefficient of levels. 1 is what a fresh real
/// sample gets; 0 what shuffled columns get. It sees broken conditional structure that keeps columns and
/// pairs; it does not see single columns.
///
/// - Complexity: O(columns²·trees·depth·rows), with 5,000 rows a side at most.
///
/// Source: Jiang et al. (2026), arXiv:2509.11950, for the idea of all columns as targets; a ratio of sums in
/// place of a mean of ratios, which columns without skill would decide.
public struct GlobalUtility: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.global-utility", title: "Predictability of all columns",
      dimension: .fidelity,
      summary: "How well trees grown on synthetic rows predict every column of real rows.",
      formula: "Σ skill of trees grown on synthetic rows / Σ skill of trees grown on training rows",
      lowerLimit: -.infinity, upperLimit: nil, direction: .higherIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shuffledColumns], blindTo: [],
      cannotSee: "single columns; relations that no column's prediction needs; copied rows",
      defaults: [
        "trees": "half of the classifier's, of depth 4: one model for each column and side",
        "rows": "5,000 a side, as many of each side",
      ],
      howToRead:
        "1 means that synthetic rows teach as much about real rows as training rows do. The worst "
        + "columns are in the details.",
      citations: [
        .init(
          "Jiang et al. (2026), TabStruct: measuring structural fidelity of tabular data, arXiv:2509.11950"
        )
      ])
  }

  private static let rowLimit = 5_000

  /// One column's skills.
  private struct Found: Sendable {
    var column: Int
    var synthetic, first, second: Double
    var real: Double { (first + second) / 2 }
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let hasHoldout = frame.rowCount(.holdout) != nil
    var score = Score(
      metric: descriptor.id, dimension: descriptor.dimension,
      against: hasHoldout ? .holdout : .training,
      outcome: .notApplicable(reason: "fewer than 40 rows, or fewer than two columns"),
      unit: descriptor.unit)
    let limit = workspace.plan.classifierRows
    let synthetic = try await workspace.value(of: EncodedRows(role: .synthetic, limit: limit))
    let training = try await workspace.value(of: EncodedRows(role: .training, limit: limit))
    let parts = hasHoldout ? 2 : 3
    let count = min(synthetic.count, training.count / parts, Self.rowLimit)
    let tried =
      hasHoldout
      ? try await workspace.value(of: EncodedRows(role: .holdout, limit: limit))
        .prefix(Self.rowLimit)
      : training.rows(2 * (training.count / 3)..<training.count)
    guard count >= 40, tried.count >= 20, training.width > 1 else {
      return MetricResult(scores: [score])
    }
    let sides = [
      synthetic.prefix(count), training.rows(0..<count), training.rows(count..<2 * count),
    ]
    let trees = max(1, workspace.plan.classifierTrees / 2)
    let found = try parallelMap(training.width, threads: workspace.threads) {
      column throws(MetricError) -> Found? in
      do throws(NumericsError) {
        guard let target = try ColumnSkill(column, in: training) else { return nil }
        func skill(_ side: Int) throws(NumericsError) -> Double {
          try target.skill(trainedOn: sides[side], triedOn: tried, trees: trees)
        }
        return Found(
          column: column, synthetic: try skill(0), first: try skill(1), second: try skill(2))
      } catch {
        throw MetricError(error)
      }
    }.compactMap(\.self)
    let names = training.encoding.columns.map(\.name)
    do throws(NumericsError) {
      try fill(&score, found, names: names, level: workspace.plan.level)
    } catch {
      throw MetricError(error)
    }
    score.n = RowCounts(
      training: count, synthetic: count, holdout: hasHoldout ? tried.count : nil)
    return MetricResult(scores: [score])
  }

  private func fill(
    _ score: inout Score, _ found: [Found], names: [String], level: Double
  ) throws(NumericsError) {
    let real = found.reduce(0) { $0 + $1.real }
    guard found.count > 1, real > 0.02 * Double(found.count) else {
      score.outcome = .notApplicable(reason: "real columns do not follow from each other")
      return
    }
    let value = found.reduce(0) { $0 + $1.synthetic } / real
    // Two halves of training rows differ as two samples do.
    let spread =
      found.reduce(0) { $0 + ($1.first - $1.second) * ($1.first - $1.second) }
      .squareRoot() / real
    score.outcome = .measured(value)
    score.floor = ScoreFloor(value: 1, spread: spread, method: FloorMethod.splits)
    score.baseline = ScoreBaseline(value: 0, method: "shuffled-columns")
    let reach = try normalQuantile(1 - (1 - level) / 2) * spread
    score.interval = ScoreInterval(
      lower: value - reach, upper: value + reach, level: level, method: "split-normal")
    score.bounds = try ScoreBounds(
      value: value, level: level,
      law: .normal(.init(lowerCentre: value, upperCentre: value, deviation: spread)),
      excess: .normal(.init(lowerCentre: 1 - value, upperCentre: 1 - value, deviation: spread)))
    score.details["columns"] = .array(
      found.sorted { ($0.synthetic - $0.real, $0.column) < ($1.synthetic - $1.real, $1.column) }
        .prefix(20).map { entry in
          .object([
            "column": .string(names[entry.column]), "real": .finite(entry.real),
            "synthetic": .finite(entry.synthetic),
          ])
        })
  }
}
