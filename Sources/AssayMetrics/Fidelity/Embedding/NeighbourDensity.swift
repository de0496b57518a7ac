public import AssayDocument
import AssayNumerics
public import AssayTable

/// In how many balls of real rows a synthetic row lies on average, over the number expected.
///
/// ```
/// Σⱼ #{i: ‖yⱼ − xᵢ‖ < rᵢ} / (k·m)
/// ```
///
/// over embedded rows, with rᵢ the distance of a real row to its fifth nearest other one and
/// sⱼ that of a
/// synthetic row.
///
/// - Complexity: O(rows²·dimensions), with the rows of the plan at most.
///
/// Source: Naeem, Oh, Uh, Choi & Yoo (2020), arXiv:2002.09797.
public struct NeighbourDensity: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.density", title: "Density of rows", dimension: .fidelity,
      summary: "In how many balls of real rows a synthetic row lies on average, over the "
        + "number expected.",
      formula: "mean number of real balls that hold a synthetic row / 5",
      lowerLimit: 0, upperLimit: nil, direction: .closerToFreshSample, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [], blindTo: [],
      cannotSee: "real regions that lack synthetic rows; it exceeds 1 where synthetic rows "
        + "crowd where real rows are dense",
      defaults: EmbeddingDefaults.entries(neighbours: 5),
      howToRead:
        "1 for a fresh real sample where distances have no ties. Below it, "
        + "synthetic rows lie beside the real ones; above it, they crowd in the "
        + "densest part.",
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
    try await FamilyScore(descriptor: descriptor, family: .manifold, place: 2).result(workspace)
  }
}
