import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// A leak of a given number of rows, and whether a test raises an alarm.
protocol PlantedTrial: Sendable {
  /// The synthetic rows that may be replaced.
  var rows: Int { get }

  /// Plants `count` rows and tests.
  func alarms(_ count: Int, seed: UInt64, path: [String]) throws(NumericsError) -> Bool
}

/// A leak that any of several tests may see.
struct EitherTrial: PlantedTrial {
  let trials: [any PlantedTrial]

  var rows: Int { trials.first?.rows ?? 0 }

  func alarms(_ count: Int, seed: UInt64, path: [String]) throws(NumericsError) -> Bool {
    for trial in trials where try trial.alarms(count, seed: seed, path: path) { return true }
    return false
  }
}

/// A leak as the test of the closest records sees it in its tail: planted rows come near some targets, and the
/// hundredth of the targets with the most suspicious distances is looked at.
///
/// Planted rows are added and none is taken away, since single rows hardly move what lies around others.
struct TailTrial: PlantedTrial {
  let rows: Int
  /// For each planted row the targets that it comes nearer to than any synthetic row.
  private let nearer: [[(target: Int32, distance: Double)]]
  private let distances: [Double]
  private let isolation: [Double]
  private let isMember: [Bool]
  private var level = 1.0

  /// The share of the targets that is looked at.
  private static let top = 0.01
  /// Statistics that share the level with this one.
  static let family = 100.0

  init(
    planted: RankedNeighbours, evidence: AttackEvidence, members: Int, synthetic: Int
  ) {
    rows = synthetic
    let near = evidence.rank
    distances = (0..<evidence.targets).map {
      near.synthetic.width > 0 ? near.synthetic.distances[$0 * near.synthetic.width] : 1
    }
    isolation = (0..<evidence.targets).map {
      near.pool.width > 0 ? near.pool.distances[$0 * near.pool.width] : 1
    }
    isMember = (0..<evidence.targets).map { $0 < members }
    let own = distances
    nearer = (0..<planted.count).map { row in
      zip(planted.rows(of: row), planted.distances(of: row)).compactMap { target, distance in
        let mean = distance / evidence.scale
        return mean < own[Int(target)] ? (target, mean) : nil
      }
    }
  }

  /// The same at a level.
  func at(_ level: Double) -> Self {
    var trial = self
    trial.level = level
    return trial
  }

  func alarms(_ count: Int, seed: UInt64, path: [String]) throws(NumericsError) -> Bool {
    guard !nearer.isEmpty else { return false }
    var drawn = RandomStream(seed: seed, path: path + ["planted"])
    var pool = Array(0..<nearer.count)
    var moved = distances
    for place in 0..<min(count, rows) {
      let next = place % pool.count
      pool.swapAt(next, next + drawn.below(pool.count - next))
      for (target, distance) in nearer[pool[next]] {
        moved[Int(target)] = min(moved[Int(target)], distance)
      }
    }
    let scores = moved.indices.map {
      -(moved[$0] + Attack.least) / (isolation[$0] + Attack.least)
    }
    let size = max(1, Int((Self.top * Double(scores.count)).rounded()))
    let sorted = sortedCopy(scores.span)
    let cut = sorted[scores.count - size]
    let chosen = scores.indices.filter { scores[$0] >= cut }
    // Ties beyond the cut make the top no top.
    guard chosen.count <= 2 * size else { return false }
    let pValue = try hypergeometricUpperTail(
      atLeast: chosen.count { isMember[$0] }, marked: isMember.count { $0 },
      unmarked: isMember.count { !$0 }, drawn: chosen.count)
    return Self.family * pValue <= level
  }
}

/// Where planted rows lie among the targets of the attacks.
struct PlantedTails: Artifact {
  typealias Frame = ExchangeableFrame

  func derive(
    from frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> [PlantedRows.Kind: TailTrial] {
    let pools = try await workspace.value(of: PlantedRows())
    guard let rows = try await workspace.value(of: MembershipRows()),
      let evidence = try await workspace.value(of: AttackEvidences())
    else { return [:] }
    let space = try MixedSpace(frame, columns: rows.columns, threads: workspace.threads)
    let targets = MixedPoints(joining: [
      space.pooled[0].rows(rows.members), space.pooled[1].rows(rows.others),
    ])
    var found: [PlantedRows.Kind: TailTrial] = [:]
    for kind in PlantedRows.Kind.allCases {
      guard let pool = pools[kind] else { continue }
      let queries = try space.points(pool.table, rows: nil)
      do throws(NumericsError) {
        let near = try nearest(
          AttackEvidences.neighbours, queries: queries, base: targets, threads: workspace.threads)
        found[kind] = TailTrial(
          planted: near, evidence: evidence, members: rows.members.count,
          synthetic: frame.synthetic.rowCount)
      } catch {
        throw MetricError(error)
      }
    }
    return found
  }
}
