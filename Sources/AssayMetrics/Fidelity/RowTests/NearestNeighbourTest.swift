public import AssayDocument
import AssayNumerics
public import AssayTable

/// The share of nearest neighbours that are of a row's own side, with the exact law over labellings.
///
/// ```
/// #{(i, j): j one of the 3 nearest rows of i, both of one side} / (3·N)
/// ```
///
/// It sees local differences. Copies of training rows bring it below what a fresh real sample gets.
///
/// - Complexity: O(rows²·dimensions), with the rows of the plan at most.
///
/// Source: Schilling (1986), doi:10.1080/01621459.1986.10478337; Henze (1988),
/// doi:10.1214/aos/1176350835.
public struct NearestNeighbourTest: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.nearest-neighbour-test", title: "Nearest-neighbour test", dimension: .fidelity,
      summary: "How often the nearest other rows of a row are of its own side.",
      formula: "share of (row, one of its 3 nearest rows) pairs of one side",
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
        "neighbours": "3: one is coarse, many blur local defects",
      ],
      howToRead:
        "About a half for a fresh real sample. More means that the sides keep "
        + "apart, less that synthetic rows sit beside real ones: copies.",
      citations: [
        .init(
          "Schilling (1986), Multivariate two-sample tests based on nearest " + "neighbors",
          doi: "10.1080/01621459.1986.10478337"),
        .init(
          "Henze (1988), A multivariate two-sample test based on the number of "
            + "nearest neighbor type coincidences", doi: "10.1214/aos/1176350835"),
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
        return try LabelledGraph(
          nearestNeighbours: 3,
          in: PooledDistances(points.span, real.span, dimensions: rows.dimensions))
      }
      let own = try graph(rows.synthetic)
      return .graph(own, far: try graph(rows.shuffled))
    }
  }
}
