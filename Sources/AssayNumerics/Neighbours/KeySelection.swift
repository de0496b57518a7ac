/// The smallest keys of each query of a tile, in ascending order.
struct KeySelection {
  private let kept: Int
  private var keys: [Float]
  private var found: [Int32]
  private var counts: [Int]
  /// The key that the next one must be below.
  private var limits: [Float]

  init(queries: Int, kept: Int) {
    self.kept = kept
    keys = [Float](repeating: .infinity, count: queries * kept)
    found = [Int32](repeating: -1, count: queries * kept)
    counts = [Int](repeating: 0, count: queries)
    limits = [Float](repeating: .infinity, count: queries)
  }

  /// How many keys a query has.
  func count(_ query: Int) -> Int { counts[query] }

  /// The largest key that is kept.
  func worst(_ query: Int) -> Float { keys[query * kept + kept - 1] }

  /// The rows that are kept.
  func rows(_ query: Int) -> ArraySlice<Int32> {
    found[query * kept..<query * kept + counts[query]]
  }

  /// Takes the keys of a block.
  ///
  /// - Parameters:
  ///   - block: `count` keys for each query.
  ///   - first: The base row of the first key.
  ///   - count: The rows of the block.
  ///   - ownRow: The base row that is the first query itself, where rows are not their own
  ///     neighbours.
  @unsafe mutating func take(
    _ block: UnsafePointer<Float>, first: Int, count: Int, ownRow: Int?
  ) {
    for query in limits.indices {
      // SAFETY: the caller gives `count` keys for each query.
      let line = unsafe block + query * count
      let own = ownRow.map { $0 + query - first } ?? -1
      var limit = limits[query]
      var lane = unsafe KeyLoops.nextBelow(limit, line, from: 0, count: count)
      while lane < count {
        if lane != own { limit = unsafe insert(line[lane], Int32(first + lane), query) }
        lane = unsafe KeyLoops.nextBelow(limit, line, from: lane + 1, count: count)
      }
      limits[query] = limit
    }
  }

  /// Takes the products of some rows with a block of the same rows, each pair for both.
  ///
  /// - Parameters:
  ///   - products: `count` numbers −2·q·b for each row.
  ///   - rows: The rows, all kept here by their index.
  ///   - first: The first row of the block.
  ///   - count: The rows of the block. Pairs with rows up to the own are left out.
  ///   - norms: |b|² of every row.
  @unsafe mutating func take(
    _ products: UnsafePointer<Float>, rows: Range<Int>, first: Int, count: Int, norms: [Float]
  ) {
    for row in rows {
      // SAFETY: the caller gives `count` products for each row; `norms` and `limits` have a number for
      // every row, and the block ends at the last.
      let line = unsafe products + (row - rows.lowerBound) * count
      let norm = norms[row]
      var lane = max(0, row + 1 - first)
      while lane < count {
        lane = unsafe norms.withUnsafeBufferPointer { norms in
          unsafe limits.withUnsafeBufferPointer { limits in
            guard let norms = norms.baseAddress, let limits = limits.baseAddress else {
              return count
            }
            return unsafe KeyLoops.nextEither(
              line, norms: norms + first, limits: limits + first, from: lane, count: count,
              norm: norm, limit: limits[row])
          }
        }
        guard lane < count else { break }
        let (product, other) = unsafe (line[lane], first + lane)
        let (own, its) = (product + norms[other], product + norm)
        if own < limits[row] { limits[row] = insert(own, Int32(other), row) }
        if its < limits[other] { limits[other] = insert(its, Int32(row), other) }
        lane += 1
      }
    }
  }

  /// Takes what another selection for the same queries has kept of other rows.
  mutating func take(_ other: KeySelection) {
    for query in limits.indices {
      for place in query * kept..<query * kept + other.counts[query] {
        guard other.keys[place] < limits[query] else { break }
        limits[query] = insert(other.keys[place], other.found[place], query)
      }
    }
  }

  /// Puts a key in its place.
  ///
  /// - Returns: The key that the next one must be below.
  private mutating func insert(_ key: Float, _ row: Int32, _ query: Int) -> Float {
    let start = query * kept
    var place = min(counts[query], kept - 1)
    while place > 0, keys[start + place - 1] > key {
      keys[start + place] = keys[start + place - 1]
      found[start + place] = found[start + place - 1]
      place -= 1
    }
    keys[start + place] = key
    found[start + place] = row
    if counts[query] < kept { counts[query] += 1 }
    return counts[query] == kept ? keys[start + kept - 1] : .infinity
  }
}
