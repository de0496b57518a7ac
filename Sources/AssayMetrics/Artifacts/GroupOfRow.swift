package import AssayDocument
package import AssayTable

/// The group of each row of a role that resampling draws as a whole: for sums that are taken row by
/// row.
package struct GroupOfRow: Artifact {
  package typealias Frame = ReferenceFrame

  package var role: TableRole

  package init(role: TableRole) {
    self.role = role
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> [UInt16] {
    let layout = try await workspace.value(of: Shards(role: role))
    var groups = [UInt16](repeating: 0, count: layout.order.count)
    for group in 0..<layout.count {
      for position in layout.offsets[group]..<layout.offsets[group + 1] {
        groups[Int(layout.order[position])] = UInt16(truncatingIfNeeded: group)
      }
    }
    return groups
  }
}
