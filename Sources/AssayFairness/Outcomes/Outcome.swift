import AssayDocument
package import AssayMetrics
import AssayNumerics
package import AssayTable
package import AssayUtility

/// A yes-or-no reading of a target: the answer whose rate is compared between groups.
package struct Outcome: Sendable {
  /// What is predicted.
  package let problem: TargetProblem
  /// The answer that counts as yes, in words.
  package let positive: String
  private let cut: Float

  /// The name of the target's column.
  package var name: String { problem.name }
  /// The place of the target's column in the schema.
  package var column: Int { problem.column }

  /// The reading of a target: of two classes the rarer one, of several the commonest, of numbers
  /// those above the training median.
  package init(_ problem: TargetProblem, training: ColumnData) {
    self.problem = problem
    switch problem.task {
    case .binary:
      positive = problem.classes.count > 1 ? problem.classes[1] : ""
      cut = 0
    case .multiclass:
      positive = problem.classes.first ?? ""
      cut = 0
    case .regression:
      positive = "above the median"
      let labels = problem.labels(training, rows: Array(0..<training.count))
        .filter { !$0.isNaN }.sorted()
      cut = labels.isEmpty ? 0 : labels[(labels.count - 1) / 2]
    }
  }

  /// Whether a label is yes; `nil` where it is missing.
  package func isPositive(_ label: Float) -> Bool? {
    guard !label.isNaN else { return nil }
    switch problem.task {
    case .binary: return label == 1
    case .multiclass: return label == 0
    case .regression: return label > cut
    }
  }
}

/// The readings of all targets, in the order of their names.
package struct Outcomes: Artifact {
  package typealias Frame = ReferenceFrame

  package init() {}

  /// What was found.
  package struct Found: Sendable {
    package var outcomes: [Outcome]
    /// Why there is none.
    package var absence: String?
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Found {
    let targets = try await workspace.value(of: Targets())
    guard let table = frame.table(.training) else { return Found(outcomes: [], absence: nil) }
    let outcomes = targets.problems.map { Outcome($0, training: table.columns[$0.column]) }
    let absence =
      targets.absence ?? targets.refused.map { "\($0.name): \($0.reason)" }.joined(separator: "; ")
    return Found(outcomes: outcomes, absence: outcomes.isEmpty ? absence : nil)
  }
}

/// The answers of the rows of each group by group of resampling: rows and yes rows of each group,
/// then those of all rows.
struct OutcomeTally: Artifact {
  typealias Frame = ReferenceFrame

  var grouping: Int
  var outcome: Int
  var role: TableRole

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> [Float] {
    let grouping = try await workspace.value(of: Groupings()).groupings[grouping]
    let outcome = try await workspace.value(of: Outcomes()).outcomes[outcome]
    guard let table = frame.table(role) else { return [] }
    let shards = try await workspace.value(of: Shards(role: role)).count
    let shard = try await workspace.value(of: GroupOfRow(role: role))
    let weights = try await workspace.value(of: RowWeights(role: role))
    let labels = outcome.problem.labels(
      table.columns[outcome.problem.column], rows: Array(0..<table.rowCount))
    let codes = grouping.codes[role] ?? []
    let cells = 2 * grouping.groups.count + 2
    var sums = [Double](repeating: 0, count: cells * shards)
    for row in codes.indices {
      guard let yes = outcome.isPositive(labels[row]) else { continue }
      let weight = weights.map { Double($0[row]) } ?? 1
      let start = Int(shard[row]) * cells
      if codes[row] >= 0 {
        sums[start + 2 * Int(codes[row])] += weight
        if yes { sums[start + 2 * Int(codes[row]) + 1] += weight }
      }
      sums[start + cells - 2] += weight
      if yes { sums[start + cells - 1] += weight }
    }
    return sums.map { Float($0) }
  }
}
