import AssayDocument
import AssayNumerics
import AssayTable

/// How often each replicate draws each group of rows: a row of `groups` numbers for each replicate.
struct Draws: Sendable {
  /// The number of replicates.
  var replicates: Int
  /// The number of groups.
  var groups: Int
  /// Row-major, a replicate a row.
  var weights: [Float]
}

/// Bootstrap multiplicities of one role, shared by every metric.
struct BootstrapDraws: Artifact {
  typealias Frame = ReferenceFrame

  var role: TableRole

  func derive(
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
struct HalfDraws: Artifact {
  typealias Frame = ReferenceFrame

  var role: TableRole

  func derive(
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
