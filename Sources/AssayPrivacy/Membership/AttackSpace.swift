import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// A space in which rows lie near each other or not.
enum AttackSpace: String, Sendable, Hashable, CaseIterable {
  /// Every feature weighs the same: differences of mid-ranks, mismatches of levels.
  case rank = "rank-gower"
  /// Agreement in a rare level weighs more: about −log of its share among the real rows.
  case rarity = "rarity-weighted"
}

/// Targets, pool and synthetic rows as points of a space that the pooled real rows make.
struct AttackPoints: Sendable {
  /// The targets, members first.
  let targets: MixedPoints
  /// The pool, targets first.
  let pool: MixedPoints
  /// The synthetic rows.
  let synthetic: MixedPoints
  /// Rows of the population that neither side holds, in the space in which all features weigh the same.
  private(set) var reference: MixedPoints?
  /// The sum of the weights of all dimensions: distances divided by it are means over features.
  let scale: Double

  init(
    _ frame: ExchangeableFrame, _ rows: MembershipRows.Chosen, space: AttackSpace, threads: Int
  ) throws(MetricError) {
    let mixed = try MixedSpace(frame, columns: rows.columns, threads: threads)
    let training = mixed.pooled[0]
    let holdout = mixed.pooled[1]
    var targets = Self.joined([training.rows(rows.members), holdout.rows(rows.others)])
    var pool = Self.joined([
      targets, training.rows(rows.moreTraining), holdout.rows(rows.moreHoldout),
    ])
    var synthetic = try mixed.points(frame.synthetic, rows: rows.synthetic)
    if space == .rarity {
      let tiers = rows.columns.map { RarityTiers(frame.pool($0)) }
      targets = Self.weighted(targets, tiers)
      pool = Self.weighted(pool, tiers)
      synthetic = Self.weighted(synthetic, tiers)
    }
    if space == .rank, let table = frame.reference {
      reference = try mixed.points(table, rows: rows.reference)
    }
    self.targets = targets
    self.pool = pool
    self.synthetic = synthetic
    scale = pool.dimensions.reduce(0) { $0 + $1.weight }
  }

  /// Sets of points one behind the other.
  private static func joined(_ parts: [MixedPoints]) -> MixedPoints { MixedPoints(joining: parts) }

  private static func weighted(_ points: MixedPoints, _ tiers: [RarityTiers]) -> MixedPoints {
    MixedPoints(zip(points.dimensions, tiers).flatMap { $1.dimensions(of: $0) })
  }
}

/// How rare the levels of a column are, in steps of a factor of four.
///
/// A mismatch that involves a level of share p costs about 1 + log₄(1/p): one dimension for each
/// step, in which all levels above the step's share are one.
private struct RarityTiers: Sendable {
  private var codes: [[Int32]] = []

  private static let shares = [0.25, 0.0625, 0.015_625]

  init(_ pool: [ColumnData]) {
    let sides = pool.compactMap(\.nominal)
    guard sides.count == pool.count else { return }
    let total = sides.reduce(0) { $0 + $1.count }
    var counts: [Int] = []
    for codes in sides {
      for code in codes where code >= 0 {
        let level = Int(code)
        while counts.count <= level { counts.append(0) }
        counts[level] += 1
      }
    }
    for share in Self.shares {
      let own = counts.indices.map { level in
        Double(counts[level]) < share * Double(total) ? Int32(level) + 1 : 0
      }
      if own.contains(where: { $0 > 0 }) { codes.append(own) }
    }
  }

  /// The dimension itself, and one for each step.
  func dimensions(of dimension: MixedDimension) -> [MixedDimension] {
    guard let levels = dimension.codes else { return [dimension] }
    return [dimension]
      + codes.map { own in
        .nominal(
          codes: levels.map { code in
            // A level that no real row has is as rare as can be.
            code < 0 ? 0 : Int(code) < own.count ? own[Int(code)] : code + 1
          })
      }
  }
}
