public import AssayDocument
import AssayNumerics
public import AssayTable

/// The share of synthetic rows that are further from their nearest real row than that is from
/// all other real rows.
///
/// ```
/// #{j: ‖yⱼ − x₍ⱼ₎‖ > min over i ≠ (j) of ‖x₍ⱼ₎ − xᵢ‖} / m
/// ```
///
/// over embedded rows.
///
/// The radius is that of the nearest real row; the code of the paper takes that of another row.
///
/// - Complexity: O(rows²·dimensions), with the rows of the plan at most.
///
/// Source: Alaa et al. (2022), arXiv:2102.08921.
public struct Authenticity: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.authenticity", title: "Authenticity", dimension: .fidelity,
      summary: "The share of synthetic rows that are further from their nearest real row "
        + "than that is from all other real rows.",
      formula: "#{j: ‖yⱼ − x‖ > distance of x to the nearest other real row, x nearest to "
        + "yⱼ}/m",
      lowerLimit: 0, upperLimit: 1, direction: .closerToFreshSample, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [], blindTo: [],
      cannotSee: "copies of some rows among many fresh ones; it is no privacy measure",
      defaults: EmbeddingDefaults.entries(neighbours: 5),
      howToRead:
        "About one half for a fresh real sample, by definition, and not 1. Far "
        + "below it, synthetic rows sit on real ones: copies. Above it, they lie "
        + "beside the real rows.",
      citations: [
        .init(
          "Alaa, van Breugel, Saveliev & van der Schaar (2022), How faithful is your synthetic "
            + "data? Sample-level metrics for evaluating and auditing generative models, ICML, "
            + "PMLR 162, arXiv:2102.08921")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await FamilyScore(descriptor: descriptor, family: .radial, place: 2).result(workspace)
  }
}
