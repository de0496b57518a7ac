import AssayMetrics
import AssayNumerics
import AssayTable

/// Finds rows that share combinations of values which one pooled real row alone holds.
///
/// Nothing in it depends on which real rows are training rows.
struct CombinationSearch: Sendable {
  /// The cells of one column.
  struct Column: Sendable {
    /// The number of cells.
    var count: Int
    /// Of the pooled real rows.
    var pool: [Int32]
    /// Of the synthetic rows.
    var synthetic: [Int32]
  }

  private let columns: [Column]
  private let combinations: [[Int]]
  /// The entity of each pooled row, where one is declared; −1 for a row of its own.
  private let entities: [Int32]

  /// Combinations that are looked at.
  var combinationCount: Int { combinations.count }

  /// - Parameters:
  ///   - columns: The cells of each column.
  ///   - limit: Combinations of each size, at most.
  ///   - entities: The entity of each pooled row; empty where none is declared.
  ///   - seed: The seed of the choice.
  init(columns: [Column], limit: Int, entities: [Int32], seed: UInt64) {
    self.columns = columns
    self.entities = entities
    combinations = Self.sizes.flatMap { size in
      size <= columns.count
        ? ColumnCombinations.chosen(
          size, of: columns.count, limit: limit, seed: seed, name: "rare-combinations") : []
    }
  }

  /// Columns that are put together.
  static let sizes = 2...4

  /// A pooled row and the number of rare combinations that it shares with another row.
  struct Shared: Sendable, Hashable {
    var row: Int32
    var combinations: Int
  }

  /// For each of some pooled rows what it shares with others, as if it were not in the pool; and for
  /// each synthetic row what it shares with pooled rows.
  ///
  /// - Complexity: O(combinations · rows) time, O(combinations · (`probes` + synthetic rows)) memory.
  func shared(
    probes: [Int], threads: Int
  ) throws(MetricError) -> (pool: [[Shared]], synthetic: [[Shared]]) {
    let synthetic = columns.first?.synthetic.count ?? 0
    let found = try parallelMap(combinations.count, threads: threads) { index in
      partners(combinations[index], probes: probes, synthetic: synthetic)
    }
    return (
      Self.collected(found.map(\.pool), count: probes.count),
      Self.collected(found.map(\.synthetic), count: synthetic)
    )
  }

  private func partners(
    _ combination: [Int], probes: [Int], synthetic: Int
  ) -> (pool: [Int32], synthetic: [Int32]) {
    let pool = keys(combination, columns.first?.pool.count ?? 0, \.pool)
    let owners = CellOwners(pool)
    let others = probes.map { row in
      let other = owners.onlyOther(pool[row], than: Int32(row))
      return other >= 0 && !areOne(row, Int(other)) ? other : -1
    }
    return (others, keys(combination, synthetic, \.synthetic).map { owners.onlyOwner($0) })
  }

  /// Rows of one entity share values for the reason that they are one.
  private func areOne(_ row: Int, _ other: Int) -> Bool {
    !entities.isEmpty && entities[row] >= 0 && entities[row] == entities[other]
  }

  private func keys(
    _ combination: [Int], _ count: Int, _ side: KeyPath<Column, [Int32]>
  ) -> [Int] {
    var keys = [Int](repeating: 0, count: count)
    for column in combination {
      let cells = columns[column].count
      let own = columns[column][keyPath: side]
      for row in keys.indices where keys[row] >= 0 {
        // Four columns of at most 2¹³ cells each stay below 2⁵².
        keys[row] = own[row] < 0 ? -1 : keys[row] * cells + Int(own[row])
      }
    }
    return keys
  }

  /// Counts how often each partner occurs over the combinations.
  private static func collected(_ partners: [[Int32]], count: Int) -> [[Shared]] {
    (0..<count).map { row in
      let own = partners.compactMap { $0[row] >= 0 ? $0[row] : nil }.sorted()
      var found: [Shared] = []
      for partner in own {
        if found.last?.row == partner {
          found[found.count - 1].combinations += 1
        } else {
          found.append(Shared(row: partner, combinations: 1))
        }
      }
      return found
    }
  }
}
