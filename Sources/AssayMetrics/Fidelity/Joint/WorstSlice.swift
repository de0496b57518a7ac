import AssayDocument
import AssayNumerics
import AssayTable

/// The part of the rows, named by one or two cells, in which synthetic rows are most out of proportion.
///
/// One half shows where to look: by the scores of a learner that has not seen it, the cell whose mean
/// is furthest from that of the other rows, and within it a second cell of another column. The other
/// half, which played no part in the choice, tests what was found, so one test needs no adjustment.
struct WorstSlice: Sendable {
  /// The cells: columns of the schema with the cell of each.
  let cells: [(column: Int, cell: Int)]
  /// The share of the synthetic rows of the tested half that are in it.
  let synthetic: Double
  /// The share of its real rows.
  let real: Double
  /// The two-sided p-value of equal shares.
  let pValue: Double

  /// - Returns: `nil` where no cell has at least `least` rows of the half that is looked at.
  init?(
    _ rows: PooledHalves, _ fit: CrossFit, columns: [Int], codes: [[UInt16]], least: Int
  ) throws(NumericsError) {
    let own = rows.halves[0]
    let scores = fit.scores[0]
    var inside = Array(own.indices)
    var cells: [(column: Int, cell: Int)] = []
    for _ in 0..<2 {
      guard
        let found = Self.furthest(
          inside.map { (own[$0], scores[$0]) }, codes, least: least,
          without: Set(cells.map(\.column)))
      else { break }
      inside = inside.filter { Int(codes[found.column][own[$0]]) == found.cell }
      cells.append(found)
    }
    guard !cells.isEmpty else { return nil }
    var counts = (synthetic: (0, 0), real: (0, 0))
    for row in rows.halves[1] {
      let isInside = cells.allSatisfy { Int(codes[$0.column][row]) == $0.cell }
      if rows.isSynthetic[row] {
        counts.synthetic = (counts.synthetic.0 + (isInside ? 1 : 0), counts.synthetic.1 + 1)
      } else {
        counts.real = (counts.real.0 + (isInside ? 1 : 0), counts.real.1 + 1)
      }
    }
    synthetic = Double(counts.synthetic.0) / Double(counts.synthetic.1)
    real = Double(counts.real.0) / Double(counts.real.1)
    let pooled =
      Double(counts.synthetic.0 + counts.real.0) / Double(counts.synthetic.1 + counts.real.1)
    let error =
      (pooled * (1 - pooled) * (1 / Double(counts.synthetic.1) + 1 / Double(counts.real.1)))
      .squareRoot()
    pValue = error > 0 ? min(1, 2 * normalSurvival(abs(synthetic - real) / error)) : 1
    self.cells = cells.map { (columns[$0.column], $0.cell) }
  }

  /// The cell whose scores are furthest from those of the other rows, in standard errors.
  private static func furthest(
    _ rows: [(row: Int, score: Double)], _ codes: [[UInt16]], least: Int, without: Set<Int>
  ) -> (column: Int, cell: Int)? {
    var total = 0.0
    var squares = 0.0
    for entry in rows {
      total += entry.score
      squares += entry.score * entry.score
    }
    let count = Double(rows.count)
    let variance = max(
      0, squares / max(1, count) - (total / max(1, count)) * (total / max(1, count)))
    guard variance > 1e-12 else { return nil }
    var best: (distance: Double, column: Int, cell: Int)?
    for column in codes.indices where !without.contains(column) {
      let cells = Int(codes[column].max() ?? 0) + 1
      var sums = [Double](repeating: 0, count: cells)
      var counts = [Int](repeating: 0, count: cells)
      for entry in rows {
        let cell = Int(codes[column][entry.row])
        sums[cell] += entry.score
        counts[cell] += 1
      }
      for cell in 0..<cells where counts[cell] >= least && rows.count - counts[cell] >= least {
        let own = Double(counts[cell])
        let gap = sums[cell] / own - (total - sums[cell]) / (count - own)
        let distance = abs(gap) / (variance * (1 / own + 1 / (count - own))).squareRoot()
        if distance > best?.distance ?? 0 { best = (distance, column, cell) }
      }
    }
    return best.map { ($0.column, $0.cell) }
  }
}

extension PooledHalves {
  /// The cells of the pooled rows under the published bins of pairs, a list for each column.
  func pairCells(
    _ encoding: RowEncoding, _ frame: ReferenceFrame, real: TableRole
  ) -> (columns: [Int], codes: [[UInt16]]) {
    guard let others = frame.table(real), let own = frame.table(.synthetic) else { return ([], []) }
    var columns: [Int] = []
    var codes: [[UInt16]] = []
    let synthetic = isSynthetic.indices.filter { isSynthetic[$0] }
    let reals = isSynthetic.indices.filter { !isSynthetic[$0] }
    for column in encoding.columns {
      guard let map = frame.fits[column.place]?.pairCells else { continue }
      var cells = [UInt16](repeating: 0, count: isSynthetic.count)
      let first = map.codes(own.columns[column.place].rows(synthetic.map { places[$0] }))
      for (row, code) in zip(synthetic, first) { cells[row] = code }
      let second = map.codes(others.columns[column.place].rows(reals.map { places[$0] }))
      for (row, code) in zip(reals, second) { cells[row] = code }
      columns.append(column.place)
      codes.append(cells)
    }
    return (columns, codes)
  }
}
