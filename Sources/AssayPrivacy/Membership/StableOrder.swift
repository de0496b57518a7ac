import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// Rows in an order that their contents decide, so that neither the order of the file nor that of its
/// columns plays a part in what is drawn.
struct StableOrder: Sendable {
  private let columns: [Int]
  /// For each column with levels, a number of each level's name.
  private let names: [[UInt64]?]
  private let salts: [UInt64]

  /// - Parameters:
  ///   - frame: The aligned rows.
  ///   - columns: The columns that count; their own order does not.
  init(_ frame: ExchangeableFrame, columns: [Int]) {
    self.columns = columns
    names = columns.map { column in
      frame.levelNames(column).map { $0.map { Self.hash($0.utf8) } }
    }
    salts = columns.map { Self.hash(frame.schema.columns[$0].name.utf8) }
  }

  /// A number of each row's contents; what columns add is independent of their order.
  ///
  /// - Complexity: O(rows · columns).
  func keys(_ table: AlignedTable) -> [UInt64] {
    var keys = [UInt64](repeating: 0, count: table.rowCount)
    for (index, column) in columns.enumerated() {
      let salt = salts[index]
      switch table.columns[column] {
      case .numeric(let values):
        for row in keys.indices {
          let isPresent = values.validity?[row] ?? true
          let bits = isPresent ? (values.values[row] + 0).bitPattern : 0x7FF8_DEAD_0000_0001
          keys[row] &+= Self.mix(bits ^ salt)
        }
      case .nominal(let codes):
        let own = names[index] ?? []
        for row in keys.indices {
          let code = Int(codes[row])
          let bits = code < 0 ? 1 : code < own.count ? own[code] : UInt64(code)
          keys[row] &+= Self.mix(bits ^ salt)
        }
      case .bytes(let values):
        for row in keys.indices { keys[row] &+= Self.mix(Self.hash(values.bytes(at: row)) ^ salt) }
      }
    }
    return keys
  }

  /// Rows in random order, the same for any order of the file, at most `limit` of them.
  func chosen(_ table: AlignedTable, limit: Int, seed: UInt64, name: String) -> [Int] {
    // As many bits as a number holds are enough to tell rows apart; rows that are alike may change
    // places.
    let numbers = keys(table).map { Double($0 >> 11) }
    var order = sortPermutation(numbers.span).map { Int($0) }
    var stream = RandomStream(seed: seed, name: "attacks", name)
    stream.shuffle(&order)
    return Array(order.prefix(limit))
  }

  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return mix(hash)
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
