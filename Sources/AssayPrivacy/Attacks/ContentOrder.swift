import AssayMetrics
import AssayNumerics
import AssayTable

/// Rows in a seeded order that depends on what is in them, not on where they stand in the file.
///
/// Column and level names are part of the contents, so that neither the order of columns nor that of
/// levels plays a part. Rows that are alike may change places.
struct ContentOrder: Sendable {
  /// One number a row, equal for rows that are alike.
  let keys: [UInt64]

  /// - Complexity: O(rows · columns).
  init(
    _ table: AlignedTable, frame: ExchangeableFrame, columns: [Int], seed: UInt64, threads: Int
  ) throws(MetricError) {
    let parts = columns.map { column in
      (
        data: table.columns[column],
        salt: Self.hash(frame.schema.columns[column].name, Self.mixed(seed)),
        levels: frame.levelNames(column).map { names in names.map { Self.hash($0, seed) } } ?? []
      )
    }
    do throws(NumericsError) {
      keys = try parallelChunks(count: table.rowCount, chunk: 8_192, threads: threads) { rows in
        var keys = [UInt64](repeating: 0, count: rows.count)
        for part in parts {
          for row in rows {
            keys[row - rows.lowerBound] &+= Self.mixed(
              part.salt ^ Self.bits(part.data, row, part.levels))
          }
        }
        return keys
      }.flatMap(\.self)
    } catch {
      throw MetricError(error)
    }
  }

  /// The positions of so many rows, in the seeded order.
  ///
  /// - Complexity: O(rows).
  func first(_ limit: Int) -> [Int] {
    // As many bits as a number holds are enough to tell rows apart.
    let numbers = keys.map { Double(Self.mixed($0) >> 11) }
    return sortPermutation(numbers.span).prefix(limit).map { Int($0) }
  }

  private static func bits(_ data: ColumnData, _ row: Int, _ levels: [UInt64]) -> UInt64 {
    switch data {
    case .numeric(let values): values[row].map { ($0 + 0).bitPattern } ?? missing
    case .nominal(let codes): codes[row] < 0 ? missing : levels[Int(codes[row])]
    case .bytes(let values):
      values.bytes(at: row).reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
  }

  private static let missing: UInt64 = 0x7FF8_DEAD_0000_0001

  static func hash(_ text: String, _ salt: UInt64) -> UInt64 {
    mixed(text.utf8.reduce(0xCBF2_9CE4_8422_2325 ^ salt) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
  }

  static func mixed(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
