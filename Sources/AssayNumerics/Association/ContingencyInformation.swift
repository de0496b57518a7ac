import Foundation

/// The information that the rows and columns of a contingency table give about each other.
///
/// Source: Theil (1972), Statistical decomposition analysis; Miller (1955), Note on the bias of
/// information estimates; Cover & Thomas (2006), doi:10.1002/047174882X.
public struct ContingencyInformation: Sendable, Hashable {
  /// The entropy of the rows, in nats.
  public var rowEntropy: Double
  /// The entropy of the columns, in nats.
  public var columnEntropy: Double
  /// The mutual information in nats, at least 0; above 0 on average under independence.
  public var mutualInformation: Double
  /// The number of observations.
  public var total: Double
  private var occupied: (rows: Int, columns: Int, cells: Int) {
    (occupiedRows, occupiedColumns, occupiedCells)
  }
  private var occupiedRows = 0
  private var occupiedColumns = 0
  private var occupiedCells = 0

  /// The mutual information less its bias under Miller and Madow's correction of the entropies.
  ///
  /// ```
  /// I − (K_cells − K_rows − K_columns + 1)/(2n)
  /// ```
  ///
  /// - Returns: Nats; may be negative. Needs counts, not shares.
  public var correctedMutualInformation: Double {
    mutualInformation - Double(occupiedCells - occupiedRows - occupiedColumns + 1) / (2 * total)
  }

  /// Takes the information in a table.
  ///
  /// - Parameters:
  ///   - table: The counts, at least 0, row-major.
  ///   - rows: The number of rows.
  ///   - columns: The number of columns.
  /// - Throws: ``NumericsError`` `.tooFewObservations` for an empty table.
  /// - Complexity: O(rows · columns).
  public init(table: Span<Double>, rows: Int, columns: Int) throws(NumericsError) {
    precondition(
      rows >= 0 && columns >= 0 && table.count == rows * columns,
      "\(rows) × \(columns) counts are expected, not \(table.count)")
    var rowTotals = [Double](repeating: 0, count: rows)
    var columnTotals = [Double](repeating: 0, count: columns)
    for row in 0..<rows {
      for column in 0..<columns {
        rowTotals[row] += table[row * columns + column]
        columnTotals[column] += table[row * columns + column]
      }
    }
    let total = pairwiseSum(rowTotals.span)
    guard total > 0 else {
      throw NumericsError(.tooFewObservations, "the contingency table is empty")
    }
    self.total = total
    rowEntropy = entropyNats(rowTotals, total)
    columnEntropy = entropyNats(columnTotals, total)
    let sum = pairwiseSum(over: 0..<table.count) { cell in
      let count = table[cell]
      guard count > 0 else { return 0 }
      let expected = rowTotals[cell / columns] * columnTotals[cell % columns] / total
      return count / total * log(count / expected)
    }
    // Never above either entropy, but for rounding.
    mutualInformation = max(0, min(sum, rowEntropy, columnEntropy))
    occupiedRows = rowTotals.reduce(0) { $1 > 0 ? $0 + 1 : $0 }
    occupiedColumns = columnTotals.reduce(0) { $1 > 0 ? $0 + 1 : $0 }
    for cell in 0..<table.count where table[cell] > 0 { occupiedCells += 1 }
  }

  /// Theil's U of the rows: the share of their entropy that the columns take away.
  ///
  /// - Returns: A share in 0...1; 1 when the column tells the row.
  /// - Throws: ``NumericsError`` `.undefined` when one row holds everything.
  public func uncertaintyOfRows() throws(NumericsError) -> Double {
    guard occupied.rows > 1 else { throw Self.constant }
    return min(1, mutualInformation / rowEntropy)
  }

  /// Theil's U of the columns: the share of their entropy that the rows take away.
  ///
  /// - Returns: A share in 0...1; 1 when the row tells the column.
  /// - Throws: ``NumericsError`` `.undefined` when one column holds everything.
  public func uncertaintyOfColumns() throws(NumericsError) -> Double {
    guard occupied.columns > 1 else { throw Self.constant }
    return min(1, mutualInformation / columnEntropy)
  }

  private static let constant = NumericsError(
    .undefined, "the uncertainty of a constant is undefined")
}

/// −Σ p·ln p of counts.
private func entropyNats(_ counts: [Double], _ total: Double) -> Double {
  max(
    0,
    pairwiseSum(over: 0..<counts.count) { index in
      let p = counts[index] / total
      return p > 0 ? -p * log(p) : 0
    })
}
