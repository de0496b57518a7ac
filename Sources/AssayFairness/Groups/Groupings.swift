import AssayDocument
package import AssayMetrics
package import AssayTable

/// The groups of rows that declared sensitive columns make, each column alone and two or three of
/// them together; fixed on the training rows.
package struct Groupings: Artifact {
  package typealias Frame = ReferenceFrame

  package init() {}

  /// The groups that were found.
  package struct Found: Sendable {
    /// Single columns first, in schema order, then pairs and triples of them.
    package var groupings: [Grouping]
    /// Sensitive columns that make no groups, and why.
    package var refused: [(name: String, reason: String)]
    /// Why there is nothing to compare, where that is so.
    package var absence: String?

    /// The places of the groupings by a single column.
    package var single: [Int] { groupings.indices.filter { !groupings[$0].isIntersection } }
  }

  /// Training rows that a group of several columns together needs; fewer say too little of a rate.
  package static let intersectionSupport = 30
  /// Sensitive columns that are joined with each other: the first in the table.
  static let joinedColumns = 5

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Found {
    let declared = frame.schema.indices(of: .sensitive)
    guard !declared.isEmpty else {
      return Found(groupings: [], refused: [], absence: SensitiveNames.advice(frame.schema))
    }
    let k = workspace.plan.k
    var usable: [(place: Int, cells: SensitiveCells)] = []
    var refused: [(name: String, reason: String)] = []
    for place in declared {
      let column = frame.schema.columns[place]
      if let reason = frame.unfit[place] {
        refused.append((column.name, reason))
        continue
      }
      switch frame.fits[place] {
      case .numeric(let fit):
        usable.append(
          (
            place,
            SensitiveCells(sorted: fit.sorted, isTime: column.kind == .datetime) {
              Published.rounded($0)
            }
          ))
      case .nominal(let fit):
        usable.append(
          (
            place,
            SensitiveCells(
              counts: fit.counts, names: frame.levels[place]?.names ?? [], support: k)
          ))
      case nil:
        refused.append((column.name, "\(column.kind.rawValue) columns make no groups"))
      }
    }
    var tables: [TableRole: AlignedTable] = [:]
    for role in TableRole.allCases { tables[role] = frame.table(role) }
    var groupings: [Grouping] = []
    for own in Self.subsets(usable.count) {
      let chosen = own.map { usable[$0] }
      let grouping = Grouping(
        columns: chosen.map { frame.schema.columns[$0.place].name }, cells: chosen.map(\.cells),
        tables: tables, places: chosen.map(\.place), foundOn: [.training],
        support: own.count > 1 ? max(k, Self.intersectionSupport) : k)
      if grouping.groups.count >= 2 {
        groupings.append(grouping)
      } else if own.count == 1 {
        refused.append(
          (grouping.columns[0], "fewer than two groups of at least \(k) training rows"))
      }
    }
    let absence =
      groupings.isEmpty
      ? refused.map { "\($0.name): \($0.reason)" }.joined(separator: "; ") : nil
    return Found(groupings: groupings, refused: refused, absence: absence)
  }

  /// Each column alone, then pairs and triples of the first few.
  static func subsets(_ count: Int) -> [[Int]] {
    let joined = min(count, joinedColumns)
    var subsets = (0..<count).map { [$0] }
    for first in 0..<joined {
      for second in stride(from: first + 1, to: joined, by: 1) { subsets.append([first, second]) }
    }
    for first in 0..<joined {
      for second in stride(from: first + 1, to: joined, by: 1) {
        for third in stride(from: second + 1, to: joined, by: 1) {
          subsets.append([first, second, third])
        }
      }
    }
    return subsets
  }
}
