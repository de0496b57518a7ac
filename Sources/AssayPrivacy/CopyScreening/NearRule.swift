import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// When two rows are alike: levels equal, numbers within a tolerance of their column, which is declared
/// or follows from the pooled real rows.
struct NearRule: Sendable {
  private let levels: [Int]
  private let numbers: [(column: Int, tolerance: Double)]

  init(_ frame: ExchangeableFrame, columns: [Int]) {
    levels = columns.filter { frame.pool($0).allSatisfy { $0.nominal != nil } }
    numbers = columns.compactMap { column in
      let sides = frame.pool(column).compactMap(\.numeric)
      guard sides.count == frame.pool(column).count else { return nil }
      if let declared = frame.schema.columns[column].tolerance { return (column, declared) }
      let values = sides.flatMap(\.presentValues)
      let sorted = sortedCopy(values.span)
      guard !sorted.isEmpty else { return (column, 0) }
      // The sample is not empty and the probabilities are inside 0...1.
      let low = (try? quantile(sorted: sorted.span, probability: 0.05)) ?? 0
      let high = (try? quantile(sorted: sorted.span, probability: 0.95)) ?? 0
      return (column, NearMatch.tolerance * (high - low))
    }
  }

  /// For each of some rows the rows of another table that are alike, ascending.
  ///
  /// Rows with equal levels are put together and sorted by the number that most of them differ in.
  func matches(
    _ table: AlignedTable, rows: [Int], among base: AlignedTable, threads: Int
  ) throws(NumericsError) -> [[Int32]] {
    let keys = RowKeys(table, columns: levels).keys
    var groups: [RowKeys.Key: [Int32]] = [:]
    for (row, key) in RowKeys(base, columns: levels).keys.enumerated() {
      groups[key, default: []].append(Int32(row))
    }
    guard let leading = numbers.max(by: { spread($0, base) < spread($1, base) }) else {
      return rows.map { groups[keys[$0]] ?? [] }
    }
    guard let order = base.columns[leading.column].numeric else { return rows.map { _ in [] } }
    for key in groups.keys {
      groups[key]?.sort { (order[Int($0)] ?? 0, $0) < (order[Int($1)] ?? 0, $1) }
    }
    let sorted = groups
    return try parallelChunks(count: rows.count, chunk: 512, threads: threads) {
      range throws(NumericsError) -> [[Int32]] in
      range.map { place in
        let row = rows[place]
        guard let group = sorted[keys[row]] else { return [] }
        return alike(table, row, base, group, leading)
      }
    }.flatMap { $0 }
  }

  private func alike(
    _ table: AlignedTable, _ row: Int, _ base: AlignedTable, _ group: [Int32],
    _ leading: (column: Int, tolerance: Double)
  ) -> [Int32] {
    guard let own = table.columns[leading.column].numeric,
      let order = base.columns[leading.column].numeric
    else { return [] }
    let least = (own[row] ?? 0) - leading.tolerance
    let most = (own[row] ?? 0) + leading.tolerance
    var low = 0
    var high = group.count
    while low < high {
      let middle = (low + high) / 2
      if (order[Int(group[middle])] ?? 0) < least { low = middle + 1 } else { high = middle }
    }
    var found: [Int32] = []
    while low < group.count, (order[Int(group[low])] ?? 0) <= most {
      if isAlike(table, row, base, Int(group[low])) { found.append(group[low]) }
      low += 1
    }
    return found.sorted()
  }

  /// Whether two rows are alike, levels and numbers.
  func agree(_ table: AlignedTable, _ row: Int, _ base: AlignedTable, _ other: Int) -> Bool {
    levels.allSatisfy { table.columns[$0].nominal?[row] == base.columns[$0].nominal?[other] }
      && isAlike(table, row, base, other)
  }

  private func isAlike(_ table: AlignedTable, _ row: Int, _ base: AlignedTable, _ other: Int)
    -> Bool
  {
    for (column, tolerance) in numbers {
      let own = table.columns[column].numeric?[row]
      let theirs = base.columns[column].numeric?[other]
      switch (own, theirs) {
      case (nil, nil): continue
      case (let a?, let b?): if abs(a - b) > tolerance { return false }
      default: return false
      }
    }
    return true
  }

  /// How many tolerances the rows of a column spread over: the more, the better it tells them apart.
  private func spread(
    _ number: (column: Int, tolerance: Double), _ base: AlignedTable
  ) -> Double {
    guard let values = base.columns[number.column].numeric else { return 0 }
    // Different values tell apart what a tolerance of 0 does not say.
    let seen = Set((0..<min(500, values.count)).map { (values[$0] ?? 0).bitPattern })
    return Double(seen.count)
  }
}
