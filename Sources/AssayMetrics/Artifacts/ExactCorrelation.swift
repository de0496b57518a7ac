import AssayNumerics
import AssayTable

/// A column of numbers, sorted once for all of its pairs where ranks are wanted.
///
/// Among the rows that another column has a value in too, ranks are lower than in the whole column.
/// What they are lower by follows from the rows that are left out, which are few: no pair sorts.
struct CorrelationColumn: Sendable {
  /// The values.
  let values: NumericValues
  /// The position of each row's value among the distinct values; empty where values are wanted.
  private let groups: [Int32]
  /// How many rows have a value below each distinct value; empty where no two values are equal.
  private let starts: [Int32]
  /// Whether ranks are wanted.
  private let isRanked: Bool

  init(_ values: NumericValues, kind: CorrelationKind) {
    self.values = values
    isRanked = kind == .spearman
    guard isRanked else {
      groups = []
      starts = []
      return
    }
    let present = values.presentValues
    let order = sortPermutation(present.span)
    let rows = values.validity.map { RowSet($0, nil, count: values.count).rows }
    var groups = [Int32](repeating: 0, count: values.count)
    var starts: [Int32] = []
    var previous = 0.0
    for (place, entry) in order.enumerated() {
      let value = present[Int(entry)]
      if place == 0 || value != previous { starts.append(Int32(place)) }
      previous = value
      groups[Int(rows?[Int(entry)] ?? entry)] = Int32(starts.count - 1)
    }
    self.groups = groups
    self.starts = starts.count == order.count ? [] : starts
  }

  /// The values, or the mid-ranks among them, of the rows that `other` has a value in too.
  ///
  /// - Complexity: O(rows).
  func paired(with other: NumericValues) -> [Double] {
    let both = RowSet(values.validity, other.validity, count: values.count)
    if !isRanked { return both.gather { values.values[$0] } }
    let left = RowSet(values.validity, without: other.validity, count: values.count)
    if starts.isEmpty {
      let removed = PlaceSet(left, places: groups)
      return both.gather { row in
        let place = Int(groups[row])
        return Double(place - removed.count(below: place) + 1)
      }
    }
    // Twice the rank is a whole number, and half the size of the rank in memory.
    var counts = [Int32](repeating: 0, count: starts.count)
    left.forEach { counts[Int(groups[$0])] += 1 }
    var twice = [Int32](repeating: 0, count: starts.count)
    let present = Int32(values.presentCount)
    var removed: Int32 = 0
    for group in starts.indices {
      let start = starts[group] - removed
      removed += counts[group]
      twice[group] = start + (group + 1 < starts.count ? starts[group + 1] : present) - removed + 1
    }
    return both.gather { Double(twice[Int(groups[$0])]) / 2 }
  }
}

/// A correlation of the rows in which both columns have a value.
struct ExactCorrelation: Sendable {
  /// The coefficient; `nil` where a side does not vary or has fewer than four rows.
  var value: Double?
  /// Rows with both values.
  var count: Int

  init(_ first: CorrelationColumn, _ second: CorrelationColumn) {
    let x = first.paired(with: second.values)
    let y = second.paired(with: first.values)
    count = x.count
    guard count >= 4 else { return }
    // It throws where a side does not vary, which is what no value stands for.
    guard let found = try? pearsonCorrelation(x.span, y.span), found.isFinite else { return }
    value = found
  }
}
