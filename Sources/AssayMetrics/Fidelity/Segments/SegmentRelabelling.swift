import AssayDocument
import AssayNumerics
import AssayTable

/// The largest difference of any share inside any segment when labels are given out anew: what the
/// differences that were found are held against.
///
/// ```
/// zc = (|a − E a| − ½) / √Var a     a marked synthetic rows inside a segment, hypergeometric
/// p = (1 + #{labellings whose largest zc is at least z}) / (1 + labellings)
/// ```
///
/// Where both sides are of one law their rows are exchangeable. Rows are in random order: blocks of
/// as many of each side stand for single rows, so that the counts of all labellings are one matrix
/// product; rows that fill no block keep their label, which leaves the test exact. All comparisons of
/// all segments are recomputed on the same labellings, so that whatever depends on what is in the
/// distribution of the largest, and no power is lost to segments that overlap.
///
/// Source: Westfall & Young (1993), Resampling-based multiple testing; Phipson & Smyth (2010),
/// doi:10.2202/1544-6115.1585.
struct SegmentRelabelling: Sendable {
  /// Labellings.
  let count: Int
  /// 1 where a block is synthetic, labelling by labelling.
  private let labels: [Float]
  private let blocks: (real: Int, synthetic: Int)
  private let blockRows: Int

  /// Blocks of the smaller side, about, and of either side, at most.
  private static let blocks = 256
  private static let most = 512

  /// Labellings of a preset, at most.
  static func limit(_ preset: EvaluationPlan.Preset) -> Int { preset == .full ? 999 : 199 }

  init(real: Int, synthetic: Int, plan: EvaluationPlan) {
    blockRows = max(1, min(real, synthetic) / Self.blocks)
    blocks = (min(real / blockRows, Self.most), min(synthetic / blockRows, Self.most))
    count = min(plan.permutations, Self.limit(plan.preset))
    let total = blocks.real + blocks.synthetic
    var labels = [Float](repeating: 0, count: count * total)
    var stream = RandomStream(seed: plan.seed, name: "segments", "relabelling")
    for labelling in 0..<count {
      var left = blocks.synthetic
      for block in 0..<total where left > 0 && stream.below(total - block) < left {
        labels[labelling * total + block] = 1
        left -= 1
      }
    }
    self.labels = labels
  }

  /// Which blocks a labelling calls synthetic.
  func synthetic(_ labelling: Int) -> [Bool] {
    let total = blocks.real + blocks.synthetic
    return labels[labelling * total..<(labelling + 1) * total].map { $0 == 1 }
  }

  /// The largest `zc` of each labelling in one table of counts.
  ///
  /// - Parameters:
  ///   - real: The cells of the real rows, column by column.
  ///   - synthetic: Those of the synthetic rows.
  ///   - shape: The number of cells of each column.
  ///   - compared: The columns that are compared inside the cells of the others, by place.
  ///   - least: Rows of either side that a segment has at least.
  /// - Returns: A number a labelling; 0 where nothing is compared.
  func maxima(
    real: SegmentTable.Rows, synthetic: SegmentTable.Rows, shape: [Int], compared: [Int],
    least: Double
  ) -> [Double] {
    let cells = shape.reduce(1, *)
    let total = blocks.real + blocks.synthetic
    var counts = [Float](repeating: 0, count: total * cells)
    var fixed = [Double](repeating: 0, count: cells)
    var pooled = [Double](repeating: 0, count: cells)
    place(real, shape, blocks.real, from: 0, &counts, &pooled) { _ in }
    place(synthetic, shape, blocks.synthetic, from: blocks.real, &counts, &pooled) {
      fixed[$0] += 1
    }
    let drawn = LinearAlgebra.singlePrecisionProduct(
      labels.span, counts.span, rows: count, inner: total, columns: cells)
    var largest = [Double](repeating: 0, count: count)
    for axis in compared {
      let stride = shape[(axis + 1)...].reduce(1, *)
      for start in 0..<cells where (start / stride) % shape[axis] == 0 {
        let places = (0..<shape[axis]).map { start + $0 * stride }
        raise(&largest, places, drawn.span, cells, fixed, pooled, least)
      }
    }
    return largest
  }

  /// Counts the rows of a side by block and cell, and those that fill no block.
  private func place(
    _ rows: SegmentTable.Rows, _ shape: [Int], _ blocks: Int, from first: Int,
    _ counts: inout [Float], _ pooled: inout [Double], _ leave: (Int) -> Void
  ) {
    let cells = shape.reduce(1, *)
    for row in 0..<rows.count {
      var cell = 0
      for (codes, size) in zip(rows.codes, shape) { cell = cell * size + Int(codes[row]) }
      pooled[cell] += 1
      let block = row / blockRows
      if block < blocks { counts[(first + block) * cells + cell] += 1 } else { leave(cell) }
    }
  }

  /// The comparisons of one segment.
  private func raise(
    _ largest: inout [Double], _ places: [Int], _ drawn: Span<Float>, _ cells: Int,
    _ fixed: [Double], _ pooled: [Double], _ least: Double
  ) {
    let rows = places.reduce(0) { $0 + pooled[$1] }
    let asked = places.filter { SegmentScan.isAsked(pooled[$0], of: rows, least: least) }
    guard !asked.isEmpty else { return }
    let base = places.reduce(0) { $0 + fixed[$1] }
    for labelling in 0..<count {
      let start = labelling * cells
      var inside = base
      for place in places { inside += Double(drawn[start + place]) }
      guard inside >= least, rows - inside >= least else { continue }
      for place in asked {
        let found = SegmentContrast.corrected(
          Double(drawn[start + place]) + fixed[place], marked: pooled[place], of: rows,
          drawn: inside)
        if found > largest[labelling] { largest[labelling] = found }
      }
    }
  }
}
