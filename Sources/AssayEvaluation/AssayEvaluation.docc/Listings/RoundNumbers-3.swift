import AssayDocument
import AssayMetrics
import AssayTable

/// How far the share of multiples of ten in each column of whole numbers is from the real one.
///
/// People who are asked for a number say 'fifty'; a generator that draws from a smooth curve does not.
struct RoundNumbers {
  let descriptor = MetricDescriptor(
    id: "fidelity.round-numbers", title: "Round numbers", dimension: .fidelity,
    summary: "How far the share of multiples of ten in each column is from the real one.",
    formula: "|share_real − share_synthetic| of the values that are multiples of ten",
    direction: .lowerIsBetter, anchor: .none,
    invariances: ["order of rows", "order of columns"],
    sees: [], blindTo: [.shuffledColumns],
    cannotSee: "which round numbers there are; relations between columns; other bases than ten",
    howToRead: "0.05 means that five values in a hundred would have to be rounded, or not.",
    citations: [])
}

extension RoundNumbers: Metric {
  func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    var scores: [Score] = []
    for (against, role) in [(Against.training, TableRole.training), (.holdout, .holdout)] {
      guard let real = frame.table(role), let own = frame.table(.synthetic) else { continue }
      var columns: [Score] = []
      for place in frame.schema.featureIndices {
        var score = blank(against, Subject(columns: [frame.schema.columns[place].name]))
        if let reason = frame.unfit[place] {
          score.outcome = .notApplicable(reason: reason)
        } else if frame.schema.columns[place].kind == .integer,
          let real = Tally(real.columns[place]), let own = Tally(own.columns[place])
        {
          score.outcome = .measured(abs(real.share - own.share))
          score.n = real.counts(role, synthetic: own)
        }
        columns.append(score)
      }
      var table = blank(against, .table)
      let values = columns.compactMap(\.value)
      if !values.isEmpty {
        table.outcome = .measured(values.reduce(0, +) / Double(values.count))
      }
      scores.append(table)
      scores += columns
    }
    return MetricResult(scores: scores)
  }

  /// A score that has no value yet, and says why.
  private func blank(_ against: Against, _ subject: Subject) -> Score {
    Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: against, subject: subject,
      outcome: .notApplicable(reason: "there are no whole numbers to compare"))
  }
}

/// How many of the numbers of a column are multiples of ten.
private struct Tally {
  var round = 0
  var count = 0
  var share: Double { Double(round) / Double(count) }

  /// - Returns: `nil` where the column holds no number.
  init?(_ column: ColumnData) {
    guard let values = column.numeric?.presentValues, !values.isEmpty else { return nil }
    count = values.count
    round = values.count { $0.truncatingRemainder(dividingBy: 10) == 0 }
  }

  func counts(_ role: TableRole, synthetic: Tally) -> RowCounts {
    role == .training
      ? RowCounts(training: count, synthetic: synthetic.count)
      : RowCounts(synthetic: synthetic.count, holdout: count)
  }
}
