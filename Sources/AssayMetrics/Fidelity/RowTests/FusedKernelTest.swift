public import AssayDocument
import AssayNumerics
public import AssayTable

/// One test of equal laws of rows over many kernels and bandwidths.
///
/// ```
/// (1/λ)·ln mean over kernels of exp(λ·MMD²ₖ/√Nₖ)
/// ```
///
/// with MMD² unbiased and Nₖ the mean of k² over pooled pairs. Narrow kernels see local defects, wide
/// ones shifts. The p-value comes from relabelling and is exact.
///
/// - Complexity: O(kernels·rows²·relabellings), with the rows of the plan at most.
///
/// Source: Biggs, Schrab & Gretton (2023), arXiv:2306.08777.
public struct FusedKernelTest: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.mmd-fuse", title: "Fused kernel test (MMD-FUSE)", dimension: .fidelity,
      summary: "Whether any of ten kernels sees a difference between synthetic and real " + "rows.",
      formula: "(1/λ)·ln mean over kernels of exp(λ·MMD²ₖ/√Nₖ), λ = √(n(n − 1))",
      lowerLimit: -.infinity, upperLimit: nil, direction: .lowerIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shift, .shuffledColumns, .missing], blindTo: [],
      cannotSee: "where the difference is; how much it matters",
      defaults: [
        "embedding": "mid-ranks and one-hot/√2: bounded, so that no tail or column outweighs "
          + "the others",
        "rows": "1,250 a side: every pair is compared, and the relabellings go over all "
          + "of them",
        "kernels": "5 Gaussian and 5 Laplace kernels, bandwidths from the 5th to the 95th "
          + "percentile of distances",
      ],
      howToRead:
        "A test before a measure: the p-value is exact for these rows. Compare "
        + "the value with what a fresh real sample and shuffled columns get.",
      citations: [
        .init(
          "Biggs, Schrab & Gretton (2023), MMD-FUSE: learning and combining kernels"
            + " for two-sample testing without data splitting, arXiv:2306.08777"),
        .init(
          "Gretton et al. (2012), A kernel two-sample test, Journal of Machine "
            + "Learning Research 13, 723–773"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let relabellings = workspace.plan.pairRelabellings
    return try await RowTestScores(descriptor: descriptor, workspace: workspace).result {
      rows, stream throws(NumericsError) -> RowTest in
      let own = try Self.test(rows.synthetic, rows, relabellings, &stream)
      let far = try Self.test(rows.shuffled, rows, 1, &stream)
      return RowTest(
        value: own.statistic,
        floor: ScoreFloor(value: own.mean, spread: own.deviation, method: "relabelling"),
        baseline: far.statistic,
        test: TestResult(
          statistic: own.statistic, pValue: own.pValue,
          method: "\(own.permutations) relabellings, exact"))
    }
  }

  private static func test(
    _ points: [Double], _ rows: EmbeddedRows.Found, _ relabellings: Int,
    _ stream: inout RandomStream
  ) throws(NumericsError) -> RelabellingTest {
    let real = rows.real
    let euclidean = try PooledDistances(points.span, real.span, dimensions: rows.dimensions)
    let manhattan = try PooledDistances(
      points.span, real.span, dimensions: rows.dimensions, metric: .manhattan)
    return try FusedDiscrepancy.test(
      euclidean: euclidean, manhattan: manhattan, permutations: relabellings, stream: &stream)
  }
}
