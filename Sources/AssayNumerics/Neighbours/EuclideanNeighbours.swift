/// The nearest base rows of every query by Euclidean distance, nearest first.
///
/// Rows at equal distance are in the order of their index. The rows of query *i* are
/// `indices[offsets[i]..<offsets[i + 1]]`.
public struct EuclideanNeighbours: Sendable, Hashable {
  /// How many neighbours were asked for, k.
  public var neighbours: Int
  /// Where the rows of each query begin; one more than there are queries.
  public var offsets: [Int]
  /// The base rows.
  public var indices: [Int32]
  /// Their squared distances, exactly 0 for copies.
  public var squaredDistances: [Double]

  /// The number of queries.
  public var count: Int { offsets.count - 1 }

  /// The base rows nearest to a query.
  public func rows(nearest query: Int) -> ArraySlice<Int32> {
    indices[offsets[query]..<offsets[query + 1]]
  }

  /// The squared distance of each query to its `rank`-th nearest base row; infinite where there are
  /// fewer.
  ///
  /// - Parameter rank: From 1 to ``neighbours``.
  /// - Returns: A squared distance for each query.
  public func squaredRadii(rank: Int) -> [Double] {
    precondition(rank >= 1 && rank <= neighbours, "a rank in 1...\(neighbours) is expected")
    return (0..<count).map { query in
      let place = offsets[query] + rank - 1
      return place < offsets[query + 1] ? squaredDistances[place] : .infinity
    }
  }
}

/// The exact k nearest base rows of every query by Euclidean distance.
///
/// A blocked matrix product in single precision finds candidates, a few more than are asked for;
/// their distances are computed again in double precision from the values as given. A row is done
/// where the error bound of the product proves that nothing else can be as near; otherwise all base
/// rows within reach are computed. The result is that of comparing all pairs in double precision, the
/// same for any number of threads.
///
/// - Parameters:
///   - queries: The rows to find neighbours for.
///   - base: The rows to search.
///   - neighbours: How many, k; at least 1.
///   - excludingSelf: Whether query *i* and base row *i* are the same row, which is left out.
///   - reportingTies: Whether all rows at the distance of the k-th are given, not the first by index.
///   - threads: How many tiles of queries are in work at one time.
/// - Returns: The rows of each query, nearest first.
/// - Throws: ``NumericsError`` `.cancelled`.
/// - Complexity: O(queries · base · dimensions); memory for a block beside the result.
public func nearest(
  queries: EuclideanPoints, base: EuclideanPoints, neighbours: Int, excludingSelf: Bool = false,
  reportingTies: Bool = false, threads: Int = 1
) throws(NumericsError) -> EuclideanNeighbours {
  precondition(neighbours >= 1, "at least 1 neighbour is expected, not \(neighbours)")
  precondition(queries.dimensions == base.dimensions, "points of one space are expected")
  precondition(
    !excludingSelf || queries.count == base.count, "the same rows are expected on both sides")
  let search = EuclideanSearch(
    queries: queries, blocks: EuclideanBlocks(base), neighbours: neighbours,
    excludingSelf: excludingSelf, reportingTies: reportingTies)
  let parts =
    excludingSelf && queries.count <= SelfSearch.mostRows && queries.count > EuclideanBlocks.tile
    ? try SelfSearch(search: search).found(threads: threads)
    : try parallelChunks(
      count: queries.count, chunk: 2 * EuclideanBlocks.tile, threads: threads
    ) { range throws(NumericsError) in search.found(range) }
  var result = EuclideanNeighbours(
    neighbours: neighbours, offsets: [0], indices: [], squaredDistances: [])
  result.offsets.reserveCapacity(queries.count + 1)
  for part in parts {
    for count in part.counts {
      result.offsets.append(result.offsets[result.offsets.count - 1] + count)
    }
    result.indices += part.indices
    result.squaredDistances += part.squaredDistances
  }
  return result
}
