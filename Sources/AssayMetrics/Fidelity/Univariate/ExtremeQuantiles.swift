public import AssayDocument
public import AssayTable

/// The mean difference of extreme quantiles of every column of numbers in training standard
/// deviations.
///
/// ```
/// mean over p = .01, .99 (and .001, .999 from 10,000 values on) of |Q_real(p) − Q_synthetic(p)| / s
/// ```
///
/// Where ``TailMass`` counts values beyond the real quantiles, this says how far out the tails
/// reach. The details give each quantile of both sides with its distribution-free interval between
/// order statistics, rounded to three digits; an end that the sample cannot bound is `null`. Missing
/// values are left out.
///
/// - Complexity: O(log *n*) a column once it is sorted.
///
/// Source: Thompson (1936), On confidence ranges for the median and other expectation
/// distributions for populations of unknown distribution form, doi:10.1214/aoms/1177732502.
public struct ExtremeQuantiles: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.extreme-quantiles", revision: 2, title: "Difference of extreme quantiles",
      dimension: .fidelity,
      summary: "How far the 1 % and 99 % quantiles of each column are from the real ones.",
      formula: "mean |Q_real(p) − Q_synthetic(p)| / training standard deviation, extreme p",
      unit: "training standard deviations", upperLimit: nil, direction: .lowerIsBetter,
      anchor: .none,
      invariances: [
        "order of rows", "order of columns", "shift and scale of a column on both sides",
      ],
      sees: [.scale, .clippedTail], blindTo: [.shuffledColumns],
      cannotSee: "the body of a column; the most extreme values; relations between columns",
      defaults: [
        "probabilities": ".01 and .99; .001 and .999 too where both sides have 10,000 values",
        "smallest": "100 values on either side",
      ],
      howToRead:
        "Heavy tails make extreme quantiles uncertain: compare with what a fresh real sample gets.",
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
    let rows = TableRole.allCases.compactMap { frame.rowCount($0) }.min() ?? 0
    return try await QuantileGaps(
      probabilities: rows >= 10_000 ? [0.001, 0.01, 0.99, 0.999] : [0.01, 0.99], smallest: 100
    ).result(descriptor, in: workspace)
  }
}
