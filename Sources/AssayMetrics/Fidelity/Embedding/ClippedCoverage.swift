public import AssayDocument
import AssayNumerics
public import AssayTable

/// The share of good synthetic rows that would cover real regions as much.
///
/// ```
/// f⁻¹(mean min(k, #{j in ball i})/k), f(m′) its mean for m′ good rows
/// ```
///
/// over embedded rows, with rᵢ the distance of a real row to its fifth nearest other one.
///
/// - Complexity: O(rows²·dimensions), with the rows of the plan at most.
///
/// Source: Salvy, Talbot & Thirion (2025), arXiv:2507.01761.
public struct ClippedCoverage: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.clipped-coverage", title: "Clipped coverage", dimension: .fidelity,
      summary: "The share of good synthetic rows that would cover real regions as much.",
      formula: "rank of mean min(5, synthetic rows in a ball)/5 among what 0 … m good rows "
        + "get",
      lowerLimit: 0, upperLimit: 1, direction: .closerToFreshSample, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [], blindTo: [],
      cannotSee: "bad rows beside enough good ones",
      defaults: EmbeddingDefaults.entries(neighbours: 5),
      howToRead:
        "Close to 1 for a fresh real sample. It falls in proportion to the share of "
        + "rows that are lacking or bad.",
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
    try await FamilyScore(descriptor: descriptor, family: .clipped, place: 1).result(workspace)
  }
}
