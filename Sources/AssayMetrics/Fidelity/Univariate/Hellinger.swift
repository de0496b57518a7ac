public import AssayDocument
public import AssayTable

/// The Hellinger distance of every column, and their mean.
///
/// ```
/// H = √(½ Σ_c (√p_c − √q_c)²)
/// ```
///
/// over the cells of ``TotalVariation``. 0 for equal shares, 1 for disjoint ones; a metric. It
/// weighs small cells more than total variation does: a cell that goes from nothing to a share p
/// adds p/2 to its square. It cannot see relations between columns, nor differences inside a cell.
///
/// - Complexity: As ``TotalVariation``, whose pass over the rows it shares.
///
/// Source: Le Cam & Yang (2000), Asymptotics in Statistics, section 3.1,
/// doi:10.1007/978-1-4612-1166-2.
public struct HellingerDistance: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.hellinger", title: "Hellinger distance", dimension: .fidelity,
      summary: "How far the shares of each column's values are from the real ones, by their roots.",
      formula: "√(½ Σ_c (√p_c − √q_c)²) over the cells of total variation",
      direction: .lowerIsBetter, anchor: .uniformValues,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shift, .scale, .droppedLevel, .modeCollapse, .missing, .inventedLevel],
      blindTo: [.shuffledColumns],
      cannotSee: "relations between columns; differences inside a cell; copied rows",
      defaults: ["cells": "those of total variation, so that the two can be compared"],
      howToRead:
        "Between H² and √2·H lies the total variation distance. Small cells weigh more than there.",
      citations: [
        .init(
          "Le Cam & Yang (2000), Asymptotics in Statistics, section 3.1",
          doi: "10.1007/978-1-4612-1166-2")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await CellEntries(descriptor: descriptor, workspace: workspace, subject: .hellinger)
      .result { _, _, _, _ in }
  }
}
