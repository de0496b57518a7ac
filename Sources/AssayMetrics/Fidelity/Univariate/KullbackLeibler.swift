public import AssayDocument
public import AssayTable

/// The Kullback–Leibler divergence of every column from real to synthetic, and their mean.
///
/// ```
/// KL = Σ_c p_c ln(p_c / q_c),   p_c = (a_c + ½)/(n + K/2),   q_c = (b_c + ½)/(m + K/2)
/// ```
///
/// in nats, over the K cells of ``TotalVariation`` that either side occupies, with half a row added
/// to each (Jeffreys' prior): without it one empty cell would make it infinite, and with another
/// smoothing it is another number. 0 for equal counts, no upper end, not symmetric. It cannot see
/// relations between columns, nor differences inside a cell.
///
/// - Complexity: As ``TotalVariation``, whose pass over the rows it shares.
///
/// Source: Kullback & Leibler (1951), On information and sufficiency, doi:10.1214/aoms/1177729694.
public struct KullbackLeiblerDivergence: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.kullback-leibler", title: "Kullback–Leibler divergence", dimension: .fidelity,
      summary: "How many nats a value costs when synthetic shares are taken for the real ones.",
      formula: "Σ_c p_c ln(p_c/q_c) over the cells of total variation, half a row added to each",
      unit: "nats", upperLimit: nil, direction: .lowerIsBetter, anchor: .uniformValues,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shift, .scale, .droppedLevel, .modeCollapse, .missing],
      blindTo: [.shuffledColumns],
      cannotSee: "relations between columns; differences inside a cell; copied rows",
      defaults: [
        "smoothing": "½ a cell, Jeffreys' prior: an empty synthetic cell must not be infinite",
        "cells": "those of total variation that hold a row of either side",
      ],
      howToRead:
        "A cell that the synthetic rows lack costs its share times the logarithm of the row count: "
        + "compare only tables of one size, or with what a fresh real sample gets.",
      citations: [
        .init(
          "Kullback & Leibler (1951), On information and sufficiency",
          doi: "10.1214/aoms/1177729694")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let entries = CellEntries(
      descriptor: descriptor, workspace: workspace, subject: .kullbackLeibler)
    return try await entries.result { _, block, table, entry throws(MetricError) in
      let value = block.values[entries.subject.rawValue]
      entry.test = try CellEntries.test(
        value, over: table.inverseSizes / 2, cells: table.cells.count, name: "Kullback–Leibler")
      entry.details["bits"] = .finite(value / 0.693_147_180_559_945_3)
      entry.details["smoothing"] = "Jeffreys, half a row a cell"
    }
  }
}
