public import AssayDocument
public import AssayMetrics
public import AssayTable

/// How a model trained on the synthetic rows differs from one trained on real rows in how far mean
/// predicted probabilities are from the rate of yes in the group that is furthest off.
///
/// ```
/// C(trained on synthetic) − C(trained on real), C = max_g |mean p̂ − P(Y = yes | g)|
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
/// Source: Kleinberg, Mullainathan & Raghavan (2017), Inherent trade-offs in the fair determination
/// of risk scores, doi:10.4230/LIPIcs.ITCS.2017.43.
public struct GroupCalibration: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    ParityChange.descriptor(
      "calibration", title: "Change of calibration within groups",
      changes:
        "how far mean predicted probabilities are from the rate of yes in the group that is furthest off",
      formula: "C(trained on synthetic) − C(trained on real), C = max_g |mean p̂ − P(Y = yes | g)|",
      cannotSee: "errors that cancel within a group",
      citation: .init(
        "Kleinberg, Mullainathan & Raghavan (2017), Inherent trade-offs in the fair determination of risk scores",
        doi: "10.4230/LIPIcs.ITCS.2017.43"))
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await ParityScores(descriptor: descriptor, measure: .calibration)
      .result(frame, workspace)
  }
}
