package import AssayTable

/// Twice the mid-rank that a group of equal values has in a pair.
package protocol PairRanks {
  /// Twice the mid-rank: a whole number.
  func twice(_ group: Int32) -> Int
}

/// The ranks of a column among the rows that another column has a value in too.
package enum ReducedRanks {
  /// Of a column in which no two values are equal.
  case places(PlaceRanks)
  /// Of a column with ties.
  case table(TableRanks)

  /// - Complexity: O(missing values of the other column + distinct values).
  package init(_ column: CorrelationColumn, with other: NumericValues) {
    let left = RowSet(
      column.values.validity, without: other.validity, count: column.values.count)
    if column.starts.isEmpty {
      self = .places(PlaceRanks(removed: PlaceSet(left, places: column.groups)))
    } else {
      self = .table(TableRanks(column, without: left))
    }
  }

  /// The sum of t³ − t over the ties of the pair.
  package var ties: Double {
    switch self {
    case .places: 0
    case .table(let ranks): ranks.ties
    }
  }
}

/// Ranks from the places below that are left out.
package struct PlaceRanks: PairRanks {
  package let removed: PlaceSet

  @inline(__always)
  package func twice(_ group: Int32) -> Int {
    let place = Int(group)
    return 2 &* (place &- removed.count(below: place) &+ 1)
  }
}

/// Ranks from a table.
package struct TableRanks: PairRanks {
  // Twice the rank is half the size of the rank in memory.
  private let ranks: [Int32]
  /// The sum of t³ − t over the groups of equal values that are left.
  package let ties: Double

  package init(_ column: CorrelationColumn, without left: RowSet) {
    let starts = column.starts
    var counts = [Int32](repeating: 0, count: starts.count - 1)
    left.forEach { counts[Int(column.groups[$0])] += 1 }
    var ranks = [Int32](repeating: 0, count: counts.count)
    var removed: Int32 = 0
    var ties = 0.0
    for group in counts.indices {
      let start = starts[group] - removed
      removed += counts[group]
      let end = starts[group + 1] - removed
      ranks[group] = start + end + 1
      let size = Double(end - start)
      ties += size * (size * size - 1)
    }
    self.ranks = ranks
    self.ties = ties
  }

  @inline(__always)
  package func twice(_ group: Int32) -> Int { Int(ranks[Int(group)]) }
}
