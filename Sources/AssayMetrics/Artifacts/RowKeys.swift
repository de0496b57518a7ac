package import AssayTable

/// A 128-bit key for every row over a set of columns: rows have equal keys where every cell is equal.
///
/// Two independent 64-bit mixes; among 10⁷ rows the chance that any two different rows share a key
/// is below 10⁻²⁴. Both missing counts as equal.
package struct RowKeys: Sendable {
  /// One key.
  package struct Key: Hashable, Sendable, Comparable {
    package var high, low: UInt64

    /// Hashes one half: the key is a hash already.
    package func hash(into hasher: inout Hasher) { hasher.combine(low) }

    package static func < (left: Self, right: Self) -> Bool {
      (left.high, left.low) < (right.high, right.low)
    }
  }

  /// The keys, in row order.
  package let keys: [Key]

  /// - Complexity: O(rows · columns).
  package init(_ table: AlignedTable, columns: [Int]) {
    var high = [UInt64](repeating: 0x9E37_79B9_7F4A_7C15, count: table.rowCount)
    var low = [UInt64](repeating: 0xD1B5_4A32_D192_ED03, count: table.rowCount)
    for column in columns {
      switch table.columns[column] {
      case .numeric(let values):
        for row in 0..<table.rowCount {
          let isPresent = values.validity?[row] ?? true
          // Adding 0 makes −0 and 0 one value.
          let bits = isPresent ? (values.values[row] + 0).bitPattern : Self.missing
          Self.add(bits, to: &high[row], &low[row])
        }
      case .nominal(let codes):
        for row in 0..<table.rowCount {
          let bits = codes[row] < 0 ? Self.missing : UInt64(codes[row])
          Self.add(bits, to: &high[row], &low[row])
        }
      case .bytes(let values):
        for row in 0..<table.rowCount {
          var bits: UInt64 = 0xCBF2_9CE4_8422_2325
          for byte in values.bytes(at: row) { bits = (bits ^ UInt64(byte)) &* 0x100_0000_01B3 }
          Self.add(bits, to: &high[row], &low[row])
        }
      }
    }
    keys = (0..<table.rowCount).map { Key(high: high[$0], low: low[$0]) }
  }

  /// How many rows have each key.
  package func counts() -> [Key: Int] {
    var counts: [Key: Int] = [:]
    counts.reserveCapacity(keys.count)
    for key in keys { counts[key, default: 0] += 1 }
    return counts
  }

  /// A bit pattern that no finite number and no code has.
  private static let missing: UInt64 = 0x7FF8_DEAD_0000_0001

  @inline(__always)
  private static func add(_ bits: UInt64, to high: inout UInt64, _ low: inout UInt64) {
    high = mix(high ^ bits)
    low = mix((low &+ bits) &* 0xA24B_AED4_963E_E407)
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
