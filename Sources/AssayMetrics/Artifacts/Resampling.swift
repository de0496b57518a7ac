package import AssayDocument
import AssayNumerics
package import AssayTable

/// How often each replicate draws each group of rows: a row of `groups` numbers for each replicate.
package struct Draws: Sendable {
  /// The number of replicates.
  package var replicates: Int
  /// The number of groups.
  package var groups: Int
  /// Row-major, a replicate a row.
  package var weights: [Float]
}

/// Bootstrap multiplicities of one role, shared by every metric.
package struct BootstrapDraws: Artifact {
  package typealias Frame = ReferenceFrame

  package var role: TableRole

  package init(role: TableRole) {
    self.role = role
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Draws {
    let groups = try await workspace.value(of: Shards(role: role)).count
    let replicates = workspace.plan.replicates
    var weights: [Float] = []
    weights.reserveCapacity(groups * replicates)
    for replicate in 0..<replicates {
      var stream = RandomStream(
        seed: workspace.plan.seed, path: ["bootstrap", role.rawValue, String(replicate)])
      weights += stream.multinomial(count: groups, categories: groups).map { Float($0) }
    }
    return Draws(replicates: replicates, groups: groups, weights: weights)
  }
}

/// Random halves of the groups of a real role: 1 for the first half, 0 for the second.
///
/// Training and holdout are halved each on its own, so both halves hold the same mix of roles and
/// a difference between training and holdout cannot pass for chance.
package struct HalfDraws: Artifact {
  package typealias Frame = ReferenceFrame

  package var role: TableRole

  package init(role: TableRole) {
    self.role = role
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Draws {
    let groups = try await workspace.value(of: Shards(role: role)).count
    let replicates = workspace.plan.replicates
    var weights = [Float](repeating: 0, count: groups * replicates)
    for replicate in 0..<replicates {
      var stream = RandomStream(
        seed: workspace.plan.seed, path: ["halves", role.rawValue, String(replicate)])
      var positions = Array(0..<groups)
      stream.shuffle(&positions)
      // An odd group goes to either half in turn.
      let half = (groups + replicate % 2) / 2
      for position in positions.prefix(half) { weights[replicate * groups + position] = 1 }
    }
    return Draws(replicates: replicates, groups: groups, weights: weights)
  }
}
