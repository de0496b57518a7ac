public import AssayDocument
import AssayNumerics
public import AssayTable

/// Whether the innermost shares of the real rows hold like shares of the synthetic ones.
///
/// ```
/// 1 − Σ|α − P(α)| / Σα over 30 steps
/// ```
///
/// over embedded rows.
///
/// - Complexity: O(rows²·dimensions), with the rows of the plan at most.
///
/// Source: Alaa et al. (2022), arXiv:2102.08921.
public struct AlphaPrecision: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.alpha-precision", title: "α-precision", dimension: .fidelity,
      summary: "Whether the innermost shares of the real rows hold like shares of the "
        + "synthetic ones.",
      formula: "1 − Σ|α − share of synthetic rows within the α-quantile of real distances "
        + "from the mean|/Σα",
      lowerLimit: 0, upperLimit: 1, direction: .closerToFreshSample, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [], blindTo: [],
      cannotSee: "anything but the distance from the mean: not relations, not directions",
      defaults: EmbeddingDefaults.entries(neighbours: 5),
      howToRead:
        "About 0.96 for a fresh real sample of 500 rows, nearer to 1 for more. Far "
        + "below it, synthetic rows lie too far out or too far in.",
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
    try await FamilyScore(descriptor: descriptor, family: .radial, place: 0).result(workspace)
  }
}
