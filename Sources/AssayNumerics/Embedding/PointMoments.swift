/// The mean of a sample of points, its covariance, and the covariance's eigenvectors.
public struct PointMoments: Sendable {
  /// The number of points.
  public let count: Int
  /// The number of coordinates.
  public let dimensions: Int
  /// The mean.
  public let mean: [Double]
  /// The covariance with divisor n − 1, row-major.
  public let covariance: [Double]
  /// The covariance's eigenvalues, ascending; those that rounding brought below 0 are 0.
  public let eigenvalues: [Double]
  /// The eigenvectors, one a column, row-major.
  let eigenvectors: [Double]

  /// Takes the moments of a sample.
  ///
  /// - Throws: ``NumericsError`` `.tooFewObservations` below two points, `.backend` where the
  ///   decomposition fails.
  /// - Complexity: O(points · dimensions² + dimensions³).
  public init(_ points: EuclideanPoints) throws(NumericsError) {
    guard points.count > 1 else {
      throw NumericsError(.tooFewObservations, "a covariance needs two rows")
    }
    let (n, d) = (points.count, points.dimensions)
    count = n
    dimensions = d
    var mean: [Double] = []
    for column in 0..<d {
      mean.append(pairwiseSum(over: 0..<n) { points.values[$0 * d + column] } / Double(n))
    }
    self.mean = mean
    let turned = Self.transposed(points, less: mean)
    var covariance = LinearAlgebra.doublePrecisionProduct(
      turned.span, byTransposed: turned.span, rows: d, inner: n, columns: d)
    for place in covariance.indices { covariance[place] /= Double(n - 1) }
    // Exactly symmetric, whatever order the product added in.
    for row in 0..<d {
      for column in 0..<row { covariance[row * d + column] = covariance[column * d + row] }
    }
    self.covariance = covariance
    let found = try GSL.symmetricEigen(covariance, size: d)
    eigenvalues = found.values.map { max(0, $0) }
    eigenvectors = found.vectors
  }

  /// The coordinates of points less the mean, along the last `count` eigenvectors, the largest first.
  ///
  /// - Complexity: O(points · dimensions · count).
  public func projected(_ points: EuclideanPoints, onto count: Int) -> [Double] {
    let turned = Self.rows(points, less: mean)
    var basis = [Double](repeating: 0, count: dimensions * count)
    for row in 0..<dimensions {
      for column in 0..<count {
        basis[row * count + column] = eigenvectors[row * dimensions + dimensions - 1 - column]
      }
    }
    Self.orient(&basis, rows: dimensions, columns: count)
    return LinearAlgebra.doublePrecisionProduct(
      turned.span, basis.span, rows: points.count, inner: dimensions, columns: count)
  }

  /// How many of the largest eigenvalues hold a share of their sum; 0 where all are 0.
  public func components(holding share: Double) -> Int {
    let total = pairwiseSum(eigenvalues.span)
    guard total > 0 else { return 0 }
    var held = 0.0
    for (count, value) in eigenvalues.reversed().enumerated() {
      held += value
      if held >= share * total { return count + 1 }
    }
    return dimensions
  }

  /// V·diag(f(λ))·Vᵀ.
  func function(_ f: (Double) -> Double) -> [Double] {
    Self.function(eigenvalues, eigenvectors, f)
  }

  static func function(
    _ values: [Double], _ vectors: [Double], _ f: (Double) -> Double
  ) -> [Double] {
    let size = values.count
    var scaled = vectors
    for column in 0..<size {
      let factor = f(values[column])
      for row in 0..<size { scaled[row * size + column] *= factor }
    }
    return LinearAlgebra.doublePrecisionProduct(
      scaled.span, byTransposed: vectors.span, rows: size, inner: size, columns: size)
  }

  /// Eigenvectors have no sign of their own: the largest entry of each is made positive.
  private static func orient(_ basis: inout [Double], rows: Int, columns: Int) {
    for column in 0..<columns {
      var largest = 0.0
      for row in 0..<rows where abs(basis[row * columns + column]) > abs(largest) * (1 + 1e-9) {
        largest = basis[row * columns + column]
      }
      guard largest < 0 else { continue }
      for row in 0..<rows { basis[row * columns + column] *= -1 }
    }
  }

  static func rows(_ points: EuclideanPoints, less mean: [Double]) -> [Double] {
    var out = points.values
    for place in out.indices { out[place] -= mean[place % points.dimensions] }
    return out
  }

  private static func transposed(_ points: EuclideanPoints, less mean: [Double]) -> [Double] {
    let (n, d) = (points.count, points.dimensions)
    var out = [Double](repeating: 0, count: n * d)
    for row in 0..<n {
      for column in 0..<d { out[column * n + row] = points.values[row * d + column] - mean[column] }
    }
    return out
  }
}
