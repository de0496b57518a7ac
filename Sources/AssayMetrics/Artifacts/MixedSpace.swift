import AssayDocument
package import AssayNumerics
package import AssayTable

/// Rows as points of the rank-Gower space of the pooled real rows.
package struct MixedSpace {
  /// The real rows: training and, where there is one, holdout.
  package let pooled: [MixedPoints]

  private let columns: [Int]
  private let scales: [RankScale?]
  private let threads: Int

  package init(
    _ frame: ExchangeableFrame, columns: [Int], threads: Int
  ) throws(MetricError) {
    try self.init(columns.map { frame.pool($0) }, columns: columns, threads: threads)
  }

  /// The space of some real rows: for each column its sides.
  package init(
    _ pools: [[ColumnData]], columns: [Int], threads: Int
  ) throws(MetricError) {
    self.columns = columns
    self.threads = threads
    let found = try parallelMap(columns.count, threads: threads) {
      index throws(MetricError) -> PooledColumn in
      try PooledColumn(pools[index])
    }
    scales = found.map(\.scale)
    pooled = found[0].sides.indices.map { side in MixedPoints(found.map { $0.sides[side] }) }
  }

  /// Rows of another table, or some of them.
  package func points(_ table: AlignedTable, rows: [Int]?) throws(MetricError) -> MixedPoints {
    MixedPoints(
      try parallelMap(columns.count, threads: threads) { index in
        switch table.columns[columns[index]] {
        case .nominal(let codes):
          return .nominal(codes: rows.map { $0.map { codes[$0] } } ?? codes)
        case .numeric(let values):
          let scale = scales[index]
          let cells = (rows ?? Array(0..<values.count)).map { values[$0] }
          return .numeric(
            positions: cells.map { $0.flatMap { scale?.position(of: $0) } ?? 0 },
            isMissing: values.validity == nil ? [] : cells.map { $0 == nil })
        case .bytes(let values):
          return .nominal(codes: [Int32](repeating: 0, count: rows?.count ?? values.count))
        }
      })
  }
}

/// One column of the pooled real rows, and the scale that they make.
private struct PooledColumn: Sendable {
  private(set) var sides: [MixedDimension] = []
  private(set) var scale: RankScale?

  init(_ pool: [ColumnData]) throws(MetricError) {
    let numbers = pool.compactMap(\.numeric)
    guard numbers.count == pool.count else {
      sides = pool.map { side in
        if case .nominal(let codes) = side { return .nominal(codes: codes) }
        return .nominal(codes: [Int32](repeating: 0, count: side.count))
      }
      return
    }
    let values = numbers.flatMap(\.presentValues)
    let (sorted, order) = sorted(values.span, carrying: (0..<Int32(values.count)).map { $0 })
    if !sorted.isEmpty {
      do throws(NumericsError) {
        scale = try RankScale(sorted: sorted.span)
      } catch {
        throw MetricError(error)
      }
    }
    let positions = Self.positions(order, sorted)
    var next = 0
    for side in numbers {
      if let validity = side.validity {
        var own = [Double](repeating: 0, count: side.count)
        var missing = [Bool](repeating: false, count: side.count)
        for row in 0..<side.count {
          if validity[row] {
            own[row] = positions[next]
            next += 1
          } else {
            missing[row] = true
          }
        }
        sides.append(.numeric(positions: own, isMissing: missing))
      } else {
        sides.append(.numeric(positions: Array(positions[next..<next + side.count])))
        next += side.count
      }
    }
  }

  /// The mid-rank position of each value, which is what its scale gives for it.
  private static func positions(_ order: [Int32], _ sorted: [Double]) -> [Double] {
    var positions = [Double](repeating: 0, count: order.count)
    let twice = Double(2 * order.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, sorted[end] == sorted[start] { end += 1 }
      let position = Double(start + end) / twice
      for place in start..<end { positions[Int(order[place])] = position }
      start = end
    }
    return positions
  }
}
