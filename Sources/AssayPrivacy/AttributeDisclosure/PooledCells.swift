import AssayMetrics
import AssayNumerics
import AssayTable

/// The cells of a column, made from both real sides together: levels, or up to ten intervals that hold
/// equal shares of the real numbers, and missing.
struct PooledCells: Sendable {
  /// The number of intervals, at most.
  static let bins = 10

  /// Upper ends of the intervals but the last; empty for levels.
  private let edges: [Double]

  init(_ pool: [ColumnData]) {
    let numbers = pool.compactMap(\.numeric).flatMap(\.presentValues)
    let sorted = sortedCopy(numbers.span)
    var edges: [Double] = []
    for bin in stride(from: 1, to: Self.bins, by: 1) where !sorted.isEmpty {
      let edge = sorted[min(sorted.count - 1, bin * sorted.count / Self.bins)]
      if edge > edges.last ?? sorted[0] { edges.append(edge) }
    }
    self.edges = edges
  }

  /// The cell of each row; −1 for missing.
  func codes(_ column: ColumnData) -> [Int32] {
    switch column {
    case .nominal(let codes): codes.map { max(-1, $0) }
    case .numeric(let values):
      (0..<values.count).map { row in
        guard let value = values[row] else { return -1 }
        return Int32(partitionPoint(edges.span, from: 0) { $0 <= value })
      }
    case .bytes(let values): [Int32](repeating: 0, count: values.count)
    }
  }
}

/// Keys and secrets of an attack by equal cells.
struct KeyedAttack: Sendable {
  /// The position of the secret among the columns.
  var secret: Int
  /// The positions of the keys.
  var keys: [Int]
  /// How the keys were chosen, in words.
  var plan: String

  /// How many keys are chosen where none is declared.
  private static let width = 3

  /// The attack on a secret: declared quasi-identifiers are the keys, else the columns that tell most
  /// of the secret among the real rows of both sides, labels unseen.
  init?(
    _ secret: Int, quasiIdentifiers: [Int], cells: [[Int32]]
  ) {
    self.secret = secret
    let declared = quasiIdentifiers.filter { $0 != secret }
    if !declared.isEmpty {
      keys = declared
      plan = "declared quasi-identifiers"
      return
    }
    let own = cells[secret]
    let gains = cells.indices.filter { $0 != secret }.map { position in
      (position: position, gain: Self.attribution(own, given: cells[position]))
    }
    keys = gains.sorted { ($1.gain, $0.position) < ($0.gain, $1.position) }.prefix(Self.width)
      .map(\.position).sorted()
    plan = "the three columns that tell most of the secret among all real rows"
    if keys.isEmpty { return nil }
  }

  /// The share of secrets that is right where the commonest is taken for each cell of a column, with
  /// cells of few rows counting less: a column of single values tells nothing.
  private static func attribution(_ secrets: [Int32], given cells: [Int32]) -> Double {
    var counts: [UInt64: Int] = [:]
    var totals: [Int32: Int] = [:]
    for (secret, cell) in zip(secrets, cells) {
      counts[
        UInt64(UInt32(bitPattern: cell)) << 32 | UInt64(UInt32(bitPattern: secret)), default: 0] +=
        1
      totals[cell, default: 0] += 1
    }
    // Of each row, the others with its cell: how many of them share its secret.
    let sums = counts.map { key, count -> (UInt64, Double) in
      let total = totals[Int32(bitPattern: UInt32(key >> 32))] ?? 1
      return (key, total > 1 ? Double(count) * Double(count - 1) / Double(total - 1) : 0)
    }.sorted { $0.1 < $1.1 }.map(\.1)
    return pairwiseSum(sums.span) / Double(max(1, secrets.count))
  }
}
