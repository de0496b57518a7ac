import Foundation

/// α-precision and β-recall of a synthetic sample, and the share of synthetic points that are
/// authentic.
///
/// α-precision asks whether the innermost share α of the real points, by distance from their mean,
/// holds a share α of the synthetic ones; β-recall whether real points have a synthetic point nearer
/// than any other real one, among the innermost synthetic points. Both are
/// `1 − Σ|α − share|/Σα` over the steps of α. A synthetic point is authentic where it is further from
/// its nearest real point than that is from all other real points.
///
/// Source: Alaa, van Breugel, Saveliev & van der Schaar (2022), How faithful is your synthetic data?,
/// ICML, PMLR 162, 290–306; authenticity with the radius of the nearest real point itself.
public struct RadialScores: Sendable, Hashable {
  /// α-precision, in 0...1.
  public var alphaPrecision: Double
  /// β-recall, in 0...1.
  public var betaRecall: Double
  /// The share of authentic synthetic points.
  public var authenticity: Double
  /// The share of synthetic points within each quantile of the real ones.
  public var precisionCurve: [Double]
  /// The share of real points that each quantile of the synthetic ones reaches.
  public var recallCurve: [Double]
  /// The share of real points within each of their own quantiles: the step itself without ties.
  public var ownCurve: [Double]

  /// Compares two samples.
  ///
  /// - Parameters:
  ///   - real: The real points with their balls.
  ///   - synthetic: The synthetic points.
  ///   - steps: The number of shares from 0 to 1; at least 2.
  ///   - threads: How many threads work.
  /// - Throws: ``NumericsError`` `.tooFewObservations` without synthetic points.
  /// - Complexity: O(real · synthetic · dimensions).
  public init(
    real: NeighbourManifold, synthetic: EuclideanPoints, steps: Int = 30, threads: Int = 1
  ) throws(NumericsError) {
    precondition(steps >= 2, "at least 2 steps are expected, not \(steps)")
    guard synthetic.count > 0 else {
      throw NumericsError(.tooFewObservations, "there are no synthetic points")
    }
    let shares = (0..<steps).map { Double($0) / Double(steps - 1) }
    let total = pairwiseSum(shares.span)
    func score(_ curve: [Double]) -> Double {
      1 - pairwiseSum(over: 0..<steps) { abs(shares[$0] - curve[$0]) } / total
    }
    let centre = try Self.centre(real.points)
    let own = sortedCopy(Self.distances(real.points, from: centre).span)
    let theirs = Self.distances(synthetic, from: centre)
    let radii = try Self.quantiles(own, shares)
    precisionCurve = radii.map { radius in Self.share(theirs) { $0 <= radius } }
    ownCurve = radii.map { radius in Self.share(own) { $0 <= radius } }
    alphaPrecision = max(0, score(precisionCurve))

    let ownNearest = real.nearest.squaredRadii(rank: 1)
    let toSynthetic = try nearest(
      queries: real.points, base: synthetic, neighbours: 1, threads: threads)
    let toReal = try nearest(
      queries: synthetic, base: real.points, neighbours: 1, threads: threads)
    let inner = Self.distances(synthetic, from: try Self.centre(synthetic))
    let reached = (0..<real.points.count).map { row in
      inner[Int(toSynthetic.indices[row])]
    }
    let bounds = try Self.quantiles(sortedCopy(reached.span), shares)
    recallCurve = bounds.map { bound in
      let count = reached.indices.count { row in
        toSynthetic.squaredDistances[row] <= ownNearest[row] && reached[row] <= bound
      }
      return Double(count) / Double(reached.count)
    }
    betaRecall = max(0, score(recallCurve))
    let authentic = (0..<synthetic.count).count { row in
      toReal.squaredDistances[row] > ownNearest[Int(toReal.indices[row])]
    }
    authenticity = Double(authentic) / Double(synthetic.count)
  }

  /// What α-precision is on average for two samples of one law, and its standard deviation.
  ///
  /// The share of fresh points within the quantile α of n points is α with an error of variance
  /// α(1 − α)(1/n + 1/m), and errors at two quantiles go together as those of a Brownian bridge;
  /// what ties add is in `ownCurve`.
  ///
  /// - Complexity: O(steps²).
  public func expectedAlphaPrecision(real: Int, synthetic: Int) throws(NumericsError) -> (
    value: Double, deviation: Double
  ) {
    let steps = ownCurve.count
    let shares = (0..<steps).map { Double($0) / Double(steps - 1) }
    let total = pairwiseSum(shares.span)
    let size = 1 / Double(real) + 1 / Double(synthetic)
    let levels = ownCurve.map { ($0 * (1 - $0) * size).squareRoot() }
    var mean = 0.0
    for step in 0..<steps {
      // E|b + σZ| of a folded normal law.
      let (shift, deviation) = (ownCurve[step] - shares[step], levels[step])
      guard deviation > 0 else {
        mean += abs(shift)
        continue
      }
      let z = shift / deviation
      mean +=
        deviation * (2 / Double.pi).squareRoot() * exp(-z * z / 2)
        + shift * (1 - 2 * normalDistribution(-z))
    }
    var variance = 0.0
    for a in 0..<steps where levels[a] > 0 {
      for b in 0..<steps where levels[b] > 0 {
        let (low, high) = (min(ownCurve[a], ownCurve[b]), max(ownCurve[a], ownCurve[b]))
        let r = min(1, low * (1 - high) * size / (levels[a] * levels[b]))
        // Cov(|X|, |Y|) of two normal variables of mean 0.
        variance +=
          levels[a] * levels[b] * 2 / Double.pi
          * ((1 - r * r).squareRoot() + r * asin(r) - 1)
      }
    }
    return (max(0, 1 - mean / total), max(0, variance).squareRoot() / total)
  }

  /// What authenticity is on average for fresh points of the law of `real`: one less the share of
  /// points that are the nearest of their nearest, each left out in turn.
  public static func expectedAuthenticity(_ real: NeighbourManifold) -> Double {
    let nearest = real.nearest
    let count = real.points.count
    let authentic = (0..<count).count { row in
      let start = nearest.offsets[row]
      let other = Int(nearest.indices[start])
      // The radius of the nearest point without this one.
      let place = nearest.offsets[other]
      let skips = Int(nearest.indices[place]) == row
      return nearest.squaredDistances[start] > nearest.squaredDistances[skips ? place + 1 : place]
    }
    return Double(authentic) / Double(max(1, count))
  }

  private static func centre(_ points: EuclideanPoints) throws(NumericsError) -> [Double] {
    (0..<points.dimensions).map { column in
      pairwiseSum(over: 0..<points.count) { points.values[$0 * points.dimensions + column] }
        / Double(points.count)
    }
  }

  private static func distances(_ points: EuclideanPoints, from centre: [Double]) -> [Double] {
    let place = centre.span
    return (0..<points.count).map { row in
      EuclideanPoints.squaredDistance(
        points.values.span.extracting(row * points.dimensions..<(row + 1) * points.dimensions),
        place
      ).squareRoot()
    }
  }

  private static func quantiles(
    _ sorted: [Double], _ shares: [Double]
  ) throws(NumericsError) -> [Double] {
    var found: [Double] = []
    for share in shares { found.append(try quantile(sorted: sorted.span, probability: share)) }
    return found
  }

  private static func share(_ values: [Double], _ isIn: (Double) -> Bool) -> Double {
    Double(values.count(where: isIn)) / Double(max(1, values.count))
  }
}
