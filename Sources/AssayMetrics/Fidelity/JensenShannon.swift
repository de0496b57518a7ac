public import AssayDocument
public import AssayTable

/// The Jensen–Shannon distance of every column, and their mean.
///
/// ```
/// JS = √( ½ Σ p log₂(p/r) + ½ Σ q log₂(q/r) ),   r = (p + q)/2
/// ```
///
/// over the cells of ``TotalVariation``. 0 for equal shares, 1 for disjoint ones; a metric. It
/// weighs small cells more than total variation does.
///
/// - Complexity: As ``TotalVariation``, whose pass over the rows it shares.
///
/// Source: Endres & Schindelin (2003), A new metric for probability distributions,
/// doi:10.1109/TIT.2003.813506.
public struct JensenShannon: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.jensen-shannon", title: "Jensen–Shannon distance", dimension: .fidelity,
      summary: "How far the shares of each column's values are from the real ones, in information.",
      formula: "√(½ KL₂(p‖r) + ½ KL₂(q‖r)), r = (p+q)/2, over the cells of total variation",
      direction: .lowerIsBetter, anchor: .uniformValues,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shift, .scale, .droppedLevel, .modeCollapse, .missing, .inventedLevel],
      blindTo: [.shuffledColumns],
      cannotSee: "relations between columns; differences inside a cell; copied rows",
      defaults: ["cells": "those of total variation, so that the two can be compared"],
      howToRead:
        "Small cells weigh more than in total variation. The details give the divergence in bits, "
        + "which is the square.",
      citations: [
        .init(
          "Endres & Schindelin (2003), A new metric for probability distributions",
          doi: "10.1109/TIT.2003.813506")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let scores = UnivariateScores(
      descriptor: descriptor, subject: .jensenShannon, workspace: workspace,
      columns: frame.schema.featureIndices,
      listed: ColumnListing.limit)
    return try await scores.result(facet: nil) {
      column, against, calibration async throws(MetricError) in
      var entry = UnivariateScores.Entry()
      if let value = calibration.blocks[against]?.values[scores.subject.rawValue] {
        entry.details["divergenceBits"] = .finite(value * value)
      }
      return entry
    }
  }
}
