/// Clipped density and clipped coverage of a synthetic sample.
///
/// Density with radii cut at their median and each synthetic point counted at most once, divided by
/// what the real points get of each other; coverage with at most k synthetic points counted in a
/// ball, brought to the share of good points that gives as much on average. Both fall in proportion
/// to the share of bad points, which plain density and coverage do not.
///
/// Source: Salvy, Talbot & Thirion (2025), Enhanced generative model evaluation with clipped density
/// and coverage, arXiv:2507.01761.
public struct ClippedManifold: Sendable, Hashable {
  /// Clipped density, in 0...1.
  public var density: Double
  /// Clipped coverage, in 0...1.
  public var coverage: Double
  /// Clipped density before it is cut at 1.
  public var densityRatio: Double
  /// The mean of min(k, synthetic points in a ball)/k.
  public var rawCoverage: Double
  /// What each synthetic point adds to the density ratio: its mean is the ratio.
  public var shares: [Double]
  /// The standard deviation of the density ratio for fresh points of the law of the real points.
  ///
  /// Its mean is 1: a real point that is left out lies in the same clipped balls of others as before.
  public var freshDeviation: Double

  /// Compares two samples.
  ///
  /// - Parameters:
  ///   - real: The real points with their balls.
  ///   - synthetic: The synthetic points.
  ///   - comparison: The comparison of both with balls that do not hold their surface.
  ///   - threads: How many threads work.
  /// - Throws: ``NumericsError`` `.undefined` where no real point lies in a clipped ball of another.
  /// - Complexity: O(points² · dimensions).
  public init(
    real: NeighbourManifold, synthetic: EuclideanPoints, comparison: ManifoldComparison,
    threads: Int = 1
  ) throws(NumericsError) {
    let k = real.neighbours
    let radii = real.squaredRadii
    let sorted = sortedCopy(radii.span)
    var limit = sorted[sorted.count / 2]
    if sorted.count.isMultiple(of: 2), sorted[sorted.count / 2 - 1] < limit {
      // The mean of both middle radii, which are roots.
      let below = sorted[sorted.count / 2 - 1].squareRoot()
      let middle = (below + limit.squareRoot()) / 2
      limit = middle * middle
    }
    var clipped = radii
    for row in clipped.indices { clipped[row] = min(clipped[row], limit) }
    let own = try BallCounts(
      centres: real.points, squaredRadii: clipped, points: real.points, isClosed: true,
      excludingSelf: true, threads: threads)
    let found = try BallCounts(
      centres: real.points, squaredRadii: clipped, points: synthetic, isClosed: true,
      threads: threads)
    let ownCounts = Self.clipped(own.holding, at: k)
    let ideal = Self.mean(ownCounts)
    guard ideal > 0 else {
      throw NumericsError(.undefined, "no row lies within the median radius of another")
    }
    let counts = Self.clipped(found.holding, at: k)
    let ratio = Self.mean(counts) / ideal
    shares = counts.map { $0 / ideal }
    densityRatio = ratio
    density = min(1, ratio)
    let spread = ownCounts.count > 1 ? try variance(ownCounts.span) / (ideal * ideal) : 0
    let sizes = 1 / Double(synthetic.count) + 1 / Double(ownCounts.count)
    freshDeviation = (spread * sizes).squareRoot()
    let raw = Self.mean(Self.clipped(comparison.inBall, at: k))
    rawCoverage = raw
    let expected = CoverageExpectation.clippedCoverage(
      real: real.points.count, synthetic: synthetic.count, neighbours: k)
    let rank = expected.firstIndex { $0 >= raw } ?? expected.count
    coverage = Double(rank) / Double(expected.count)
  }

  /// min(k, count)/k.
  private static func clipped(_ counts: [Int32], at k: Int) -> [Double] {
    counts.map { Double(min(Int($0), k)) / Double(k) }
  }

  private static func mean(_ values: [Double]) -> Double {
    pairwiseSum(values.span) / Double(max(1, values.count))
  }
}
