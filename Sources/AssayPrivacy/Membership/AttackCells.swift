import AssayMetrics
import AssayNumerics
import AssayTable

/// Targets, pool and synthetic rows in coarse cells, counted over pairs and triples of columns.
struct AttackCells: Sendable {
  /// One combination of columns, counted.
  struct Table: Sendable {
    /// The cell of each target.
    var targets: [Int32]
    /// Rows of each cell.
    var pool, synthetic: [Int32]
  }

  /// Pairs of columns.
  var pairs: [Table]
  /// Triples of columns.
  var triples: [Table]
  var poolRows, syntheticRows: Int
  /// The number of targets, whatever there is to combine.
  var targets: Int

  /// Combinations of each size that are counted, at most.
  private static let limit = 60

  init(
    _ frame: ExchangeableFrame, _ rows: MembershipRows.Chosen, _ points: AttackPoints, seed: UInt64
  ) {
    let columns = rows.columns.indices.map { index in
      CoarseColumn(
        pool: points.pool.dimensions[index], synthetic: points.synthetic.dimensions[index],
        names: frame.levelNames(rows.columns[index]))
    }
    poolRows = points.pool.count
    syntheticRows = points.synthetic.count
    targets = rows.targets
    let targets = rows.targets
    let combinations = { (size: Int) in
      ColumnCombinations.chosen(
        size, of: columns.count, limit: Self.limit, seed: seed, name: "attacks")
    }
    let pairs = combinations(2)
    let triples = combinations(3)
    self.pairs = pairs.map { Self.table($0.map { columns[$0] }, targets) }
    self.triples = triples.map { Self.table($0.map { columns[$0] }, targets) }
  }

  private static func table(_ columns: [CoarseColumn], _ targets: Int) -> Table {
    let size = columns.reduce(1) { $0 * $1.cells }
    func codes(_ side: (CoarseColumn) -> [Int32]) -> [Int32] {
      var codes = side(columns[0])
      for column in columns.dropFirst() {
        let own = side(column)
        let cells = Int32(column.cells)
        for row in codes.indices { codes[row] = codes[row] * cells + own[row] }
      }
      return codes
    }
    func counts(_ codes: [Int32]) -> [Int32] {
      var counts = [Int32](repeating: 0, count: size)
      for code in codes { counts[Int(code)] += 1 }
      return counts
    }
    let pool = codes(\.pool)
    return Table(
      targets: Array(pool.prefix(targets)), pool: counts(pool),
      synthetic: counts(codes(\.synthetic)))
  }
}

/// One column in few cells: tenths of the ranks, or the commonest levels and the rest.
private struct CoarseColumn: Sendable {
  var cells: Int
  var pool: [Int32]
  var synthetic: [Int32]

  init(pool: MixedDimension, synthetic: MixedDimension, names: [String]?) {
    if let codes = pool.codes {
      var counts: [Int: Int] = [:]
      for code in codes where code >= 0 { counts[Int(code), default: 0] += 1 }
      let kept = counts.sorted {
        // By count, then by name: codes follow the order in which levels were met.
        ($0.value, Self.name(names, $1.key), $1.key) > ($1.value, Self.name(names, $0.key), $0.key)
      }.prefix(10).map(\.key)
      var cell: [Int: Int32] = [:]
      for (place, code) in kept.enumerated() { cell[code] = Int32(place) }
      cells = 12
      func coarse(_ codes: [Int32]) -> [Int32] {
        codes.map { $0 < 0 ? 11 : cell[Int($0)] ?? 10 }
      }
      self.pool = coarse(codes)
      self.synthetic = coarse(synthetic.codes ?? [])
    } else {
      cells = 11
      func coarse(_ dimension: MixedDimension) -> [Int32] {
        (0..<dimension.count).map { row in
          dimension.position(row).map { Int32(min(9, Int($0 * 10))) } ?? 10
        }
      }
      self.pool = coarse(pool)
      self.synthetic = coarse(synthetic)
    }
  }

  private static func name(_ names: [String]?, _ code: Int) -> String {
    guard let names, code < names.count else { return "" }
    return names[code]
  }
}
