public import AssayDocument
public import AssayMetrics
public import AssayTable

/// How a model trained on the synthetic rows differs from one trained on real rows in the gap
/// between groups in true positive rates.
///
/// ```
/// G(trained on synthetic) − G(trained on real), G = max_g S − min_g S, S = P(Ŷ = yes | Y = yes, g)
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
/// Source: Hardt, Price & Srebro (2016), Equality of opportunity in supervised learning, NeurIPS
/// 29.
public struct EqualOpportunity: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    ParityChange.descriptor(
      "equal-opportunity", title: "Change of equal opportunity",
      changes: "the gap between groups in true positive rates",
      formula: ParityChange.gap(of: "P(Ŷ = yes | Y = yes, g)"),
      cannotSee: "errors on rows whose answer is no",
      citation: .init(
        "Hardt, Price & Srebro (2016), Equality of opportunity in supervised learning, NeurIPS 29"
      ))
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await ParityScores(descriptor: descriptor, measure: .equalOpportunity)
      .result(frame, workspace)
  }
}
