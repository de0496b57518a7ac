import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// All that an attack may use: targets in a fixed order, what lies around them among synthetic and
/// real rows, and their contents.
///
/// Nothing in it says which target is a training row. That is what makes the permutation of these
/// labels an exact test of any score that is computed from it.
struct AttackEvidence: Sendable {
  /// The neighbours of the targets in one space.
  struct Neighbourhood: Sendable {
    /// Among the synthetic rows.
    var synthetic: RankedNeighbours
    /// Among the pool, each target itself left out.
    var pool: RankedNeighbours
    /// Among rows of the population that were given as a reference; `nil` without them.
    var reference: RankedNeighbours?
    /// Rows of the first two that were searched.
    var syntheticRows, poolRows: Int

    /// What an attacker knows of the population: the reference, or the pool where none was given.
    var known: RankedNeighbours { reference ?? pool }
  }

  /// The number of targets.
  var targets: Int
  /// In the space in which all features weigh the same.
  var rank: Neighbourhood
  /// In the space in which rare levels weigh more.
  var rarity: Neighbourhood
  /// Synthetic rows whose closest pooled real row is the target, ties split.
  var attracted: [Double]
  /// Those of them that lie closer to the target than any other real row does.
  var authentic: [Double]
  /// Contents in coarse cells.
  var cells: AttackCells
  /// Contents as a learner reads them.
  var numbers: AttackNumbers
  /// For the full battery: how the pool lies around the synthetic rows.
  var around: RankedNeighbours?
  /// What the distances of `around` are divided by for a mean over features.
  var scale: Double
  /// Work that learners may do.
  var trees: Int
  var seed: UInt64
}

/// Gathers the evidence once for all attacks.
struct AttackEvidences: Artifact {
  typealias Frame = ExchangeableFrame

  /// How many neighbours are looked at.
  static let neighbours = 20
  /// In the second space fewer do.
  static let rareNeighbours = 5

  func derive(
    from frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> AttackEvidence? {
    guard let rows = try await workspace.value(of: MembershipRows()),
      let closest = try await workspace.value(of: ClosestRecords())
    else { return nil }
    let threads = workspace.threads
    let rank = try AttackPoints(frame, rows, space: .rank, threads: threads)
    let rarity = try AttackPoints(frame, rows, space: .rarity, threads: threads)
    do throws(NumericsError) {
      let near = try Self.neighbourhood(rank, Self.neighbours, threads)
      let rare = try Self.neighbourhood(rarity, Self.rareNeighbours, threads)
      let attraction = Attraction(closest, rows, isolation: near.pool)
      let isFull = workspace.plan.preset == .full
      return AttackEvidence(
        targets: rows.targets, rank: near, rarity: rare, attracted: attraction.attracted,
        authentic: attraction.authentic,
        cells: AttackCells(frame, rows, rank, seed: workspace.plan.seed),
        numbers: AttackNumbers(frame, rows, rank),
        around: isFull
          ? try nearest(
            Self.neighbours, queries: rank.synthetic, base: rank.pool, threads: threads) : nil,
        scale: rank.scale,
        trees: min(60, workspace.plan.classifierTrees), seed: workspace.plan.seed)
    } catch {
      throw MetricError(error)
    }
  }

  /// The neighbours of the targets in one space.
  static func neighbourhood(
    _ points: AttackPoints, _ count: Int, _ threads: Int
  ) throws(NumericsError) -> AttackEvidence.Neighbourhood {
    var own = try nearest(
      count, queries: points.targets, base: points.synthetic, threads: threads)
    var pool = try nearest(
      count, queries: points.targets, base: points.pool, excludingSelf: true, threads: threads)
    var reference: RankedNeighbours?
    if let rows = points.reference {
      var found = try nearest(count, queries: points.targets, base: rows, threads: threads)
      for place in found.distances.indices { found.distances[place] /= points.scale }
      reference = found
    }
    for place in own.distances.indices { own.distances[place] /= points.scale }
    for place in pool.distances.indices { pool.distances[place] /= points.scale }
    return AttackEvidence.Neighbourhood(
      synthetic: own, pool: pool, reference: reference, syntheticRows: points.synthetic.count,
      poolRows: points.pool.count)
  }
}

/// What targets attract of the synthetic rows.
private struct Attraction {
  var attracted: [Double]
  var authentic: [Double]

  init(_ closest: ClosestRecords.Found, _ rows: MembershipRows.Chosen, isolation: RankedNeighbours)
  {
    attracted = [Double](repeating: 0, count: rows.targets)
    authentic = attracted
    guard let found = closest.attracted, let toHoldout = closest.syntheticToHoldout else { return }
    // Where each pooled real row is among the targets.
    var places: [Int: Int] = [:]
    for (place, row) in rows.members.enumerated() { places[row] = place }
    for (place, row) in rows.others.enumerated() {
      places[closest.trainingRows + row] = rows.members.count + place
    }
    for query in 0..<found.count {
      let range = found.offsets[query]..<found.offsets[query + 1]
      let distance = min(closest.syntheticToTraining[query], toHoldout[query])
      for place in range {
        guard let target = places[Int(found.rows[place])] else { continue }
        attracted[target] += 1 / Double(range.count)
        guard isolation.width > 0 else { continue }
        let other = isolation.distances[target * isolation.width]
        if distance < other * (1 - 1e-9) { authentic[target] += 1 / Double(range.count) }
      }
    }
  }
}
