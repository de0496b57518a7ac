public import AssayDocument
import AssayNumerics
public import AssayTable

/// The share of good synthetic rows, as their density in real regions tells.
///
/// ```
/// min(1, mean min(1, #{i: ‖yⱼ − xᵢ‖ ≤ min(rᵢ, median r)}/k) / the same of real rows)
/// ```
///
/// over embedded rows, with rᵢ the distance of a real row to its fifth nearest other one.
///
/// - Complexity: O(rows²·dimensions), with the rows of the plan at most.
///
/// Source: Salvy, Talbot & Thirion (2025), arXiv:2507.01761.
public struct ClippedDensity: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.clipped-density", title: "Clipped density", dimension: .fidelity,
      summary: "The share of good synthetic rows, as their density in real regions tells.",
      formula: "mean min(1, real balls cut at the median radius that hold a synthetic "
        + "row/5), over what real rows get of each other",
      lowerLimit: 0, upperLimit: 1, direction: .closerToFreshSample, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [], blindTo: [],
      cannotSee: "rows that are good but too alike",
      defaults: EmbeddingDefaults.entries(neighbours: 5),
      howToRead:
        "Close to 1 for a fresh real sample. It falls in proportion to the share of "
        + "bad rows: 0.8 reads as a fifth of bad rows.",
      citations: [
        .init(
          "Salvy, Talbot & Thirion (2025), Enhanced generative model evaluation with clipped "
            + "density and coverage, arXiv:2507.01761")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await FamilyScore(descriptor: descriptor, family: .clipped, place: 0).result(workspace)
  }
}
