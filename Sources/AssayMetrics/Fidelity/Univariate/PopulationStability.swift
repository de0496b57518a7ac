public import AssayDocument
public import AssayTable

/// The population stability index of every column, and their mean.
///
/// ```
/// PSI = Σ_c (p_c − q_c) ln(p_c / q_c),   p_c = (a_c + ½)/(n + K/2),   q_c = (b_c + ½)/(m + K/2)
/// ```
///
/// over the K cells of ``TotalVariation`` that either side occupies. The sum of both
/// Kullback–Leibler divergences. The customary limits 0.10 and 0.25 do not know how many rows there
/// are and are not used: two samples of one law get (K − 1)(1/n + 1/m), and the test rejects where
/// the index exceeds (1/n + 1/m) times a quantile of chi-square. It cannot see relations between
/// columns, nor differences inside a cell.
///
/// - Complexity: As ``TotalVariation``, whose pass over the rows it shares.
///
/// Source: Yurdakul & Naranjo (2020), Statistical properties of the population stability index,
/// doi:10.21314/JRMV.2020.227.
public struct PopulationStability: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.population-stability-index", title: "Population stability index",
      dimension: .fidelity,
      summary: "How far the shares of each column's values have moved, as banks count it.",
      formula: "Σ_c (p_c − q_c) ln(p_c/q_c) over the cells of total variation, half a row added",
      upperLimit: nil, direction: .lowerIsBetter, anchor: .uniformValues,
      invariances: ["order of rows", "order of columns", "names of levels", "real for synthetic"],
      sees: [.shift, .scale, .droppedLevel, .modeCollapse, .missing],
      blindTo: [.shuffledColumns],
      cannotSee: "relations between columns; differences inside a cell; copied rows",
      defaults: [
        "smoothing": "½ a cell, Jeffreys' prior: an empty cell must not be infinite",
        "test": "chi-square scaled by 1/n + 1/m: fixed limits such as 0.10 ignore the row counts",
      ],
      howToRead:
        "Compare with what a fresh real sample gets and read the test; 0.10 and 0.25 are customs "
        + "for portfolios of one size.",
      citations: [
        .init(
          "Yurdakul & Naranjo (2020), Statistical properties of the population stability index",
          doi: "10.21314/JRMV.2020.227")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let entries = CellEntries(
      descriptor: descriptor, workspace: workspace, subject: .populationStability)
    return try await entries.result { _, block, table, entry throws(MetricError) in
      entry.test = try CellEntries.test(
        block.values[entries.subject.rawValue], over: table.inverseSizes,
        cells: table.cells.count, name: "population stability")
      entry.details["cells"] = .integer(table.cells.count)
    }
  }
}
