public import AssayDocument
import AssayNumerics
public import AssayTable

/// Whether real rows have a synthetic row nearer than any other real one, among the innermost
/// synthetic rows.
///
/// ```
/// 1 − Σ|β − R(β)| / Σβ over 30 steps
/// ```
///
/// over embedded rows.
///
/// - Complexity: O(rows²·dimensions), with the rows of the plan at most.
///
/// Source: Alaa et al. (2022), arXiv:2102.08921.
public struct BetaRecall: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.beta-recall", title: "β-recall", dimension: .fidelity,
      summary: "Whether real rows have a synthetic row nearer than any other real one, "
        + "among the innermost synthetic rows.",
      formula: "1 − Σ|β − share of real rows reached by the innermost β of synthetic "
        + "rows|/Σβ",
      lowerLimit: 0, upperLimit: 1, direction: .closerToFreshSample, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [], blindTo: [],
      cannotSee: "whether a reached row is copied or met by chance",
      defaults: EmbeddingDefaults.entries(neighbours: 5),
      howToRead:
        "About one half for a fresh real sample, by definition. Far above it, "
        + "synthetic rows sit on real ones: copies. Far below it, real rows are not "
        + "reached.",
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
    try await FamilyScore(descriptor: descriptor, family: .radial, place: 1).result(workspace)
  }
}
