/// The energy distance of two samples of rows.
///
/// ```
/// E = 2·E‖X − Y‖ − E‖X − X′‖ − E‖Y − Y′‖
/// ```
///
/// 0 in the population exactly for equal laws; no tuning. Sums of many columns drown a defect of
/// one: bring columns to one scale first.
///
/// Source: Székely & Rizzo (2013), doi:10.1016/j.jspi.2013.03.018.
public struct EnergyStatistic: Sendable, Hashable {
  /// E with means over all pairs, at least 0; (1/n + 1/m)·E‖X − X′‖ on average for equal laws.
  public var distance: Double
  /// E with means over pairs of different rows; 0 on average for equal laws, so it may be negative.
  ///
  /// Not a number when either sample has one row.
  public var unbiased: Double
  /// E/(2·E‖X − Y‖), in 0...1; 0 when all rows are equal.
  public var coefficient: Double
  /// What ``distance`` is on average for two samples of one law, from the pooled distances.
  public var expected: Double
  /// The standard deviation of ``distance`` away from equal laws; near 0 when they are equal, where
  /// relabelling says how it varies.
  ///
  /// From the influence of each row, 2·(mean distance to the other sample − mean distance to its own).
  public var deviation: Double

  /// Takes the distances.
  ///
  /// - Parameter distances: The distances of the pooled rows.
  /// - Complexity: O(*N*²).
  public init(_ distances: PooledDistances) {
    let rows = distances.count
    let labels = (0..<rows).map { $0 < distances.firstCount ? 1.0 : 0 }
    let table = distances.values
    let sums = LabelSums(table: table.span, labels: labels.span, rows: rows, labellings: 1)
    let n = Double(distances.firstCount)
    let m = Double(distances.secondCount)
    let cross = 2 * sums.between[0] / (n * m)
    distance = max(0, cross - sums.first[0] / (n * n) - sums.second[0] / (m * m))
    unbiased =
      n > 1 && m > 1
      ? cross - sums.first[0] / (n * (n - 1)) - sums.second[0] / (m * (m - 1)) : .nan
    coefficient = cross > 0 ? min(1, distance / cross) : 0
    let all = sums.first[0] + sums.second[0] + 2 * sums.between[0]
    let total = Double(rows)
    expected = (1 / n + 1 / m) * all / (total * (total - 1))
    let first = Self.influences(distances, own: 0..<distances.firstCount)
    let second = Self.influences(distances, own: distances.firstCount..<rows)
    // A sample of one row has no variance.
    let variances =
      ((try? variance(first.span)) ?? 0) / n + ((try? variance(second.span)) ?? 0) / m
    deviation = variances.squareRoot()
  }

  /// What each row of a sample does to the distance.
  private static func influences(_ distances: PooledDistances, own: Range<Int>) -> [Double] {
    let rows = distances.count
    let others = Double(rows - own.count)
    return own.map { row in
      let line = distances.values.span.extracting(row * rows..<(row + 1) * rows)
      let inside = pairwiseSum(line.extracting(own))
      return 2 * ((pairwiseSum(line) - inside) / others - inside / Double(own.count))
    }
  }

  /// Tests equality of both laws by relabelling.
  ///
  /// - Parameters:
  ///   - distances: The distances of the pooled rows.
  ///   - permutations: How many labellings to draw, B; at least 1.
  ///   - stream: The random numbers.
  /// - Returns: The energy distance with its p-value.
  /// - Complexity: O(*N*²·B), at the speed of a matrix product.
  public static func test(
    _ distances: PooledDistances, permutations: Int = 999, stream: inout RandomStream
  ) -> RelabellingTest {
    precondition(permutations >= 1, "at least 1 permutation is expected, not \(permutations)")
    let rows = distances.count
    let labels = LabelSums.labels(
      first: distances.firstCount, rows: rows, permutations: permutations, stream: &stream)
    let table = distances.values
    let sums = LabelSums(
      table: table.span, labels: labels.span, rows: rows, labellings: permutations + 1)
    let n = Double(distances.firstCount)
    let m = Double(distances.secondCount)
    return RelabellingTest(
      statistics: (0...permutations).map { index in
        2 * sums.between[index] / (n * m) - sums.first[index] / (n * n) - sums.second[index]
          / (m * m)
      })
  }
}
