import Foundation

/// How differences of shared information shrink with the number of rows.
///
/// ```
/// Var I ≈ v/n + d/(2n²)      v = Σ p (ln p/(p_a p_b))² − I²,   d = K_cells − K_a − K_b + 1
/// ```
///
/// Where two columns go together the first part counts, and differences shrink as other distances do, by
/// the root of n. Where they are independent v is 0: 2nI follows a chi-square law, and differences
/// shrink by n itself. Splits that are brought to another size by the root alone say too much of them.
///
/// Source: Roulston (1999), Estimating the errors on measured entropy and mutual information,
/// doi:10.1016/S0167-2789(98)00269-3.
struct InformationScaling {
  /// v, less what chance gives a table of independent columns, and d.
  private let variance, freedom: Double
  private let rows: Double

  /// Reads them off the table of a real side.
  init(_ table: Span<Float>, _ shape: PairStatistics.Shape) {
    var byRow = [Double](repeating: 0, count: shape.rows)
    var byColumn = [Double](repeating: 0, count: shape.columns)
    var n = 0.0
    for cell in table.indices {
      let count = Double(table[cell])
      byRow[cell / shape.columns] += count
      byColumn[cell % shape.columns] += count
      n += count
    }
    var (mean, square, occupied) = (0.0, 0.0, 0)
    for cell in table.indices where table[cell] > 0 {
      let count = Double(table[cell])
      let term = log(count * n / (byRow[cell / shape.columns] * byColumn[cell % shape.columns]))
      mean += count * term
      square += count * term * term
      occupied += 1
    }
    rows = n
    let margins = byRow.count { $0 > 0 } + byColumn.count { $0 > 0 }
    freedom = Double(max(0, occupied - margins + 1))
    // Of a table of independent columns the plain v is about d/n.
    variance = n > 0 ? max(0, square / n - (mean / n) * (mean / n) - freedom / n) : 0
  }

  /// What splits that were brought to the sizes at hand by `scale`, the root, are still too large by.
  ///
  /// - Parameters:
  ///   - scale: The root of the inverse sizes at hand over those of the halves.
  ///   - synthetic: Rows of the synthetic side.
  /// - Returns: From `scale`, for independent columns, to 1.
  func factor(scale: Double, synthetic: Double) -> Double {
    guard rows > 0, synthetic > 0, scale > 0 else { return 1 }
    let inverse = (1 / rows + 1 / synthetic) / 2
    let own = variance + freedom * inverse / 2
    let halves = variance + freedom * inverse / (scale * scale) / 2
    return halves > 0 ? (own / halves).squareRoot() : 1
  }
}
