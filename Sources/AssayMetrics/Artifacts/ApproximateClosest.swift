import AssayNumerics

/// How good an approximate search was, on rows that were searched for exactly too.
package struct ClosestApproximation: Sendable, Hashable {
  /// Rows that were looked at for each query, at most.
  package var rowsLookedAt: Int
  /// Queries that were searched for exactly too.
  package var checked: Int
  /// Those whose closest record was found.
  package var hits: Int
  /// By how much distances are too large on average, in mean differences of a feature.
  package var excess: Double

  /// The share of queries whose closest record was found.
  package var recall: Double { checked > 0 ? Double(hits) / Double(checked) : 1 }

  /// What the share is at least, with 97.5 % certainty, by Clopper and Pearson.
  package var recallAtLeast: Double {
    // Hits are among those checked.
    (try? clopperPearsonLower(successes: hits, trials: max(1, checked), tail: 0.025)) ?? 0
  }
}

/// Closest records of all synthetic rows by looking only where most is promised.
///
/// Which row attracts a synthetic row is decided among training and holdout rows together, in an order
/// that does not know the sides: a row that is missed is missed whatever its side, so labels stay
/// exchangeable and their permutation stays exact. What an approximate search costs is power, not level.
struct ApproximateClosest {
  let blocks: Int
  let seed: UInt64
  let threads: Int
  /// The real rows: training and, where there is one, holdout.
  let pooled: [MixedPoints]

  /// Queries that are searched for exactly too.
  private static let checks = 500

  func found(
    _ queries: MixedPoints, probes: MixedPoints?, features: Int
  ) throws(NumericsError) -> ClosestRecords.Found {
    let scale = 1 / Double(features)
    let training = pooled[0].count
    var stream = RandomStream(seed: seed, name: "approximate")
    let all = pooled.count > 1 ? MixedPoints(joining: pooled) : pooled[0]
    var order = Array(0..<all.count)
    stream.shuffle(&order)
    let joint = try search(queries, all.rows(order))
    var sides: [[Double]] = []
    for side in pooled { sides.append(try search(queries, side).distances) }
    var attracted = AttractedRows()
    for query in 0..<joint.count {
      let rows = joint.rows(nearest: query).map { Int32(order[Int($0)]) }.sorted()
      attracted.append(rows)
      // What was found among all rows was found on its side.
      for row in rows {
        let side = row < training ? 0 : 1
        sides[side][query] = min(sides[side][query], joint.distances[query])
      }
    }
    var value = ClosestRecords.Found(
      syntheticToTraining: sides[0].map { $0 * scale }, trainingRows: training,
      syntheticRows: queries.count, features: features)
    value.approximation = try check(queries, all, joint.distances, scale, &stream)
    guard sides.count > 1, let probes else { return value }
    value.syntheticToHoldout = sides[1].map { $0 * scale }
    value.weights = attracted.weights(all.count)
    value.attracted = attracted
    value.holdoutToTraining = try search(probes, pooled[0]).distances.map { $0 * scale }
    return value
  }

  private func search(
    _ queries: MixedPoints, _ base: MixedPoints
  ) throws(NumericsError) -> NearestNeighbours {
    try nearest(queries: queries, base: base, blocks: blocks, threads: threads)
  }

  /// Compares some distances with exact ones.
  private func check(
    _ queries: MixedPoints, _ base: MixedPoints, _ distances: [Double], _ scale: Double,
    _ stream: inout RandomStream
  ) throws(NumericsError) -> ClosestApproximation {
    var rows = Array(0..<queries.count)
    stream.shuffle(&rows)
    rows = Array(rows.prefix(Self.checks))
    let exact = try nearest(queries: queries.rows(rows), base: base, threads: threads).distances
    var hits = 0
    var excess = 0.0
    for (place, row) in rows.enumerated() {
      if distances[row] <= exact[place] * (1 + 1e-12) { hits += 1 }
      excess += max(0, distances[row] - exact[place]) * scale
    }
    return ClosestApproximation(
      rowsLookedAt: blocks * 64, checked: rows.count, hits: hits,
      excess: rows.isEmpty ? 0 : excess / Double(rows.count))
  }
}
