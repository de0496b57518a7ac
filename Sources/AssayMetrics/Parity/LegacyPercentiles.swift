import AssayNumerics
import AssayTable

/// The cells of NIST's tool: twenty ranges of percentile ranks, levels as they are, given edges.
///
/// Numbers are cut to whole ones. The cell of a training value is ⌊20·r⌋ with *r* its mean rank as a
/// share of all present values (19 for r = 1); the cell of any other value is the first whose largest
/// training value is not below it, or the last. Missing values have a cell of their own.
struct LegacyPercentiles {
  private enum Rule {
    /// The largest training value of each cell.
    case tops([Double])
    /// (a, b] between given edges; values outside are in the outermost ranges.
    case edges([Double])
    case levels
  }

  /// Ranges of percentile ranks.
  private static let ranges = 20.0
  private let rule: Rule

  init?(_ column: ColumnData, edges: [Double]?) {
    if let edges {
      rule = .edges(edges)
      return
    }
    switch column {
    case .numeric(let values):
      let whole = values.presentValues.map { $0.rounded(.towardZero) }
      let sorted = sortedCopy(whole.span)
      var tops: [Double] = []
      var last = -1
      var start = 0
      while start < sorted.count {
        var end = start
        while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
        // The mean of the ranks from start + 1 to end.
        let rank = (Double(start + 1 + end) / 2) / Double(sorted.count)
        let cell = rank < 1 ? Int(Self.ranges * rank) : Int(Self.ranges) - 1
        if cell == last { tops[tops.count - 1] = sorted[start] } else { tops.append(sorted[start]) }
        last = cell
        start = end
      }
      rule = .tops(tops)
    case .nominal: rule = .levels
    case .bytes: return nil
    }
  }

  /// The cells of the rows of a column of the same kind; −1 where missing.
  func codes(_ column: ColumnData) -> [Int32] {
    switch (rule, column) {
    case (.tops(let tops), .numeric(let values)):
      return Self.codes(values) { value in
        min(tops.count - 1, Self.less(than: value.rounded(.towardZero), in: tops))
      }
    case (.edges(let edges), .numeric(let values)):
      return Self.codes(values) { value in
        min(max(0, Self.less(than: value, in: edges) - 1), edges.count - 2)
      }
    case (.levels, .nominal(let codes)): return codes
    default: return [Int32](repeating: -1, count: column.count)
    }
  }

  private static func codes(_ values: NumericValues, _ cell: (Double) -> Int) -> [Int32] {
    var codes = [Int32](repeating: -1, count: values.count)
    for row in 0..<values.count {
      if let value = values[row] { codes[row] = Int32(cell(value)) }
    }
    return codes
  }

  /// How many of some ascending numbers are below a value.
  private static func less(than value: Double, in sorted: [Double]) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
