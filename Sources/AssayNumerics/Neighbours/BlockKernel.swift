/// The loops that compare one query with the lanes of one block.
///
/// Plain loops over unsafe buffers, four dimensions a pass: the form that becomes vector code at
/// the default target. Generic vector types were slower.
enum BlockKernel {
  /// Sets `sums` to the distances of the query to the rows of a block.
  @inline(__always)
  static func accumulate(
    _ space: SearchSpace, _ block: UnsafePointer<Float>, _ q: UnsafePointer<Float>,
    _ sums: UnsafeMutablePointer<Float>
  ) {
    let lanes = BaseBlocks.lanes
    let differences = space.differences
    let codes = differences + space.mismatches
    // SAFETY: the caller gives a block of dimensions × lanes values, a query of as many numbers
    // as there are dimensions and sums of as many as there are lanes.
    for lane in 0..<lanes { unsafe sums[lane] = 0 }
    var index = 0
    while index + 4 <= differences {
      let b = unsafe block + index * lanes
      let (q0, q1, q2, q3) = unsafe (q[index], q[index + 1], q[index + 2], q[index + 3])
      for lane in 0..<lanes {
        let first = unsafe abs(q0 - b[lane]) + abs(q1 - b[lanes + lane])
        let second = unsafe abs(q2 - b[2 * lanes + lane]) + abs(q3 - b[3 * lanes + lane])
        unsafe sums[lane] += first + second
      }
      index += 4
    }
    while index < differences {
      let b = unsafe block + index * lanes
      let q0 = unsafe q[index]
      for lane in 0..<lanes { unsafe sums[lane] += abs(q0 - b[lane]) }
      index += 1
    }
    while index + 4 <= codes {
      let b = unsafe block + index * lanes
      let (q0, q1, q2, q3) = unsafe (q[index], q[index + 1], q[index + 2], q[index + 3])
      let (w0, w1) = (space.dimensions[index].weight, space.dimensions[index + 1].weight)
      let (w2, w3) = (space.dimensions[index + 2].weight, space.dimensions[index + 3].weight)
      for lane in 0..<lanes {
        let first = unsafe (b[lane] != q0 ? w0 : 0) + (b[lanes + lane] != q1 ? w1 : 0)
        let second =
          unsafe (b[2 * lanes + lane] != q2 ? w2 : 0) + (b[3 * lanes + lane] != q3 ? w3 : 0)
        unsafe sums[lane] += first + second
      }
      index += 4
    }
    while index < codes {
      let b = unsafe block + index * lanes
      let q0 = unsafe q[index]
      let weight = space.dimensions[index].weight
      for lane in 0..<lanes { unsafe sums[lane] += b[lane] != q0 ? weight : 0 }
      index += 1
    }
    while index < space.dimensions.count {
      let b = unsafe block + index * lanes
      let q0 = unsafe q[index]
      let weight = space.dimensions[index].weight
      for lane in 0..<lanes {
        let difference = unsafe abs(q0 - b[lane])
        unsafe sums[lane] += difference < weight ? difference : weight
      }
      index += 1
    }
  }
}
