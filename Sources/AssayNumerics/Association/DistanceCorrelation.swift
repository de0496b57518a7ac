/// Distance covariances and correlations of paired numbers.
///
/// ```
/// dCov² = mean of |x − x′|·|y − y′| with doubly centred distances
/// ```
///
/// 0 in the population exactly for independent values, whatever the shape of the dependence.
/// Source: Székely, Rizzo & Bakirov (2007), doi:10.1214/009053607000000505; bias-corrected form of
/// Székely & Rizzo (2014), doi:10.1214/14-AOS1255; algorithm after Huo & Székely (2016),
/// doi:10.1080/00401706.2015.1054435.
public struct DistanceCorrelation: Sendable, Hashable {
  /// The plain squared distance covariance, at least 0; above 0 on average under independence.
  public var squaredCovariance: Double
  /// The unbiased squared distance covariance; 0 on average under independence.
  ///
  /// It may be negative, and is not a number below four pairs.
  public var unbiasedSquaredCovariance: Double
  private var plainX: Double
  private var plainY: Double
  private var unbiasedX: Double
  private var unbiasedY: Double

  /// Compares pairs.
  ///
  /// - Parameters:
  ///   - x: The first value of each pair; finite.
  ///   - y: The second value of each pair; finite.
  /// - Throws: ``NumericsError`` `.tooFewObservations` below two pairs, `.domain` for values that
  ///   are not finite or whose products overflow.
  /// - Complexity: O(*n* log *n*) time, O(*n*) space.
  public init(_ x: Span<Double>, _ y: Span<Double>) throws(NumericsError) {
    precondition(x.count == y.count, "pairs are expected, not \(x.count) and \(y.count) values")
    guard x.count >= 2 else {
      throw NumericsError(.tooFewObservations, "a correlation needs at least two pairs")
    }
    // Scaled to deviation 1, so that the products of sums keep their digits.
    let first = try ScaledColumn(x)
    let second = try ScaledColumn(y)
    let n = Double(x.count)
    let joint = crossProduct(first, second)
    let crossRows = pairwiseSum(over: 0..<x.count) { first.rowSums[$0] * second.rowSums[$0] }
    let unit = first.scale * second.scale
    squaredCovariance =
      plainCovariance(joint, crossRows, first.total * second.total, n) * unit
    plainX = plainCovariance(first.squares, first.squaredRows, first.total * first.total, n)
    plainY = plainCovariance(second.squares, second.squaredRows, second.total * second.total, n)
    plainX *= first.scale * first.scale
    plainY *= second.scale * second.scale
    unbiasedSquaredCovariance =
      unbiasedCovariance(joint, crossRows, first.total * second.total, n) * unit
    unbiasedX = unbiasedCovariance(first.squares, first.squaredRows, first.total * first.total, n)
    unbiasedY = unbiasedCovariance(
      second.squares, second.squaredRows, second.total * second.total, n)
    unbiasedX *= first.scale * first.scale
    unbiasedY *= second.scale * second.scale
    guard squaredCovariance.isFinite else {
      throw NumericsError(.domain, "finite values are expected")
    }
  }

  /// The plain distance correlation √(dCov²/√(dVar²·dVar²)).
  ///
  /// - Returns: A correlation in 0...1; well above 0 under independence for few pairs.
  /// - Throws: ``NumericsError`` `.undefined` when either side is constant.
  public func correlation() throws(NumericsError) -> Double {
    guard plainX > 0, plainY > 0 else { throw Self.constant }
    let ratio = squaredCovariance / (plainX.squareRoot() * plainY.squareRoot())
    return min(1, max(0, ratio).squareRoot())
  }

  /// The bias-corrected squared distance correlation.
  ///
  /// - Returns: At most 1; 0 on average under independence, so it may be negative.
  /// - Throws: ``NumericsError`` `.tooFewObservations` below four pairs, `.undefined` when either
  ///   side is constant.
  public func correctedSquaredCorrelation() throws(NumericsError) -> Double {
    guard !unbiasedSquaredCovariance.isNaN else {
      throw NumericsError(.tooFewObservations, "the correction needs at least four pairs")
    }
    guard unbiasedX > 0, unbiasedY > 0 else { throw Self.constant }
    return min(
      1, unbiasedSquaredCovariance / (unbiasedX.squareRoot() * unbiasedY.squareRoot()))
  }

  private static let constant = NumericsError(
    .undefined, "the correlation with a constant is undefined")
}

private func plainCovariance(
  _ joint: Double, _ rows: Double, _ totals: Double, _ n: Double
) -> Double {
  max(0, joint / (n * n) - 2 * rows / (n * n * n) + totals / (n * n * n * n))
}

private func unbiasedCovariance(
  _ joint: Double, _ rows: Double, _ totals: Double, _ n: Double
) -> Double {
  guard n > 3 else { return .nan }
  return (joint - 2 * rows / (n - 2) + totals / ((n - 1) * (n - 2))) / (n * (n - 3))
}

/// A column shifted to mean 0 and scaled to deviation 1, with what its distances add up to.
private struct ScaledColumn {
  var values: [Double]
  var order: [Int32]
  /// What the values were divided by.
  var scale: Double
  /// Σⱼ |xᵢ − xⱼ| of each row.
  var rowSums: [Double]
  /// Σᵢⱼ |xᵢ − xⱼ|.
  var total: Double
  /// Σᵢⱼ (xᵢ − xⱼ)².
  var squares: Double
  /// Σᵢ of the squared row sums.
  var squaredRows: Double

  init(_ column: Span<Double>) throws(NumericsError) {
    let n = Double(column.count)
    let centre = try mean(column)
    let deviation = try variance(column, correction: 0).squareRoot()
    guard centre.isFinite, deviation.isFinite else {
      throw NumericsError(.domain, "finite values are expected")
    }
    let isConstant = deviation <= abs(centre) * 0x1p-50
    scale = isConstant ? 1 : deviation
    let divisor = scale
    let scaled = (0..<column.count).map { isConstant ? 0 : (column[$0] - centre) / divisor }
    let ascending = sortPermutation(scaled.span)
    let sum = pairwiseSum(scaled.span)
    var rows = [Double](repeating: 0, count: scaled.count)
    var before = CompensatedSum()
    for (rank, place) in ascending.enumerated() {
      let value = scaled[Int(place)]
      // The values below add rank·x − before, those above the rest.
      rows[Int(place)] = (2 * Double(rank) - n) * value + sum - 2 * before.total
      before.add(value)
    }
    let sums = rows
    total = pairwiseSum(sums.span)
    squaredRows = pairwiseSum(over: 0..<sums.count) { sums[$0] * sums[$0] }
    squares =
      2 * n * pairwiseSum(over: 0..<scaled.count) { scaled[$0] * scaled[$0] } - 2 * sum * sum
    values = scaled
    order = ascending
    rowSums = sums
  }
}

/// Σᵢⱼ |xᵢ − xⱼ|·|yᵢ − yⱼ|.
private func crossProduct(_ x: ScaledColumn, _ y: ScaledColumn) -> Double {
  let count = x.values.count
  var rankOfY = [Int](repeating: 0, count: count)
  for (rank, place) in y.order.enumerated() { rankOfY[Int(place)] = rank + 1 }
  // Going up in x, a tree over the ranks of y holds how many rows there have been, and the sums
  // of x, y and x·y over them: |y − y′| is y − y′ for the lower ranks and y′ − y for the others.
  var tree = [SIMD4<Double>](repeating: .zero, count: count + 1)
  var all = SIMD4<Double>.zero
  var result = CompensatedSum()
  for place in x.order {
    let row = Int(place)
    let (a, b) = (x.values[row], y.values[row])
    var below = SIMD4<Double>.zero
    var index = rankOfY[row]
    while index > 0 {
      below += tree[index]
      index &= index - 1
    }
    // Lower ranks count +1, higher ranks −1.
    let signed = 2 * below - all
    result.add(signed[0] * a * b - signed[1] * b - signed[2] * a + signed[3])
    let entry = SIMD4(1, a, b, a * b)
    all += entry
    index = rankOfY[row]
    while index <= count {
      tree[index] += entry
      index += index & -index
    }
  }
  return 2 * result.total
}
