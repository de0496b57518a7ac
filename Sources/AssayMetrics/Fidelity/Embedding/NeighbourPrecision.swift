public import AssayDocument
import AssayNumerics
public import AssayTable

/// The share of synthetic rows that lie in the region of the real rows.
///
/// ```
/// #{j: ‖yⱼ − xᵢ‖ < rᵢ for some i} / m
/// ```
///
/// over embedded rows, with rᵢ the distance of a real row to its fifth nearest other one and
/// sⱼ that of a
/// synthetic row.
///
/// - Complexity: O(rows²·dimensions), with the rows of the plan at most.
///
/// Source: Naeem, Oh, Uh, Choi & Yoo (2020), arXiv:2002.09797.
public struct NeighbourPrecision: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.precision", title: "Precision of rows", dimension: .fidelity,
      summary: "The share of synthetic rows that lie in the region of the real rows.",
      formula: "#{synthetic in the ball of a real row that reaches its 5th neighbour}/m",
      lowerLimit: 0, upperLimit: 1, direction: .closerToFreshSample, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [], blindTo: [],
      cannotSee: "that the region is not filled, and how often a real region is met; a "
        + "single far real row makes a large ball that accepts anything near it",
      defaults: EmbeddingDefaults.entries(neighbours: 5),
      howToRead:
        "A fresh real sample does not reach 1: its outermost rows lie outside. Far "
        + "below it, synthetic rows lie where no real ones do; above it, they keep to "
        + "the middle or are copies.",
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
    try await FamilyScore(descriptor: descriptor, family: .manifold, place: 0).result(workspace)
  }
}
