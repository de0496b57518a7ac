public import AssayDocument
import AssayNumerics
public import AssayTable

/// The kernel distance of embedded synthetic and real rows ('KID').
///
/// ```
/// E k(X, X′) + E k(Y, Y′) − 2·E k(X, Y),   k(x, y) = (x·y/d + 1)³
/// ```
///
/// without bias: 0 on average for equal laws, whatever the number of rows.
///
/// - Complexity: O(rows²·dimensions), with the rows of the plan at most.
///
/// Source: Bińkowski, Sutherland, Arbel & Gretton (2018), arXiv:1801.01401.
public struct KernelDistanceScore: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.kernel-distance", title: "Kernel distance of rows (KID)",
      dimension: .fidelity,
      summary: "How far moments up to the third of embedded synthetic rows are from those of real "
        + "rows.",
      formula: "E k(X, X′) + E k(Y, Y′) − 2·E k(X, Y), k(x, y) = (x·y/d + 1)³, unbiased",
      lowerLimit: -.infinity, upperLimit: nil, direction: .closerToFreshSample,
      anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shift], blindTo: [],
      cannotSee: "moments above the third; local defects; which column differs",
      defaults: EmbeddingDefaults.entries(),
      howToRead:
        "0 on average for a fresh real sample, and then as often below 0 as above. Small for few "
        + "rows only by chance: read the interval.",
      citations: [
        .init(
          "Bińkowski, Sutherland, Arbel & Gretton (2018), Demystifying MMD GANs, "
            + "arXiv:1801.01401")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let more: [EmbeddingKind] =
      workspace.plan.preset == .full ? [.tabular, .fourier, .leaves] : []
    return try await EmbeddingScores(descriptor, workspace, embeddings: more).result {
      kind, role async throws(MetricError) -> EmbeddingScore? in
      guard let samples = try await workspace.value(of: EmbeddedSamples(kind: kind)),
        let pair = EmbeddedPair(samples, role, limit: workspace.plan.embeddingRows)
      else { return nil }
      do throws(NumericsError) {
        let found = try KernelDistance(
          pair.real, pair.synthetic, threads: workspace.threads)
        let far = try KernelDistance(pair.real, pair.shuffled, threads: workspace.threads)
        return EmbeddingScore(
          value: found.value,
          floor: ScoreFloor(
            value: 0, spread: found.freshDeviation, method: FloorMethod.closedForm),
          baseline: ScoreBaseline(value: far.value, method: samples.anchor),
          deviation: found.deviation, rows: pair.rows, details: samples.details)
      } catch {
        guard error.code == .domain else { throw MetricError(error) }
        return nil
      }
    }
  }
}
