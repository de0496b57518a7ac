package import AssayNumerics

/// The pooled real rows that each query row goes to, in equal shares: training rows first.
///
/// The rows of query *i* are `rows[offsets[i]..<offsets[i + 1]]`; there may be none.
package struct AttractedRows: Sendable {
  package private(set) var offsets = [0]
  package private(set) var rows: [Int32] = []

  /// The number of queries.
  package var count: Int { offsets.count - 1 }

  /// Adds a query that goes to some rows in equal shares.
  package mutating func append(_ found: some Sequence<Int32>) {
    rows.append(contentsOf: found)
    offsets.append(rows.count)
  }

  /// Adds `sign` times what a query gives to its rows.
  @inline(__always)
  package func add(_ query: Int, times sign: Double, to weights: inout [Double]) {
    let range = offsets[query]..<offsets[query + 1]
    guard !range.isEmpty else { return }
    let share = sign / Double(range.count)
    for row in rows[range] { weights[Int(row)] += share }
  }

  /// What each of `count` pooled rows attracts of all queries.
  package func weights(_ count: Int) -> [Double] {
    var weights = [Double](repeating: 0, count: count)
    for query in 0..<self.count { add(query, times: 1, to: &weights) }
    return weights
  }

  /// Joins a search of training rows and one of holdout rows: the closer side takes the query, ties
  /// are split over all rows at the smallest distance.
  package init(_ near: NearestNeighbours, _ far: NearestNeighbours, training: Int) {
    for query in 0..<near.count {
      let a = near.distances[query]
      let b = far.distances[query]
      let isTied = abs(a - b) <= 1e-12 * max(a, b)
      var found: [Int32] = []
      if isTied || a < b { found += near.rows(nearest: query) }
      if isTied || b < a { found += far.rows(nearest: query).map { $0 + Int32(training) } }
      append(found)
    }
  }

  package init() {}
}
