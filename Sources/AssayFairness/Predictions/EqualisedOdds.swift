public import AssayDocument
public import AssayMetrics
public import AssayTable

/// How a model trained on the synthetic rows differs from one trained on real rows in the gap
/// between groups in true or in false positive rates, the larger of the two.
///
/// ```
/// G(trained on synthetic) − G(trained on real), G = max_g S − min_g S, S = P(Ŷ = yes | Y = y, g) for y = yes and y = no, the larger gap
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
public struct EqualisedOdds: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    ParityChange.descriptor(
      "equalised-odds", title: "Change of equalised odds",
      changes: "the gap between groups in true or in false positive rates, the larger of the two",
      formula: ParityChange.gap(of: "P(Ŷ = yes | Y = y, g) for y = yes and y = no, the larger gap"),
      cannotSee: "how many rows of a group are predicted to be yes",
      citation: .init(
        "Hardt, Price & Srebro (2016), Equality of opportunity in supervised learning, NeurIPS 29"
      ))
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await ParityScores(descriptor: descriptor, measure: .equalisedOdds)
      .result(frame, workspace)
  }
}
