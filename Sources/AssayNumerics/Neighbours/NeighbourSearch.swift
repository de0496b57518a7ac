/// The search for one query after another, with the memory that it needs again each time.
struct NeighbourSearch {
  private let space: SearchSpace
  private let blocks: BaseBlocks
  private let excludingSelf: Bool
  private let secondNearest: Bool

  /// What has been found so far, query after query.
  private(set) var found = NearestNeighbours(
    distances: [], secondDistances: [], offsets: [0], indices: [])

  private var query: [Int16]
  private var bounds: [Int16]
  private var sums = [Int16](repeating: 0, count: BaseBlocks.lanes)
  private var visits: [Int32]
  private var starts = [Int](repeating: 0, count: NeighbourSearch.classes + 1)
  private var nearby: [(row: Int32, distance: Double)] = []
  private var best = Double.infinity
  private var second = Double.infinity
  /// No sum or bound above this can belong to a row that is wanted.
  private var limit = Int16.max

  init(space: SearchSpace, blocks: BaseBlocks, excludingSelf: Bool, secondNearest: Bool) {
    self.space = space
    self.blocks = blocks
    self.excludingSelf = excludingSelf
    self.secondNearest = secondNearest
    query = [Int16](repeating: 0, count: space.comparisons.count)
    bounds = [Int16](repeating: 0, count: blocks.count)
    visits = [Int32](repeating: 0, count: blocks.count)
  }

  /// Finds the nearest rows of a query and appends them to what was found.
  mutating func run(_ row: Int) {
    best = .infinity
    second = .infinity
    limit = .max
    nearby.removeAll(keepingCapacity: true)
    for index in query.indices { query[index] = space.queries[row * query.count + index] }
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
    var least = Int16.max
    for block in 0..<bounds.count where bounds[block] < least {
      first = block
      least = bounds[block]
    }
    return first
  }

  /// Scans the other blocks that may hold a wanted row, those with low bounds first.
  private mutating func visitOthers(than first: Int, _ row: Int) {
    // A few classes of bounds are as good as a full sort and cost two passes.
    let width = limit / Int16(Self.classes) + 1
    for index in starts.indices { starts[index] = 0 }
    for block in 0..<bounds.count where bounds[block] <= limit {
      starts[Int(bounds[block] / width) + 1] += 1
    }
    for index in 1...Self.classes { starts[index] += starts[index - 1] }
    let members = starts[Self.classes]
    for block in 0..<bounds.count where bounds[block] <= limit {
      let index = Int(bounds[block] / width)
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
    limit = space.limit(secondNearest ? second : best)
  }

  /// Sets the least sum of quanta that a row of each block can have.
  private mutating func boundBlocks() {
    let count = blocks.count
    for block in 0..<count { bounds[block] = 0 }
    let codes = space.differences..<(space.differences + space.mismatches)
    // SAFETY: the tables of bounds hold `count` numbers for each dimension, and for each bucket
    // of each dimension of codes; `bounds` holds `count` numbers.
    unsafe bounds.withUnsafeMutableBufferPointer { bounds in
      unsafe blocks.mismatches.withUnsafeBufferPointer { mismatches in
        unsafe blocks.lows.withUnsafeBufferPointer { lows in
          unsafe blocks.highs.withUnsafeBufferPointer { highs in
            guard let bounds = bounds.baseAddress, let lows = lows.baseAddress,
              let highs = highs.baseAddress
            else { return }
            for index in query.indices {
              let q = query[index]
              if codes.contains(index), let mismatches = mismatches.baseAddress {
                let place = (index - codes.lowerBound) * BaseBlocks.buckets + BaseBlocks.bucket(q)
                unsafe BlockKernel.add(count, mismatches + place * count, bounds)
              } else {
                unsafe BlockKernel.addGaps(
                  count, q, space.weights[index], lows + index * count, highs + index * count,
                  bounds)
              }
            }
          }
        }
      }
    }
  }

  /// Compares the query with the rows of one block.
  private mutating func scan(_ block: Int, _ row: Int) {
    let lanes = BaseBlocks.lanes
    var left = sumLanes(block)
    var lane = 0
    // The limit sinks while candidates are considered, so fewer than `left` may be found.
    let first = limit
    let places = min(lanes, space.baseCount - block * lanes)
    while left > 0 && lane < places {
      let sum = sums[lane]
      if sum <= first {
        left -= 1
        if sum <= limit { consider(blocks.order[block * lanes + lane], row) }
      }
      lane += 1
    }
  }

  /// Sets the sums of quanta of a block's lanes; returns how many are within the limit.
  private mutating func sumLanes(_ block: Int) -> Int16 {
    let lanes = BaseBlocks.lanes
    let dimensions = query.count
    let limit = limit
    var hits: Int16 = 0
    // SAFETY: a block holds `dimensions` runs of `lanes` values, `query` and the weights hold
    // `dimensions` numbers and `sums` holds `lanes`.
    unsafe blocks.values.withUnsafeBufferPointer { values in
      unsafe space.weights.withUnsafeBufferPointer { weights in
        unsafe query.withUnsafeBufferPointer { query in
          unsafe sums.withUnsafeMutableBufferPointer { sums in
            guard let values = values.baseAddress, let q = query.baseAddress,
              let weights = weights.baseAddress, let sums = sums.baseAddress
            else { return }
            let start = unsafe values + block * dimensions * lanes
            unsafe BlockKernel.accumulate(space, start, q, weights, sums)
            for lane in 0..<lanes { hits &+= unsafe sums[lane] <= limit ? 1 : 0 }
          }
        }
      }
    }
    return hits
  }
}
