import AssayNumerics

/// Counts, sums and the sum of squares of a number within the cells of a column of levels.
package struct CategorySums: Sendable {
  /// Where the numbers of one pair start in a block, and how many cells it has.
  package struct Shape: Sendable, Hashable {
    package var start: Int
    package var cells: Int
    /// A count and a sum for each cell, and the sum of squares.
    package var width: Int { 2 * cells + 1 }
  }

  /// The bias-corrected correlation ratio √max(0, ω²); `nil` where the number does not vary, only
  /// one cell is occupied or there are no more rows than cells.
  ///
  /// Source: Pearson (1905); Hays (1963), Statistics for psychologists.
  package static func ratio(_ shape: Shape, _ number: (Int) -> Double) -> Double? {
    var n = 0.0
    var sum = 0.0
    var between = 0.0
    var occupied = 0.0
    for cell in 0..<shape.cells {
      let count = number(shape.start + cell)
      guard count > 0 else { continue }
      let own = number(shape.start + shape.cells + cell)
      n += count
      sum += own
      between += own * own / count
      occupied += 1
    }
    guard n > occupied, occupied > 1 else { return nil }
    let squares = number(shape.start + 2 * shape.cells)
    let total = squares - sum * sum / n
    // What rounding alone can leave of a constant.
    guard total > squares * 1e-12 else { return nil }
    let explained = min(total, max(0, between - sum * sum / n))
    let within = (total - explained) / (n - occupied)
    let corrected = (explained - (occupied - 1) * within) / (total + within)
    return min(1, max(0, corrected).squareRoot())
  }

  /// The absolute difference of the ratios of each pair; one that is not defined counts as 0.
  package static func statistic(_ shapes: [Shape]) -> TwoSampleStatistic {
    TwoSampleStatistic(subjects: shapes.count) { real, synthetic, out in
      for (position, shape) in shapes.enumerated() {
        let own = ratio(shape) { Double(real[$0]) } ?? 0
        let other = ratio(shape) { Double(synthetic[$0]) } ?? 0
        out[position] = abs(own - other)
      }
    }
  }

  /// Adds the rows of one group up.
  package static func add(
    _ values: Span<Double>, _ codes: Span<UInt8>, _ weights: Span<Float>, _ rows: Range<Int>,
    _ shape: Shape, at start: Int, to sums: inout [Double]
  ) {
    var span = sums.mutableSpan
    let first = start + shape.start
    var squares = 0.0
    for row in rows {
      let value = values[row]
      guard !value.isNaN else { continue }
      let cell = first + Int(codes[row])
      let weight = weights.isEmpty ? 1 : Double(weights[row])
      span[cell] += weight
      span[cell + shape.cells] += weight * value
      squares += weight * value * value
    }
    span[first + 2 * shape.cells] += squares
  }
}
