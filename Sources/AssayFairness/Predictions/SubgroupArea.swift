public import AssayDocument
public import AssayMetrics
public import AssayTable

/// How a model trained on the synthetic rows differs from one trained on real rows in the gap
/// between groups in the area under the ROC curve.
///
/// ```
/// G(trained on synthetic) − G(trained on real), G = max_g S − min_g S,
/// S = P(p̂ of a yes row of g > p̂ of a no row of g) + ½·P(both alike)
/// ```
///
/// signed; above 0 the model trained on synthetic rows ranks the rows of some groups worse, compared
/// with those of others, than the one trained on real rows does. Boosted trees are trained on as many
/// rows of either side and predict the same real rows. Of a target of two classes the rarer one is
/// yes, of several the commonest. Groups of fewer than 30 rows of either answer are not compared.
/// The interval is over rows to judge by (DeLong's placements of each row, the same rows for both
/// models) and, by models trained again on parts of the rows, over rows to train on. Without a
/// holdout models are judged by training rows.
///
/// - Complexity: that of the models, and O(rows log rows + replicates · groups).
///
/// Source: Borkan, Dixon, Sorensen, Thain & Vasserman (2019), Nuanced metrics for measuring
/// unintended bias with real data for text classification, doi:10.1145/3308560.3317593; DeLong,
/// DeLong & Clarke-Pearson (1988), doi:10.2307/2531595.
public struct SubgroupArea: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    var made = ParityChange.descriptor(
      "subgroup-auc", title: "Change of the gap in subgroup AUC",
      changes: "the gap between groups in the area under the ROC curve",
      formula: ParityChange.gap(of: "AUC of the rows of g"),
      cannotSee: "where a group's probabilities are too high or too low throughout; rows of one "
        + "group ranked against those of another",
      citation: .init(
        "Borkan, Dixon, Sorensen, Thain & Vasserman (2019), Nuanced metrics for measuring "
          + "unintended bias with real data for text classification",
        doi: "10.1145/3308560.3317593"))
    made.defaults["threshold"] = nil
    made.citations.append(
      .init(
        "DeLong, DeLong & Clarke-Pearson (1988), Comparing the areas under two or more correlated "
          + "receiver operating characteristic curves", doi: "10.2307/2531595"))
    return made
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await ParityScores(descriptor: descriptor, measure: .subgroupArea)
      .result(frame, workspace)
  }
}
