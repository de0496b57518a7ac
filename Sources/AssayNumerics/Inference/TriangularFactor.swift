/// The lower triangular factor L of a covariance matrix, C = L·Lᵀ.
///
/// Directions of (next to) no variance get a row of zeros, so that draws and solutions leave them
/// out.
public struct TriangularFactor: Sendable, Hashable {
  /// L, row-major.
  public let values: [Double]
  /// The number of rows.
  public let width: Int
  /// The number of directions that have variance.
  public let rank: Int

  /// Factors a matrix.
  ///
  /// - Parameters:
  ///   - matrix: Symmetric and not indefinite, `width` × `width`, row-major; finite.
  ///   - width: The number of rows.
  /// - Throws: ``NumericsError`` `.domain` for numbers that are not finite.
  /// - Complexity: O(*width*³).
  /// Source: Golub & Van Loan (2013), Matrix computations, 4th ed., § 4.2.
  public init(_ matrix: Span<Double>, width: Int) throws(NumericsError) {
    precondition(
      matrix.count == width * width, "\(width) × \(width) numbers are expected, not \(matrix.count)"
    )
    var factor = [Double](repeating: 0, count: width * width)
    var rank = 0
    for row in 0..<width {
      guard matrix[row * width + row].isFinite else {
        throw NumericsError(.domain, "a finite covariance is expected")
      }
      for column in 0...row {
        var sum = matrix[row * width + column]
        for inner in 0..<column {
          sum -= factor[row * width + inner] * factor[column * width + inner]
        }
        if row == column {
          guard sum > 1e-12 * matrix[row * width + row], sum > 0 else { continue }
          factor[row * width + row] = sum.squareRoot()
          rank += 1
        } else if factor[column * width + column] > 0 {
          factor[row * width + column] = sum / factor[column * width + column]
        }
      }
    }
    values = factor
    self.width = width
    self.rank = rank
  }

  /// L·z.
  public func product(_ z: Span<Double>) -> [Double] {
    (0..<width).map { row in
      var sum = 0.0
      for column in 0...row { sum += values[row * width + column] * z[column] }
      return sum
    }
  }

  /// The squared length of L⁻¹·x, which is xᵀ·C⁻¹·x; directions without variance are left out.
  public func quadraticForm(_ x: Span<Double>) -> Double {
    var solved = [Double](repeating: 0, count: width)
    var squares = 0.0
    for row in 0..<width where values[row * width + row] > 0 {
      var sum = x[row]
      for column in 0..<row { sum -= values[row * width + column] * solved[column] }
      solved[row] = sum / values[row * width + row]
      squares += solved[row] * solved[row]
    }
    return squares
  }
}
