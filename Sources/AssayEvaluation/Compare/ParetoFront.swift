/// Which of several points no other point dominates.
public enum ParetoFront {
  /// Whether each point is on the front.
  ///
  /// A point is dominated where another is at least as good on every axis and better on one. Equal
  /// points dominate neither each other nor are kept off the front by each other.
  ///
  /// - Parameters:
  ///   - points: A number for each axis, finite, all points with as many.
  ///   - lowerIsBetter: For each axis whether smaller numbers are better.
  /// - Returns: A truth value a point; without an axis every point is on the front.
  /// - Complexity: O(n²·axes).
  ///
  /// Source: Kung, Luccio & Preparata (1975), On finding the maxima of a set of vectors.
  public static func members(_ points: [[Double]], lowerIsBetter: [Bool]) -> [Bool] {
    let oriented = points.map { point in
      zip(point, lowerIsBetter).map { $0.1 ? -$0.0 : $0.0 }
    }
    return oriented.map { point in
      !oriented.contains { other in
        let pairs = zip(other, point)
        return pairs.allSatisfy { $0.0 >= $0.1 } && pairs.contains { $0.0 > $0.1 }
      }
    }
  }
}
