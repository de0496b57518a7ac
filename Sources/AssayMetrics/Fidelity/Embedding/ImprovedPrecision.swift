public import AssayDocument
import AssayNumerics
public import AssayTable

/// The share of synthetic rows within the third nearest neighbour of a real row.
///
/// ```
/// #{j: ‖yⱼ − xᵢ‖ ≤ rᵢ for some i} / m
/// ```
///
/// over embedded rows, with rᵢ the distance of a real row to its third nearest other one and
/// sⱼ that of a
/// synthetic row.
///
/// - Complexity: O(rows²·dimensions), with the rows of the plan at most.
///
/// Source: Kynkäänniemi et al. (2019), arXiv:1904.06991.
public struct ImprovedPrecision: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.improved-precision", title: "Improved precision", dimension: .fidelity,
      summary: "The share of synthetic rows within the third nearest neighbour of a real "
        + "row.",
      formula: "#{synthetic in the closed ball of a real row that reaches its 3rd "
        + "neighbour}/m",
      lowerLimit: 0, upperLimit: 1, direction: .closerToFreshSample, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [], blindTo: [],
      cannotSee: "that the region is not filled; outlying real rows accept much",
      defaults: EmbeddingDefaults.entries(neighbours: 3),
      howToRead:
        "As precision, with the balls of the original paper: smaller, and with "
        + "their surface. It is there to compare with published figures.",
      citations: [
        .init(
          "Kynkäänniemi, Karras, Laine, Lehtinen & Aila (2019), Improved precision and recall "
            + "metric for assessing generative models, NeurIPS, arXiv:1904.06991")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await FamilyScore(descriptor: descriptor, family: .improved, place: 0).result(workspace)
  }
}
