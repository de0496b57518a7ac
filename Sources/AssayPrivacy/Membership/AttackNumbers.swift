import AssayMetrics
import AssayNumerics
import AssayTable

/// Rows as a learner reads them: ranks of numbers, levels numbered from the commonest down.
struct AttackNumbers: Sendable {
  /// The number of columns.
  var width: Int
  /// The number of targets, which are the first rows of the pool.
  var targets: Int
  /// The pool, row-major; NaN is missing.
  var pool: [Float]
  /// The synthetic rows.
  var synthetic: [Float]
  /// A random number for each row of the pool, by its contents: rows that are alike share it, and it
  /// says nothing of the side that a row is on.
  var draws: [UInt64]

  /// Levels with a number of their own, at most: as many as trees tell apart.
  private static let levels = 254

  init(_ frame: ExchangeableFrame, _ rows: MembershipRows.Chosen, _ points: AttackPoints) {
    width = rows.columns.count
    targets = rows.targets
    pool = [Float](repeating: 0, count: points.pool.count * width)
    synthetic = [Float](repeating: 0, count: points.synthetic.count * width)
    draws = []
    for index in rows.columns.indices {
      let rule = Self.rule(points.pool.dimensions[index], frame.levelNames(rows.columns[index]))
      for row in 0..<points.pool.count {
        pool[row * width + index] = rule(points.pool.dimensions[index], row)
      }
      for row in 0..<points.synthetic.count {
        synthetic[row * width + index] = rule(points.synthetic.dimensions[index], row)
      }
    }
    draws = (0..<points.pool.count).map { row in
      var key: UInt64 = 0x9E37_79B9_7F4A_7C15
      for index in 0..<width { key = RowEncoding.mixed(key, pool[row * width + index]) }
      return RowEncoding.mixed(key, 1)
    }
  }

  private static func rule(
    _ pool: MixedDimension, _ names: [String]?
  ) -> (MixedDimension, Int) -> Float {
    guard let codes = pool.codes else {
      return { dimension, row in dimension.position(row).map { Float($0) } ?? .nan }
    }
    var counts: [Int: Int] = [:]
    for code in codes where code >= 0 { counts[Int(code), default: 0] += 1 }
    func name(_ code: Int) -> String {
      guard let names, code < names.count else { return "" }
      return names[code]
    }
    let order = counts.sorted {
      ($0.value, name($1.key), $1.key) > ($1.value, name($0.key), $0.key)
    }.prefix(levels).map(\.key)
    var numbers: [Int: Float] = [:]
    for (place, code) in order.enumerated() { numbers[code] = Float(place) }
    let other = Float(order.count)
    return { dimension, row in
      let code = Int(dimension.codes?[row] ?? -1)
      return code < 0 ? .nan : numbers[code] ?? other
    }
  }

  /// Some rows, row-major.
  static func rows(_ values: [Float], _ rows: some Sequence<Int>, width: Int) -> [Float] {
    var result: [Float] = []
    for row in rows { result.append(contentsOf: values[row * width..<(row + 1) * width]) }
    return result
  }
}
