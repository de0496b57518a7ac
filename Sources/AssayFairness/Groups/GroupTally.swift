package import AssayDocument
import AssayNumerics
package import AssayMetrics
package import AssayTable

/// The rows of each group of a grouping by group of resampling; the last cell holds all rows.
package struct GroupTally: Artifact {
  package typealias Frame = ReferenceFrame

  package var grouping: Int
  package var role: TableRole

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> [Float] {
    let found = try await workspace.value(of: Groupings())
    let own = found.groupings[grouping]
    let shard = try await workspace.value(of: GroupOfRow(role: role))
    let weights = try await workspace.value(of: RowWeights(role: role))
    let codes = own.codes[role] ?? []
    let cells = own.groups.count + 1
    let shards = try await workspace.value(of: Shards(role: role)).count
    var sums = [Double](repeating: 0, count: cells * shards)
    for row in codes.indices {
      let weight = weights.map { Double($0[row]) } ?? 1
      let start = Int(shard[row]) * cells
      if codes[row] >= 0 { sums[start + Int(codes[row])] += weight }
      sums[start + cells - 1] += weight
    }
    return sums.map { Float($0) }
  }
}

/// The tallies of all roles.
package enum GroupTallies {
  package static func counts(
    _ grouping: Int, _ groups: Int, _ workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> GroupedCounts {
    var counts = GroupedCounts(cells: groups + 1, training: [], synthetic: [], holdout: [])
    for role in TableRole.allCases where workspace.frame.rowCount(role) != nil {
      let own = try await workspace.value(of: GroupTally(grouping: grouping, role: role))
      switch role {
      case .training: counts.training = own
      case .synthetic: counts.synthetic = own
      case .holdout: counts.holdout = own
      }
    }
    return counts
  }

  /// The sums over groups of resampling.
  package static func total(_ sums: [Float], cells: Int) -> [Double] {
    var total = [Double](repeating: 0, count: cells)
    for position in sums.indices { total[position % cells] += Double(sums[position]) }
    return total
  }
}
