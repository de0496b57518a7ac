import AssayNumerics
import AssayTable

/// Which rows are set aside: whole entities, and identical rows on one side.
struct RowSplit: Sendable {
  /// Whether each row goes to the holdout.
  let isHeldOut: [Bool]
  /// Entities, each of one row or more that stay together.
  let units: Int
  /// Entities in the holdout.
  let heldUnits: Int

  /// Draws entities in random order until their rows come as near to `share` as whole entities
  /// can.
  ///
  /// - Parameters:
  ///   - units: The entity of each row, counted from 0.
  ///   - share: The share of the rows to set aside, above 0 and below 1.
  ///   - seed: The same seed and rows give the same split.
  init(units: [Int], share: Double, seed: UInt64) {
    let count = (units.max() ?? -1) + 1
    var sizes = [Int](repeating: 0, count: count)
    for unit in units { sizes[unit] += 1 }
    var order = Array(0..<count)
    var random = SplitMix64(state: seed)
    for position in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(position, Int(random.next(upperBound: UInt64(position + 1))))
    }
    let wanted = max(1, Int((Double(units.count) * share).rounded()))
    var isHeld = [Bool](repeating: false, count: count)
    var rows = 0
    var held = 0
    for unit in order where held < count - 1 {
      let lacking = wanted - rows
      if lacking <= 0 || held > 0 && sizes[unit] - lacking > lacking { break }
      isHeld[unit] = true
      rows += sizes[unit]
      held += 1
    }
    isHeldOut = units.map { isHeld[$0] }
    self.units = count
    heldUnits = held
  }

  /// The rows in the holdout.
  var heldRows: Int { isHeldOut.reduce(0) { $1 ? $0 + 1 : $0 } }

  /// The entity of each row by its whole contents: identical rows are one entity.
  static func units(of bodies: some Sequence<ArraySlice<UInt8>>) -> [Int] {
    var known: [ArraySlice<UInt8>: Int] = [:]
    return bodies.map { body in
      if let unit = known[body] { return unit }
      let unit = known.count
      known[body] = unit
      return unit
    }
  }

  /// The entity of each row by a column; a row without a value stands alone, unless identical to
  /// another.
  static func units(of column: RawColumn, bodies: [ArraySlice<UInt8>]) -> [Int] {
    var byValue: [String: Int] = [:]
    var byBody: [ArraySlice<UInt8>: Int] = [:]
    var count = 0
    return bodies.indices.map { row in
      let known: Int?
      let key = key(of: column.values, row)
      if let key { known = byValue[key] } else { known = byBody[bodies[row]] }
      if let known { return known }
      if let key { byValue[key] = count } else { byBody[bodies[row]] = count }
      count += 1
      return count - 1
    }
  }

  private static func key(of values: RawValues, _ row: Int) -> String? {
    switch values {
    case .numeric(let values): values[row].map { "\($0)" }
    case .temporal(let values): values[row].map { "\($0)" }
    case .coded(let values): values[row]
    case .text(let values): values[row]
    }
  }
}

extension SplitMix64 {
  /// A number below `upperBound`, each as likely as the others.
  mutating func next(upperBound: UInt64) -> UInt64 {
    precondition(upperBound > 0, "an empty range has no numbers")
    // Numbers at the top that would favour some remainders are drawn again.
    let limit = UInt64.max - UInt64.max % upperBound
    while true {
      let bits = next()
      if bits < limit { return bits % upperBound }
    }
  }
}
