public import AssayDocument
import AssayNumerics
public import AssayTable

/// The share of the edges of the minimum spanning tree of all rows that join rows of one side.
///
/// ```
/// #{edges within a side} / (N − 1)
/// ```
///
/// Given the tree, mean and variance over all labellings are exact. It has no neighbours to choose and less
/// power than the nearest-neighbour test.
///
/// - Complexity: O(rows²·dimensions), with the rows of the plan at most.
///
/// Source: Friedman & Rafsky (1979), doi:10.1214/aos/1176344722.
public struct FriedmanRafskyTest: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.friedman-rafsky", title: "Friedman–Rafsky test", dimension: .fidelity,
      summary: "How often the edges of the shortest tree through all rows join rows of "
        + "one side.",
      formula: "share of the minimum spanning tree’s edges that join rows of one side",
      lowerLimit: 0, upperLimit: 1, direction: .closerToFreshSample, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shift, .missing], blindTo: [],
      cannotSee: "differences of a single column among many; tables of few different rows,"
        + " where ties decide",
      defaults: [
        "embedding": "mid-ranks and one-hot/√2: bounded, so that no tail or column outweighs "
          + "the others",
        "rows": "1,250 a side: every pair is compared, and the relabellings go over all "
          + "of them",
      ],
      howToRead:
        "About a half for a fresh real sample. More means that the sides keep "
        + "apart, less that synthetic rows sit beside real ones: copies.",
      citations: [
        .init(
          "Friedman & Rafsky (1979), Multivariate generalizations of the "
            + "Wald–Wolfowitz and Smirnov two-sample tests", doi: "10.1214/aos/1176344722")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await RowTestScores(descriptor: descriptor, workspace: workspace).result {
      rows, _ throws(NumericsError) -> RowTest in
      func graph(_ points: [Double]) throws(NumericsError) -> LabelledGraph {
        let real = rows.real
        return try LabelledGraph.spanningTree(
          points.span, real.span, dimensions: rows.dimensions
        ).graph
      }
      let own = try graph(rows.synthetic)
      return .graph(own, far: try graph(rows.shuffled))
    }
  }
}
