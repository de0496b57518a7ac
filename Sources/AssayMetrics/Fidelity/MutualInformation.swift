public import AssayDocument
public import AssayTable

/// The absolute difference of the normalised mutual information of every pair of columns, and its
/// mean.
///
/// ```
/// |J_real − J_synthetic|,  J = max(0, I − (K_cells − K_a − K_b + 1)/(2n)) / ((H(a) + H(b))/2)
/// ```
///
/// with I the mutual information of the table of both columns, K the occupied cells and H entropies.
/// Without the subtrahend, the bias after Miller and Madow, sparse tables of independent columns
/// share information by chance. J is 0 for independent columns whatever the form of a relation, and
/// 1 where each tells the other. The tables are those of ``CramersV``.
///
/// - Complexity: As ``CramersV``, whose pass over the rows it shares.
///
/// Source: Miller (1955), Note on the bias of information estimates; Cover & Thomas (2006),
/// doi:10.1002/047174882X.
public struct MutualInformation: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.mutual-information", revision: 2, title: "Difference of mutual information",
      dimension: .fidelity,
      summary: "How far the information that two columns share is from that of the real rows.",
      formula: "|J_real − J_synthetic|, J = (I − bias) over the mean of both entropies",
      direction: .lowerIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shuffledColumns], blindTo: [],
      cannotSee: "which levels go together; relations inside a cell or of three columns",
      defaults: [
        "cells": "those of Cramér's V, so that the two can be compared",
        "bias": "Miller and Madow",
        "norm": "the mean of both entropies, as most tools take it",
      ],
      howToRead:
        "0 means as much shared information as in the real rows. It sees relations of any form, "
        + "also those that rise and fall, which correlations miss.",
      citations: [
        .init("Miller (1955), Note on the bias of information estimates"),
        .init("Cover & Thomas (2006), Elements of Information Theory", doi: "10.1002/047174882X"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let tables = TableAssociationScores(descriptor: descriptor, workspace: workspace)
    return try await tables.result([
      .init(quantity: .information, coefficient: \.information, direction: nil)
    ])
  }
}
