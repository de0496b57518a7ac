import AssayDocument
import AssayNumerics
import AssayTable

/// The largest difference of any share inside any segment when labels are given out anew: what the
/// differences that were found are held against.
///
/// ```
/// p = (1 + #{labellings whose largest r is at least that found}) / (1 + labellings)
/// ```
///
/// r is the root of the likelihood ratio inside a segment, ``SegmentContrast/root(_:marked:of:drawn:term:)``,
/// so that counts of few rows and of many are weighed by how unlikely they are.
///
/// Where both sides are of one law every choice of as many of the pooled rows is equally likely to be
/// the synthetic one. Rows are labelled in blocks, so that the counts of many labellings are one matrix
/// product: single rows below 2,048 of them, where p is exact; above that blocks of rows of both sides at
/// random, dealt anew eight times (twice in the quick preset and above 100,000 rows, where dealing is
/// what costs). Each labelling is then as random as one of single rows, but those of one deal go together
/// a little, so that p is exact but for that. (Blocks of one side alone would differ from each other as
/// the sides do, and hide what they are to show.) All comparisons of all segments are recomputed on the
/// same labellings, so that whatever depends on what is in the distribution of the largest, and no power
/// is lost to segments that overlap.
///
/// Source: Westfall & Young (1993), Resampling-based multiple testing; Phipson & Smyth (2010),
/// doi:10.2202/1544-6115.1585.
struct SegmentRelabelling: Sendable {
  /// One way to deal rows into blocks, and its labellings.
  private struct Deal: Sendable {
    /// The block of each pooled row, real ones first; ``always`` and ``never`` for rows that fill none.
    var blocks: [Int32]
    /// 1 where a block is synthetic, labelling by labelling.
    var labels: [Float]
    var labellings: Int
  }

  /// Labellings.
  let count: Int
  private let deals: [Deal]
  /// Blocks of a deal.
  private let blocks: Int
  private let real: Int
  /// x ln x of half and whole numbers, by twice the number.
  private let terms: [Double]

  /// Blocks of rows that are synthetic, or real, in every labelling of a deal.
  private static let always: Int32 = -1
  private static let never: Int32 = -2
  /// Blocks, about.
  static let most = 1_024
  /// Deals: counting rows into blocks is what they cost.
  private static func dealt(_ rows: Int, _ preset: EvaluationPlan.Preset) -> Int {
    preset == .quick || rows > 100_000 ? 2 : 8
  }

  /// Labellings of a preset, at most.
  static func limit(_ preset: EvaluationPlan.Preset) -> Int { preset == .full ? 999 : 199 }

  init(real: Int, synthetic: Int, plan: EvaluationPlan, most: Int = Self.most) {
    let pooled = real + synthetic
    let size = max(1, pooled / most)
    let wanted = synthetic / size
    let blocks = wanted + real / size
    let count = min(plan.permutations, Self.limit(plan.preset))
    let parts = size == 1 ? 1 : min(Self.dealt(pooled, plan.preset), count)
    var deals: [Deal] = []
    for part in 0..<parts {
      var stream = RandomStream(
        seed: plan.seed, name: "segments", "relabelling", String(part))
      var order = Array(0..<pooled)
      if size > 1 { stream.shuffle(&order) }
      var place = [Int32](repeating: Self.never, count: pooled)
      let spare = synthetic % size
      for (position, row) in order.enumerated() {
        let block = (position - spare) / size
        place[row] =
          position < spare ? Self.always : block < blocks ? Int32(block) : Self.never
      }
      let labellings = count * (part + 1) / parts - count * part / parts
      var labels = [Float](repeating: 0, count: labellings * blocks)
      for labelling in 0..<labellings {
        var left = wanted
        for block in 0..<blocks where left > 0 && stream.below(blocks - block) < left {
          labels[labelling * blocks + block] = 1
          left -= 1
        }
      }
      deals.append(Deal(blocks: place, labels: labels, labellings: labellings))
    }
    self.count = count
    self.deals = deals
    self.blocks = blocks
    self.real = real
    terms = (0...2 * pooled).map { SegmentContrast.term(Double($0) / 2) }
  }

  /// Which pooled rows, real ones first, each labelling calls synthetic.
  var labellings: [[Bool]] {
    deals.flatMap { deal in
      (0..<deal.labellings).map { labelling in
        deal.blocks.map { block in
          block >= 0 ? deal.labels[labelling * blocks + Int(block)] == 1 : block == Self.always
        }
      }
    }
  }

  /// The largest r of each labelling in one table of counts.
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
    let own = Self.cells(real, shape) + Self.cells(synthetic, shape)
    var pooled = [Double](repeating: 0, count: cells)
    for cell in own { pooled[cell] += 1 }
    var largest: [Double] = []
    for deal in deals {
      var counts = [Float](repeating: 0, count: blocks * cells)
      var fixed = [Double](repeating: 0, count: cells)
      for (row, cell) in own.enumerated() {
        let block = deal.blocks[row]
        if block >= 0 {
          counts[Int(block) * cells + cell] += 1
        } else if block == Self.always {
          fixed[cell] += 1
        }
      }
      let drawn = LinearAlgebra.singlePrecisionProduct(
        deal.labels.span, counts.span, rows: deal.labellings, inner: blocks, columns: cells)
      var found = [Double](repeating: 0, count: deal.labellings)
      for axis in compared {
        let stride = shape[(axis + 1)...].reduce(1, *)
        for start in 0..<cells where (start / stride) % shape[axis] == 0 {
          let places = (0..<shape[axis]).map { start + $0 * stride }
          raise(&found, places, drawn.span, cells, fixed, pooled, least)
        }
      }
      largest += found
    }
    return largest
  }

  /// The cell of each row.
  private static func cells(_ rows: SegmentTable.Rows, _ shape: [Int]) -> [Int] {
    var cells = [Int](repeating: 0, count: rows.count)
    for (codes, size) in zip(rows.codes, shape) {
      for row in 0..<rows.count { cells[row] = cells[row] * size + Int(codes[row]) }
    }
    return cells
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
    let table = terms.span
    for labelling in largest.indices {
      let start = labelling * cells
      var inside = base
      for place in places { inside += Double(drawn[start + place]) }
      guard inside >= least, rows - inside >= least else { continue }
      for place in asked {
        let found = SegmentContrast.root(
          Double(drawn[start + place]) + fixed[place], marked: pooled[place], of: rows,
          drawn: inside
        ) { table[Int(2 * $0)] }
        if found > largest[labelling] { largest[labelling] = found }
      }
    }
  }
}
