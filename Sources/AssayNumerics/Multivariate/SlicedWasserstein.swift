/// Wasserstein distances of two samples of rows, seen along many directions.
///
/// ```
/// SW₁ = mean over directions of W₁      SW₂ = √ mean of W₂²      maximum = √ max of W₂²
/// ```
///
/// The price of a sort a direction, where exact transport costs n³. Directions are many in many
/// columns, and a defect of one column shrinks with √d.
///
/// Source: Bonneel et al. (2015), doi:10.1007/s10851-014-0506-3; Deshpande et al. (2019),
/// arXiv:1904.05877, for the maximum.
public struct SlicedWasserstein: Sendable, Hashable {
  /// The mean over directions of W₁.
  public var first: Double
  /// The root of the mean over directions of W₂².
  public var second: Double
  /// The largest W₂, and its direction's place among those given.
  ///
  /// Chosen on the data it is measured on: no p-value belongs to it without a split.
  public var largest: (distance: Double, direction: Int) { (largestDistance, largestDirection) }
  private var largestDistance: Double
  private var largestDirection: Int

  /// Projects and compares two samples.
  ///
  /// - Parameters:
  ///   - first: The first sample, *n* × `dimensions`, row-major; finite.
  ///   - second: The second sample, *m* × `dimensions`, row-major; finite.
  ///   - dimensions: The number of columns, d; at least 1.
  ///   - directions: Unit vectors, L × `dimensions`, row-major; see ``directions(_:dimensions:stream:)``.
  /// - Throws: ``NumericsError`` `.tooFewObservations` when a sample is empty or no direction is
  ///   given, `.undefined` when a distance is not finite.
  /// - Complexity: O(L·*N*·(d + log *N*)).
  public init(
    _ first: Span<Double>, _ second: Span<Double>, dimensions: Int, directions: Span<Double>
  ) throws(NumericsError) {
    let pooled = try pooledRows(first, second, dimensions)
    precondition(
      directions.count % dimensions == 0,
      "whole directions of \(dimensions) numbers are expected, not \(directions.count)")
    let count = directions.count / dimensions
    guard count > 0 else {
      throw NumericsError(.tooFewObservations, "at least one direction is expected")
    }
    let n = first.count / dimensions
    let rows = pooled.count / dimensions
    // Directions × rows, so that each projection lies in one piece.
    var columns = [Double](repeating: 0, count: pooled.count)
    for row in 0..<rows {
      for column in 0..<dimensions {
        columns[column * rows + row] = pooled[row * dimensions + column]
      }
    }
    let across = columns
    let projected = LinearAlgebra.doublePrecisionProduct(
      directions, across.span, rows: count, inner: dimensions, columns: rows)
    var sum = CompensatedSum()
    var squares = CompensatedSum()
    largestDistance = 0
    largestDirection = 0
    for direction in 0..<count {
      let line = projected.span.extracting((direction * rows)..<((direction + 1) * rows))
      let a = sortedCopy(line.extracting(0..<n))
      let b = sortedCopy(line.extracting(n..<rows))
      sum.add(try wasserstein1(sorted: a.span, b.span))
      let distance = try wasserstein2(sorted: a.span, b.span)
      squares.add(distance * distance)
      if distance > largestDistance {
        largestDistance = distance
        largestDirection = direction
      }
    }
    self.first = sum.total / Double(count)
    self.second = (squares.total / Double(count)).squareRoot()
  }

  /// Directions drawn uniformly from the sphere.
  ///
  /// - Parameters:
  ///   - count: How many, L; at least 1.
  ///   - dimensions: The number of columns, d; at least 1.
  ///   - stream: The random numbers.
  /// - Returns: Unit vectors, L × d, row-major.
  /// - Complexity: O(L·d).
  public static func directions(
    _ count: Int, dimensions: Int, stream: inout RandomStream
  ) -> [Double] {
    precondition(count >= 1 && dimensions >= 1, "at least 1 direction and dimension are expected")
    var result: [Double] = []
    for _ in 0..<count {
      var direction = (0..<dimensions).map { _ in stream.normal() }
      var length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
      while length == 0 {
        direction = (0..<dimensions).map { _ in stream.normal() }
        length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
      }
      result += direction.map { $0 / length }
    }
    return result
  }
}
