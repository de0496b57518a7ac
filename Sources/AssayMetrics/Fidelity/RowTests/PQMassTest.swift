public import AssayDocument
import AssayNumerics
public import AssayTable

/// Whether synthetic and real rows fall alike into the cells around random rows.
///
/// ```
/// mean over rounds of χ²/df
/// ```
///
/// The centres are drawn from the pooled rows and are not counted. No training, no bandwidth.
///
/// - Complexity: O(rounds·rows·cells·dimensions), with the rows of the plan at most.
///
/// Source: Lemos, Sharief, Malkin, Perreault-Levasseur & Hezaveh (2025), arXiv:2402.04355.
public struct PQMassTest: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.pqmass", title: "Mass in random cells (PQMass)", dimension: .fidelity,
      summary: "Whether synthetic and real rows put the same mass into the cells around "
        + "random rows.",
      formula: "mean over rounds of χ²/df of the counts around up to 100 random centres",
      lowerLimit: 0, upperLimit: nil, direction: .lowerIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shift, .missing], blindTo: [],
      cannotSee: "differences inside a cell; relations of few among many columns",
      defaults: [
        "embedding": "mid-ranks and one-hot/√2: bounded, so that no tail or column outweighs "
          + "the others",
        "rows": "1,250 a side: every pair is compared, and the relabellings go over all "
          + "of them",
        "cells": "one for twenty rows, at most 100: expected counts of ten and more",
        "rounds": "10: one choice of centres is chance",
      ],
      howToRead:
        "1 for a fresh real sample on average. The p-value joins all rounds and "
        + "holds however they depend on each other.",
      citations: [
        .init(
          "Lemos, Sharief, Malkin, Perreault-Levasseur & Hezaveh (2025), PQMass: "
            + "probabilistic assessment of the quality of generative models using "
            + "probability mass estimation, arXiv:2402.04355")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await RowTestScores(descriptor: descriptor, workspace: workspace).result {
      rows, stream throws(NumericsError) -> RowTest in
      let cells = min(100, rows.rows / 10)
      guard cells >= 2 else {
        throw NumericsError(.tooFewObservations, "fewer than 20 rows a side")
      }
      func test(
        _ points: [Double], _ stream: inout RandomStream
      ) throws(NumericsError) -> VoronoiMassTest {
        let real = rows.real
        return try VoronoiMassTest(
          points.span, real.span, dimensions: rows.dimensions, cells: cells, rounds: Self.rounds,
          stream: &stream)
      }
      let own = try test(rows.synthetic, &stream)
      let far = try test(rows.shuffled, &stream)
      let degrees = own.rounds.map { Double($0.degreesOfFreedom) }.min() ?? 1
      return RowTest(
        value: Self.value(own),
        floor: ScoreFloor(
          value: 1, spread: (2 / degrees).squareRoot(), method: FloorMethod.closedForm),
        baseline: Self.value(far),
        test: TestResult(
          statistic: Self.value(own), pValue: own.pValue,
          method: "χ² of \(Self.rounds) rounds, twice their mean"),
        details: ["cells": .integer(cells), "rounds": .integer(Self.rounds)])
    }
  }

  private static let rounds = 10

  private static func value(_ test: VoronoiMassTest) -> Double {
    test.rounds.reduce(0) { $0 + $1.statistic / Double($1.degreesOfFreedom) }
      / Double(test.rounds.count)
  }
}
