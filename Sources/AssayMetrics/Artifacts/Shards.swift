package import AssayDocument
package import AssayNumerics
package import AssayTable

/// The rows of a role in random groups that resampling draws as a whole.
///
/// The rows are put in random order once and cut into groups of equal size. Drawing groups instead
/// of rows leaves means and variances of any statistic of counts and sums as they are (the groups
/// are independent and alike), while a replicate costs as many operations as there are groups, not
/// rows: all replicates of a table of counts are one matrix product. With a declared entity
/// column the entities, not the rows, are put in random order, so that rows of one entity stay
/// together.
package struct ShardLayout: Sendable {
  /// The rows, group after group.
  package var order: [Int32]
  /// Where each group starts in `order`, with the number of rows at the end.
  package var offsets: [Int]

  /// The number of groups.
  package var count: Int { offsets.count - 1 }

  package init(rows: Int, groups: Int, stream: RandomStream) {
    var stream = stream
    var order = (0..<Int32(rows)).map { $0 }
    stream.shuffle(&order)
    self.order = order
    let count = max(1, min(groups, rows))
    offsets = (0...count).map { $0 * rows / count }
  }

  package init(entities: [Int32], groups: Int, stream: RandomStream) {
    var stream = stream
    let entityCount = Int(entities.max() ?? -1) + 1
    var members = [[Int32]](repeating: [], count: entityCount)
    var loose: [Int32] = []
    for (row, entity) in entities.enumerated() {
      if entity >= 0 { members[Int(entity)].append(Int32(row)) } else { loose.append(Int32(row)) }
    }
    members += loose.map { [$0] }
    stream.shuffle(&members)
    let count = max(1, min(groups, members.count))
    order = []
    offsets = [0]
    for group in 0..<count {
      for entity in members[group * members.count / count..<(group + 1) * members.count / count] {
        order.append(contentsOf: entity)
      }
      offsets.append(order.count)
    }
  }
}

/// The groups of one role.
package struct Shards: Artifact {
  package typealias Frame = ReferenceFrame

  package var role: TableRole

  package init(role: TableRole) {
    self.role = role
  }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> ShardLayout {
    guard let table = frame.table(role) else {
      throw MetricError(code: "role.absent", message: "there is no \(role.rawValue) table")
    }
    let stream = RandomStream(seed: workspace.plan.seed, name: "shards", role.rawValue)
    if let group = frame.schema.indices(of: .group).first,
      role != .synthetic || frame.unfit[group] == nil
    {
      return ShardLayout(
        entities: Entities.codes(table.columns[group]), groups: workspace.plan.shards,
        stream: stream)
    }
    return ShardLayout(rows: table.rowCount, groups: workspace.plan.shards, stream: stream)
  }
}

/// Numbers the entities of a column from 0 in order of first appearance; −1 where missing.
package enum Entities {
  package static func codes(_ column: ColumnData) -> [Int32] {
    switch column {
    case .nominal(let codes):
      return codes
    case .numeric(let values):
      var known: [Double: Int32] = [:]
      return (0..<values.count).map { row in
        guard let value = values[row] else { return -1 }
        let next = Int32(known.count)
        return known[value, default: next, insert: next]
      }
    case .bytes(let values):
      var known: [String: Int32] = [:]
      return (0..<values.count).map { row in
        guard let value = values[row] else { return -1 }
        let next = Int32(known.count)
        return known[value, default: next, insert: next]
      }
    }
  }
}

extension Dictionary {
  /// The value of a key, which is first set to `insert` where there is none.
  fileprivate subscript(key: Key, default fallback: Value, insert new: Value) -> Value {
    mutating get {
      if let found = self[key] { return found }
      self[key] = new
      return new
    }
  }
}
