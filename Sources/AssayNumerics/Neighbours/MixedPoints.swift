/// One column of a set of mixed points: positions or codes, one a row, and a weight.
public struct MixedDimension: Sendable, Hashable {
  enum Values: Sendable, Hashable {
    /// Positions in 0...1; NaN stands for a missing one, inside this module only.
    case numeric([Double])
    /// Codes; a negative one is missing.
    case nominal([Int32])
  }

  var values: Values
  /// What a difference of 1, a mismatch, or one missing side adds to the distance; at least 0.
  public var weight: Double

  /// A numeric dimension, compared by |u − v|.
  ///
  /// - Parameters:
  ///   - positions: One position a row, in 0...1, such as ``RankScale/position(of:)`` gives.
  ///   - isMissing: Which rows are missing; empty when none is. The position of a missing row is
  ///     not looked at.
  ///   - weight: What a difference of 1 adds to the distance; at least 0, finite.
  /// - Returns: The dimension.
  public static func numeric(
    positions: [Double], isMissing: [Bool] = [], weight: Double = 1
  ) -> MixedDimension {
    precondition(
      isMissing.isEmpty || isMissing.count == positions.count,
      "one mark a row is expected, not \(isMissing.count) for \(positions.count)")
    var positions = positions
    for row in isMissing.indices where isMissing[row] { positions[row] = .nan }
    for row in positions.indices where isMissing.isEmpty || !isMissing[row] {
      precondition(
        positions[row] >= 0 && positions[row] <= 1,
        "positions in 0...1 are expected, not \(positions[row])")
    }
    return MixedDimension(values: .numeric(positions), weight: weight)
  }

  /// A nominal dimension, compared by equality: a mismatch counts 1.
  ///
  /// - Parameters:
  ///   - codes: One code a row; a negative code is missing.
  ///   - weight: What a mismatch adds to the distance; at least 0, finite.
  /// - Returns: The dimension.
  public static func nominal(codes: [Int32], weight: Double = 1) -> MixedDimension {
    MixedDimension(values: .nominal(codes), weight: weight)
  }

  private init(values: Values, weight: Double) {
    precondition(
      weight >= 0 && weight.isFinite, "a weight of at least 0 is expected, not \(weight)")
    self.values = values
    self.weight = weight
  }

  /// The number of rows.
  public var count: Int {
    switch values {
    case .numeric(let positions): positions.count
    case .nominal(let codes): codes.count
    }
  }

  fileprivate func rows(_ rows: [Int]) -> MixedDimension {
    switch values {
    case .numeric(let positions):
      MixedDimension(values: .numeric(rows.map { positions[$0] }), weight: weight)
    case .nominal(let codes): .nominal(codes: rows.map { codes[$0] }, weight: weight)
    }
  }
}

/// Rows of mixed numeric and nominal values, with the distance that compares them.
///
/// ```
/// d(a, b) = Σⱼ wⱼ δⱼ(aⱼ, bⱼ)
/// ```
///
/// δ is |u − v| in a numeric dimension and 1 for a mismatch in a nominal one; two missing sides
/// are 0 apart, one missing side is 1 away. Divide by the sum of the weights for a mean.
public struct MixedPoints: Sendable, Hashable {
  /// The dimensions, all with the same number of rows.
  public var dimensions: [MixedDimension]
  /// The number of rows.
  public var count: Int

  /// Makes points from their columns.
  ///
  /// - Parameter dimensions: At least one column; all of one length, at most 2³¹ − 1.
  public init(_ dimensions: [MixedDimension]) {
    precondition(!dimensions.isEmpty, "at least one dimension is expected")
    count = dimensions[0].count
    precondition(count <= Int(Int32.max), "at most \(Int32.max) rows are expected, not \(count)")
    for dimension in dimensions {
      precondition(
        dimension.count == count, "\(count) rows are expected, not \(dimension.count)")
    }
    self.dimensions = dimensions
  }

  /// Some of the rows.
  ///
  /// - Parameter rows: At least 0 and below ``count``, in any order.
  /// - Returns: These rows, in this order.
  /// - Complexity: O(rows · dimensions).
  public func rows(_ rows: [Int]) -> MixedPoints {
    MixedPoints(dimensions.map { $0.rows(rows) })
  }

  /// The distance of a row of these points and a row of others.
  ///
  /// Numeric dimensions are added up first, then nominal ones.
  ///
  /// - Parameters:
  ///   - row: A row of these points.
  ///   - other: Points with the same dimensions; the weights of these points count.
  ///   - otherRow: A row of the other points.
  /// - Returns: The distance; exactly 0 for equal rows.
  /// - Complexity: O(dimensions).
  public func distance(_ row: Int, to other: MixedPoints, _ otherRow: Int) -> Double {
    var sum = 0.0
    for (mine, theirs) in zip(dimensions, other.dimensions) {
      switch (mine.values, theirs.values) {
      case (.numeric(let u), .numeric(let v)):
        sum += mine.weight * positionDifference(u[row], v[otherRow])
      case (.nominal, .nominal):
        continue
      default:
        preconditionFailure("a numeric dimension cannot be compared with a nominal one")
      }
    }
    for (mine, theirs) in zip(dimensions, other.dimensions) {
      guard case .nominal(let a) = mine.values, case .nominal(let b) = theirs.values else {
        continue
      }
      sum += codesMatch(a[row], b[otherRow]) ? 0 : mine.weight
    }
    return sum
  }
}

/// |u − v|, 0 when both are missing (NaN) and 1 when one is.
@inline(__always)
func positionDifference(_ u: Double, _ v: Double) -> Double {
  let difference = abs(u - v)
  return difference.isNaN ? (u.isNaN && v.isNaN ? 0 : 1) : difference
}

@inline(__always)
func codesMatch(_ a: Int32, _ b: Int32) -> Bool {
  // All negative codes are one: missing.
  a == b || (a < 0 && b < 0)
}

extension MixedDimension {
  /// The codes of a nominal dimension; `nil` for a numeric one.
  public var codes: [Int32]? {
    if case .nominal(let codes) = values { codes } else { nil }
  }

  /// The position of a row of a numeric dimension; `nil` where it is missing or there are codes.
  public func position(_ row: Int) -> Double? {
    guard case .numeric(let positions) = values, !positions[row].isNaN else { return nil }
    return positions[row]
  }
}

extension MixedPoints {
  /// Sets of points one behind the other.
  ///
  /// - Parameter parts: At least one, with the same kinds of dimensions; the first one's weights
  ///   count.
  /// - Complexity: O(rows · dimensions).
  public init(joining parts: [MixedPoints]) {
    precondition(!parts.isEmpty, "at least one set of points is expected")
    self.init(
      parts[0].dimensions.indices.map { index in
        var joined = parts[0].dimensions[index]
        for part in parts.dropFirst() {
          switch (joined.values, part.dimensions[index].values) {
          case (.numeric(let own), .numeric(let other)): joined.values = .numeric(own + other)
          case (.nominal(let own), .nominal(let other)): joined.values = .nominal(own + other)
          default:
            preconditionFailure("a numeric dimension cannot be joined with a nominal one")
          }
        }
        return joined
      })
  }
}
