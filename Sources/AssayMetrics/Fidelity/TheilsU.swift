public import AssayDocument
public import AssayTable

/// The absolute difference of Theil's U of every pair of columns, in both directions, and its mean.
///
/// ```
/// |U_real(a | b) − U_synthetic(a | b)|,  U(a | b) = max(0, I − bias) / H(a)
/// ```
///
/// with I the mutual information of the table of both columns, less its bias by Miller and Madow,
/// and H(a) the entropy of the first. U is the share of what is uncertain of a that b takes away. It
/// is directed: a postcode tells the town, the town does not tell the postcode. A score has the
/// predicted column first and names the other as the one that is given. The tables are those of
/// ``CramersV``.
///
/// - Complexity: As ``CramersV``, whose pass over the rows it shares.
///
/// Source: Theil (1972), Statistical decomposition analysis; Miller (1955), Note on the bias of
/// information estimates.
public struct TheilsU: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.theils-u", revision: 2, title: "Difference of Theil's U", dimension: .fidelity,
      summary: "How far one column tells another as much as it does in the real rows.",
      formula: "|U_real(a|b) − U_synthetic(a|b)|, U(a|b) = I(a;b)/H(a) with I less its bias",
      direction: .lowerIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shuffledColumns], blindTo: [],
      cannotSee: "which levels go together; relations of three columns; copied rows",
      defaults: [
        "cells": "those of Cramér's V, so that the two can be compared",
        "bias": "Miller and Madow: without it sparse tables tell something of each other by chance",
      ],
      howToRead:
        "Read together with both directions: a relation of one direction only, as of a part to its "
        + "whole, shows here and not in Cramér's V.",
      citations: [
        .init("Theil (1972), Statistical decomposition analysis"),
        .init("Miller (1955), Note on the bias of information estimates"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let tables = TableAssociationScores(descriptor: descriptor, workspace: workspace)
    return try await tables.result([
      .init(quantity: .firstGivenSecond, coefficient: \.firstGivenSecond, direction: .first),
      .init(quantity: .secondGivenFirst, coefficient: \.secondGivenFirst, direction: .second),
    ])
  }
}
