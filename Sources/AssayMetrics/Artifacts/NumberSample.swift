package import AssayDocument
import AssayNumerics
package import AssayTable

/// The numbers of some rows of a role, group after group.
package struct SampledNumbers: Sendable {
  /// For each column, the values in the order of the groups; NaN where missing.
  package var values: [[Double]]
  /// Where each group starts.
  package var offsets: [Int]
  /// What each row counts; empty where rows count alike.
  package var weights: [Double]

  /// The number of rows.
  package var count: Int { offsets.last ?? 0 }

  /// As how many rows that count alike they are as telling.
  package var effectiveCount: Double {
    guard !weights.isEmpty else { return Double(count) }
    let total = weights.reduce(0, +)
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    return squares > 0 ? total * total / squares : 0
  }
}

/// A random sample of the rows of a role, the same share of every group, with the numbers of all
/// columns that can be correlated.
package struct NumberSample: Artifact {
  package typealias Frame = ReferenceFrame

  package var role: TableRole
  /// Rows, at most.
  package var limit: Int

  package init(role: TableRole, limit: Int) {
    self.role = role
    self.limit = limit
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> SampledNumbers {
    guard let table = frame.table(role) else {
      throw MetricError(code: "role.absent", message: "there is no \(role.rawValue) table")
    }
    let layout = try await workspace.value(of: Shards(role: role))
    let columns = CorrelationCalibration.columns(frame)
    // The order of rows inside a group is random already: its first rows are a random sample.
    var rows: [Int32] = []
    var offsets = [0]
    let share = min(1, Double(limit) / Double(max(1, layout.order.count)))
    for group in 0..<layout.count {
      let (start, end) = (layout.offsets[group], layout.offsets[group + 1])
      let before = Int(share * Double(start))
      let after = group + 1 == layout.count && share < 1 ? limit : Int(share * Double(end))
      rows += layout.order[start..<min(end, start + max(0, after - before))]
      offsets.append(rows.count)
    }
    let chosen = rows
    let values = try parallelMap(columns.count, threads: workspace.threads) {
      index throws(MetricError) -> [Double] in
      guard let values = table.columns[columns[index]].numeric else {
        throw MetricError(code: "column.kind", message: "the column holds no numbers")
      }
      return chosen.map { values[Int($0)] ?? .nan }
    }
    let weights = try await workspace.value(of: ExactRowWeights(role: role))
    return SampledNumbers(
      values: values, offsets: offsets,
      weights: weights.map { weights in chosen.map { weights[Int($0)] } } ?? [])
  }
}
