import AssayNumerics
import AssayTable

/// A column of numbers, sorted once for all of its pairs where ranks are wanted.
struct CorrelationColumn: Sendable {
  /// The values.
  let values: NumericValues
  /// Rows with a value, ascending by value; empty where the values themselves are correlated.
  let order: [Int32]
  /// Mid-ranks of a column without missing values; empty otherwise.
  let ranks: [Double]
  /// Whether ranks are wanted.
  let isRanked: Bool

  init(_ values: NumericValues, kind: CorrelationKind) {
    self.values = values
    isRanked = kind == .spearman
    guard isRanked else {
      order = []
      ranks = []
      return
    }
    if let validity = values.validity {
      let rows = values.values.indices.filter { validity[$0] }.map { Int32($0) }
      let sorted = sortPermutation(values.presentValues.span)
      order = sorted.map { rows[Int($0)] }
      ranks = []
    } else {
      order = sortPermutation(values.values.span)
      ranks = midranks(values.values.span)
    }
  }

  /// Mid-ranks among the rows that `other` has a value in too, by row; 0 elsewhere.
  func ranks(within other: NumericValues) -> [Double] {
    var out = [Double](repeating: 0, count: values.count)
    var tied: [Int] = []
    var rank = 0
    var current = 0.0
    func close() {
      // The mean of the ranks that the tied rows take up.
      let mean = Double(rank) - Double(tied.count - 1) / 2
      for row in tied { out[row] = mean }
      tied.removeAll(keepingCapacity: true)
    }
    for entry in order {
      let row = Int(entry)
      if let validity = other.validity, !validity[row] { continue }
      if !tied.isEmpty, values.values[row] != current { close() }
      current = values.values[row]
      tied.append(row)
      rank += 1
    }
    if !tied.isEmpty { close() }
    return out
  }
}

/// A correlation of the rows in which both columns have a value.
struct ExactCorrelation: Sendable {
  /// The coefficient; `nil` where a side does not vary or has fewer than four rows.
  var value: Double?
  /// Rows with both values.
  var count: Int

  init(_ first: CorrelationColumn, _ second: CorrelationColumn) {
    if first.values.validity == nil, second.values.validity == nil {
      count = first.values.count
      let x = first.isRanked ? first.ranks : first.values.values
      let y = second.isRanked ? second.ranks : second.values.values
      value = Self.correlation(x, y)
      return
    }
    let a = first.isRanked ? first.ranks(within: second.values) : first.values.values
    let b = second.isRanked ? second.ranks(within: first.values) : second.values.values
    var x: [Double] = []
    var y: [Double] = []
    for row in a.indices where first.values[row] != nil && second.values[row] != nil {
      x.append(a[row])
      y.append(b[row])
    }
    count = x.count
    value = Self.correlation(x, y)
  }

  private static func correlation(_ x: [Double], _ y: [Double]) -> Double? {
    guard x.count >= 4 else { return nil }
    // It throws where a side does not vary, which is what no value stands for.
    guard let found = try? pearsonCorrelation(x.span, y.span), found.isFinite else { return nil }
    return found
  }
}
