import AssayDocument
import AssayNumerics
import AssayTable

/// Equally many synthetic and real rows in two halves: each half is judged by what was trained on the
/// other.
///
/// Rows that are alike are in the same half, so that no learner is tried on a row that it knows.
/// Which half that is depends on contents alone, so labels stay exchangeable within each half if both
/// tables come from one law.
struct PooledHalves: Sendable {
  /// The number of columns.
  let width: Int
  /// The numbers, row-major.
  let values: [Float]
  /// Which rows are synthetic.
  let isSynthetic: [Bool]
  /// Where each row is in its own table.
  let places: [Int]
  /// The rows of each half.
  let halves: [[Int]]
  /// Synthetic rows, and as many real ones.
  let rowsPerSide: Int

  /// Pools as many rows of each side as the smaller has; `nil` where a half would have fewer than
  /// five of a side.
  init?(synthetic: EncodedTable, real: EncodedTable) {
    let count = min(synthetic.count, real.count)
    let sides = [real.prefix(count), synthetic.prefix(count)]
    width = real.width
    rowsPerSide = count
    guard width > 0 else { return nil }
    var rows: [(key: UInt64, side: Int, row: Int)] = []
    rows.reserveCapacity(2 * count)
    for side in 0..<2 {
      for row in 0..<count { rows.append((sides[side].keys[row], side, row)) }
    }
    rows.sort { ($0.key, $0.side, $0.row) < ($1.key, $1.side, $1.row) }
    var values: [Float] = []
    values.reserveCapacity(rows.count * width)
    var halves: [[Int]] = [[], []]
    var start = 0
    while start < rows.count {
      var end = start
      while end < rows.count, rows[end].key == rows[start].key { end += 1 }
      let half = halves[0].count <= halves[1].count ? 0 : 1
      halves[half] += start..<end
      start = end
    }
    for row in rows {
      values += sides[row.side].values[row.row * width..<(row.row + 1) * width]
    }
    self.values = values
    let labels = rows.map { $0.side == 1 }
    isSynthetic = labels
    places = rows.map { sides[$0.side].places[$0.row] }
    self.halves = halves
    let isThin = halves.contains { half in
      let found = half.count { labels[$0] }
      return found < 5 || half.count - found < 5
    }
    if isThin { return nil }
  }

  /// Pools as many rows of each side as the smaller has, every other one in either half, for rows of
  /// few kinds, which in one half each would leave nothing to compare; `nil` where a half would have
  /// fewer than five of a side.
  ///
  /// - Parameters:
  ///   - synthetic: The numbers of the synthetic rows in random order, row-major.
  ///   - real: Those of the real rows.
  ///   - width: The number of columns.
  init?(kinds synthetic: [Float], real: [Float], width: Int) {
    let count = width > 0 ? min(synthetic.count, real.count) / width : 0
    guard count >= 10 else { return nil }
    self.width = width
    rowsPerSide = count
    values = Array(real.prefix(count * width) + synthetic.prefix(count * width))
    isSynthetic = (0..<2 * count).map { $0 >= count }
    places = (0..<2 * count).map { $0 % count }
    halves = (0..<2).map { half in (0..<2 * count).filter { $0 % count % 2 == half } }
  }

  /// The numbers of some rows and columns, row-major.
  func values(_ rows: [Int], columns: [Int]? = nil) -> [Float] {
    var out: [Float] = []
    guard let columns else {
      out.reserveCapacity(rows.count * width)
      for row in rows { out += values[row * width..<(row + 1) * width] }
      return out
    }
    out.reserveCapacity(rows.count * columns.count)
    for row in rows { for column in columns { out.append(values[row * width + column]) } }
    return out
  }

  /// 1 for synthetic rows, 0 for real ones.
  func labels(_ rows: [Int]) -> [Float] { rows.map { isSynthetic[$0] ? 1 : 0 } }

  /// How well scores of some rows tell synthetic from real ones.
  func area(_ scores: [Double], _ rows: [Int]) throws(NumericsError) -> AreaUnderCurve {
    var positives: [Double] = []
    var negatives: [Double] = []
    for (row, score) in zip(rows, scores) {
      if isSynthetic[row] { positives.append(score) } else { negatives.append(score) }
    }
    let (above, below) = (positives, negatives)
    return try AreaUnderCurve(positives: above.span, negatives: below.span)
  }
}

/// The pooled halves against one real side; with `isAnchor` shuffled columns stand for synthetic rows.
struct TwoSampleRows: Artifact {
  typealias Frame = ReferenceFrame

  var against: TableRole
  var isAnchor = false

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> PooledHalves? {
    let limit = workspace.plan.classifierRows
    let real = try await workspace.value(of: EncodedRows(role: against, limit: limit))
    let synthetic: EncodedTable
    if isAnchor {
      let training = try await workspace.value(of: EncodedRows(role: .training, limit: limit))
      synthetic = training.shuffledColumns(seed: workspace.plan.seed)
    } else {
      synthetic = try await workspace.value(of: EncodedRows(role: .synthetic, limit: limit))
    }
    return PooledHalves(synthetic: synthetic, real: real)
  }
}
