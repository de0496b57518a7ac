/// What the Fréchet distance is on average for two samples of one law, to the second order.
///
/// ```
/// s·[tr Σ + ½·Σᵢⱼ Vᵢⱼ/(λᵢ + λⱼ)],   s = 1/n + 1/m
/// ```
///
/// with λ the eigenvalues of the law's covariance and Vᵢⱼ the variance of the product of the i-th and
/// j-th coordinate along its eigenvectors: λᵢλⱼ(1 + [i = j]) for a normal law.
public struct FrechetFloor: Sendable, Hashable {
  /// The mean.
  public var value: Double
  /// The standard deviation, as if the terms of the sum were independent.
  public var spread: Double
  /// The mean as if the law were normal.
  public var normalValue: Double

  /// The floor of a normal law with the given eigenvalues.
  ///
  /// - Complexity: O(eigenvalues²).
  public static func normal(eigenvalues: [Double], first: Int, second: Int) -> Double {
    let size = 1 / Double(first) + 1 / Double(second)
    var sum = pairwiseSum(eigenvalues.span)
    for (i, a) in eigenvalues.enumerated() {
      for (j, b) in eigenvalues.enumerated() where a + b > 0 {
        let product: Double = i == j ? 2 * a * b : a * b
        sum += 0.5 * product / (a + b)
      }
    }
    return size * sum
  }

  /// The floor of the law that a sample came from, with its fourth moments.
  ///
  /// - Parameters:
  ///   - points: A sample of the law.
  ///   - moments: Its moments.
  ///   - first: The size of one sample, n.
  ///   - second: That of the other, m.
  /// - Complexity: O(points · dimensions²).
  public init(_ points: EuclideanPoints, _ moments: PointMoments, first: Int, second: Int) {
    let size = 1 / Double(first) + 1 / Double(second)
    let d = moments.dimensions
    let largest = moments.eigenvalues.last ?? 0
    let kept = moments.eigenvalues.count { $0 > 1e-12 * largest && $0 > 0 }
    normalValue = Self.normal(
      eigenvalues: moments.eigenvalues, first: first, second: second)
    let rows = points.count
    var turned = [Double](repeating: 0, count: kept * rows)
    if kept > 0 {
      let along = moments.projected(points, onto: kept)
      for row in 0..<rows {
        for column in 0..<kept {
          let z = along[row * kept + column]
          turned[column * rows + row] = z * z
        }
      }
    }
    let squares = LinearAlgebra.doublePrecisionProduct(
      turned.span, byTransposed: turned.span, rows: kept, inner: rows, columns: kept)
    var mean = 0.0
    var variance = 0.0
    for i in 0..<kept {
      let a = moments.eigenvalues[d - 1 - i]
      mean += a
      variance += 2 * a * a
      for j in 0...i {
        let b = moments.eigenvalues[d - 1 - j]
        // Coordinates along different eigenvectors have no covariance.
        let square: Double = i == j ? a * a : 0
        let product = squares[i * kept + j] / Double(rows) - square
        // Pairs of different coordinates occur twice.
        let share: Double = i == j ? 0.5 : 1
        let term = share * max(0, product) / (a + b)
        mean += term
        variance += 2 * term * term
      }
    }
    value = size * mean
    spread = size * variance.squareRoot()
  }
}
