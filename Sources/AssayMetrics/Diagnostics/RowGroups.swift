package import AssayTable

/// Which rows of a table are alike over some columns.
///
/// Rows are found by a hash of their cells and compared cell by cell before they count as alike, so
/// a collision of hashes costs time and changes nothing. Missing cells are alike.
package struct RowGroups: Sendable {
  /// The number of rows of each group, in order of first appearance.
  private(set) var sizes: [Int] = []
  /// The group of each row.
  private(set) var groupOfRow: [Int32] = []

  /// The rows that repeat an earlier one.
  package var repeats: Int { groupOfRow.count - sizes.count }

  /// Groups the rows.
  ///
  /// - Complexity: O(rows · columns).
  package init(_ columns: [ColumnData], rows: Int) {
    let hashes = Self.hashes(columns, rows: rows)
    var size = 64
    while size < rows * 2 { size *= 2 }
    let mask = size - 1
    // The first row of a group + 1, 0 for a free place.
    var slots = [Int32](repeating: 0, count: size)
    groupOfRow.reserveCapacity(rows)
    for row in 0..<rows {
      var place = Int(truncatingIfNeeded: hashes[row]) & mask
      while slots[place] != 0 {
        let first = Int(slots[place]) - 1
        if hashes[first] == hashes[row], Self.areAlike(columns, first, row) { break }
        place = (place + 1) & mask
      }
      if slots[place] == 0 {
        slots[place] = Int32(row + 1)
        groupOfRow.append(Int32(sizes.count))
        sizes.append(1)
      } else {
        let group = groupOfRow[Int(slots[place]) - 1]
        groupOfRow.append(group)
        sizes[Int(group)] += 1
      }
    }
  }

  private static func hashes(_ columns: [ColumnData], rows: Int) -> [UInt64] {
    var hashes = [UInt64](repeating: 0x9E37_79B9_7F4A_7C15, count: rows)
    for column in columns {
      switch column {
      case .numeric(let values):
        for row in 0..<rows { mix(&hashes[row], word(values, row)) }
      case .nominal(let codes):
        for row in 0..<rows { mix(&hashes[row], UInt64(truncatingIfNeeded: Int64(codes[row]) + 1)) }
      case .bytes(let values):
        for row in 0..<rows {
          var word: UInt64 = 0xCBF2_9CE4_8422_2325
          for byte in values.bytes(at: row) { word = (word ^ UInt64(byte)) &* 0x100_0000_01B3 }
          mix(&hashes[row], word)
        }
      }
    }
    return hashes
  }

  @inline(__always)
  private static func mix(_ hash: inout UInt64, _ word: UInt64) {
    let product = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
    hash = product ^ (product >> 29)
  }

  /// The bits of a number, one zero for both; a pattern that no finite number has where missing.
  private static func word(_ values: NumericValues, _ row: Int) -> UInt64 {
    if let validity = values.validity, !validity[row] { return .max }
    let value = values.values[row]
    return value == 0 ? 0 : value.bitPattern
  }

  private static func areAlike(_ columns: [ColumnData], _ first: Int, _ second: Int) -> Bool {
    columns.allSatisfy { column in
      switch column {
      case .numeric(let values): word(values, first) == word(values, second)
      case .nominal(let codes): codes[first] == codes[second]
      case .bytes(let values): values.bytes(at: first) == values.bytes(at: second)
      }
    }
  }
}

/// How many different kinds a smaller sample holds, from the sizes of the groups of a larger one.
///
/// ```
/// E D(s) = Σ_g (1 − C(n − n_g, s) / C(n, s))
/// ```
///
/// Source: Hurlbert (1971), The nonconcept of species diversity, doi:10.2307/1934145.
package struct Rarefaction: Sendable {
  private let total: Int
  /// How many groups have each size, by size.
  private let groups: [(size: Int, count: Int)]

  package init(_ sizes: [Int]) {
    var counts: [Int: Int] = [:]
    for size in sizes { counts[size, default: 0] += 1 }
    groups = counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    total = sizes.reduce(0, +)
  }

  /// The expected number of rows that repeat an earlier one among `sample` rows drawn without
  /// replacement.
  ///
  /// - Parameter sample: At most the number of rows.
  /// - Returns: A number from 0 to `sample` − 1.
  /// - Complexity: O(sizes that occur · largest size).
  package func repeats(in sample: Int) -> Double {
    precondition(sample >= 0 && sample <= total, "\(sample) rows of \(total)")
    guard sample > 1 else { return 0 }
    var sum = 0.0
    for group in groups where group.size > 1 {
      // What a group adds is its drawn rows less 1 if any is drawn.
      let drawn = Double(sample) * Double(group.size) / Double(total)
      sum += Double(group.count) * max(0, drawn - (1 - noneDrawn(group.size, sample)))
    }
    return sum
  }

  /// `C(n − size, s) / C(n, s)`, as a product of `size` factors.
  private func noneDrawn(_ size: Int, _ sample: Int) -> Double {
    guard sample <= total - size else { return 0 }
    var product = 1.0
    for taken in 0..<size {
      product *= Double(total - sample - taken) / Double(total - taken)
      if product < 1e-300 { return 0 }
    }
    return product
  }

  /// The standard deviation of the share of repeats among `sample` rows of a fresh sample.
  ///
  /// Were the sample's size random, the variance of the number of kinds would be E D(2s) − E D(s);
  /// fixing the size takes `s (E D(s + 1) − E D(s))²` from it. Twice the size cannot be seen, so it
  /// is taken at half the size, where a share spreads as much if repeats are few, and more if they
  /// are many.
  package func spread(in sample: Int) -> Double {
    let half = sample / 2
    guard half >= 1, half < total else { return 0 }
    let kinds = Double(half) - repeats(in: half)
    let twice = Double(2 * half) - repeats(in: 2 * half)
    let slope = 1 - (repeats(in: half + 1) - repeats(in: half))
    let variance = twice - kinds - Double(half) * slope * slope
    return max(0, variance).squareRoot() / Double(half)
  }
}
