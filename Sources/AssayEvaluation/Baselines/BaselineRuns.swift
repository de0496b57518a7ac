import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// Measures generators of known faults by the same plan as the synthetic rows.
struct BaselineRuns {
  let run: MetricRun

  func records(
    progress: @escaping @Sendable (String, Double) -> Void
  ) async throws(EvaluationError) -> [BaselineRecord] {
    var records: [BaselineRecord] = []
    for generator in Baselines.all {
      progress("Baseline: \(generator.title)", 1)
      records.append(try await record(generator))
    }
    return records
  }

  private func record(
    _ generator: any BaselineGenerator
  ) async throws(EvaluationError) -> BaselineRecord {
    var random = RandomStream(seed: run.plan.seed, name: "baseline", generator.id)
    let comparison = Comparison(
      run.comparison, rows: generator.rows(run.comparison, &random), name: generator.id,
      keepsForm: generator.usesSynthetic)
    // Taking columns from a classifier explains a score and moves none: only values are recorded.
    var plan = run.plan
    plan.peelingLimit = 0
    let outcome = try await MetricRun(
      comparison: comparison, plan: plan, catalog: run.catalog, threads: run.threads
    ).outcome { _, _ in }
    let dimensions: [DimensionScore]
    do throws(NumericsError) {
      dimensions = try DimensionScoring(
        comparison: comparison, outcome: outcome, plan: run.plan, catalog: run.catalog
      ).scores()
    } catch {
      throw EvaluationError(.internal, [error.message])
    }
    return BaselineRecord(
      id: generator.id, title: generator.title, rows: comparison.synthetic.rowCount,
      dimensions: dimensions.filter { $0.score != nil || !$0.members.isEmpty },
      scores: outcome.scores.filter(\.subject.isTable).map {
        .init(metric: $0.metric, against: $0.against, value: $0.value)
      })
  }
}
