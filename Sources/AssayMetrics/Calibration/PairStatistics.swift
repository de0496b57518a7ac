import AssayNumerics

/// Association and distance of the tables of pairs of columns.
enum PairStatistics {
  /// The shape of one table inside a block.
  struct Shape: Sendable, Hashable {
    /// Where its cells start in the block.
    var start: Int
    /// Cells of the first column.
    var rows: Int
    /// Cells of the second column.
    var columns: Int
    /// The number of cells.
    var count: Int { rows * columns }
  }

  /// For each table the absolute difference of the bias-corrected Cramér's V, then for each table
  /// the total variation distance of the cells.
  static func pairs(_ shapes: [Shape]) -> TwoSampleStatistic {
    TwoSampleStatistic(subjects: 2 * shapes.count) { real, synthetic, out in
      for (position, shape) in shapes.enumerated() {
        let range = shape.start..<(shape.start + shape.count)
        let a = real.extracting(range)
        let b = synthetic.extracting(range)
        let v = association(a, shape)
        let w = association(b, shape)
        out[position] = v.isNaN || w.isNaN ? 0 : abs(v - w)
        out[shapes.count + position] = variation(a, b)
      }
    }
  }

  /// The bias-corrected Cramér's V of a table; 0 where only one row or column is occupied.
  ///
  /// Bergsma, W. (2013), A bias-correction for Cramér's V and Tschuprow's T, Journal of the Korean
  /// Statistical Society 42, 323–328, doi:10.1016/j.jkss.2012.10.002.
  static func association(_ table: Span<Float>, _ shape: Shape) -> Double {
    var rowSums = [Double](repeating: 0, count: shape.rows)
    var columnSums = [Double](repeating: 0, count: shape.columns)
    var n = 0.0
    for row in 0..<shape.rows {
      for column in 0..<shape.columns {
        let count = Double(table[row * shape.columns + column])
        rowSums[row] += count
        columnSums[column] += count
        n += count
      }
    }
    var sum = 0.0
    var occupiedRows = 0
    let occupiedColumns: Int
    occupiedColumns = columnSums.count { $0 > 0 }
    for row in 0..<shape.rows where rowSums[row] > 0 {
      occupiedRows += 1
      for column in 0..<shape.columns where columnSums[column] > 0 {
        let count = Double(table[row * shape.columns + column])
        if count > 0 { sum += count * count / (rowSums[row] * columnSums[column]) }
      }
    }
    guard n > 1, occupiedRows > 1, occupiedColumns > 1 else { return 0 }
    let phi = max(0, sum - 1)
    let r = Double(occupiedRows)
    let k = Double(occupiedColumns)
    let corrected = max(0, phi - (r - 1) * (k - 1) / (n - 1))
    let smaller = min(r - (r - 1) * (r - 1) / (n - 1), k - (k - 1) * (k - 1) / (n - 1)) - 1
    return smaller > 0 ? min(1, (corrected / smaller).squareRoot()) : 0
  }

  private static func variation(_ real: Span<Float>, _ synthetic: Span<Float>) -> Double {
    var n = 0.0
    var m = 0.0
    for cell in real.indices {
      n += Double(real[cell])
      m += Double(synthetic[cell])
    }
    guard n > 0, m > 0 else { return 0 }
    var sum = 0.0
    for cell in real.indices { sum += abs(Double(real[cell]) / n - Double(synthetic[cell]) / m) }
    return min(1, sum / 2)
  }
}
