/// A copy of the values in ascending order.
///
/// Large arrays are sorted by their bits, eight at a time (a radix sort); digits that all values
/// share cost no pass, so that integers and rounded numbers sort faster still. −0 sorts before 0.
///
/// - Parameter values: Fewer than 2³² values, free of NaN; infinities are allowed.
/// - Returns: The values in ascending order.
/// - Complexity: O(*n*) above 1,024 values, else O(*n* log *n*); O(*n*) further memory.
public func sortedCopy(_ values: Span<Double>) -> [Double] {
  let count = values.count
  precondition(count <= Int(UInt32.max), "at most \(UInt32.max) values are expected, not \(count)")
  if count <= 1024 {
    var result: [Double] = []
    result.reserveCapacity(count)
    for index in 0..<count { result.append(values[index]) }
    result.sort { orderedKey($0) < orderedKey($1) }
    return result
  }
  let keys = unsafe [UInt64](unsafeUninitializedCapacity: count) { buffer, filled in
    // SAFETY: the buffer has room for `count` keys, and all are set.
    for index in 0..<count { unsafe buffer[index] = orderedKey(values[index]) }
    filled = count
  }
  let sorted = RadixSort.sort(keys)
  return unsafe [Double](unsafeUninitializedCapacity: count) { buffer, filled in
    // SAFETY: as above.
    for index in 0..<count { unsafe buffer[index] = value(ofKey: sorted[index]) }
    filled = count
  }
}

/// The permutation that puts the values in ascending order.
///
/// - Parameter values: Fewer than 2³¹ values, free of NaN.
/// - Returns: Indices into `values`; equal values keep their order.
/// - Complexity: O(*n*) above 1,024 values, else O(*n* log *n*); O(*n*) further memory.
public func sortPermutation(_ values: Span<Double>) -> [Int32] {
  sorted(values, carrying: (0..<Int32(values.count)).map { $0 }).carried
}

/// The values in ascending order, and what is carried with each.
///
/// - Parameters:
///   - values: Fewer than 2³¹ values, free of NaN; −0 comes back as 0.
///   - carried: A number for each value.
/// - Returns: Both in the order of the values; equal values keep their order.
/// - Complexity: O(*n*) above 1,024 values, else O(*n* log *n*); O(*n*) further memory.
package func sorted(
  _ values: Span<Double>, carrying carried: [Int32]
) -> (values: [Double], carried: [Int32]) {
  let count = values.count
  precondition(count <= Int(Int32.max), "at most \(Int32.max) values are expected, not \(count)")
  precondition(carried.count == count, "\(count) numbers are expected, not \(carried.count)")
  var keys = [UInt64](repeating: 0, count: count)
  // Adding 0 turns −0 into 0: for ranks they are one value.
  for index in 0..<count { keys[index] = orderedKey(values[index] + 0) }
  let found: (keys: [UInt64], carried: [Int32])
  if count > 1024 {
    found = RadixSort.sort(keys, carrying: carried)
  } else {
    let order = (0..<count).sorted { (keys[$0], $0) < (keys[$1], $1) }
    found = (order.map { keys[$0] }, order.map { carried[$0] })
  }
  return (found.keys.map(value(ofKey:)), found.carried)
}

/// Bits that compare as unsigned integers in the order of the numbers.
@inline(__always)
private func orderedKey(_ value: Double) -> UInt64 {
  let bits = value.bitPattern
  // Negative numbers have all bits turned, the others only the sign.
  return bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) &>> 63) | 1 &<< 63)
}

@inline(__always)
private func value(ofKey key: UInt64) -> Double {
  let turned = key &>> 63 == 1 ? 1 &<< 63 : UInt64.max
  return Double(bitPattern: key ^ turned)
}

/// Least-significant-digit radix sort on 64-bit keys, eight bits a pass, stable.
enum RadixSort {
  private static let bits: UInt64 = 8
  private static let buckets = 1 << 8
  private static let passes = 8

  static func sort(_ keys: consuming [UInt64]) -> [UInt64] {
    let starts = passStarts(keys)
    var from = keys
    var to = [UInt64](repeating: 0, count: from.count)
    for pass in 0..<passes {
      guard var next = starts[pass] else { continue }
      let shift = bits * UInt64(pass)
      // SAFETY: the starts are the running totals of this digit's counts over these very keys,
      // so each key gets a place of its own in 0..<count.
      unsafe from.withUnsafeBufferPointer { from in
        unsafe to.withUnsafeMutableBufferPointer { to in
          unsafe next.withUnsafeMutableBufferPointer { next in
            for index in 0..<from.count {
              let key = unsafe from[index]
              let digit = Int(truncatingIfNeeded: key &>> shift) & (buckets - 1)
              let place = unsafe next[digit]
              unsafe next[digit] = place &+ 1
              unsafe to[place] = key
            }
          }
        }
      }
      swap(&from, &to)
    }
    return from
  }

  static func sort(
    _ keys: [UInt64], carrying order: [Int32]
  ) -> (keys: [UInt64], carried: [Int32]) {
    let starts = passStarts(keys)
    var from = order
    var to = [Int32](repeating: 0, count: keys.count)
    var fromKeys = keys
    var toKeys = [UInt64](repeating: 0, count: keys.count)
    for pass in 0..<passes {
      guard var next = starts[pass] else { continue }
      let shift = bits * UInt64(pass)
      // SAFETY: as above; the four buffers have the same count.
      unsafe fromKeys.withUnsafeBufferPointer { fromKeys in
        unsafe toKeys.withUnsafeMutableBufferPointer { toKeys in
          unsafe from.withUnsafeBufferPointer { from in
            unsafe to.withUnsafeMutableBufferPointer { to in
              unsafe next.withUnsafeMutableBufferPointer { next in
                for index in 0..<from.count {
                  let key = unsafe fromKeys[index]
                  let digit = Int(truncatingIfNeeded: key &>> shift) & (buckets - 1)
                  let place = unsafe next[digit]
                  unsafe next[digit] = place &+ 1
                  unsafe toKeys[place] = key
                  unsafe to[place] = from[index]
                }
              }
            }
          }
        }
      }
      swap(&from, &to)
      swap(&fromKeys, &toKeys)
    }
    return (fromKeys, from)
  }

  /// For each pass the first place of each digit, or nil where all keys have the same digit.
  private static func passStarts(_ keys: [UInt64]) -> [[Int]?] {
    var counts = [UInt32](repeating: 0, count: buckets * passes)
    // SAFETY: a digit is masked to 0..<buckets, so each index is below buckets * passes.
    unsafe keys.withUnsafeBufferPointer { keys in
      unsafe counts.withUnsafeMutableBufferPointer { counts in
        for index in 0..<keys.count {
          let key = unsafe keys[index]
          for pass in 0..<passes {
            let digit = Int(truncatingIfNeeded: key &>> (bits * UInt64(pass))) & (buckets - 1)
            unsafe counts[pass * buckets + digit] &+= 1
          }
        }
      }
    }
    return (0..<passes).map { pass in
      var starts: [Int] = []
      starts.reserveCapacity(buckets)
      var total = 0
      for digit in 0..<buckets {
        let count = Int(counts[pass * buckets + digit])
        if count == keys.count { return nil }
        starts.append(total)
        total += count
      }
      return starts
    }
  }
}
