public import AssayDocument
public import AssayTable

/// The absolute difference of the correlation ratio of every pair of a number and a column of
/// levels, and its mean.
///
/// ```
/// |η_real − η_synthetic|,  η = √max(0, ω²),  ω² = (B − (k − 1)·W/(n − k)) / (B + W + W/(n − k))
/// ```
///
/// with B and W the sums of squares between and within k levels. η is how much of the spread of a
/// number its level tells, less what chance gives: plain η² is above 0 for any levels. Missing
/// levels are a level of their own; rows without the number are left out.
///
/// - Complexity: O(pairs · (rows + replicates · groups · levels)).
///
/// Source: Pearson (1905), On the general theory of skew correlation and non-linear regression;
/// Hays (1963), Statistics for psychologists.
public struct CorrelationRatioDifference: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.correlation-ratio", title: "Difference of correlation ratio",
      dimension: .fidelity,
      summary: "How far levels tell the mean of a number as much as they do in the real rows.",
      formula: "|η_real − η_synthetic|, η = √max(0, ω²): the share of spread between levels",
      direction: .lowerIsBetter, anchor: .shuffledColumns,
      invariances: [
        "order of rows", "order of columns", "names of levels",
        "shift and scale of a column on both sides",
      ],
      sees: [.shuffledColumns], blindTo: [.scale],
      cannotSee:
        "which levels are high and which low; differences of spread between levels; copied rows",
      defaults: [
        "levels": "up to ten cells, as in Cramér's V; missing is one of them",
        "bias": "ω² in place of η², which is above 0 by chance",
      ],
      howToRead:
        "η is read like a correlation. For heavy tails a few rows decide it: read the difference "
        + "of Cramér's V of the same pair as well.",
      citations: [
        .init(
          "Pearson (1905), On the general theory of skew correlation and non-linear regression, "
            + "Drapers' Company Research Memoirs, Biometric Series II"),
        .init("Hays (1963), Statistics for psychologists"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let found = try await workspace.value(of: CorrelationRatioCalibration())
    return try CoefficientScores(
      descriptor: descriptor, workspace: workspace, listedShare: 4, possible: found.possible
    ).result(found.sides)
  }
}
