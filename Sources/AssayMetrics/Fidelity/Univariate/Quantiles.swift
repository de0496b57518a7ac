public import AssayDocument
public import AssayTable

/// The mean difference of five quantiles of every column of numbers in training standard deviations.
///
/// ```
/// mean over p = .05, .25, .5, .75, .95 of |Q_real(p) − Q_synthetic(p)| / s
/// ```
///
/// with s the standard deviation of the training values and quantiles interpolated (type 7). The
/// details give each quantile of both sides with its distribution-free interval between order
/// statistics, rounded. Missing values are left out; what happens between the quantiles is not seen.
///
/// - Complexity: O(log *n*) a column once it is sorted.
///
/// Source: Thompson (1936), On confidence ranges for the median and other expectation
/// distributions for populations of unknown distribution form, doi:10.1214/aoms/1177732502.
public struct QuantileDifference: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.quantiles", revision: 2, title: "Difference of quantiles", dimension: .fidelity,
      summary: "How far five quantiles of each column of numbers are from the real ones.",
      formula: "mean |Q_real(p) − Q_synthetic(p)| / training standard deviation, five p",
      unit: "training standard deviations", upperLimit: nil, direction: .lowerIsBetter,
      anchor: .none,
      invariances: [
        "order of rows", "order of columns", "shift and scale of a column on both sides",
      ],
      sees: [.shift, .scale, .modeCollapse], blindTo: [.shuffledColumns],
      cannotSee: "values between the quantiles; far tails; relations between columns",
      defaults: ["probabilities": ".05, .25, .5, .75, .95: the body of a column"],
      howToRead:
        "0.1 means quantiles that are off by a tenth of a standard deviation; the details give each "
        + "with its interval.",
      citations: [
        .init(
          "Thompson (1936), On confidence ranges for the median and other expectation "
            + "distributions for populations of unknown distribution form",
          doi: "10.1214/aoms/1177732502")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await QuantileGaps(probabilities: [0.05, 0.25, 0.5, 0.75, 0.95], smallest: 20)
      .result(descriptor, in: workspace)
  }
}
