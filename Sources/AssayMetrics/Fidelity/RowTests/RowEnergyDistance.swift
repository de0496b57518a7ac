public import AssayDocument
import AssayNumerics
public import AssayTable

/// The energy distance of synthetic and real rows as points, with a test by relabelling.
///
/// ```
/// 2·E‖X − Y‖ − E‖X − X′‖ − E‖Y − Y′‖
/// ```
///
/// 0 exactly for equal laws; nothing to tune. It is a sum over all columns, so a defect of one relation
/// among many columns is small in it.
///
/// - Complexity: O(rows²·(dimensions + relabellings)), with the rows of the plan at most.
///
/// Source: Székely & Rizzo (2013), doi:10.1016/j.jspi.2013.03.018.
public struct RowEnergyDistance: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.row-energy-distance", title: "Energy distance of rows", dimension: .fidelity,
      summary: "How much further synthetic rows lie from real rows than rows of one side"
        + " from each other.",
      formula: "2·E‖X − Y‖ − E‖X − X′‖ − E‖Y − Y′‖ over embedded rows",
      lowerLimit: 0, upperLimit: nil, direction: .lowerIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shift, .shuffledColumns, .missing], blindTo: [],
      cannotSee: "relations of few among many columns, which the other columns drown",
      defaults: [
        "embedding": "mid-ranks and one-hot/√2: bounded, so that no tail or column outweighs "
          + "the others",
        "rows": "1,250 a side: every pair is compared, and the relabellings go over all "
          + "of them",
      ],
      howToRead:
        "0 for equal laws in the limit; a fresh real sample gets a little more. "
        + "Read it beside shuffled columns.",
      citations: [
        .init(
          "Székely & Rizzo (2013), Energy statistics: a class of statistics based "
            + "on distances", doi: "10.1016/j.jspi.2013.03.018")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let relabellings = workspace.plan.pairRelabellings
    return try await RowTestScores(descriptor: descriptor, workspace: workspace).result {
      rows, stream throws(NumericsError) -> RowTest in
      let (synthetic, real, shuffled) = (rows.synthetic, rows.real, rows.shuffled)
      let distances = try PooledDistances(
        synthetic.span, real.span, dimensions: rows.dimensions)
      let own = EnergyStatistic(distances)
      let test = EnergyStatistic.test(distances, permutations: relabellings, stream: &stream)
      let far = try PooledDistances(shuffled.span, real.span, dimensions: rows.dimensions)
      return RowTest(
        value: own.distance,
        floor: ScoreFloor(value: test.mean, spread: test.deviation, method: "relabelling"),
        baseline: EnergyStatistic(far).distance, deviation: own.deviation,
        test: TestResult(
          statistic: own.distance, pValue: test.pValue,
          method: "\(test.permutations) relabellings, exact"),
        details: ["coefficient": .finite(own.coefficient), "unbiased": .finite(own.unbiased)])
    }
  }
}
