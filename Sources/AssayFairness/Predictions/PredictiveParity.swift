public import AssayDocument
public import AssayMetrics
public import AssayTable

/// How a model trained on the synthetic rows differs from one trained on real rows in the gap
/// between groups in how often a predicted yes is right.
///
/// ```
/// G(trained on synthetic) − G(trained on real), G = max_g S − min_g S, S = P(Y = yes | Ŷ = yes, g)
/// ```
///
/// signed; above 0 the model trained on synthetic rows treats groups less alike. Boosted trees are
/// trained on as many rows of either side and predict the same real rows. A probability from one
/// half on is a yes; of a target of two classes the rarer one is yes, of several the commonest, of
/// numbers what lies above the training median. Groups of fewer than 30 rows of either answer are
/// not compared. The interval is over rows to judge by and, by models trained again on parts of the
/// rows, over rows to train on. Without a holdout models are judged by training rows.
///
/// - Complexity: that of the models, and O(replicates · groups).
///
/// Source: Chouldechova (2017), Fair prediction with disparate impact, doi:10.1089/big.2016.0047.
public struct PredictiveParity: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    ParityChange.descriptor(
      "predictive-parity", title: "Change of predictive parity",
      changes: "the gap between groups in how often a predicted yes is right",
      formula: ParityChange.gap(of: "P(Y = yes | Ŷ = yes, g)"),
      cannotSee: "rows that are predicted to be no",
      citation: .init(
        "Chouldechova (2017), Fair prediction with disparate impact",
        doi: "10.1089/big.2016.0047"))
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await ParityScores(descriptor: descriptor, measure: .predictiveParity)
      .result(frame, workspace)
  }
}
