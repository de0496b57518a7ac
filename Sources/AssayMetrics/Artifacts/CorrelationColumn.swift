import AssayNumerics
package import AssayTable

/// A correlation of two columns of numbers.
package enum CorrelationKind: Sendable, Hashable {
  /// Of the values.
  case pearson
  /// Of the mid-ranks.
  case spearman
}

/// A column of numbers, sorted once for all of its pairs where ranks are wanted.
///
/// Among the rows that another column has a value in too, ranks are lower than in the whole column.
/// What they are lower by follows from the rows that are left out, which are few: no pair sorts.
package struct CorrelationColumn: Sendable {
  /// The values.
  package let values: NumericValues
  /// The mean of the values; 0 where ranks are wanted.
  package let centre: Double
  /// The position of each row's value among the distinct values; empty where values are wanted.
  package let groups: [Int32]
  /// How many rows have a value below each distinct value, and how many have a value at all; empty
  /// where no two values are equal.
  package let starts: [Int32]
  /// Whether ranks are wanted.
  package let isRanked: Bool
  /// What each row counts; empty where rows count alike.
  package let weights: [Double]

  package init(_ values: NumericValues, kind: CorrelationKind, weights: [Double] = []) {
    self.values = values
    self.weights = weights
    isRanked = kind == .spearman
    guard isRanked else {
      // Missing rows hold 0.
      centre = pairwiseSum(values.values.span) / Double(max(1, values.presentCount))
      groups = []
      starts = []
      return
    }
    centre = 0
    let all = RowSet(values.validity, nil, count: values.count)
    let (sorted, rows) = sorted(all.gather { values.values[$0] }.span, carrying: all.rows)
    var groups = [Int32](repeating: 0, count: values.count)
    var starts: [Int32] = []
    var previous = 0.0
    for place in rows.indices {
      let value = sorted[place]
      if place == 0 || value != previous { starts.append(Int32(place)) }
      previous = value
      groups[Int(rows[place])] = Int32(starts.count - 1)
    }
    self.groups = groups
    self.starts = starts.count == rows.count ? [] : starts + [Int32(rows.count)]
  }

  /// How many distinct values there are where ranks are wanted, at most.
  private var groupCount: Int { starts.isEmpty ? values.count : starts.count - 1 }

  /// Weighted mid-ranks by distinct value, with the weight of all rows of a set.
  ///
  /// They are the weight of the rows with a lower value and half of that of equal ones: what
  /// repeated rows would have as mid-rank, less a half.
  ///
  /// - Complexity: O(rows).
  package func weightedRanks(_ rows: RowSet) -> (ranks: [Double], total: Double) {
    var ranks = [Double](repeating: 0, count: groupCount)
    rows.forEach { ranks[Int(groups[$0])] += weights[$0] }
    var below = 0.0
    for group in ranks.indices {
      let own = ranks[group]
      ranks[group] = below + own / 2
      below += own
    }
    return (ranks, below)
  }

  /// The values, or the weighted mid-ranks among them, of the rows of a set.
  package func weighted(_ rows: RowSet) -> [Double] {
    guard isRanked else { return rows.gather { values.values[$0] } }
    let ranks = weightedRanks(rows).ranks
    return rows.gather { ranks[Int(groups[$0])] }
  }

  /// The values, or the mid-ranks among them, of the rows that `other` has a value in too.
  ///
  /// - Complexity: O(rows).
  package func paired(with other: NumericValues) -> [Double] {
    let both = RowSet(values.validity, other.validity, count: values.count)
    guard isRanked else { return both.gather { values.values[$0] } }
    switch ReducedRanks(self, with: other) {
    case .places(let ranks): return both.gather { Double(ranks.twice(groups[$0])) / 2 }
    case .table(let ranks): return both.gather { Double(ranks.twice(groups[$0])) / 2 }
    }
  }
}
