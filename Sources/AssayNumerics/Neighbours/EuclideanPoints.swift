/// Rows of numbers that are compared by Euclidean distance.
public struct EuclideanPoints: Sendable, Hashable {
  /// The coordinates, row-major.
  public let values: [Double]
  /// The number of coordinates a row.
  public let dimensions: Int
  /// The number of rows.
  public let count: Int

  /// The largest coordinate whose square can be summed without overflow.
  static let largest = 1e150

  /// Makes points.
  ///
  /// - Parameters:
  ///   - values: The coordinates, row-major; finite and at most 10¹⁵⁰ in size.
  ///   - dimensions: The number of coordinates a row; at least 1.
  /// - Throws: ``NumericsError`` `.domain` for coordinates that are not finite or too large.
  /// - Complexity: O(values).
  public init(_ values: [Double], dimensions: Int) throws(NumericsError) {
    precondition(dimensions >= 1, "at least 1 dimension is expected, not \(dimensions)")
    precondition(
      values.count % dimensions == 0,
      "whole rows of \(dimensions) numbers are expected, not \(values.count)")
    precondition(
      values.count / dimensions <= Int(Int32.max), "at most \(Int32.max) rows are expected")
    // Written so that NaN is refused too.
    for value in values where !(abs(value) <= Self.largest) {
      throw NumericsError(.domain, "coordinates must be finite and at most 1e150 in size")
    }
    self.values = values
    self.dimensions = dimensions
    count = values.count / dimensions
  }

  /// Σ (a − b)² of two rows, added in the order of the coordinates by four running sums.
  ///
  /// - Returns: The squared distance; exactly 0 for equal rows, the same for both orders.
  /// - Complexity: O(dimensions).
  public func squaredDistance(_ row: Int, to other: EuclideanPoints, _ otherRow: Int) -> Double {
    precondition(dimensions == other.dimensions, "points of one space are expected")
    let (a, b) = (values.span, other.values.span)
    return Self.squaredDistance(
      a.extracting(row * dimensions..<(row + 1) * dimensions),
      b.extracting(otherRow * dimensions..<(otherRow + 1) * dimensions))
  }

  @inline(__always)
  static func squaredDistance(_ a: Span<Double>, _ b: Span<Double>) -> Double {
    if let wide = KeyLoops.squaredDistance(a, b) { return wide }
    var (s0, s1, s2, s3) = (0.0, 0.0, 0.0, 0.0)
    var index = 0
    let count = a.count
    while index + 4 <= count {
      let d0 = a[index] - b[index]
      let d1 = a[index + 1] - b[index + 1]
      let d2 = a[index + 2] - b[index + 2]
      let d3 = a[index + 3] - b[index + 3]
      s0 += d0 * d0
      s1 += d1 * d1
      s2 += d2 * d2
      s3 += d3 * d3
      index += 4
    }
    while index < count {
      let d = a[index] - b[index]
      s0 += d * d
      index += 1
    }
    return (s0 + s1) + (s2 + s3)
  }

  /// Some of the rows.
  ///
  /// - Parameter rows: At least 0 and below ``count``, in any order.
  /// - Returns: These rows, in this order.
  /// - Complexity: O(rows · dimensions).
  public func rows(_ rows: [Int]) -> EuclideanPoints {
    EuclideanPoints(
      sound: rows.flatMap { values[$0 * dimensions..<($0 + 1) * dimensions] },
      dimensions: dimensions)
  }

  /// As many of the first rows.
  public func prefix(_ count: Int) -> EuclideanPoints {
    EuclideanPoints(
      sound: Array(values.prefix(min(count, self.count) * dimensions)), dimensions: dimensions)
  }

  private init(sound values: [Double], dimensions: Int) {
    self.values = values
    self.dimensions = dimensions
    count = values.count / dimensions
  }
}
