import AssayMetrics
import AssayNumerics
import AssayTable

/// One column in cells that each hold many real rows, so that no value is telling by itself: what is
/// rare is a combination of them.
///
/// Levels are cells of their own. Numbers are cut where the pooled real rows are dense, between
/// different values only. A cell of fewer real rows than asked for, and a value that no real row has,
/// are −1: they take part in no combination.
struct CommonCells: Sendable {
  /// The number of cells.
  private(set) var count = 0
  private var codes: [Int32] = []
  /// The smallest value of every cell but the first, ascending.
  private var edges: [Double] = []
  private var range: ClosedRange<Double>?
  private var missing: Int32 = -1
  private let isNumeric: Bool

  /// Numbers are cut into so many cells at most.
  private static let most = 100

  /// - Parameters:
  ///   - pool: The sides of the column.
  ///   - smallest: Real rows that a cell must hold.
  init(_ pool: [ColumnData], smallest: Int) {
    let rows = pool.reduce(0) { $0 + $1.count }
    let numbers = pool.compactMap(\.numeric)
    isNumeric = numbers.count == pool.count
    if isNumeric {
      let values = numbers.flatMap(\.presentValues)
      let sorted = sortedCopy(values.span)
      cut(sorted, size: max(smallest, (sorted.count + Self.most - 1) / Self.most))
      if rows - sorted.count >= smallest {
        missing = Int32(count)
        count += 1
      }
      return
    }
    var counts: [Int] = []
    var absent = 0
    for side in pool {
      for code in side.nominal ?? [] {
        guard code >= 0 else {
          absent += 1
          continue
        }
        while counts.count <= Int(code) { counts.append(0) }
        counts[Int(code)] += 1
      }
    }
    codes = counts.map { held in
      guard held >= smallest else { return -1 }
      defer { count += 1 }
      return Int32(count)
    }
    if absent >= smallest {
      missing = Int32(count)
      count += 1
    }
  }

  /// Closes a cell wherever it holds enough values and the next one differs.
  private mutating func cut(_ sorted: [Double], size: Int) {
    guard let first = sorted.first, let last = sorted.last, sorted.count >= size else { return }
    range = first...last
    var start = 0
    for place in 1..<sorted.count
    where sorted[place] != sorted[place - 1] && place - start >= size
      && sorted.count - place >= size
    {
      edges.append(sorted[place])
      start = place
    }
    count = edges.count + 1
  }

  /// The cell of each of some rows.
  func cells(_ column: ColumnData, rows: [Int]) -> [Int32] {
    switch column {
    case .numeric(let values) where isNumeric:
      return rows.map { row in
        guard let value = values[row] else { return missing }
        guard let range, range.contains(value) else { return -1 }
        var low = 0
        var high = edges.count
        while low < high {
          let middle = (low + high) / 2
          if edges[middle] <= value { low = middle + 1 } else { high = middle }
        }
        return Int32(low)
      }
    case .nominal(let own):
      return rows.map { row in
        let code = Int(own[row])
        return code < 0 ? missing : code < codes.count ? codes[code] : -1
      }
    default:
      return [Int32](repeating: -1, count: rows.count)
    }
  }
}
