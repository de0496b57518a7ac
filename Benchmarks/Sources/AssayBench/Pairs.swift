import AssayDocument
import AssayMetrics
import AssayTable

/// Statistics of all pairs of columns, through the metrics that users run.
extension Run {
  private func plan(rows: Int) -> EvaluationPlan { EvaluationPlan(rows: rows) }

  /// Tables of all pairs, Cramér's V and the distance of the cells.
  ///
  /// - Parameter replicates: Fewer replicates than the plan's, to see what the values alone cost.
  /// - Returns: The time and the numbers of pairs.
  /// - Throws: What reading, aligning and measuring throw.
  func pairs(replicates: Int?) async throws -> Outcome {
    let frame = ReferenceFrame(try comparison())
    var plan = plan(rows: frame.rowCount(.training) ?? 0)
    if let replicates { plan.replicates = replicates }
    return try await timed {
      let workspace = Workspace(frame, plan: plan, threads: threads)
      let association = try await CramersV().measure(frame, in: workspace)
      let cells = try await ContingencySimilarity().measure(frame, in: workspace)
      return [Self.pairCount(association), Self.pairCount(cells)]
    }
  }

  /// Spearman's correlation of all pairs of columns of numbers, on both sides.
  func spearmanPairs() async throws -> Outcome {
    let frame = ReferenceFrame(try comparison())
    var plan = plan(rows: frame.rowCount(.training) ?? 0)
    plan.replicates = 2
    return try await timed {
      let workspace = Workspace(frame, plan: plan, threads: threads)
      let result = try await SpearmanDifference().measure(frame, in: workspace)
      let first = result.scores.first { $0.subject.columns.sorted() == ["x0", "x5"] }
      return [Self.pairCount(result), first?.details["real"]?.doubleValue ?? -2]
    }
  }

  private static func pairCount(_ result: MetricResult) -> Double {
    Double(result.scores.count { $0.subject.columns.count == 2 } + result.unlisted)
  }
}
