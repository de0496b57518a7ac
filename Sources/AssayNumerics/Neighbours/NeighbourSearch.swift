/// The search for a batch of queries.
///
/// First each query looks into the few blocks that promise most, which gives it a limit. Then the
/// blocks are taken one after the other, each compared with all queries of the batch whose limit
/// it may meet, so that a block is fetched from memory once a batch.
struct NeighbourSearch {
  private let space: SearchSpace
  private let blocks: BaseBlocks
  private let excludingSelf: Bool
  private let secondNearest: Bool
  /// How many nearest rows are wanted of each query; 0 for the rows at the smallest distance alone.
  private let neighbours: Int
  private let rows: Range<Int>
  /// How many blocks are looked into at most; `nil` for all that may matter.
  private let visits: Int?

  /// What is known of each query so far.
  private var states: [State]
  /// The limit of each query: no sum of quanta above it can belong to a row that is wanted.
  private var limits: [Int16]
  /// The least sum of quanta of each block: query by query, block by block.
  private var bounds: [Int16]

  private struct State {
    var best = Double.infinity
    var second = Double.infinity
    var nearby: [(row: Int32, distance: Double)] = []
  }

  /// How many queries are a batch.
  static let batch = 64
  /// How many blocks a query looks into before the blocks are taken in turn.
  private static let firstVisits = 12
  /// How finely the bounds of blocks are told apart.
  private static let classes = 16
  /// The same where only some blocks are looked into.
  private static let fineClasses = 1_024
  /// Distances closer than this, relative, are equal.
  private static let tolerance = 1e-12

  init(
    space: SearchSpace, blocks: BaseBlocks, rows: Range<Int>, excludingSelf: Bool,
    secondNearest: Bool, neighbours: Int = 0, visits: Int? = nil
  ) {
    precondition(visits ?? 1 >= 1, "at least one block is looked into")
    self.space = space
    self.blocks = blocks
    self.rows = rows
    self.excludingSelf = excludingSelf
    self.secondNearest = secondNearest
    self.neighbours = neighbours
    self.visits = visits
    states = [State](repeating: State(), count: rows.count)
    limits = [Int16](repeating: .max, count: rows.count)
    bounds = [Int16](repeating: 0, count: rows.count * blocks.count)
  }

  /// Finds the rows at the smallest distance of all queries of the batch.
  mutating func run() -> NearestNeighbours {
    search()
    return collect()
  }

  /// Finds the `neighbours` nearest rows of all queries of the batch, nearest first.
  mutating func runRanked() -> [(row: Int32, distance: Double)] {
    search()
    return states.flatMap(\.nearby)
  }

  private mutating func search() {
    let lanes = BaseBlocks.lanes
    let (space, blocks) = (space, blocks)
    if space.weights.isEmpty {
      considerAll()
      return
    }
    // SAFETY: the buffers outlive the kernel, which is not kept; what it reads lies inside them
    // because blocks and queries are numbered by the same counts that they were made with.
    unsafe withUnsafeTemporaryAllocation(of: Int16.self, capacity: lanes) { sums in
      unsafe blocks.values.withUnsafeBufferPointer { values in
        unsafe space.weights.withUnsafeBufferPointer { weights in
          unsafe space.queries.withUnsafeBufferPointer { queries in
            guard let values = values.baseAddress, let weights = weights.baseAddress,
              let queries = queries.baseAddress, let sums = sums.baseAddress
            else { return }
            let kernel = unsafe BlockKernel(
              differences: space.differences, codes: space.differences + space.mismatches,
              dimensions: space.weights.count, values: values, weights: weights,
              queries: queries, sums: sums)
            for query in 0..<rows.count { unsafe begin(query, kernel) }
            if visits == nil { unsafe sweep(kernel) }
          }
        }
      }
    }
  }

  /// Bounds all blocks for a query and looks into those with the lowest bounds.
  private mutating func begin(_ query: Int, _ kernel: BlockKernel) {
    let count = blocks.count
    let start = query * count
    boundBlocks(query)
    if let visits {
      unsafe look(into: visits, query, kernel)
      return
    }
    guard var least = (start..<start + count).first else { return }
    for place in start..<start + count where bounds[place] < bounds[least] { least = place }
    unsafe scan(least - start, query, kernel)
    bounds[least] = .max

    // Blocks in classes of their bounds: what lies in the first classes is visited.
    let width = Int(limits[query]) / Self.classes + 1
    var sizes = [Int](repeating: 0, count: Self.classes)
    for place in start..<start + count where bounds[place] <= limits[query] {
      if bounds[place] == .max { continue }
      sizes[Int(bounds[place]) / width] += 1
    }
    var visits = 0
    var edge = 0
    for size in sizes {
      visits += size
      if visits > Self.firstVisits { break }
      edge += width
    }
    // A bound of .max marks a block that has been visited.
    edge = min(edge, Int(Int16.max))
    for place in start..<start + count
    where Int(bounds[place]) < edge && bounds[place] <= limits[query] {
      unsafe scan(place - start, query, kernel)
      bounds[place] = .max
    }
  }

  /// Looks into so many blocks: those that the query itself would be in, then those with the lowest
  /// bounds, of equal ones the first.
  private mutating func look(into visits: Int, _ query: Int, _ kernel: BlockKernel) {
    let count = blocks.count
    let start = query * count
    guard count > 0 else { return }
    let own = (rows.lowerBound + query) * space.weights.count
    let home = blocks.home(
      of: space.queries.span.extracting(own..<own + space.weights.count))
    var left = visits
    for block in home where left > 0 {
      unsafe scan(block, query, kernel)
      bounds[start + block] = .max
      left -= 1
    }
    let width = Int(limits[query]) / Self.fineClasses + 1
    var sizes = [Int](repeating: 0, count: Self.fineClasses)
    for place in start..<start + count where bounds[place] <= limits[query] {
      if bounds[place] != .max { sizes[Int(bounds[place]) / width] += 1 }
    }
    // Whole classes as far as they go, then the first blocks of the next one.
    var edge = 0
    for size in sizes {
      if size > left { break }
      left -= size
      edge += width
    }
    let limit = limits[query]
    for place in start..<start + count where bounds[place] <= limit && bounds[place] != .max {
      let bound = Int(bounds[place])
      if bound >= edge {
        guard bound < edge + width, left > 0 else { continue }
        left -= 1
      }
      if bounds[place] <= limits[query] { unsafe scan(place - start, query, kernel) }
    }
  }

  /// Takes the blocks in turn for all queries that they may still matter to.
  private mutating func sweep(_ kernel: BlockKernel) {
    for block in 0..<blocks.count {
      for query in 0..<rows.count {
        let bound = bounds[query * blocks.count + block]
        if bound <= limits[query] && bound != .max { unsafe scan(block, query, kernel) }
      }
    }
  }

  /// Compares a query with the rows of one block.
  @inline(__always)
  private mutating func scan(_ block: Int, _ query: Int, _ kernel: BlockKernel) {
    let lanes = BaseBlocks.lanes
    let row = rows.lowerBound + query
    // The limit sinks while candidates are considered, so fewer than `left` may be found.
    let limit = limits[query]
    var left = unsafe kernel.accumulate(block, row, limit)
    var lane = 0
    let places = min(lanes, space.baseCount - block * lanes)
    while left > 0 && lane < places {
      let sum = unsafe kernel.sums[lane]
      if sum <= limit {
        left -= 1
        if sum <= limits[query] { consider(blocks.order[block * lanes + lane], query) }
      }
      lane += 1
    }
  }

  /// Confirms a candidate in double precision and keeps it if it is among the nearest.
  private mutating func consider(_ base: Int32, _ query: Int) {
    let row = rows.lowerBound + query
    if excludingSelf && Int(base) == row { return }
    let distance = space.distance(query: row, base: Int(base))
    if neighbours > 0 {
      rank(base, distance, query)
      return
    }
    let best = states[query].best
    if distance < best {
      // Rows that were nearest may still be equal but for rounding.
      if distance < best * (1 - 2 * Self.tolerance) {
        states[query].nearby.removeAll(keepingCapacity: true)
      }
      states[query].second = best
      states[query].best = distance
      states[query].nearby.append((base, distance))
    } else {
      states[query].second = min(states[query].second, distance)
      if distance <= best * (1 + Self.tolerance) { states[query].nearby.append((base, distance)) }
    }
    limits[query] = space.limit(secondNearest ? states[query].second : states[query].best)
  }

  /// Puts a candidate where it belongs among the nearest so far; of equal ones the first row wins.
  private mutating func rank(_ base: Int32, _ distance: Double, _ query: Int) {
    let held = states[query].nearby.count
    if held == neighbours {
      let last = states[query].nearby[held - 1]
      if (distance, base) >= (last.distance, last.row) { return }
      states[query].nearby.removeLast()
    }
    var place = states[query].nearby.count
    while place > 0 {
      let other = states[query].nearby[place - 1]
      if (other.distance, other.row) < (distance, base) { break }
      place -= 1
    }
    states[query].nearby.insert((base, distance), at: place)
    if states[query].nearby.count == neighbours {
      limits[query] = space.limit(states[query].nearby[neighbours - 1].distance)
    }
  }

  /// Without any dimension all rows are equal.
  private mutating func considerAll() {
    for query in 0..<rows.count {
      for base in 0..<space.baseCount { consider(Int32(truncatingIfNeeded: base), query) }
    }
  }

  private func collect() -> NearestNeighbours {
    var found = NearestNeighbours(distances: [], secondDistances: [], offsets: [0], indices: [])
    for state in states {
      let most = state.best * (1 + Self.tolerance)
      found.distances.append(state.best)
      if secondNearest { found.secondDistances.append(state.second) }
      found.indices += state.nearby.filter { $0.distance <= most }.map(\.row).sorted()
      found.offsets.append(found.indices.count)
    }
    return found
  }

  /// Sets the least sum of quanta that a row of each block can have for a query.
  private mutating func boundBlocks(_ query: Int) {
    let count = blocks.count
    let dimensions = space.weights.count
    let codes = space.differences..<(space.differences + space.mismatches)
    // SAFETY: the tables of bounds hold `count` numbers for each dimension, and for each bucket
    // of each dimension of codes; `bounds` holds `count` numbers for each query.
    unsafe bounds.withUnsafeMutableBufferPointer { bounds in
      unsafe blocks.mismatches.withUnsafeBufferPointer { mismatches in
        unsafe blocks.lows.withUnsafeBufferPointer { lows in
          unsafe blocks.highs.withUnsafeBufferPointer { highs in
            guard let first = bounds.baseAddress, let lows = lows.baseAddress,
              let highs = highs.baseAddress
            else { return }
            let bounds = unsafe first + query * count
            for index in 0..<dimensions {
              let q = space.queries[(rows.lowerBound + query) * dimensions + index]
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
}
