/// The distances between all rows of two samples, pooled: the first sample's rows come first.
///
/// One table serves every test that compares distances: energy, kernels, neighbours and trees.
///
/// - Note: N² numbers of eight bytes: 200 MB for 5,000 rows. Sample first beyond that.
public struct PooledDistances: Sendable {
  /// How far two rows are apart.
  public enum Metric: Sendable, Hashable {
    /// √Σ (x − y)².
    case euclidean
    /// Σ |x − y|.
    case manhattan
  }

  /// The distances, *N* × *N*, row-major, symmetric with zeros on the diagonal.
  public let values: [Double]
  /// The number of rows of the first sample.
  public let firstCount: Int
  /// The number of rows of the second sample.
  public let secondCount: Int

  /// The number of rows of both samples, *N*.
  public var count: Int { firstCount + secondCount }

  /// Measures all distances.
  ///
  /// - Parameters:
  ///   - first: The first sample, *n* × `dimensions`, row-major; finite.
  ///   - second: The second sample, *m* × `dimensions`, row-major; finite.
  ///   - dimensions: The number of columns, d; at least 1.
  ///   - metric: How distance is measured.
  /// - Throws: ``NumericsError`` `.tooFewObservations` when either sample is empty, `.domain` when
  ///   a distance is not finite.
  /// - Complexity: O(*N*²·d).
  public init(
    _ first: Span<Double>, _ second: Span<Double>, dimensions: Int, metric: Metric = .euclidean
  ) throws(NumericsError) {
    let pooled = try pooledRows(first, second, dimensions)
    let rows = pooled.count / dimensions
    var distances = [Double](repeating: 0, count: rows * rows)
    var largest = 0.0
    let points = pooled.span
    for row in 0..<rows {
      let base = row * dimensions
      for other in 0..<row {
        let start = other * dimensions
        var sum = 0.0
        switch metric {
        case .euclidean:
          for column in 0..<dimensions {
            let difference = points[base + column] - points[start + column]
            sum += difference * difference
          }
          sum = sum.squareRoot()
        case .manhattan:
          for column in 0..<dimensions {
            sum += abs(points[base + column] - points[start + column])
          }
        }
        // A maximum would pass over NaN.
        largest = sum.isFinite ? max(largest, sum) : .infinity
        distances[row * rows + other] = sum
        distances[other * rows + row] = sum
      }
    }
    guard largest < .infinity else {
      throw NumericsError(.domain, "rows of finite numbers are expected")
    }
    values = distances
    firstCount = first.count / dimensions
    secondCount = second.count / dimensions
  }

  /// The distances of all pairs of different rows, in ascending order.
  ///
  /// - Complexity: O(*N*²).
  public func sortedPairs() -> [Double] {
    var pairs: [Double] = []
    pairs.reserveCapacity(count * (count - 1) / 2)
    for row in 0..<count {
      for other in 0..<row { pairs.append(values[row * count + other]) }
    }
    return sortedCopy(pairs.span)
  }
}

/// Both samples below each other, once their shapes are known to fit.
func pooledRows(
  _ first: Span<Double>, _ second: Span<Double>, _ dimensions: Int
) throws(NumericsError) -> [Double] {
  precondition(dimensions >= 1, "at least 1 dimension is expected, not \(dimensions)")
  precondition(
    first.count % dimensions == 0 && second.count % dimensions == 0,
    "whole rows of \(dimensions) numbers are expected, not \(first.count) and \(second.count)")
  guard first.count > 0, second.count > 0 else {
    throw NumericsError(.tooFewObservations, "both samples must have at least one row")
  }
  var pooled: [Double] = []
  pooled.reserveCapacity(first.count + second.count)
  for index in 0..<first.count { pooled.append(first[index]) }
  for index in 0..<second.count { pooled.append(second[index]) }
  return pooled
}
