import AssayNumerics

/// Attacks that ask whose neighbours are whose.
extension Attack {
  static let originAttacks: [Attack] = [
    Attack(
      id: "neighbour-origin", title: "Origin of the nearest rows",
      threat: .withReference,
      scores: { evidence in
        neighbourOrigin(
          evidence.rank, count: AttackEvidences.neighbours, targets: evidence.targets)
      }),
    Attack(
      id: "attraction", title: "Synthetic rows it attracts",
      threat: .withReference, scores: { evidence in evidence.attracted }),
    Attack(
      id: "authenticity", title: "Synthetic rows closer than any real",
      threat: .withReference, scores: { evidence in evidence.authentic }),
  ]

  /// How many of the `count` nearest rows of both kinds are synthetic, ties at the last place split
  /// evenly; Ward and others, 2024.
  static func neighbourOrigin(
    _ near: AttackEvidence.Neighbourhood, count: Int, targets: Int
  ) -> [Double] {
    (0..<targets).map { target in
      let own = Array(near.synthetic.width > 0 ? near.synthetic.distances(of: target) : [])
      let pool = Array(near.pool.width > 0 ? near.pool.distances(of: target) : [])
      var (i, j) = (0, 0)
      var synthetic = 0.0
      while i + j < count, i < own.count || j < pool.count {
        let next = min(i < own.count ? own[i] : .infinity, j < pool.count ? pool[j] : .infinity)
        var (ties, others) = (0, 0)
        while i + ties < own.count, own[i + ties] <= next { ties += 1 }
        while j + others < pool.count, pool[j + others] <= next { others += 1 }
        let room = Double(count - i - j)
        let found = Double(ties + others)
        synthetic += Double(ties) * min(1, room / found)
        i += ties
        j += others
      }
      return synthetic
    }
  }
}
