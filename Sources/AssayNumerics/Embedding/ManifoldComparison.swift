/// Precision, recall, density and coverage of a synthetic sample (PRDC).
///
/// The region of a sample is the union of the balls around its points that reach their k-th nearest
/// other point; a point is in a ball where it is nearer to the centre than the surface.
///
/// Source: Naeem, Oh, Uh, Choi & Yoo (2020), Reliable fidelity and diversity metrics for generative
/// models, ICML; Kynkäänniemi, Karras, Laine, Lehtinen & Aila (2019), Improved precision and recall
/// metric for assessing generative models, NeurIPS.
public struct ManifoldComparison: Sendable, Hashable {
  /// The share of synthetic points in the region of the real ones.
  public var precision: Double
  /// The share of real points in the region of the synthetic ones.
  public var recall: Double
  /// How many real balls hold a synthetic point on average, over k; 1 for equal laws without ties.
  public var density: Double
  /// The share of real balls that hold a synthetic point.
  public var coverage: Double
  /// How many real balls hold each synthetic point.
  public var holding: [Int32]
  /// How many synthetic points are in each real ball.
  public var inBall: [Int32]

  /// Compares two samples.
  ///
  /// - Parameters:
  ///   - real: The real points with their balls.
  ///   - synthetic: The synthetic points with theirs.
  ///   - isClosed: Whether the surface belongs to a ball, as in improved precision and recall.
  ///   - threads: How many threads work.
  /// - Throws: ``NumericsError`` `.cancelled`.
  /// - Complexity: O(real · synthetic · dimensions).
  public init(
    real: NeighbourManifold, synthetic: NeighbourManifold, isClosed: Bool = false, threads: Int = 1
  ) throws(NumericsError) {
    let counts = try BallCounts(
      centres: real.points, squaredRadii: real.squaredRadii, points: synthetic.points,
      pointSquaredRadii: synthetic.squaredRadii, isClosed: isClosed, threads: threads)
    let (n, m) = (Double(real.points.count), Double(synthetic.points.count))
    precision = Double(counts.holding.count { $0 > 0 }) / m
    recall = Double(counts.isReached.count { $0 }) / n
    density = Double(counts.pairs) / (Double(real.neighbours) * m)
    coverage = Double(counts.inBall.count { $0 > 0 }) / n
    holding = counts.holding
    inBall = counts.inBall
  }
}
