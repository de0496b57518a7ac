/// How many points lie in the ball around each centre, and in how many balls each point lies.
public struct BallCounts: Sendable, Hashable {
  /// The points in the ball of each centre.
  public var inBall: [Int32]
  /// The balls that hold each point.
  public var holding: [Int32]
  /// Whether each centre lies in the ball of any point; empty where points have no balls.
  public var isReached: [Bool]

  /// The pairs of a ball and a point in it.
  public var pairs: Int { inBall.reduce(0) { $0 + Int($1) } }

  /// Counts.
  ///
  /// One matrix product in single precision decides almost all pairs; those within its error bound
  /// of the surface are decided in double precision from the values as given. The counts are those of
  /// comparing all pairs in double precision, the same for any number of threads.
  ///
  /// - Parameters:
  ///   - centres: The centres.
  ///   - squaredRadii: The squared radius of each; at least 0, infinite for everything.
  ///   - points: The points.
  ///   - pointSquaredRadii: The squared radii of balls around the points, where centres are to be
  ///     looked for in them.
  ///   - isClosed: Whether the surface belongs to a ball.
  ///   - excludingSelf: Whether centre *i* and point *i* are the same row, which does not count.
  ///   - threads: How many tiles of centres are in work at one time.
  /// - Throws: ``NumericsError`` `.cancelled`.
  /// - Complexity: O(centres · points · dimensions).
  public init(
    centres: EuclideanPoints, squaredRadii: [Double], points: EuclideanPoints,
    pointSquaredRadii: [Double]? = nil, isClosed: Bool = false, excludingSelf: Bool = false,
    threads: Int = 1
  ) throws(NumericsError) {
    precondition(centres.dimensions == points.dimensions, "points of one space are expected")
    precondition(squaredRadii.count == centres.count, "a radius for each centre is expected")
    precondition(
      pointSquaredRadii.map { $0.count == points.count } ?? true,
      "a radius for each point is expected")
    precondition(
      !excludingSelf || (centres.count == points.count && pointSquaredRadii == nil),
      "the same rows are expected on both sides")
    let counting = BallCounting(
      centres: centres, squaredRadii: squaredRadii, blocks: EuclideanBlocks(points),
      pointSquaredRadii: pointSquaredRadii, isClosed: isClosed)
    let parts = try parallelChunks(
      count: centres.count, chunk: 4 * EuclideanBlocks.tile, threads: threads
    ) { range throws(NumericsError) in counting.counted(range) }
    inBall = []
    isReached = []
    holding = [Int32](repeating: 0, count: points.count)
    for part in parts {
      inBall += part.inBall
      isReached += part.isReached
      for point in holding.indices { holding[point] += part.holding[point] }
    }
    guard excludingSelf else { return }
    // A row is at distance 0 of itself.
    for row in inBall.indices where squaredRadii[row] > 0 || isClosed {
      inBall[row] -= 1
      holding[row] -= 1
    }
  }
}

/// The work of ``BallCounts``.
struct BallCounting: Sendable {
  let centres: EuclideanPoints
  let squaredRadii: [Double]
  let blocks: EuclideanBlocks
  let pointSquaredRadii: [Double]?
  let isClosed: Bool

  struct Part: Sendable {
    var inBall: [Int32] = []
    var isReached: [Bool] = []
    var holding: [Int32]
  }

  func counted(_ range: Range<Int>) -> Part {
    var part = Part(holding: [Int32](repeating: 0, count: blocks.points.count))
    // Radii of points in units of keys; what rounding does to them is in the error of a query.
    let reaches = pointSquaredRadii.map { radii in
      radii.map { Float($0 * blocks.squaredScale) }
    }
    let farthest = (reaches ?? []).reduce(0) { $1 < .infinity ? max($0, Double($1)) : $0 }
    var lower = range.lowerBound
    while lower < range.upperBound {
      let rows = lower..<min(lower + EuclideanBlocks.tile, range.upperBound)
      count(rows, reaches, farthest, &part)
      lower = rows.upperBound
    }
    return part
  }

  private func count(
    _ rows: Range<Int>, _ reaches: [Float]?, _ farthest: Double, _ part: inout Part
  ) {
    let tile = blocks.tile(centres, rows)
    var inside = [Int32](repeating: 0, count: rows.count)
    var reached = [Bool](repeating: false, count: reaches == nil ? 0 : rows.count)
    unsafe blocks.forEachBlock(tile) { first, count, keys in
      for index in 0..<rows.count {
        let line = unsafe keys + index * count
        let row = rows.lowerBound + index
        let bounds = Bounds(
          around: squaredRadii[row] * blocks.squaredScale - tile.norms[index],
          error: tile.errors[index])
        inside[index] += unsafe inBall(row, bounds, line, first, count, &part.holding)
        if let reaches, !reached[index] {
          let error = tile.errors[index] + 0x1p-22 * (farthest + tile.norms[index])
          reached[index] = unsafe isReached(
            row, Bounds(around: -tile.norms[index], error: error), line, first, count, reaches)
        }
      }
    }
    part.inBall += inside
    part.isReached += reached
  }

  /// Below which key a pair is inside, and from which it is outside.
  private struct Bounds {
    var inside: Float
    var outside: Float

    init(around key: Double, error: Double) {
      // A radius without end holds everything, an error without end decides nothing.
      inside = error < .infinity ? Float(key - error).nextDown : -.infinity
      outside = error < .infinity ? Float(key + error).nextUp : .infinity
      if key == .infinity {
        inside = .infinity
        outside = .infinity
      }
    }
  }

  @unsafe private func inBall(
    _ row: Int, _ bounds: Bounds, _ line: UnsafePointer<Float>, _ first: Int, _ count: Int,
    _ holding: inout [Int32]
  ) -> Int32 {
    // SAFETY: a line holds `count` keys, at most as many as a block has lanes, and the block's points
    // are among those counted.
    unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: EuclideanBlocks.lanes) { open in
      unsafe holding.withUnsafeMutableBufferPointer { buffer -> Int32 in
        guard let base = buffer.baseAddress, let open = open.baseAddress else { return 0 }
        let held = unsafe base + first
        let found = unsafe KeyLoops.countInside(
          line, count: count, inside: bounds.inside, outside: bounds.outside, held: held,
          open: open)
        var total = found.sure
        for index in 0..<found.open {
          let place = unsafe Int(open[index])
          if holds(row, first + place, squaredRadii[row]) {
            unsafe held[place] &+= 1
            total &+= 1
          }
        }
        return total
      }
    }
  }

  @unsafe private func isReached(
    _ row: Int, _ bounds: Bounds, _ line: UnsafePointer<Float>, _ first: Int, _ count: Int,
    _ reaches: [Float]
  ) -> Bool {
    guard let radii = pointSquaredRadii else { return false }
    // SAFETY: a line holds `count` keys, at most as many as a block has lanes, and there is a radius
    // for every point.
    return unsafe withUnsafeTemporaryAllocation(
      of: Int32.self, capacity: EuclideanBlocks.lanes
    ) { open in
      unsafe reaches.withUnsafeBufferPointer { buffer -> Bool in
        guard let base = buffer.baseAddress, let open = open.baseAddress else { return false }
        let found = unsafe KeyLoops.isReached(
          line, base + first, count: count, inside: bounds.inside, outside: bounds.outside,
          open: open)
        if found.isSure { return true }
        return (0..<found.open).contains { index in
          let point = unsafe first + Int(open[index])
          return holds(row, point, radii[point])
        }
      }
    }
  }

  private func holds(_ row: Int, _ point: Int, _ squaredRadius: Double) -> Bool {
    let distance = centres.squaredDistance(row, to: blocks.points, point)
    return isClosed ? distance <= squaredRadius : distance < squaredRadius
  }
}
