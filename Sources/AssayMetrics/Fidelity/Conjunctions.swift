public import AssayDocument
public import AssayTable

/// The mean absolute difference of the shares of rows for which random conjunctions hold.
///
/// ```
/// mean_q |share_real(q) − share_synthetic(q)|
/// ```
///
/// over 256 seeded conjunctions of conditions on four or five columns: a range of a number, a set
/// of levels, each of which holds for 40 to 80 % of the training rows. This is what an analyst gets
/// wrong who counts rows by several conditions.
///
/// - Complexity: O(rows · columns + replicates · groups).
///
/// Source: Task, Bhagat & Howarth (2023), SDNist v2, doi:10.18434/mds2-2943, whose higher-order
/// conjunctions it follows with the mean in place of the root mean square.
public struct Conjunctions: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.conjunctions", title: "Higher-order conjunctions", dimension: .fidelity,
      summary: "How wrong counts by conditions on four or five columns at once are.",
      formula: "mean |share_real − share_synthetic| over 256 random conjunctions",
      direction: .lowerIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shuffledColumns, .modeCollapse], blindTo: [],
      cannotSee: "rare combinations; differences inside a cell; copied rows",
      defaults: [
        "conjunctions": "256, of four and five columns by turns, drawn from the plan's seed",
        "conditions": "each holds for 40 to 80 % of training, so that all together hold for some",
      ],
      howToRead:
        "0.01 means that such a count is off by one in a hundred rows on average. The details name "
        + "the columns of the worst.",
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
    let sides = try await workspace.value(of: ConjunctionCalibration())
    guard !sides.isEmpty else {
      return scores.nothing("fewer than four columns that this metric reads vary")
    }
    let plan = try await workspace.value(of: ConjunctionPlan())
    let columns = PairPlan.columns(frame)
    var result = MetricResult(scores: [])
    for against in [Against.training, .holdout] {
      guard let side = sides[against] else { continue }
      var score = try scores.table(.table, side.mean, against: against)
      let excess = { (query: Int) in
        abs(side.real[query] - side.synthetic[query]) - side.floors[query]
      }
      let ranked = plan.columns.indices.sorted { (excess($0), $1) > (excess($1), $0) }
      let role: TableRole = against == .training ? .training : .holdout
      let rows = Double(frame.rowCount(role) ?? 0)
      score.details["conjunctions"] = .integer(plan.columns.count)
      score.details["worst"] = .array(
        ranked.prefix(10).filter { query in
          // What few real rows share is not published.
          side.real[query] == 0 || side.real[query] * rows >= Double(workspace.plan.k)
        }.map { query in
          .object([
            "columns": .strings(
              plan.columns[query].map { frame.schema.columns[columns[$0]].name }),
            "real": .finite(CellLabels.share(side.real[query])),
            "synthetic": .finite(CellLabels.share(side.synthetic[query])),
            "freshSample": .finite(side.floors[query]),
          ])
        })
      result.scores.append(score)
    }
    return result
  }
}
