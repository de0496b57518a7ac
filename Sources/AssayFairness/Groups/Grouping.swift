package import AssayDocument
package import AssayTable

/// Groups of rows by one sensitive column, or by several together.
package struct Grouping: Sendable {
  /// One group.
  package struct Group: Sendable, Hashable {
    /// Its name as it may be published.
    package var label: String
    /// The real rows that it was found on.
    package var support: Int
  }

  /// The columns, in schema order.
  package var columns: [String]
  /// The groups, the commonest first.
  package var groups: [Group]
  /// The group of each row of a role; −1 where it is of none that has enough rows.
  package var codes: [TableRole: [Int16]]

  /// Whether the groups are those of several columns together.
  package var isIntersection: Bool { columns.count > 1 }

  /// Groups that a grouping has, at most: the commonest.
  static let groupLimit = 60

  /// Joins the cells of columns.
  ///
  /// - Parameters:
  ///   - columns: The columns, in schema order.
  ///   - cells: The cells of each.
  ///   - tables: The rows of each role.
  ///   - places: The places of the columns in the tables.
  ///   - roles: The real roles that groups are found on.
  ///   - support: Real rows that a group needs.
  package init(
    columns: [String], cells: [SensitiveCells], tables: [TableRole: AlignedTable], places: [Int],
    foundOn roles: [TableRole], support: Int
  ) {
    self.columns = columns
    var joined: [TableRole: [Int32]] = [:]
    let sizes = cells.map { Int32($0.labels.count) }
    for role in TableRole.allCases {
      guard let table = tables[role] else { continue }
      var codes = [Int32](repeating: 0, count: table.rowCount)
      for (index, place) in places.enumerated() {
        let own = cells[index].codes(table.columns[place])
        for row in codes.indices { codes[row] = codes[row] * sizes[index] + own[row] }
      }
      joined[role] = codes
    }
    let total = sizes.reduce(1) { $0 * Int($1) }
    var counts = [Int](repeating: 0, count: total)
    for role in roles { for code in joined[role] ?? [] { counts[Int(code)] += 1 } }
    func label(_ cell: Int) -> String {
      var rest = cell
      var parts: [String] = []
      for index in cells.indices.reversed() {
        let size = Int(sizes[index])
        parts.append(cells[index].labels[rest % size])
        rest /= size
      }
      return parts.reversed().joined(separator: " × ")
    }
    let kept = counts.indices.filter { counts[$0] >= support }.sorted {
      (counts[$0], $1) > (counts[$1], $0)
    }.prefix(Self.groupLimit)
    var groupOfCell = [Int16](repeating: -1, count: total)
    for (group, cell) in kept.enumerated() { groupOfCell[cell] = Int16(group) }
    groups = kept.map { Group(label: label($0), support: counts[$0]) }
    codes = joined.mapValues { $0.map { groupOfCell[Int($0)] } }
  }

  /// The rows of each group of a role.
  package func counts(_ role: TableRole) -> [Int] {
    var counts = [Int](repeating: 0, count: groups.count)
    for code in codes[role] ?? [] where code >= 0 { counts[Int(code)] += 1 }
    return counts
  }
}
