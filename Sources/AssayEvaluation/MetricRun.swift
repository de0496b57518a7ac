import AssayDocument
import AssayMetrics
import AssayPrivacy
import AssayTable

/// Runs the metrics of a catalogue over one comparison.
struct MetricRun: Sendable {
  /// What the metrics found, in catalogue order.
  struct Outcome: Sendable {
    var scores: [Score] = []
    var facets: [FacetResult] = []
    var profiles: [Int: ColumnProfile] = [:]
    var power: [PowerRecord] = []
    var charts: ChartRecords?
  }

  let comparison: Comparison
  let plan: EvaluationPlan
  let catalog: MetricCatalog
  let threads: Int
  /// When a leak would have raised an alarm, where that is asked for.
  var leakRule: LeakPower.Rule?
  /// Whether rows and pairs are drawn.
  var draws = false

  /// - Returns: Scores in catalogue order, whatever the number of threads.
  func outcome(
    progress: @escaping @Sendable (String, Double) -> Void
  ) async throws(EvaluationError) -> Outcome {
    let reference = Workspace(comparison.reference, plan: plan, threads: threads)
    let exchangeable = Workspace(comparison.exchangeable, plan: plan, threads: threads)
    let metrics = catalog.metrics
    let results = await withTaskGroup(of: (Int, MetricResult).self) { group in
      var next = 0
      func add() {
        guard next < metrics.count else { return }
        let position = next
        let metric = metrics[position]
        next += 1
        group.addTask {
          (position, await Self.result(metric, reference: reference, exchangeable: exchangeable))
        }
      }
      for _ in 0..<min(max(1, threads), metrics.count) { add() }
      var slots = [MetricResult?](repeating: nil, count: metrics.count)
      var done = 0
      for await (position, result) in group {
        slots[position] = result
        done += 1
        progress(metrics[position].descriptor.title, Double(done) / Double(metrics.count))
        if !Task.isCancelled { add() }
      }
      return slots
    }
    guard !Task.isCancelled else {
      throw EvaluationError(.cancelled, ["the evaluation was cancelled"])
    }
    var outcome = Outcome()
    for result in results.compactMap(\.self) {
      outcome.scores += result.scores
      outcome.facets += result.facets
    }
    do throws(MetricError) {
      outcome.profiles = try await reference.value(of: ColumnProfiles())
      if draws {
        outcome.charts = try await ChartDrawing(
          workspace: reference, catalog: catalog, scores: outcome.scores,
          named: FindingCollection(
            comparison: comparison, outcome: outcome, dimensions: [], plan: plan
          ).namedPairs
        ).records()
      }
      if let leakRule {
        progress("Power of the leak tests", 1)
        outcome.power = try await exchangeable.value(of: LeakPower(rule: leakRule))
      }
    } catch {
      throw EvaluationError(.internal, [error.message])
    }
    return outcome
  }

  @concurrent
  private static func result<M: Metric>(
    _ metric: M, reference: Workspace<ReferenceFrame>,
    exchangeable: Workspace<ExchangeableFrame>
  ) async -> MetricResult {
    if !metric.honoursWeights, !reference.frame.schema.indices(of: .weight).isEmpty {
      let descriptor = metric.descriptor
      return MetricResult(scores: [
        Score(
          metric: descriptor.id, dimension: descriptor.dimension, against: .both,
          outcome: .notApplicable(
            reason: "a weight column is declared, and this metric counts rows alike"),
          unit: descriptor.unit)
      ])
    }
    if !metric.holdsUnderReweighting, reference.frame.intended != nil {
      let descriptor = metric.descriptor
      return MetricResult(scores: [
        Score(
          metric: descriptor.id, dimension: descriptor.dimension, against: .both,
          outcome: .notApplicable(
            reason: "the real rows are reweighted to a declared difference, and this metric counts "
              + "rows alike"),
          unit: descriptor.unit)
      ])
    }
    do throws(MetricError) {
      if let workspace = reference as? Workspace<M.Frame> {
        return try await metric.measure(workspace.frame, in: workspace)
      }
      if let workspace = exchangeable as? Workspace<M.Frame> {
        return try await metric.measure(workspace.frame, in: workspace)
      }
      throw MetricError(code: "internal", message: "no workspace for the metric's frame")
    } catch {
      let descriptor = metric.descriptor
      return MetricResult(scores: [
        Score(
          metric: descriptor.id, dimension: descriptor.dimension, against: .both,
          outcome: .failed(ScoreFailure(code: error.code, message: error.message)),
          unit: descriptor.unit)
      ])
    }
  }
}
