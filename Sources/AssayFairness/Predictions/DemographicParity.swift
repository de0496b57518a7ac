public import AssayDocument
public import AssayMetrics
public import AssayTable

/// How a model trained on the synthetic rows differs from one trained on real rows in the gap
/// between groups in how many rows a model predicts to be yes.
///
/// ```
/// G(trained on synthetic) − G(trained on real), G = max_g S − min_g S, S = P(Ŷ = yes | g)
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
/// Source: Calders & Verwer (2010), Three naive Bayes approaches for discrimination-free
/// classification, doi:10.1007/s10618-010-0190-x.
public struct DemographicParity: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    ParityChange.descriptor(
      "demographic-parity", title: "Change of demographic parity",
      changes: "the gap between groups in how many rows a model predicts to be yes",
      formula: ParityChange.gap(of: "P(Ŷ = yes | g)"),
      cannotSee: "whether predictions are right",
      citation: .init(
        "Calders & Verwer (2010), Three naive Bayes approaches for discrimination-free classification",
        doi: "10.1007/s10618-010-0190-x"))
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await ParityScores(descriptor: descriptor, measure: .demographicParity)
      .result(frame, workspace)
  }
}
