/// The search for one query after another, with the memory that it needs again each time.
struct NeighbourSearch {
  private let space: SearchSpace
  private let blocks: BaseBlocks
  private let excludingSelf: Bool
  private let secondNearest: Bool

  /// What has been found so far, query after query.
  private(set) var found = NearestNeighbours(
    distances: [], secondDistances: [], offsets: [0], indices: [])

  private var query: [Float]
  private var bounds: [Float]
  private var sums = [Float](repeating: 0, count: BaseBlocks.lanes)
  private var visits: [Int32]
  private var starts = [Int](repeating: 0, count: NeighbourSearch.classes + 1)
  private var nearby: [(row: Int32, distance: Double)] = []
  private var best = Double.infinity
  private var second = Double.infinity
  /// No sum or bound above this can belong to a row that is wanted.
  private var limit = Float.infinity

  init(space: SearchSpace, blocks: BaseBlocks, excludingSelf: Bool, secondNearest: Bool) {
    self.space = space
    self.blocks = blocks
    self.excludingSelf = excludingSelf
    self.secondNearest = secondNearest
    query = [Float](repeating: 0, count: space.dimensions.count)
    bounds = [Float](repeating: 0, count: blocks.count)
    visits = [Int32](repeating: 0, count: blocks.count)
  }

  /// Finds the nearest rows of a query and appends them to what was found.
  mutating func run(_ row: Int) {
    best = .infinity
    second = .infinity
    limit = .infinity
    nearby.removeAll(keepingCapacity: true)
    for index in query.indices { query[index] = space.dimensions[index].queries[row] }
    boundBlocks()
    if blocks.count > 0 {
      let first = leastBound()
      scan(first, row)
      visitOthers(than: first, row)
    }
    let most = best * (1 + Self.tolerance)
    found.distances.append(best)
    if secondNearest { found.secondDistances.append(second) }
    let rows = nearby.filter { $0.distance <= most }.map(\.row).sorted()
    found.indices += rows
    found.offsets.append(found.indices.count)
  }

  /// How finely the bounds of blocks are told apart.
  private static let classes = 16
  /// Distances closer than this, relative, are equal.
  private static let tolerance = 1e-12

  /// The block with the least bound.
  private func leastBound() -> Int {
    var first = 0
    var least = Float.infinity
    for block in 0..<bounds.count where bounds[block] < least {
      first = block
      least = bounds[block]
    }
    return first
  }

  /// Scans the other blocks that may hold a wanted row, those with low bounds first.
  private mutating func visitOthers(than first: Int, _ row: Int) {
    // A few classes of bounds are as good as a full sort and cost two passes.
    var scale = Float(Self.classes) / limit
    if !scale.isFinite { scale = 0 }
    for index in starts.indices { starts[index] = 0 }
    let highest = Float(Self.classes - 1)
    for block in 0..<bounds.count where bounds[block] <= limit {
      starts[Int(min(highest, bounds[block] * scale)) + 1] += 1
    }
    for index in 1...Self.classes { starts[index] += starts[index - 1] }
    let members = starts[Self.classes]
    for block in 0..<bounds.count where bounds[block] <= limit {
      let index = Int(min(highest, bounds[block] * scale))
      visits[starts[index]] = Int32(truncatingIfNeeded: block)
      starts[index] += 1
    }
    for place in 0..<members {
      let block = Int(visits[place])
      if block != first && bounds[block] <= limit { scan(block, row) }
    }
  }

  /// Confirms a candidate in double precision and keeps it if it is among the nearest.
  private mutating func consider(_ base: Int32, _ row: Int) {
    if excludingSelf && Int(base) == row { return }
    let distance = space.distance(query: row, base: Int(base))
    if distance < best {
      // Rows that were nearest may still be equal but for rounding.
      if distance < best * (1 - 2 * Self.tolerance) { nearby.removeAll(keepingCapacity: true) }
      second = best
      best = distance
      nearby.append((base, distance))
    } else {
      second = min(second, distance)
      if distance <= best * (1 + Self.tolerance) { nearby.append((base, distance)) }
    }
    let wanted = (secondNearest ? second : best) * (1 + Self.tolerance) + space.slack
    limit = Float(wanted).nextUp
  }

  /// Sets the least distance that a row of each block can have, in single precision.
  private mutating func boundBlocks() {
    let count = blocks.count
    let differences = space.differences
    let codes = differences + space.mismatches
    let dimensions = space.dimensions
    for block in 0..<count { bounds[block] = 0 }
    for index in dimensions.indices {
      let q = query[index]
      // SAFETY: the tables of bounds hold `count` numbers for each dimension, and for each bucket
      // of each dimension of codes; `bounds` holds `count` numbers.
      unsafe bounds.withUnsafeMutableBufferPointer { bounds in
        if index >= differences && index < codes {
          let start = ((index - differences) * BaseBlocks.buckets + BaseBlocks.bucket(q)) * count
          unsafe blocks.mismatches.withUnsafeBufferPointer { table in
            for block in 0..<count { unsafe bounds[block] += table[start + block] }
          }
          return
        }
        let cap = index < differences ? Float.infinity : dimensions[index].weight
        unsafe blocks.lows.withUnsafeBufferPointer { lows in
          unsafe blocks.highs.withUnsafeBufferPointer { highs in
            for block in 0..<count {
              let below = unsafe lows[index * count + block] - q
              let above = unsafe q - highs[index * count + block]
              let gap = below > above ? below : above
              let outside = gap > 0 ? gap : 0
              unsafe bounds[block] += outside < cap ? outside : cap
            }
          }
        }
      }
    }
  }

  /// Compares the query with the rows of one block.
  private mutating func scan(_ block: Int, _ row: Int) {
    let lanes = BaseBlocks.lanes
    let dimensions = space.dimensions.count
    var hits: Int32 = 0
    let limit = limit
    // SAFETY: a block holds `dimensions` runs of `lanes` values, `query` holds `dimensions`
    // numbers and `sums` holds `lanes`.
    unsafe blocks.values.withUnsafeBufferPointer { values in
      unsafe query.withUnsafeBufferPointer { query in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          guard let values = values.baseAddress, let q = query.baseAddress,
            let sums = sums.baseAddress
          else { return }
          let start = unsafe values + block * dimensions * lanes
          unsafe BlockKernel.accumulate(space, start, q, sums)
          for lane in 0..<lanes { hits &+= unsafe sums[lane] <= limit ? 1 : 0 }
        }
      }
    }
    guard hits > 0 else { return }
    let places = min(lanes, space.baseCount - block * lanes)
    for lane in 0..<places where sums[lane] <= self.limit {
      consider(blocks.order[block * lanes + lane], row)
    }
  }
}
