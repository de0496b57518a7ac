public import AssayDocument
public import AssayTable

/// The total variation distance of the joint cells of every pair of columns, and its mean.
///
/// ```
/// ½ Σ_ij |p_ij − q_ij|
/// ```
///
/// over the tables of ``CramersV``. It is one minus the contingency similarity of other tools, and
/// sees differences of the single columns as well as of their relation. With many cells and few
/// rows it is mostly chance: compare with what a fresh real sample gets.
///
/// - Complexity: As ``CramersV``, whose pass over the rows it shares.
///
/// Source: total variation distance on the cells of a contingency table; Levin, Peres & Wilmer
/// (2009), Markov Chains and Mixing Times, section 4.1.
public struct ContingencySimilarity: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.contingency", title: "Contingency distance", dimension: .fidelity,
      summary: "How far the joint shares of each pair of columns are from the real ones.",
      formula: "½ Σ_ij |p_ij − q_ij| over tables of up to ten cells a column",
      direction: .lowerIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shuffledColumns, .modeCollapse], blindTo: [],
      cannotSee: "relations of three columns; differences inside a cell; copied rows",
      defaults: ["cells": "those of Cramér's V, so that the two can be compared"],
      howToRead:
        "One minus the contingency similarity of other tools. The details name the cells that "
        + "differ most.",
      citations: [
        .init("Levin, Peres & Wilmer (2009), Markov Chains and Mixing Times, section 4.1")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let scores = PairScores(
      descriptor: descriptor, workspace: workspace, anchor: "shuffled-columns")
    let plan = try await workspace.value(of: PairPlan())
    let sides = try await workspace.value(of: PairCalibration())
    guard !sides.isEmpty else { return scores.nothing() }
    let labels = CellLabels(frame, k: workspace.plan.k)
    var result = MetricResult(scores: [])
    for against in [Against.training, .holdout] {
      guard let side = sides[against] else { continue }
      let described = Self.strongest(side.pairs)
      let entries = side.pairs.enumerated().map { index, pair in
        PairScores.Entry(
          columns: pair.columns, calibrated: pair[.cells],
          details: described.contains(index) ? ["cells": .array(labels.describe(pair))] : [:])
      }
      let made = try scores.scores(
        entries, mean: side[.cells], against: against, planned: plan.pairs.count,
        possible: plan.total)
      result.scores += made.scores
      result.unlisted += made.unlisted
    }
    return result
  }

  /// Pairs whose cells are described, at most.
  private static let describedPairs = 300

  /// The pairs whose association or cells are furthest from a fresh real sample.
  private static func strongest(_ pairs: [PairCalibration.Pair]) -> Set<Int> {
    func first(_ excess: (PairCalibration.Pair) -> Double) -> ArraySlice<Int> {
      pairs.indices.sorted {
        (excess(pairs[$0]), $1) > (excess(pairs[$1]), $0)
      }.prefix(describedPairs / 2)
    }
    return Set(first { $0[.cells].value - $0[.cells].floor.value })
      .union(first { $0[.association].value - $0[.association].floor.value })
  }
}
