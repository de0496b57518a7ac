import AssayDocument
import AssayNumerics

extension RowTest {
  /// The test of a graph of nearby rows: the share of its edges within a side.
  static func graph(_ own: LabelledGraph, far: LabelledGraph) -> RowTest {
    let edges = Double(own.edges.count)
    let share = own.sameShare
    return RowTest(
      value: share,
      floor: ScoreFloor(
        value: own.expectedSameShare, spread: own.variance.squareRoot() / edges,
        method: FloorMethod.closedForm),
      baseline: far.sameShare,
      // Edges that share a row vary together: as if there were as many as rows.
      deviation: (share * (1 - share) / Double(own.firstCount + own.secondCount)).squareRoot(),
      test: TestResult(
        statistic: own.z, pValue: own.pValue,
        method: "normal law over all labellings, one-sided: the sides keep apart"),
      details: ["crossingEdges": .integer(own.crossingEdges), "edges": .integer(own.edges.count)])
  }
}
