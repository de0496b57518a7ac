public import AssayDocument
import AssayNumerics
public import AssayTable

/// The share of real rows that have a synthetic row within their 5th nearest real one.
///
/// ```
/// #{i: ‖yⱼ − xᵢ‖ < rᵢ for some j} / n
/// ```
///
/// over embedded rows, with rᵢ the distance of a real row to its fifth nearest other one and
/// sⱼ that of a
/// synthetic row.
///
/// - Complexity: O(rows²·dimensions), with the rows of the plan at most.
///
/// Source: Naeem, Oh, Uh, Choi & Yoo (2020), arXiv:2002.09797.
public struct NeighbourCoverage: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.coverage", title: "Coverage of rows", dimension: .fidelity,
      summary: "The share of real rows that have a synthetic row within their 5th nearest "
        + "real one.",
      formula: "#{real rows with a synthetic row in their ball}/n",
      lowerLimit: 0, upperLimit: 1, direction: .closerToFreshSample, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [], blindTo: [],
      cannotSee: "what else is in a ball than one synthetic row; it is near 1 for every "
        + "large sample",
      defaults: EmbeddingDefaults.entries(neighbours: 5),
      howToRead:
        "What a fresh real sample gets follows from the sizes alone, whatever the "
        + "data (0.97 for equal sizes). Below it, modes are lacking.",
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
    try await FamilyScore(descriptor: descriptor, family: .manifold, place: 3).result(workspace)
  }
}
