/// Pearson's chi-square statistic of a contingency table, with what Cramér's V needs beside it.
public struct ContingencyChiSquare: Sendable, Hashable {
  /// Σ (observed − expected)²/expected; 0 under independence.
  public var statistic: Double
  /// The total weight of the table.
  public var total: Double
  /// The number of rows that hold any weight.
  public var occupiedRows: Int
  /// The number of columns that hold any weight.
  public var occupiedColumns: Int

  /// (r − 1)(c − 1) over the rows and columns that hold any weight.
  public var degreesOfFreedom: Int { (occupiedRows - 1) * (occupiedColumns - 1) }

  /// Computes the statistic of a table.
  ///
  /// - Parameters:
  ///   - table: The counts or weights, at least 0, row-major.
  ///   - rows: The number of rows.
  ///   - columns: The number of columns.
  /// - Throws: ``NumericsError`` `.tooFewObservations` when the table holds no weight.
  /// - Complexity: O(rows · columns).
  @inlinable
  public init<Weight: BinaryFloatingPoint>(
    table: Span<Weight>, rows: Int, columns: Int
  ) throws(NumericsError) {
    precondition(
      rows >= 0 && columns >= 0 && table.count == rows * columns,
      "\(rows) × \(columns) counts are expected, not \(table.count)")
    var rowTotals = [Double](repeating: 0, count: rows)
    var columnTotals = [Double](repeating: 0, count: columns)
    for row in 0..<rows {
      var sum = 0.0
      for column in 0..<columns {
        let weight = Double(table[row * columns + column])
        sum += weight
        columnTotals[column] += weight
      }
      rowTotals[row] = sum
    }
    let total = pairwiseSum(rowTotals.span)
    guard total > 0 else {
      throw NumericsError(.tooFewObservations, "the contingency table is empty")
    }
    // n·(Σ o²/(r·c) − 1) would cancel near independence; this does not.
    var statistic = 0.0
    for row in 0..<rows where rowTotals[row] > 0 {
      let share = rowTotals[row] / total
      var sum = 0.0
      for column in 0..<columns where columnTotals[column] > 0 {
        let expected = share * columnTotals[column]
        let deviation = Double(table[row * columns + column]) - expected
        sum += deviation * deviation / expected
      }
      statistic += sum
    }
    self.statistic = statistic
    self.total = total
    self.occupiedRows = rowTotals.reduce(0) { $1 > 0 ? $0 + 1 : $0 }
    self.occupiedColumns = columnTotals.reduce(0) { $1 > 0 ? $0 + 1 : $0 }
  }

  /// The asymptotic p-value of independence.
  ///
  /// - Returns: A probability in 0...1.
  /// - Throws: ``NumericsError`` `.undefined` when fewer than two rows or columns are occupied.
  public func pValue() throws(NumericsError) -> Double {
    guard degreesOfFreedom > 0 else { throw Self.constant }
    return try chiSquareSurvival(statistic, degreesOfFreedom: Double(degreesOfFreedom))
  }

  /// Cramér's V.
  ///
  /// - Parameter biasCorrected: Whether to take off what independence gives on average.
  /// - Returns: An association in 0...1.
  /// - Throws: ``NumericsError`` `.undefined` when fewer than two rows or columns are occupied, or
  ///   when the correction leaves no room.
  public func cramersV(biasCorrected: Bool) throws(NumericsError) -> Double {
    guard occupiedRows > 1, occupiedColumns > 1 else { throw Self.constant }
    let r = Double(occupiedRows)
    let c = Double(occupiedColumns)
    let phi2 = statistic / total
    guard biasCorrected else { return min(1, (phi2 / (min(r, c) - 1)).squareRoot()) }
    guard total > 1 else {
      throw NumericsError(.tooFewObservations, "the bias correction needs more than one row")
    }
    let corrected = max(0, phi2 - (r - 1) * (c - 1) / (total - 1))
    let rows = r - (r - 1) * (r - 1) / (total - 1)
    let columns = c - (c - 1) * (c - 1) / (total - 1)
    guard min(rows, columns) > 1 else {
      throw NumericsError(
        .undefined, "a table with as many levels as observations leaves the corrected V undefined")
    }
    return min(1, (corrected / (min(rows, columns) - 1)).squareRoot())
  }

  private static let constant = NumericsError(
    .undefined, "the association with a constant is undefined")
}

/// Cramér's V of a contingency table.
///
/// ```
/// V = √(φ² / min(r − 1, c − 1)),   φ² = χ²/n
/// Ṽ = √(max(0, φ² − (r − 1)(c − 1)/(n − 1)) / min(r̃ − 1, c̃ − 1)),   r̃ = r − (r − 1)²/(n − 1)
/// ```
///
/// V is above 0 under independence, the more so the larger and the sparser the table. Ṽ takes
/// that off. Rows and columns without any weight do not count.
///
/// - Parameters:
///   - table: The counts or weights, at least 0, row-major; Double or Float.
///   - rows: The number of rows.
///   - columns: The number of columns.
///   - biasCorrected: Whether Ṽ is wanted rather than V.
/// - Returns: An association in 0...1.
/// - Throws: ``NumericsError`` `.tooFewObservations` for an empty table, `.undefined` when fewer
///   than two rows or columns are occupied.
/// - Complexity: O(rows · columns).
/// Source: Bergsma (2013), A bias-correction for Cramér's V and Tschuprow's T,
/// doi:10.1016/j.jkss.2012.10.002.
@inlinable
public func cramersV<Weight: BinaryFloatingPoint>(
  table: Span<Weight>, rows: Int, columns: Int, biasCorrected: Bool
) throws(NumericsError) -> Double {
  try ContingencyChiSquare(table: table, rows: rows, columns: columns)
    .cramersV(biasCorrected: biasCorrected)
}
