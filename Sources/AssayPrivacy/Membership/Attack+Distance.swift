import AssayNumerics

/// Attacks that look at the closest row.
extension Attack {
  /// Keeps a ratio of two distances finite, and equal copies in a crowd at 1.
  static let least = 1e-6

  static let distanceAttacks: [Attack] = [
    Attack(
      id: "distance", title: "Closest synthetic row", threat: .syntheticOnly,
      scores: { evidence in
        distance(evidence.rank.synthetic, targets: evidence.targets)
      }),
    Attack(
      id: "local-distance", title: "Closest synthetic by closest real row",
      threat: .withReference,
      scores: { evidence in localDistance(evidence.rank, targets: evidence.targets) }),
    Attack(
      id: "calibrated-distance", title: "Closest synthetic less closest real row",
      threat: .withReference,
      scores: { evidence in
        calibratedDistance(evidence.rank, targets: evidence.targets)
      }),
    Attack(
      id: "rare-distance", title: "Closest synthetic row, by rare levels", threat: .syntheticOnly,
      scores: { evidence in
        distance(evidence.rarity.synthetic, targets: evidence.targets)
      }),
    Attack(
      id: "rare-local-distance", title: "Closest by real, by rare levels",
      threat: .withReference,
      scores: { evidence in localDistance(evidence.rarity, targets: evidence.targets) }),
  ]

  /// −d(x, closest synthetic row).
  static func distance(_ found: RankedNeighbours, targets: Int) -> [Double] {
    (0..<targets).map { -(found.width > 0 ? found.distances[$0 * found.width] : 0) }
  }

  /// −d(x, closest synthetic row) / d(x, closest other real row).
  static func localDistance(_ near: AttackEvidence.Neighbourhood, targets: Int) -> [Double] {
    (0..<targets).map { target in
      guard near.synthetic.width > 0, near.pool.width > 0 else { return 0 }
      return -(near.synthetic.distances[target * near.synthetic.width] + least)
        / (near.pool.distances[target * near.pool.width] + least)
    }
  }

  /// d(x, closest other known row) − d(x, closest synthetic row), known by a reference or from the pool;
  /// Chen and others, 2020.
  static func calibratedDistance(_ near: AttackEvidence.Neighbourhood, targets: Int) -> [Double] {
    let known = near.known
    return (0..<targets).map { target in
      guard near.synthetic.width > 0, known.width > 0 else { return 0 }
      return known.distances[target * known.width]
        - near.synthetic.distances[target * near.synthetic.width]
    }
  }
}
