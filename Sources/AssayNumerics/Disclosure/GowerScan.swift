/// The nearest base rows of targets over many sets of columns at once.
///
/// Distances are sums over columns of |u − v| for numbers and 1 for a mismatch or one missing side, in
/// whole quanta that fit 16 bits, so that rows closer than about half a thousandth a column are equally
/// near. All columns weigh alike. Every base row is looked at for every target: with several sets of
/// columns what a column adds is computed once a set.
public struct GowerScan: Sendable {
  /// The columns that a distance is made of.
  public enum ColumnSet: Sendable, Hashable {
    /// These.
    case only([Int])
    /// All but one.
    case allBut(Int)
  }

  /// The number of targets.
  public let targets: Int
  /// The number of base rows.
  public let rows: Int
  let unit: Int16
  let columns: [ScanColumn]

  /// How many base rows are looked at together.
  static let block = 1024

  /// Brings targets and base rows into a common form.
  ///
  /// - Parameters:
  ///   - targets: The rows whose neighbours are wanted.
  ///   - base: The rows to search, with the same kinds of dimensions in the same order.
  public init(targets: MixedPoints, base: MixedPoints) {
    precondition(
      targets.dimensions.count == base.dimensions.count && targets.dimensions.count <= 16_000,
      "the same dimensions are expected, at most 16,000")
    // Twice the unit stands for missing, and no sum may exceed 16 bits.
    let unit = Int16(min(2_048, 32_000 / (targets.dimensions.count + 1)))
    self.unit = unit
    self.targets = targets.count
    rows = base.count
    columns = zip(targets.dimensions, base.dimensions).map {
      ScanColumn(target: $0, base: $1, unit: unit)
    }
  }

  /// Calls `body` with the base rows nearest to each target for each set of columns.
  ///
  /// - Parameters:
  ///   - sets: The sets of columns; one of no column makes all rows equally near.
  ///   - threads: The most threads to use; no result depends on it.
  ///   - body: Given the set, the target and all nearest rows, ascending; none without a base row.
  /// - Returns: What `body` returned: set by set, target by target.
  /// - Throws: ``NumericsError`` `.cancelled`.
  /// - Complexity: O(targets · rows · columns over all sets).
  public func nearest<Result: Sendable>(
    _ sets: [ColumnSet], threads: Int = 1,
    _ body: @Sendable (_ set: Int, _ target: Int, _ rows: [Int32]) -> Result
  ) throws(NumericsError) -> [[Result]] {
    let parts = try parallelChunks(count: targets, chunk: 16, threads: threads) {
      range -> [[Result]] in
      var found = [[Result]](repeating: [], count: sets.count)
      var ties = [[Int32]](repeating: [], count: sets.count)
      for target in range {
        nearest(of: target, sets, &ties)
        for set in sets.indices { found[set].append(body(set, target, ties[set])) }
      }
      return found
    }
    return sets.indices.map { set in parts.flatMap { $0[set] } }
  }

  private func nearest(of target: Int, _ sets: [ColumnSet], _ ties: inout [[Int32]]) {
    for set in sets.indices { ties[set].removeAll(keepingCapacity: true) }
    var best = [Int16](repeating: .max, count: sets.count)
    let needsTotal = sets.contains { if case .allBut = $0 { true } else { false } }
    var total = ScanSums()
    var sums = ScanSums()
    for start in stride(from: 0, to: rows, by: Self.block) {
      let count = min(Self.block, rows - start)
      if needsTotal {
        total.clear()
        for column in columns { total.add(column, target, start, count, unit) }
      }
      for (set, choice) in sets.enumerated() {
        switch choice {
        case .only(let chosen):
          sums.clear()
          for column in chosen { sums.add(columns[column], target, start, count, unit) }
        case .allBut(let column):
          sums.take(total)
          sums.subtract(columns[column], target, start, count, unit)
        }
        let least = sums.least(count)
        if least < best[set] {
          best[set] = least
          ties[set].removeAll(keepingCapacity: true)
        }
        if least == best[set] { sums.appendPlaces(of: least, count, start, to: &ties[set]) }
      }
    }
  }

  /// For each target the least k at which its k nearest rows by some columns and its k nearest rows by
  /// others have a row in common; `limit` + 1 where no k up to `limit` does.
  ///
  /// - Parameters:
  ///   - splits: The two sets of columns of each attack.
  ///   - limit: The largest k; at least 1.
  ///   - tieKeys: Two orders in which equally near rows are taken, one for each set of columns: in the
  ///     order of the file, sides would agree by themselves.
  ///   - threads: The most threads to use; no result depends on it.
  /// - Returns: Split by split, target by target.
  /// - Throws: ``NumericsError`` `.cancelled`.
  /// - Complexity: O(targets · rows · columns over all splits).
  public func linkOrders(
    _ splits: [(first: [Int], second: [Int])], limit: Int,
    tieKeys: (first: [UInt64], second: [UInt64]), threads: Int = 1
  ) throws(NumericsError) -> [[Int]] {
    precondition(limit >= 1, "at least one neighbour is expected")
    precondition(
      tieKeys.first.count == rows && tieKeys.second.count == rows, "a key a row is expected")
    let parts = try parallelChunks(count: targets, chunk: 16, threads: threads) {
      range -> [[Int]] in
      var found = [[Int]](repeating: [], count: splits.count)
      for target in range {
        for (split, sides) in splits.enumerated() {
          let first = closest(target, sides.first, limit, tieKeys.first)
          let second = closest(target, sides.second, limit, tieKeys.second)
          found[split].append(linkOrder(first, second) ?? limit + 1)
        }
      }
      return found
    }
    return splits.indices.map { split in parts.flatMap { $0[split] } }
  }

  /// The rows nearest to a target, nearest first.
  private func closest(
    _ target: Int, _ chosen: [Int], _ limit: Int, _ keys: [UInt64]
  ) -> [Int32] {
    var nearest = NearestFew(limit: limit)
    var sums = ScanSums()
    for start in stride(from: 0, to: rows, by: Self.block) {
      let count = min(Self.block, rows - start)
      sums.clear()
      for column in chosen { sums.add(columns[column], target, start, count, unit) }
      if sums.least(count) > nearest.bound { continue }
      for lane in 0..<count where sums.values[lane] <= nearest.bound {
        nearest.consider(sums.values[lane], keys[start + lane], Int32(start + lane))
      }
    }
    return nearest.rows
  }
}

/// The least k at which the first k of two lists have an element in common.
///
/// - Returns: At least 1; `nil` where the lists have none in common.
public func linkOrder(_ first: [Int32], _ second: [Int32]) -> Int? {
  var least: Int?
  for (place, row) in first.enumerated() {
    guard let other = second.firstIndex(of: row) else { continue }
    let order = max(place, other) + 1
    if order < least ?? .max { least = order }
  }
  return least
}

/// A few rows with the smallest distances, ties in the order of their keys.
private struct NearestFew {
  private let limit: Int
  private var entries: [(distance: Int16, key: UInt64, row: Int32)] = []

  init(limit: Int) {
    self.limit = limit
    entries.reserveCapacity(limit + 1)
  }

  /// No row further away can be among them.
  var bound: Int16 { entries.count < limit ? .max : entries[limit - 1].distance }

  var rows: [Int32] { entries.map(\.row) }

  mutating func consider(_ distance: Int16, _ key: UInt64, _ row: Int32) {
    if entries.count == limit, let last = entries.last,
      (last.distance, last.key) <= (distance, key)
    {
      return
    }
    var place = entries.count
    while place > 0, (entries[place - 1].distance, entries[place - 1].key) > (distance, key) {
      place -= 1
    }
    entries.insert((distance, key, row), at: place)
    if entries.count > limit { entries.removeLast() }
  }
}
