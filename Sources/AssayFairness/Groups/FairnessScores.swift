package import AssayDocument
package import AssayMetrics
package import AssayTable

/// What the metrics of fairness say alike.
package struct FairnessScores {
  package let descriptor: MetricDescriptor
  package let frame: ReferenceFrame

  /// The real sides that there are.
  package static func sides(_ frame: ReferenceFrame) -> [(against: Against, role: TableRole)] {
    let training = (against: Against.training, role: TableRole.training)
    return frame.rowCount(.holdout) == nil
      ? [training] : [training, (against: .holdout, role: .holdout)]
  }

  /// The result where there is nothing to compare.
  package func nothing(_ reason: String) -> MetricResult {
    MetricResult(
      scores: Self.sides(frame).map { side in
        score(.table, .notApplicable(reason: reason), against: side.against)
      })
  }

  /// A score with the rows of both sides.
  package func score(
    _ subject: Subject, _ outcome: Score.Outcome, against: Against
  ) -> Score {
    var counts = RowCounts(synthetic: frame.rowCount(.synthetic))
    if against == .training { counts.training = frame.rowCount(.training) }
    if against == .holdout { counts.holdout = frame.rowCount(.holdout) }
    return Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: against, subject: subject,
      outcome: outcome, unit: descriptor.unit, n: counts)
  }

  /// A share of real rows as it may be published: to four digits, and of no fewer than k rows.
  package static func share(_ count: Double, of rows: Double, k: Int) -> DetailValue {
    guard rows > 0, count == 0 || count >= Double(k) else { return .null }
    return .finite(CellLabels.share(count / rows))
  }
}
