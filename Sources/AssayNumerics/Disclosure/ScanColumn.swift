/// One column of a scan in quanta.
struct ScanColumn: Sendable {
  /// How a pair of values is compared.
  enum Comparison: Sendable {
    /// |q − b|; nothing is missing.
    case difference
    /// min(|q − b|, unit), missing at twice the unit.
    case capped
    /// The unit where codes differ.
    case mismatch
  }

  let comparison: Comparison
  let targets: [Int16]
  let base: [Int16]

  init(target: MixedDimension, base: MixedDimension, unit: Int16) {
    switch (target.values, base.values) {
    case (.numeric(let u), .numeric(let v)):
      let isMissing = u.contains(where: \.isNaN) || v.contains(where: \.isNaN)
      comparison = isMissing ? .capped : .difference
      let quantised = { (x: Double) in
        x.isNaN ? 2 * unit : Int16((x * Double(unit)).rounded(.down))
      }
      targets = u.map(quantised)
      self.base = v.map(quantised)
    case (.nominal(let a), .nominal(let b)):
      comparison = .mismatch
      // Only what a target holds can match: other codes are all alike, and 16 bits are enough for
      // so many targets as are ever scanned together; beyond that codes share a number.
      var numbers: [Int32: Int16] = [:]
      targets = a.map { code in
        guard code >= 0 else { return -1 }
        if let number = numbers[code] { return number }
        let number = Int16(truncatingIfNeeded: numbers.count & 0x7fff)
        numbers[code] = number
        return number
      }
      self.base = b.map { code in code < 0 ? -1 : numbers[code] ?? -2 }
    default:
      preconditionFailure("a numeric dimension cannot be compared with a nominal one")
    }
  }
}

/// The sums of one block of rows.
struct ScanSums {
  private(set) var values = [Int16](repeating: 0, count: GowerScan.block)

  mutating func clear() {
    for lane in values.indices { values[lane] = 0 }
  }

  /// Takes over the sums of others, in place: an assignment would share and then copy the storage.
  mutating func take(_ other: ScanSums) {
    // SAFETY: both hold a block of sums.
    unsafe values.withUnsafeMutableBufferPointer { own in
      unsafe other.values.withUnsafeBufferPointer { theirs in
        for lane in 0..<GowerScan.block { unsafe own[lane] = theirs[lane] }
      }
    }
  }

  /// Adds what a column makes of the distances of a target.
  mutating func add(
    _ column: ScanColumn, _ target: Int, _ start: Int, _ count: Int, _ unit: Int16
  ) {
    change(column, target, start, count, unit, sign: 1)
  }

  /// Takes it away again.
  mutating func subtract(
    _ column: ScanColumn, _ target: Int, _ start: Int, _ count: Int, _ unit: Int16
  ) {
    change(column, target, start, count, unit, sign: -1)
  }

  /// Plain loops over unsafe buffers, the form that becomes vector code.
  @inline(__always)
  private mutating func change(
    _ column: ScanColumn, _ target: Int, _ start: Int, _ count: Int, _ unit: Int16, sign: Int16
  ) {
    let q = column.targets[target]
    // SAFETY: `start + count` is at most the number of base rows, `count` at most a block.
    unsafe values.withUnsafeMutableBufferPointer { sums in
      unsafe column.base.withUnsafeBufferPointer { base in
        guard let sums = sums.baseAddress, let first = base.baseAddress else { return }
        let b = unsafe first + start
        switch column.comparison {
        case .difference:
          for lane in 0..<count {
            let gap = unsafe q > b[lane] ? q &- b[lane] : b[lane] &- q
            unsafe sums[lane] &+= sign &* gap
          }
        case .capped:
          for lane in 0..<count {
            let gap = unsafe q > b[lane] ? q &- b[lane] : b[lane] &- q
            unsafe sums[lane] &+= sign &* (gap < unit ? gap : unit)
          }
        case .mismatch:
          for lane in 0..<count { unsafe sums[lane] &+= b[lane] != q ? sign &* unit : 0 }
        }
      }
    }
  }

  /// The least of the first sums.
  func least(_ count: Int) -> Int16 {
    var least = Int16.max
    // SAFETY: `count` is at most a block.
    unsafe values.withUnsafeBufferPointer { sums in
      guard let sums = sums.baseAddress else { return }
      for lane in 0..<count { least = unsafe sums[lane] < least ? sums[lane] : least }
    }
    return least
  }

  /// Appends the places of a value.
  func appendPlaces(of value: Int16, _ count: Int, _ start: Int, to list: inout [Int32]) {
    for lane in 0..<count where values[lane] == value { list.append(Int32(start + lane)) }
  }
}
