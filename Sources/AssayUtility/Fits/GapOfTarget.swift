import AssayDocument
package import AssayMetrics
import AssayNumerics
package import AssayTable

/// The gap between boosted trees trained on real and on synthetic rows.
package struct GapOfTarget: Artifact {
  package typealias Frame = ReferenceFrame

  /// The target's place in the schema.
  package var target: Int

  package init(target: Int) { self.target = target }

  /// The gap, or why it cannot be measured.
  package struct Found: Sendable {
    /// What is predicted.
    package var problem: TargetProblem
    /// The rows.
    package var rows: TargetRows.Found
    /// The gap.
    package var gap: PairedGap?
    /// Why there is none.
    package var reason: String?
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Found? {
    guard let rows = try await workspace.value(of: TargetRows(target: target)) else { return nil }
    var found = Found(problem: rows.problem, rows: rows)
    switch HeadlineMeasure.choose(rows.problem, rows.test, roleWord: rows.role.rawValue) {
    case .failure(let refusal):
      found.reason = refusal.reason
    case .success(let measure):
      guard rows.training.count >= 2 * HeadlineMeasure.leastPositives, rows.size > 0 else {
        found.reason = "too few training or synthetic rows with a value of \(rows.problem.name)"
        return found
      }
      guard
        let fit = try await workspace.value(
          of: LearnerFits(target: target, learner: .boostedTrees))
      else { return nil }
      do throws(NumericsError) {
        found.gap = try PairedGap(
          measure, real: fit.real, synthetic: fit.synthetic, test: fit.test,
          task: rows.problem.task, seed: workspace.plan.seed)
      } catch {
        throw MetricError(error)
      }
    }
    return found
  }
}
