/// The loops that compare one query with the lanes of one block.
///
/// Plain loops over unsafe buffers, four dimensions a pass: the form that becomes vector code at
/// the default target. Generic vector types were slower.
@unsafe struct BlockKernel {
  /// Where each kind of dimension ends.
  let differences: Int
  let codes: Int
  let dimensions: Int
  /// Blocks of dimensions × lanes values.
  let values: UnsafePointer<Int16>
  let weights: UnsafePointer<Int16>
  /// Rows of as many values as there are dimensions.
  let queries: UnsafePointer<Int16>
  /// One sum a lane.
  let sums: UnsafeMutablePointer<Int16>

  /// Sets `sums` to the distances of a query to the rows of a block, in quanta.
  ///
  /// No sum exceeds 16 bits: all weights together are at most 16,000.
  ///
  /// - Returns: How many sums are within the limit.
  @inline(__always)
  func accumulate(_ number: Int, _ row: Int, _ limit: Int16) -> Int16 {
    let lanes = BaseBlocks.lanes
    // SAFETY: the maker gives blocks and queries of these sizes and asks for existing ones.
    let block = unsafe values + number * dimensions * lanes
    let q = unsafe queries + row * dimensions
    let (weights, sums) = unsafe (weights, sums)
    let (differences, codes, dimensions) = unsafe (differences, codes, dimensions)
    for lane in 0..<lanes { unsafe sums[lane] = 0 }
    var index = 0
    while index + 4 <= differences {
      let b = unsafe block + index * lanes
      let (q0, q1, q2, q3) = unsafe (q[index], q[index + 1], q[index + 2], q[index + 3])
      for lane in 0..<lanes {
        let first = unsafe gap(q0, b[lane]) &+ gap(q1, b[lanes + lane])
        let second = unsafe gap(q2, b[2 * lanes + lane]) &+ gap(q3, b[3 * lanes + lane])
        unsafe sums[lane] &+= first &+ second
      }
      index += 4
    }
    while index < differences {
      let b = unsafe block + index * lanes
      let q0 = unsafe q[index]
      for lane in 0..<lanes { unsafe sums[lane] &+= gap(q0, b[lane]) }
      index += 1
    }
    while index + 4 <= codes {
      let b = unsafe block + index * lanes
      let (q0, q1, q2, q3) = unsafe (q[index], q[index + 1], q[index + 2], q[index + 3])
      let (w0, w1) = unsafe (weights[index], weights[index + 1])
      let (w2, w3) = unsafe (weights[index + 2], weights[index + 3])
      for lane in 0..<lanes {
        let first = unsafe (b[lane] != q0 ? w0 : 0) &+ (b[lanes + lane] != q1 ? w1 : 0)
        let second =
          unsafe (b[2 * lanes + lane] != q2 ? w2 : 0) &+ (b[3 * lanes + lane] != q3 ? w3 : 0)
        unsafe sums[lane] &+= first &+ second
      }
      index += 4
    }
    while index < codes {
      let b = unsafe block + index * lanes
      let (q0, weight) = unsafe (q[index], weights[index])
      for lane in 0..<lanes { unsafe sums[lane] &+= b[lane] != q0 ? weight : 0 }
      index += 1
    }
    while index < dimensions {
      let b = unsafe block + index * lanes
      let (q0, weight) = unsafe (q[index], weights[index])
      for lane in 0..<lanes {
        let difference = unsafe gap(q0, b[lane])
        unsafe sums[lane] &+= difference < weight ? difference : weight
      }
      index += 1
    }
    var hits: Int16 = 0
    for lane in 0..<lanes { hits &+= unsafe sums[lane] <= limit ? 1 : 0 }
    return hits
  }

  /// Adds a row of a table of bounds.
  @inline(__always)
  static func add(
    _ count: Int, _ table: UnsafePointer<Int16>, _ bounds: UnsafeMutablePointer<Int16>
  ) {
    // SAFETY: the caller gives `count` numbers in each.
    for block in 0..<count { unsafe bounds[block] &+= table[block] }
  }

  /// Adds how far a value lies outside each block's range, at most the weight.
  @inline(__always)
  static func addGaps(
    _ count: Int, _ q: Int16, _ weight: Int16, _ lows: UnsafePointer<Int16>,
    _ highs: UnsafePointer<Int16>, _ bounds: UnsafeMutablePointer<Int16>
  ) {
    // SAFETY: the caller gives `count` numbers in each.
    for block in 0..<count {
      let below = unsafe lows[block] &- q
      let above = unsafe q &- highs[block]
      let gap = below > above ? below : above
      let outside = gap > 0 ? gap : 0
      unsafe bounds[block] &+= outside < weight ? outside : weight
    }
  }
}

/// |a − b|.
@inline(__always)
private func gap(_ a: Int16, _ b: Int16) -> Int16 {
  a > b ? a &- b : b &- a
}
