import AssayNumerics

/// Scores of two samples of points that are found together.
package enum PointFamily: String, Sendable, Hashable {
  /// Precision, recall, density, coverage.
  case manifold
  /// Precision and recall with closed balls that reach the third neighbour.
  case improved
  /// α-precision, β-recall, authenticity.
  case radial
  /// Clipped density, clipped coverage.
  case clipped

  /// The neighbour that balls reach.
  package var neighbours: Int { self == .improved ? 3 : 5 }

  /// What the scores of two samples are, and what is known of fresh ones.
  package struct Findings: Sendable {
    /// The scores.
    package var values: [Double]
    /// Standard deviations, where the rows themselves tell; the generator's, given the real rows.
    package var deviations: [Double?]
    /// What fresh rows get on average, where it is known for these sizes.
    package var floors: [Double?]
    /// How each of them was found.
    package var methods: [String]
  }

  /// Compares two samples.
  ///
  /// - Parameters:
  ///   - real: The real points.
  ///   - synthetic: The synthetic points.
  ///   - withFloors: Whether what fresh rows get is asked for.
  ///   - threads: How many threads work.
  /// - Returns: The scores in the order of the family.
  /// - Throws: ``NumericsError`` where there are too few points, or scores are not defined.
  func findings(
    _ real: EuclideanPoints, _ synthetic: EuclideanPoints, withFloors: Bool, threads: Int
  ) throws(NumericsError) -> Findings {
    let manifold = try NeighbourManifold(real, neighbours: neighbours, threads: threads)
    switch self {
    case .manifold:
      return try Self.manifold(manifold, synthetic, withFloors, threads)
    case .improved:
      return try Self.improved(manifold, synthetic, withFloors, threads)
    case .radial:
      let found = try RadialScores(real: manifold, synthetic: synthetic, threads: threads)
      let alpha = try found.expectedAlphaPrecision(
        real: real.count, synthetic: synthetic.count)
      return Findings(
        values: [found.alphaPrecision, found.betaRecall, found.authenticity],
        deviations: [alpha.deviation, nil, share(found.authenticity, synthetic.count)],
        floors: [alpha.value, nil, RadialScores.expectedAuthenticity(manifold)],
        methods: ["closed-form", splits, leftOut])
    case .clipped:
      let comparison = try ManifoldComparison(
        real: manifold,
        synthetic: NeighbourManifold(synthetic, neighbours: neighbours, threads: threads),
        threads: threads)
      let found = try ClippedManifold(
        real: manifold, synthetic: synthetic, comparison: comparison, threads: threads)
      let spread = try variance(found.shares.span) / Double(found.shares.count)
      return Findings(
        values: [found.density, found.coverage], deviations: [spread.squareRoot(), nil],
        // The mean of min(1, ratio) for a normal ratio of mean 1.
        floors: [max(0, 1 - found.freshDeviation / (2 * Double.pi).squareRoot()), nil],
        methods: ["closed-form", splits])
    }
  }

  private static func manifold(
    _ real: NeighbourManifold, _ synthetic: EuclideanPoints, _ withFloors: Bool, _ threads: Int
  ) throws(NumericsError) -> Findings {
    let found = try ManifoldComparison(
      real: real,
      synthetic: NeighbourManifold(synthetic, neighbours: real.neighbours, threads: threads),
      threads: threads)
    let k = Double(real.neighbours)
    let (n, m) = (real.points.count, synthetic.count)
    let counts = found.holding.map { Double($0) / k }
    let spread = try variance(counts.span) / Double(m)
    var findings = Findings(
      values: [found.precision, found.recall, found.density, found.coverage],
      deviations: [
        share(found.precision, m), share(found.recall, n), spread.squareRoot(),
        share(found.coverage, n),
      ], floors: [nil, nil, nil, nil], methods: [leftOut, leftOut, leftOut, "closed-form"])
    guard withFloors else { return findings }
    let left = try real.leavingOneOut(threads: threads)
    findings.floors = [
      left.precision, left.precision, left.density,
      CoverageExpectation.coverage(real: n, synthetic: m, neighbours: real.neighbours),
    ]
    // The closed form is for distances without ties.
    if real.tiedShare > 0.01 {
      findings.floors[3] = nil
      findings.methods[3] = splits
    }
    return findings
  }

  private static func improved(
    _ real: NeighbourManifold, _ synthetic: EuclideanPoints, _ withFloors: Bool, _ threads: Int
  ) throws(NumericsError) -> Findings {
    let found = try ManifoldComparison(
      real: real,
      synthetic: NeighbourManifold(synthetic, neighbours: real.neighbours, threads: threads),
      isClosed: true, threads: threads)
    var findings = Findings(
      values: [found.precision, found.recall],
      deviations: [
        share(found.precision, synthetic.count), share(found.recall, real.points.count),
      ], floors: [nil, nil], methods: [leftOut, leftOut])
    guard withFloors else { return findings }
    let left = try real.leavingOneOut(isClosed: true, threads: threads)
    findings.floors = [left.precision, left.precision]
    return findings
  }

  /// The standard deviation of a share.
  private static func share(_ value: Double, _ count: Int) -> Double {
    (value * (1 - value) / Double(max(1, count))).squareRoot()
  }

  private func share(_ value: Double, _ count: Int) -> Double { Self.share(value, count) }

  private static let leftOut = "leave-one-out"
  private static let splits = "splits"
  private var leftOut: String { Self.leftOut }
  private var splits: String { Self.splits }
}
