import AssayNumerics
import Foundation

/// Attacks that look at how many rows lie around a target.
extension Attack {
  static let densityAttacks: [Attack] = [
    Attack(
      id: "ball", title: "Synthetic rows within a radius",
      threat: .syntheticOnly,
      scores: { evidence in ball(evidence.rank.synthetic, targets: evidence.targets) }),
    Attack(
      id: "density", title: "Density of synthetic rows", threat: .syntheticOnly,
      scores: { evidence in
        let width = bandwidth(evidence.rank.synthetic, targets: evidence.targets)
        return (0..<evidence.targets).map {
          logDensity(evidence.rank.synthetic.distances(of: $0), bandwidth: width)
        }
      }),
    Attack(
      id: "density-ratio", title: "Density, synthetic by real",
      threat: .withReference,
      scores: { evidence in densityRatio(evidence.rank, targets: evidence.targets) }),
  ]

  /// The share of the looked-at neighbours closer than the median over targets of the distance to the
  /// closest one; Hilprecht and others, 2019.
  ///
  /// At most as many as are looked at are told apart.
  static func ball(_ found: RankedNeighbours, targets: Int) -> [Double] {
    guard found.width > 0, targets > 0 else { return [Double](repeating: 0, count: targets) }
    let closest = (0..<targets).map { found.distances[$0 * found.width] }
    let sorted = sortedCopy(closest.span)
    let middle = (sorted[(targets - 1) / 2] + sorted[targets / 2]) / 2
    return (0..<targets).map { target in
      Double(found.distances(of: target).count { $0 < middle })
    }
  }

  /// The width of a kernel: the median over targets of the distance to the fifth neighbour.
  static func bandwidth(_ found: RankedNeighbours, targets: Int) -> Double {
    guard found.width > 0, targets > 0 else { return 1 }
    let place = min(4, found.width - 1)
    let fifth = (0..<targets).map { found.distances[$0 * found.width + place] }
    let sorted = sortedCopy(fifth.span)
    return max(least, sorted[targets / 2])
  }

  /// log Σ exp(−d²/2h²) over the neighbours: a Gaussian kernel cut off behind the last of them.
  ///
  /// Where all terms vanish the nearest one decides, so that far targets keep their order.
  static func logDensity(_ distances: ArraySlice<Double>, bandwidth: Double) -> Double {
    guard let first = distances.first else { return 0 }
    let scale = 1 / (2 * bandwidth * bandwidth)
    let sum = distances.reduce(0) { $0 + exp(-($1 * $1 - first * first) * scale) }
    return log(sum) - first * first * scale
  }

  /// log p̂(x; synthetic) − log p̂(x; reference), or the pool without x where no reference was given;
  /// van Breugel and others, 2023.
  static func densityRatio(_ near: AttackEvidence.Neighbourhood, targets: Int) -> [Double] {
    let known = near.known
    let width = bandwidth(known, targets: targets)
    return (0..<targets).map { target in
      guard near.synthetic.width > 0, known.width > 0 else { return 0 }
      return logDensity(near.synthetic.distances(of: target), bandwidth: width)
        - logDensity(known.distances(of: target), bandwidth: width)
    }
  }

  /// log Π p̂(s; pool with x)/p̂(s; pool without x) over the synthetic rows s next to x.
  ///
  /// Gen-LRA by Ward and others (2025), with a kernel over neighbours.
  static let likelihoodRatio = Attack(
    id: "likelihood-ratio", title: "Likelihood ratio of neighbours",
    threat: .withReference,
    scores: { evidence in
      guard let around = evidence.around, around.width > 0 else {
        return [Double](repeating: 0, count: evidence.targets)
      }
      let near = evidence.rank.synthetic
      let scale = evidence.scale
      // Of a synthetic row the distances are sums, of a target means.
      let width = bandwidth(evidence.rank.pool, targets: evidence.targets)
      let total = Double(evidence.rank.poolRows)
      func kernel(_ distance: Double) -> Double {
        exp(-distance * distance / (2 * width * width))
      }
      return (0..<evidence.targets).map { target in
        var sum = 0.0
        for place in target * near.width..<(target + 1) * near.width {
          let own = kernel(near.distances[place])
          let row = Int(near.rows[place])
          var others = 0.0
          for other in row * around.width..<(row + 1) * around.width
          where Int(around.rows[other]) != target {
            others += kernel(around.distances[other] / scale)
          }
          let without = max(others, 1e-300) / (total - 1)
          sum += log(max(others + own, 1e-300) / total) - log(without)
        }
        return sum
      }
    })
}
