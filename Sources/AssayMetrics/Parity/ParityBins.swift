import AssayNumerics
import AssayTable

/// The cells of published comparisons: training deciles and the ten commonest levels.
///
/// Breaks are the distinct type-7 quantiles at 0, 0.1, …, 1; cells are (a, b] with the lowest value
/// included; numbers outside the training range, and missing ones, have a cell of their own. Levels
/// beyond the ten commonest share a cell; missing levels are one more level.
struct ParityBins {
  /// How values find their cell.
  private enum Rule {
    case breaks([Double])
    case levels([Int32: Int])
  }

  private let rule: Rule
  /// The number of cells.
  let count: Int

  init?(_ column: ColumnData) throws(NumericsError) {
    switch column {
    case .numeric(let values):
      let sorted = sortedCopy(values.presentValues.span)
      guard !sorted.isEmpty else { return nil }
      var breaks: [Double] = []
      for decile in 0...10 {
        let value = try quantile(sorted: sorted.span, probability: Double(decile) / 10)
        if breaks.last != value { breaks.append(value) }
      }
      rule = .breaks(breaks)
      count = breaks.count + 1
    case .nominal(let codes):
      var counts: [Int32: Int] = [:]
      for code in codes { counts[code, default: 0] += 1 }
      let ranked = counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
      let kept = ranked.prefix(10).map(\.key)
      rule = .levels(Dictionary(uniqueKeysWithValues: zip(kept, 0...)))
      count = kept.count + 1
    case .bytes:
      return nil
    }
  }

  /// The cells of the rows of a column of the same kind.
  func codes(_ column: ColumnData) -> [Int] {
    switch (rule, column) {
    case (.breaks(let breaks), .numeric(let values)):
      return (0..<values.count).map { row in
        guard let value = values[row], let low = breaks.first, let high = breaks.last,
          value >= low, value <= high
        else { return count - 1 }
        // (a, b]: the number of breaks below the value, the lowest value included.
        return max(0, counts(below: value, inSorted: breaks.span).less - 1)
      }
    case (.levels(let cells), .nominal(let codes)):
      return codes.map { cells[$0] ?? count - 1 }
    default:
      return [Int](repeating: count - 1, count: column.count)
    }
  }
}
