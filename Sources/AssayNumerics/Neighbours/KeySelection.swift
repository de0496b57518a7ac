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
    let group = EuclideanBlocks.group
    for query in limits.indices {
      // SAFETY: the caller gives `count` keys for each query.
      let line = unsafe block + query * count
      let own = ownRow.map { $0 + query - first } ?? -1
      var limit = limits[query]
      var lane = 0
      while lane + group <= count {
        let keys = unsafe line + lane
        var hits: Int32 = 0
        for place in 0..<group { hits &+= unsafe keys[place] < limit ? 1 : 0 }
        if hits != 0 {
          for place in 0..<group where unsafe keys[place] < limit && lane + place != own {
            limit = unsafe insert(keys[place], Int32(first + lane + place), query)
          }
        }
        lane += group
      }
      while lane < count {
        if unsafe line[lane] < limit, lane != own {
          limit = unsafe insert(line[lane], Int32(first + lane), query)
        }
        lane += 1
      }
      limits[query] = limit
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
