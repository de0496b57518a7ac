/// The Fréchet distance of two samples as if both were normal ('FID' on an embedding of images).
///
/// ```
/// ‖μ − ν‖² + tr A + tr B − 2·tr (A^½ B A^½)^½
/// ```
///
/// with means μ, ν and covariances A, B. It sees means and covariances only. Both square roots are
/// of symmetric matrices, so it is stable where covariances are singular. It is biased upwards by
/// about `FrechetFloor`, more than most differences that matter where points are few.
///
/// Source: Dowson & Landau (1982), doi:10.1016/0047-259X(82)90077-X; Heusel, Ramsauer, Unterthiner,
/// Nessler & Hochreiter (2017), GANs trained by a two time-scale update rule, NeurIPS.
public struct FrechetDistance: Sendable, Hashable {
  /// The distance, at least 0.
  public var value: Double
  /// The part of it that is of means.
  public var means: Double
  /// Its standard deviation away from equal laws; near 0 where they are equal.
  public var deviation: Double

  /// Compares two samples.
  ///
  /// - Parameters:
  ///   - first: The moments of one sample.
  ///   - second: Those of the other.
  ///   - points: The points of both, for the standard deviation; without them it is 0.
  /// - Throws: ``NumericsError`` `.backend` where a decomposition fails.
  /// - Complexity: O(dimensions³ + points · dimensions²).
  public init(
    _ first: PointMoments, _ second: PointMoments,
    points: (EuclideanPoints, EuclideanPoints)? = nil
  ) throws(NumericsError) {
    precondition(first.dimensions == second.dimensions, "points of one space are expected")
    let d = first.dimensions
    let root = first.function { $0.squareRoot() }
    var inner = Self.sandwich(root, second.covariance, d)
    for row in 0..<d {
      for column in 0..<row {
        let mean = (inner[row * d + column] + inner[column * d + row]) / 2
        inner[row * d + column] = mean
        inner[column * d + row] = mean
      }
    }
    let found = try GSL.symmetricEigen(inner, size: d)
    let shared = pairwiseSum(over: 0..<d) { max(0, found.values[$0]).squareRoot() }
    means = pairwiseSum(over: 0..<d) {
      (first.mean[$0] - second.mean[$0]) * (first.mean[$0] - second.mean[$0])
    }
    let traces = pairwiseSum(first.eigenvalues.span) + pairwiseSum(second.eigenvalues.span)
    value = max(0, means + traces - 2 * shared)
    deviation = 0
    guard let points else { return }
    // d/dA of the distance is I − T with T = A^−½ (A^½ B A^½)^½ A^−½, the map of one normal law to
    // the other; with pseudo-inverses where A is singular.
    let small = 1e-10 * max(first.eigenvalues.last ?? 0, second.eigenvalues.last ?? 0)
    let inverseRoot = first.function { $0 > small ? 1 / $0.squareRoot() : 0 }
    let middle = PointMoments.function(found.values, found.vectors) { max(0, $0).squareRoot() }
    let inverse = PointMoments.function(found.values, found.vectors) {
      $0 > small * small ? 1 / $0.squareRoot() : 0
    }
    let there = Self.sandwich(inverseRoot, middle, d)
    let back = Self.sandwich(root, inverse, d)
    let gap = (0..<d).map { first.mean[$0] - second.mean[$0] }
    let variances =
      try Self.variance(points.0, first.mean, gap, there) / Double(points.0.count)
      + Self.variance(points.1, second.mean, gap.map { -$0 }, back) / Double(points.1.count)
    deviation = variances.squareRoot()
  }

  /// A·B·A.
  private static func sandwich(_ a: [Double], _ b: [Double], _ size: Int) -> [Double] {
    let half = LinearAlgebra.doublePrecisionProduct(
      a.span, b.span, rows: size, inner: size, columns: size)
    return LinearAlgebra.doublePrecisionProduct(
      half.span, a.span, rows: size, inner: size, columns: size)
  }

  /// The variance of what each point does to the distance: 2·gap·z + zᵀ(I − T)z.
  private static func variance(
    _ points: EuclideanPoints, _ mean: [Double], _ gap: [Double], _ map: [Double]
  ) throws(NumericsError) -> Double {
    let d = points.dimensions
    let centred = PointMoments.rows(points, less: mean)
    let moved = LinearAlgebra.doublePrecisionProduct(
      centred.span, map.span, rows: points.count, inner: d, columns: d)
    let influences = (0..<points.count).map { row in
      var sum = 0.0
      for column in 0..<d {
        let z = centred[row * d + column]
        sum += z * (2 * gap[column] + z - moved[row * d + column])
      }
      return sum
    }
    return try AssayNumerics.variance(influences.span)
  }
}
