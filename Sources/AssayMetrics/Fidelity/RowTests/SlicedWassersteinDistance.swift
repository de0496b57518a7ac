public import AssayDocument
import AssayNumerics
public import AssayTable

/// The mean Wasserstein distance of synthetic and real rows along random directions.
///
/// ```
/// mean over directions of W₁(X·θ, Y·θ)
/// ```
///
/// A sort a direction where exact transport costs n³. It sees shifts and spreads of many columns well and
/// relations of few columns badly.
///
/// - Complexity: O(relabellings·directions·rows·(dimensions + log rows)).
///
/// Source: Bonneel, Rabin, Peyré & Pfister (2015), doi:10.1007/s10851-014-0506-3.
public struct SlicedWassersteinDistance: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.sliced-wasserstein", title: "Sliced Wasserstein distance", dimension: .fidelity,
      summary: "How far synthetic rows have to be moved to real rows, seen along random "
        + "directions.",
      formula: "mean over directions of W₁ of the projected rows",
      lowerLimit: 0, upperLimit: nil, direction: .lowerIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shift, .missing], blindTo: [],
      cannotSee: "relations of few among many columns, which directions mix with all " + "others",
      defaults: [
        "embedding": "mid-ranks and one-hot/√2: bounded, so that no tail or column outweighs "
          + "the others",
        "rows": "1,250 a side: every pair is compared, and the relabellings go over all "
          + "of them",
        "directions": "200: the mean is then known to a few in a hundred of itself",
      ],
      howToRead:
        "0 for equal laws in the limit, in ranks of the training rows. Read it "
        + "beside what a fresh real sample and shuffled columns get.",
      citations: [
        .init(
          "Bonneel, Rabin, Peyré & Pfister (2015), Sliced and Radon Wasserstein "
            + "barycenters of measures", doi: "10.1007/s10851-014-0506-3")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    // A plan for tests draws fewer.
    let relabellings = min(Self.relabellings, workspace.plan.permutations / 10)
    let count = min(Self.directions, max(40, workspace.plan.distanceRows / 2))
    return try await RowTestScores(descriptor: descriptor, workspace: workspace).result {
      rows, stream throws(NumericsError) -> RowTest in
      let directions = SlicedWasserstein.directions(
        count, dimensions: rows.dimensions, stream: &stream)
      func distance(_ first: [Double], _ second: [Double]) throws(NumericsError)
        -> SlicedWasserstein
      {
        try SlicedWasserstein(
          first.span, second.span, dimensions: rows.dimensions, directions: directions.span)
      }
      let own = try distance(rows.synthetic, rows.real)
      var pooled = (0..<2 * rows.rows).map { row in
        let side = row < rows.rows ? rows.synthetic : rows.real
        let start = row % rows.rows * rows.dimensions
        return side[start..<start + rows.dimensions]
      }
      var others: [Double] = []
      for _ in 0..<relabellings {
        stream.shuffle(&pooled)
        others.append(
          try distance(
            pooled.prefix(rows.rows).flatMap { $0 }, pooled.suffix(rows.rows).flatMap { $0 }
          ).first)
      }
      let reached = others.count { $0 >= own.first }
      return RowTest(
        value: own.first,
        floor: ScoreFloor(
          value: try mean(others.span), spread: try variance(others.span).squareRoot(),
          method: "relabelling"),
        baseline: try distance(rows.shuffled, rows.real).first,
        test: TestResult(
          statistic: own.first,
          pValue: try permutationPValue(exceedances: reached, of: relabellings),
          method: "\(relabellings) relabellings, exact"),
        details: [
          "secondOrder": .finite(own.second), "largest": .finite(own.largest.distance),
        ])
    }
  }

  private static let relabellings = 49
  private static let directions = 200
}
