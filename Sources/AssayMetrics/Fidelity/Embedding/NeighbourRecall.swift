public import AssayDocument
import AssayNumerics
public import AssayTable

/// The share of real rows that lie in the region of the synthetic rows.
///
/// ```
/// #{i: ‖xᵢ − yⱼ‖ < sⱼ for some j} / n
/// ```
///
/// over embedded rows, with rᵢ the distance of a real row to its fifth nearest other one and
/// sⱼ that of a
/// synthetic row.
///
/// - Complexity: O(rows²·dimensions), with the rows of the plan at most.
///
/// Source: Naeem, Oh, Uh, Choi & Yoo (2020), arXiv:2002.09797.
public struct NeighbourRecall: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.recall", title: "Recall of rows", dimension: .fidelity,
      summary: "The share of real rows that lie in the region of the synthetic rows.",
      formula: "#{real in the ball of a synthetic row that reaches its 5th neighbour}/n",
      lowerLimit: 0, upperLimit: 1, direction: .closerToFreshSample, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [], blindTo: [],
      cannotSee: "synthetic rows that are bad: a few far ones have large balls that cover "
        + "much",
      defaults: EmbeddingDefaults.entries(neighbours: 5),
      howToRead:
        "A fresh real sample does not reach 1. Far below it, part of the real rows "
        + "has no synthetic ones around.",
      citations: [
        .init(
          "Naeem, Oh, Uh, Choi & Yoo (2020), Reliable fidelity and diversity metrics for "
            + "generative models, ICML, PMLR 119, arXiv:2002.09797")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await FamilyScore(descriptor: descriptor, family: .manifold, place: 1).result(workspace)
  }
}
