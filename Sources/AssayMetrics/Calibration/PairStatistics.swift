import AssayNumerics

/// Association and distance of the tables of pairs of columns.
package enum PairStatistics {
  /// The shape of one table inside a block.
  package struct Shape: Sendable, Hashable {
    /// Where its cells start in the block.
    package var start: Int
    /// Cells of the first column.
    package var rows: Int
    /// Cells of the second column.
    package var columns: Int
    /// The number of cells.
    package var count: Int { rows * columns }
    /// Where its cells are in the block.
    package var range: Range<Int> { start..<start + count }
  }

  /// What is computed of every pair: the order of the subjects that ``pairs(_:)`` gives.
  package enum Quantity: Int, Sendable, CaseIterable {
    /// The absolute difference of the bias-corrected Cramér's V.
    case association
    /// The total variation distance of the cells.
    case cells
    /// The absolute difference of Theil's U of the first column given the second.
    case firstGivenSecond
    /// The absolute difference of Theil's U of the second column given the first.
    case secondGivenFirst
    /// The absolute difference of the normalised mutual information.
    case information
    /// The unbiased squared distance of the cells over Σ p².
    case squaredDistance
  }

  /// Each quantity for all tables, quantity after quantity.
  package static func pairs(_ shapes: [Shape]) -> TwoSampleStatistic {
    let count = shapes.count
    return TwoSampleStatistic(subjects: Quantity.allCases.count * count) {
      real, synthetic, out in
      for (position, shape) in shapes.enumerated() {
        let a = real.extracting(shape.range)
        let b = synthetic.extracting(shape.range)
        let v = TableAssociation(a, shape)
        let w = TableAssociation(b, shape)
        let distance = CellDistance(a, b)
        func set(_ quantity: Quantity, _ value: Double) {
          out[quantity.rawValue * count + position] = value
        }
        set(.association, abs(v.cramersV - w.cramersV))
        set(.cells, distance.variation)
        set(.firstGivenSecond, abs(v.firstGivenSecond - w.firstGivenSecond))
        set(.secondGivenFirst, abs(v.secondGivenFirst - w.secondGivenFirst))
        set(.information, abs(v.information - w.information))
        set(.squaredDistance, distance.normalised)
      }
    }
  }

  /// The bias-corrected Cramér's V of a table; 0 where only one row or column is occupied.
  package static func association(_ table: Span<Float>, _ shape: Shape) -> Double {
    TableAssociation(table, shape).cramersV
  }
}
