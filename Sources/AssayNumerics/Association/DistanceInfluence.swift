/// A column of numbers with what distance correlations with other columns need of it.
///
/// Source: Székely & Rizzo (2014), doi:10.1214/14-AOS1255.
public struct DistanceColumn: Sendable {
  /// The values less their mean, over their standard deviation.
  let values: [Double]
  /// The rows in ascending order of their value.
  let order: [Int32]
  /// The mean distance of each value to all.
  let means: [Double]
  /// The mean of all distances.
  let mean: Double
  /// The mean product of centred distances with themselves, for each row.
  let own: [Double]
  /// The unbiased squared distance variance.
  let variance: Double

  /// Takes a column.
  ///
  /// - Parameter values: At least four finite values.
  /// - Throws: ``NumericsError`` `.tooFewObservations` below four values, `.undefined` for a
  ///   constant, `.domain` for values that are not finite.
  /// - Complexity: O(*n* log *n*).
  public init(_ values: Span<Double>) throws(NumericsError) {
    guard values.count >= 4 else {
      throw NumericsError(.tooFewObservations, "the correction needs at least four values")
    }
    let n = Double(values.count)
    let centre = try AssayNumerics.mean(values)
    let deviation = try AssayNumerics.variance(values, correction: 0).squareRoot()
    guard deviation.isFinite else { throw NumericsError(.domain, "finite values are expected") }
    guard deviation > abs(centre) * 0x1p-50 else {
      throw NumericsError(.undefined, "the correlation with a constant is undefined")
    }
    let scaled = (0..<values.count).map { (values[$0] - centre) / deviation }
    let order = sortPermutation(scaled.span)
    let ones = [Double](repeating: 1 / n, count: scaled.count)
    let means = Self.distances(scaled, order, to: ones)
    let mean = pairwiseSum(means.span) / n
    let mixed = Self.distances(scaled, order, to: means.map { $0 / n })
    let sum = pairwiseSum(scaled.span) / n
    let squares = pairwiseSum(over: 0..<scaled.count) { scaled[$0] * scaled[$0] } / n
    own = scaled.indices.map { row in
      let product = scaled[row] * (scaled[row] - 2 * sum) + squares
      return product - 2 * mixed[row] - means[row] * means[row] + 2 * means[row] * mean
    }
    variance = unbiased(
      joint: 2 * (squares - sum * sum),
      cross: pairwiseSum(over: 0..<means.count) { means[$0] * means[$0] } / n, mean * mean, n)
    self.values = scaled
    self.order = order
    self.means = means
    self.mean = mean
    guard variance > 0 else {
      throw NumericsError(.undefined, "the correlation with a constant is undefined")
    }
  }

  /// Σⱼ wⱼ·|xᵢ − xⱼ| for every row.
  static func distances(_ values: [Double], _ order: [Int32], to weights: [Double]) -> [Double] {
    var total = 0.0
    var sum = 0.0
    for place in order {
      total += weights[Int(place)]
      sum += weights[Int(place)] * values[Int(place)]
    }
    var found = [Double](repeating: 0, count: values.count)
    var below = 0.0
    var sumBelow = 0.0
    for place in order {
      let row = Int(place)
      found[row] = values[row] * (2 * below - total) + sum - 2 * sumBelow
      below += weights[row]
      sumBelow += weights[row] * values[row]
    }
    return found
  }
}

/// The unbiased mean product of centred distances, from the plain mean product, the mean product of
/// the mean distances and the product of the means.
private func unbiased(joint: Double, cross: Double, _ means: Double, _ n: Double) -> Double {
  n / (n - 3) * (joint - 2 * n / (n - 2) * cross + n * n / ((n - 1) * (n - 2)) * means)
}

/// The bias-corrected squared distance correlation, with what each pair does to it.
///
/// ```
/// R² = dCov²(x, y)/√(dVar²(x)·dVar²(y)),   each unbiased
/// ```
///
/// 0 on average for independent columns, whatever the form of a dependence. The influence of a pair
/// is how fast R² changes with its weight, times *n*; see ``KendallInfluence``. For independent
/// columns the influences vanish in the limit, and what is left of them overstates the deviation of
/// R² by up to √2.
///
/// Source: Székely & Rizzo (2014), doi:10.1214/14-AOS1255; algorithm after Huo & Székely (2016),
/// doi:10.1080/00401706.2015.1054435.
public struct DistanceInfluence: Sendable, Hashable {
  /// R², at most 1; it may be negative.
  public var squaredCorrelation: Double
  /// The influence of each row.
  public var influence: [Double]

  /// Compares two columns of the same rows.
  ///
  /// - Complexity: O(*n* log *n*).
  public init(_ x: DistanceColumn, _ y: DistanceColumn) {
    precondition(x.values.count == y.values.count, "columns of the same rows are expected")
    let count = x.values.count
    let n = Double(count)
    let products = distanceProducts(x, y)
    let joint = pairwiseSum(products.span) / (n * n)
    let cross = pairwiseSum(over: 0..<count) { x.means[$0] * y.means[$0] } / n
    let covariance = unbiased(joint: joint, cross: cross, x.mean * y.mean, n)
    let scale = x.variance.squareRoot() * y.variance.squareRoot()
    let found = min(1, covariance / scale)
    let ofX = DistanceColumn.distances(x.values, x.order, to: y.means.map { $0 / n })
    let ofY = DistanceColumn.distances(y.values, y.order, to: x.means.map { $0 / n })
    let own = (0..<count).map { row in
      products[row] / n - ofX[row] - ofY[row] - x.means[row] * y.means[row]
        + x.means[row] * y.mean + x.mean * y.means[row]
    }
    let centre = (own: Self.mean(own), x: Self.mean(x.own), y: Self.mean(y.own))
    influence = (0..<count).map { row in
      2 * (own[row] - centre.own) / scale - found
        * ((x.own[row] - centre.x) / x.variance + (y.own[row] - centre.y) / y.variance)
    }
    squaredCorrelation = found
  }

  private static func mean(_ values: [Double]) -> Double {
    pairwiseSum(values.span) / Double(values.count)
  }
}

/// Σⱼ |xᵢ − xⱼ|·|yᵢ − yⱼ| for every row.
private func distanceProducts(_ x: DistanceColumn, _ y: DistanceColumn) -> [Double] {
  let count = x.values.count
  var rankOfY = [Int](repeating: 0, count: count)
  // Sums of 1, x, y and x·y over the rows of lower rank of y.
  var lower = [SIMD4<Double>](repeating: .zero, count: count + 1)
  for (rank, place) in y.order.enumerated() {
    let row = Int(place)
    rankOfY[row] = rank + 1
    let (a, b) = (x.values[row], y.values[row])
    lower[rank + 1] = lower[rank] + SIMD4(1, a, b, a * b)
  }
  let all = lower[count]
  // Going up in x, a tree over the ranks of y holds the same sums of the rows there have been.
  var tree = [SIMD4<Double>](repeating: .zero, count: count + 1)
  var seen = SIMD4<Double>.zero
  var found = [Double](repeating: 0, count: count)
  for place in x.order {
    let row = Int(place)
    let (a, b) = (x.values[row], y.values[row])
    var below = SIMD4<Double>.zero
    var index = rankOfY[row]
    while index > 0 {
      below += tree[index]
      index &= index - 1
    }
    // Of rows with lower x, lower y count +1 and higher −1; of the others the opposite.
    let ahead = 2 * (lower[rankOfY[row] - 1] - below) - (all - seen)
    let signed = 2 * below - seen - ahead
    found[row] = signed[0] * a * b - signed[1] * b - signed[2] * a + signed[3]
    let entry = SIMD4(1, a, b, a * b)
    seen += entry
    index = rankOfY[row]
    while index <= count {
      tree[index] += entry
      index += index & -index
    }
  }
  return found
}
