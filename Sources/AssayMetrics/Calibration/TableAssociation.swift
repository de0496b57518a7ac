import AssayNumerics
import Foundation

/// How strongly the two columns of a table of counts are associated, by every measure of tables.
///
/// Sources: Bergsma (2013), A bias-correction for Cramér's V and Tschuprow's T,
/// doi:10.1016/j.jkss.2012.10.002; Theil (1972), Statistical decomposition analysis; Miller (1955),
/// Note on the bias of information estimates.
package struct TableAssociation: Sendable {
  /// The bias-corrected Cramér's V.
  private(set) var cramersV = 0.0
  /// Theil's U of the rows: the share of their entropy that the columns take away.
  private(set) var firstGivenSecond = 0.0
  /// Theil's U of the columns: the share of their entropy that the rows take away.
  private(set) var secondGivenFirst = 0.0
  /// The mutual information over the mean of both entropies.
  private(set) var information = 0.0

  /// Measures a table; everything is 0 where only one row or column is occupied.
  ///
  /// The mutual information is less its bias by Miller and Madow, at least 0.
  ///
  /// - Complexity: O(cells).
  package init(_ table: Span<Float>, _ shape: PairStatistics.Shape) {
    var rows = [Double](repeating: 0, count: shape.rows)
    var columns = [Double](repeating: 0, count: shape.columns)
    var n = 0.0
    for row in 0..<shape.rows {
      let start = row * shape.columns
      var sum = 0.0
      for column in 0..<shape.columns {
        let count = Double(table[start + column])
        sum += count
        columns[column] += count
      }
      rows[row] = sum
      n += sum
    }
    let r = rows.count { $0 > 0 }
    let c = columns.count { $0 > 0 }
    guard n > 1, r > 1, c > 1 else { return }
    let inverse = columns.map { $0 > 0 ? 1 / $0 : 0 }
    var squares = 0.0
    var joint = 0.0
    var occupied = 0
    for row in 0..<shape.rows where rows[row] > 0 {
      let start = row * shape.columns
      var sum = 0.0
      for column in 0..<shape.columns {
        let count = Double(table[start + column])
        guard count > 0 else { continue }
        occupied += 1
        sum += count * count * inverse[column]
        joint += count * log(count)
      }
      squares += sum / rows[row]
    }
    setV(squares - 1, Double(r), Double(c), n)
    // Σ c ln c of the cells and of both margins give all three entropies.
    let first = rows.reduce(0) { $1 > 0 ? $0 + $1 * log($1) : $0 }
    let second = columns.reduce(0) { $1 > 0 ? $0 + $1 * log($1) : $0 }
    let whole = log(n)
    let plain = (joint - first - second) / n + whole
    let shared = max(0, plain - Double(occupied - r - c + 1) / (2 * n))
    let rowEntropy = whole - first / n
    let columnEntropy = whole - second / n
    firstGivenSecond = Self.share(shared, rowEntropy)
    secondGivenFirst = Self.share(shared, columnEntropy)
    information = Self.share(shared, (rowEntropy + columnEntropy) / 2)
  }

  private static func share(_ part: Double, _ whole: Double) -> Double {
    whole > 0 ? min(1, part / whole) : 0
  }

  private mutating func setV(_ square: Double, _ r: Double, _ c: Double, _ n: Double) {
    let corrected = max(0, max(0, square) - (r - 1) * (c - 1) / (n - 1))
    let smaller = min(r - (r - 1) * (r - 1) / (n - 1), c - (c - 1) * (c - 1) / (n - 1)) - 1
    cramersV = smaller > 0 ? min(1, (corrected / smaller).squareRoot()) : 0
  }
}

/// How far the shares of the cells of two tables are apart.
package struct CellDistance: Sendable {
  /// Half the sum of absolute differences, in 0...1.
  private(set) var variation = 0.0
  /// The unbiased sum of squared differences over Σ p² of the first table; 0 where either side has
  /// fewer than two rows.
  private(set) var normalised = 0.0

  /// Compares two tables of counts on the same cells.
  ///
  /// - Complexity: O(cells).
  package init(_ real: Span<Float>, _ synthetic: Span<Float>) {
    var n = 0.0
    var m = 0.0
    for cell in real.indices {
      n += Double(real[cell])
      m += Double(synthetic[cell])
    }
    guard n > 0, m > 0 else { return }
    let (perReal, perSynthetic) = (1 / n, 1 / m)
    var sum = 0.0
    var squares = (real: 0.0, synthetic: 0.0, product: 0.0)
    for cell in real.indices {
      let p = Double(real[cell]) * perReal
      let q = Double(synthetic[cell]) * perSynthetic
      sum += abs(p - q)
      squares.real += p * p
      squares.synthetic += q * q
      squares.product += p * q
    }
    variation = min(1, sum / 2)
    guard n > 1, m > 1, squares.real > 0 else { return }
    // Σ a(a − 1)/(n(n − 1)) in shares.
    let own = (squares.real * n - 1) / (n - 1)
    let other = (squares.synthetic * m - 1) / (m - 1)
    normalised = (own + other - 2 * squares.product) / squares.real
  }
}
