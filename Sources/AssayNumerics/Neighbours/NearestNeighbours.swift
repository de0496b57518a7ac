/// For every query the exact distance to its nearest base rows, and all rows at that distance.
///
/// The rows are kept compactly: those of query *i* are
/// `indices[offsets[i]..<offsets[i + 1]]`, in ascending order.
public struct NearestNeighbours: Sendable, Hashable {
  /// The distance of each query to its nearest base row; infinite when there is no base row.
  public var distances: [Double]
  /// The distance to the second nearest base row, duplicates counted; empty unless asked for,
  /// infinite when there is no second row.
  public var secondDistances: [Double]
  /// Where the rows of each query begin; one more than there are queries.
  public var offsets: [Int]
  /// The base rows at the minimal distance.
  public var indices: [Int32]

  /// The number of queries.
  public var count: Int { distances.count }

  /// The base rows nearest to a query, ascending.
  ///
  /// - Parameter query: The row of the query.
  /// - Returns: All base rows at the minimal distance, duplicates included.
  public func rows(nearest query: Int) -> ArraySlice<Int32> {
    indices[offsets[query]..<offsets[query + 1]]
  }

  /// How much of the queries each base row attracts, ties split equally.
  ///
  /// - Parameter baseCount: The number of base rows.
  /// - Returns: One weight a base row; together the number of queries that have a neighbour.
  /// - Complexity: O(queries + rows found).
  public func attractedWeights(baseCount: Int) -> [Double] {
    var weights = [Double](repeating: 0, count: baseCount)
    for query in 0..<count {
      let rows = rows(nearest: query)
      for row in rows { weights[Int(row)] += 1 / Double(rows.count) }
    }
    return weights
  }
}

/// The exact nearest base rows of every query under the mixed distance.
///
/// Distances closer than 10⁻¹² relative count as equal. Candidates are found by a lower bound in
/// 16-bit integers and confirmed in double precision, so that the result is exact and an exact
/// copy is at distance 0. Blocks of similar base rows that cannot hold a nearest row are
/// skipped; with many dimensions of independent numbers none can, and the search takes about
/// queries × rows × dimensions / 10¹⁰ seconds a thread.
///
/// - Parameters:
///   - queries: The rows to find neighbours for.
///   - base: The rows to search, with the same kinds of dimensions in the same order. The weights
///     are those of the base.
///   - excludingSelf: Whether query *i* and base row *i* are the same row, which is then left out.
///     Other rows with the same contents are not.
///   - secondNearest: Whether the distance to the second nearest row is wanted too; costs time.
///   - visits: How many blocks of 64 similar rows are looked into for a query, those that promise most;
///     `nil` for as many as an exact answer takes. With a limit the rows that are found may not be the
///     nearest, and their distances are then too large.
///   - threads: The most threads to use; the result does not depend on it.
/// - Returns: Distances and rows for each query.
/// - Throws: ``NumericsError`` `.cancelled` when the surrounding task is cancelled.
/// - Complexity: O(queries · rows · dimensions) at worst, a 64th of it for the limits of blocks;
///   O(rows · dimensions) memory.
public func nearest(
  queries: MixedPoints, base: MixedPoints, excludingSelf: Bool = false,
  secondNearest: Bool = false, blocks visits: Int? = nil, threads: Int = 1
) throws(NumericsError) -> NearestNeighbours {
  precondition(
    queries.dimensions.count == base.dimensions.count,
    "\(base.dimensions.count) dimensions are expected, not \(queries.dimensions.count)")
  let space = SearchSpace(queries: queries, base: base)
  let blocks = BaseBlocks(space: space)
  let parts = try parallelChunks(
    count: queries.count, chunk: NeighbourSearch.batch, threads: threads
  ) { rows in
    var search = NeighbourSearch(
      space: space, blocks: blocks, rows: rows, excludingSelf: excludingSelf,
      secondNearest: secondNearest, visits: visits)
    return search.run()
  }
  var result = NearestNeighbours(
    distances: [], secondDistances: [], offsets: [0], indices: [])
  result.distances.reserveCapacity(queries.count)
  result.offsets.reserveCapacity(queries.count + 1)
  for part in parts {
    result.distances += part.distances
    result.secondDistances += part.secondDistances
    let start = result.indices.count
    result.indices += part.indices
    result.offsets += part.offsets.dropFirst().map { $0 + start }
  }
  return result
}
