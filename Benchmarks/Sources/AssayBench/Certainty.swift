import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTable
import AssayTestKit

/// What intervals, floors and far ends cost: every metric of the standard preset, with and without.
extension Run {
  /// All metrics as an evaluation runs them, files read.
  func measuring() async throws -> Outcome {
    let tables = (try table(real), try table(synthetic))
    let plan = EvaluationPlan(rows: tables.0.rowCount)
    return try await timed {
      [try await measured(tables, plan, MetricCatalog.standard.metrics)]
    }
  }

  /// The same work without what makes scores sure: two replicates, splits and relabellings in place of
  /// the plan's, and the far ends taken off.
  ///
  /// Shuffled columns are counted and learned like the synthetic rows, so that half of the classifier
  /// and a third of the pairs is theirs.
  func measuringBare() async throws -> Outcome {
    let tables = (try table(real), try table(synthetic))
    var plan = EvaluationPlan(rows: tables.0.rowCount)
    plan.replicates = 2
    plan.permutations = 2
    let bare = plan
    let all = try await timed {
      [try await measured(tables, bare, MetricCatalog.standard.metrics)]
    }
    let aligned = try await timed { [try await measured(tables, bare, [])] }
    let classifier = try await timed {
      [try await measured(tables, bare, [ClassifierTwoSample()])]
    }
    let pairs = try await timed { [try await measured(tables, bare, [CramersV()])] }
    let ends =
      (classifier.seconds - aligned.seconds) / 2 + (pairs.seconds - aligned.seconds) / 3
    return Outcome(seconds: all.seconds - max(0, ends), check: all.check)
  }

  private func measured(
    _ tables: (RawTable, RawTable), _ plan: EvaluationPlan, _ metrics: [any Metric]
  ) async throws -> Double {
    let trial = try Trial(
      training: tables.0, synthetic: tables.1, plan: plan, threads: threads)
    var count = 0
    for metric in metrics { count += try await trial.scores(of: metric).count }
    return Double(count)
  }
}
