/// The nearest base rows of every query, nearest first.
///
/// Those of query *i* are at `i * width ..< (i + 1) * width`.
public struct RankedNeighbours: Sendable, Hashable {
  /// How many there are of each query: as many as were asked for, fewer where the base is smaller.
  public var width: Int
  /// Their distances, ascending.
  public var distances: [Double]
  /// The base rows; of rows at equal distance those that come first.
  public var rows: [Int32]

  package init(width: Int, distances: [Double], rows: [Int32]) {
    self.width = width
    self.distances = distances
    self.rows = rows
  }

  /// The number of queries.
  public var count: Int { width > 0 ? distances.count / width : 0 }

  /// The distances of a query, ascending.
  public func distances(of query: Int) -> ArraySlice<Double> {
    distances[query * width..<(query + 1) * width]
  }

  /// The rows of a query, nearest first.
  public func rows(of query: Int) -> ArraySlice<Int32> {
    rows[query * width..<(query + 1) * width]
  }
}

/// The exact `count` nearest base rows of every query under the mixed distance.
///
/// The search is that of ``nearest(queries:base:excludingSelf:secondNearest:blocks:threads:)``. Which
/// of several rows at the last distance are taken depends on their order; the distances do not.
///
/// - Parameters:
///   - count: How many rows are wanted of each query; at least 1.
///   - queries: The rows to find neighbours for.
///   - base: The rows to search, with the same kinds of dimensions in the same order. The weights
///     are those of the base.
///   - excludingSelf: Whether query *i* and base row *i* are the same row, which is then left out.
///   - threads: The most threads to use; the result does not depend on it.
/// - Returns: Distances and rows for each query.
/// - Throws: ``NumericsError`` `.cancelled` when the surrounding task is cancelled.
/// - Complexity: O(queries · (rows · dimensions + `count`²)) at worst.
public func nearest(
  _ count: Int, queries: MixedPoints, base: MixedPoints, excludingSelf: Bool = false,
  threads: Int = 1
) throws(NumericsError) -> RankedNeighbours {
  precondition(count >= 1, "at least one neighbour is expected, not \(count)")
  precondition(
    queries.dimensions.count == base.dimensions.count,
    "\(base.dimensions.count) dimensions are expected, not \(queries.dimensions.count)")
  let width = max(0, min(count, base.count - (excludingSelf ? 1 : 0)))
  guard width > 0 else { return RankedNeighbours(width: 0, distances: [], rows: []) }
  let space = SearchSpace(queries: queries, base: base)
  let blocks = BaseBlocks(space: space)
  let parts = try parallelChunks(
    count: queries.count, chunk: NeighbourSearch.batch, threads: threads
  ) { rows in
    var search = NeighbourSearch(
      space: space, blocks: blocks, rows: rows, excludingSelf: excludingSelf,
      secondNearest: false, neighbours: width)
    return search.runRanked()
  }
  var result = RankedNeighbours(width: width, distances: [], rows: [])
  result.distances.reserveCapacity(queries.count * width)
  result.rows.reserveCapacity(queries.count * width)
  for part in parts {
    for found in part {
      result.distances.append(found.distance)
      result.rows.append(found.row)
    }
  }
  return result
}
