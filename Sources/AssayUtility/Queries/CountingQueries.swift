public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// The relative error of counts by one to three conditions: what an analyst gets wrong who counts
/// rows.
///
/// ```
/// median and 95th percentile over queries of |q − p| / p
/// ```
///
/// with p the real and q the synthetic share of the rows that a query counts. The workload is drawn
/// from the plan's seed on the training rows: ranges of numbers and sets of levels, on the cells of
/// pairs, on one, two and three columns by turns, each query counting at least one in a thousand
/// training rows. A fresh real sample of m rows is off by √((1 − p)/p · (1/n + 1/m)) in deviations,
/// so that small counts are off by chance; size-matched halves of the real rows say by how much.
///
/// - Complexity: O(rows · columns · queries / 64 + replicates · queries).
///
/// Source: Task, Bhagat & Howarth (2023), SDNist v2, doi:10.18434/mds2-2943, for counting queries
/// as a measure; here with relative errors and what a fresh sample gets.
public struct CountingQueries: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "utility.counting-queries", title: "Error of counting queries", dimension: .utility,
      summary: "How wrong counts of rows by one to three conditions are, relative to the count.",
      formula: "median over queries of |q − p|/p, p the real and q the synthetic share; and the "
        + "95th percentile",
      upperLimit: nil, direction: .lowerIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.modeCollapse], blindTo: [],
      cannotSee:
        "counts of fewer than one row in a thousand; differences inside a cell; copied rows",
      defaults: [
        "queries": "1,024 (256 in the quick preset), of one, two and three columns by turns",
        "selectivity":
          "one in a thousand training rows and k rows at least: rarer counts are chance",
      ],
      howToRead:
        "0.03 means that half of such counts are off by more than three per cent. Compare it with what "
        + "a fresh real sample gets; the details name the worst.",
      citations: [
        .init(
          "Task, Bhagat & Howarth (2023), SDNist v2: Deidentified Data Report Tool",
          doi: "10.18434/mds2-2943")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let scores = PairScores(
      descriptor: descriptor, workspace: workspace, anchor: "shuffled-columns")
    let sides = try await workspace.value(of: QueryCalibration())
    guard !sides.isEmpty else {
      return scores.nothing("too few queries count one training row in a thousand")
    }
    let plan = try await workspace.value(of: QueryPlan())
    var result = MetricResult(scores: [])
    for against in [Against.training, .holdout] {
      guard let side = sides[against] else { continue }
      for (subject, probability) in QueryCalibration.quantiles.enumerated() {
        let floor = side.block.splitFloor(subject)
        var score = try scores.table(
          .table,
          PairCalibration.Calibrated(
            value: side.block.values[subject], deviation: side.block.deviation(subject),
            floor: ScoreFloor(
              value: floor.mean, spread: floor.deviation, method: FloorMethod.splits),
            baseline: side.anchor[subject]), against: against)
        if subject == 0 {
          score.details = details(side, plan, against, frame, k: workspace.plan.k)
        } else {
          score.parameters = ["quantile": .number(probability)]
        }
        result.scores.append(score)
      }
    }
    return result
  }

  private func details(
    _ side: QueryCalibration.Side, _ plan: QueryPlan.Value, _ against: Against,
    _ frame: ReferenceFrame, k: Int
  ) -> [String: DetailValue] {
    let columns = PairPlan.columns(frame)
    let rows = Double(frame.rowCount(against == .holdout ? .holdout : .training) ?? 0)
    let inverse = 1 / max(1, rows) + 1 / Double(max(1, frame.rowCount(.synthetic) ?? 1))
    /// The error in deviations of that of a fresh sample.
    func excess(_ query: Int) -> Double {
      let p = side.real[query]
      guard p > 0 else { return 0 }
      let chance = (p * (1 - p) * inverse).squareRoot()
      return chance > 0 ? abs(side.synthetic[query] - p) / chance : 0
    }
    // Few real rows are not published, those of the complement neither.
    let shown = plan.columns.indices.filter { query in
      let count = side.real[query] * rows
      return count >= Double(k) && rows - count >= Double(k)
    }.sorted { (excess($0), $1) > (excess($1), $0) }
    return [
      "queries": .integer(plan.columns.count - side.empty),
      "candidates": .integer(plan.candidates),
      "worst": .array(
        shown.prefix(10).map { query in
          .object([
            "columns": .strings(
              plan.columns[query].map { frame.schema.columns[columns[$0]].name }),
            "real": .finite(CellLabels.share(side.real[query])),
            "synthetic": .finite(CellLabels.share(side.synthetic[query])),
            "deviations": .finite(Published.rounded(excess(query))),
          ])
        }),
    ]
  }
}
