/// A sample of points with the ball around each that holds its k nearest others: the region that the
/// sample stands for.
public struct NeighbourManifold: Sendable {
  /// The points.
  public let points: EuclideanPoints
  /// How many neighbours reach the surface of a ball, k.
  public let neighbours: Int
  /// The k + 1 nearest other points of each.
  public let nearest: EuclideanNeighbours

  /// Finds the balls.
  ///
  /// - Parameters:
  ///   - points: The sample.
  ///   - neighbours: k; at least 1.
  ///   - threads: How many threads work.
  /// - Throws: ``NumericsError`` `.tooFewObservations` without k + 1 points.
  /// - Complexity: O(points² · dimensions).
  public init(
    _ points: EuclideanPoints, neighbours: Int, threads: Int = 1
  ) throws(NumericsError) {
    guard points.count > neighbours else {
      throw NumericsError(
        .tooFewObservations, "balls that reach \(neighbours) others need more points than that")
    }
    self.points = points
    self.neighbours = neighbours
    nearest = try AssayNumerics.nearest(
      queries: points, base: points, neighbours: neighbours + 1, excludingSelf: true,
      threads: threads)
  }

  /// The squared radius of each ball.
  public var squaredRadii: [Double] { nearest.squaredRadii(rank: neighbours) }

  /// The share of balls whose k-th neighbour is at the distance of the one before or after it: where
  /// it is large, the formulas for points without ties do not hold.
  public var tiedShare: Double {
    let own = squaredRadii
    let next = nearest.squaredRadii(rank: neighbours + 1)
    let before = neighbours > 1 ? nearest.squaredRadii(rank: neighbours - 1) : []
    let tied = own.indices.count { row in
      own[row] == next[row] || (neighbours > 1 ? own[row] == before[row] : own[row] == 0)
    }
    return Double(tied) / Double(max(1, own.count))
  }

  /// What the points themselves get when each is left out in turn: what a fresh point of their law gets
  /// on average, whatever the law and its ties.
  ///
  /// - Parameters:
  ///   - isClosed: Whether the surface belongs to a ball.
  ///   - threads: How many threads work.
  /// - Returns: The share of points that lie in the ball of another point, and how many balls hold a
  ///   point, over k.
  /// - Throws: ``NumericsError`` `.cancelled`.
  /// - Complexity: O(points² · dimensions).
  public func leavingOneOut(
    isClosed: Bool = false, threads: Int = 1
  ) throws(NumericsError) -> (precision: Double, density: Double) {
    // Without point i, the ball of j reaches one neighbour further where i was among its k. An open
    // ball then holds i exactly where i is nearer than the (k + 1)-th neighbour of j, a closed one
    // where i is no further than the k-th.
    let radii = nearest.squaredRadii(rank: isClosed ? neighbours : neighbours + 1)
    let counts = try BallCounts(
      centres: points, squaredRadii: radii, points: points, isClosed: isClosed,
      excludingSelf: true, threads: threads)
    return (
      Double(counts.holding.count { $0 > 0 }) / Double(points.count),
      Double(counts.pairs) / Double(neighbours * points.count)
    )
  }
}
