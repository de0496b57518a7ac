import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// A small family of distance statistics for leaks of few records: what lies closest to a synthetic row,
/// over all records and over those that are easiest to expose.
///
/// Summaries over all rows miss a leak of one or two in a hundred; the records with the most suspicious
/// distances do not. The family is kept small on purpose: with few leaked records the evidence is
/// bounded by their number, and every further statistic would cost some of it.
struct RecordTails: Artifact {
  typealias Frame = ExchangeableFrame

  /// What was found.
  struct Found: Sendable {
    var cells: [MembershipBattery.Cell]
    var names: [String]
    var strata: [AttackStratum]
    var pValue: Double
    /// The same by the permutation alone.
    var permutationPValue: Double
    var certain: Double
    var strongest: Int
    var members: Int
    var others: Int
    var searched: Int
    var permutations: Int
    var maximum: (mean: Double, deviation: Double)
  }

  func derive(
    from frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> Found? {
    guard let rows = try await workspace.value(of: MembershipRows()),
      let evidence = try await workspace.value(of: AttackEvidences()),
      min(rows.members.count, rows.others.count) >= MembershipBattery.fewest
    else { return nil }
    let plan = workspace.plan
    let units = AttackUnits(frame, rows)
    guard units.labelled.contains(true), units.labelled.contains(false) else { return nil }
    let strata = AttackStrata(frame: frame, rows: rows, evidence: evidence, k: plan.k).strata()
    let names = ["distance", "local-distance", "rare-local-distance", "attraction"]
    let scores = [
      Attack.distance(evidence.rank.synthetic, targets: evidence.targets),
      Attack.localDistance(evidence.rank, targets: evidence.targets),
      Attack.localDistance(evidence.rarity, targets: evidence.targets),
      evidence.attracted,
    ]
    var family = AttackFamily(targets: evidence.targets, members: rows.members.count)
    for stratum in strata.indices {
      family.addRanks(attack: 0, scores: scores[0], strata, stratum)
      family.addRanks(attack: 1, scores: scores[1], strata, stratum)
      let shares: [Double] =
        switch strata[stratum].id {
        case "all": [0.05, 0.01, 0.001]
        case "isolated-10": [0.05]
        case "isolated-2", "extreme-2": [0.25]
        default: [0.05]
        }
      for share in shares {
        family.addTop(attack: 1, scores: scores[1], strata, stratum, share: share)
      }
      if stratum == 0 {
        family.addTop(attack: 2, scores: scores[2], strata, stratum, share: 0.01)
        family.addSum(attack: 3, scores: scores[3], strata, stratum)
      }
    }
    do throws(NumericsError) {
      let joint = try JointLabelPermutation(
        values: family.sums(over: units.of, count: units.labelled.count),
        isLabelled: units.labelled, permutations: plan.permutations, seed: plan.seed,
        path: ["attacks", "tails"], threads: workspace.threads)
      let critical = try joint.criticalValue(level: MembershipBattery.level)
      let cells = family.cells.indices.map { index in
        let (scale, members, others) = family.scales[index]
        let deviation = joint.deviations[index] * scale
        return MembershipBattery.Cell(
          cell: family.cells[index], advantage: max(-1, min(1, joint.z[index] * deviation)),
          deviation: deviation,
          z: joint.z[index], adjusted: joint.test.stepDown[index],
          lower: (joint.z[index] - critical) * deviation, members: members, others: others)
      }
      return Found(
        cells: cells, names: names, strata: strata, pValue: joint.globalPValue,
        permutationPValue: joint.test.globalPValue,
        certain: max(0, cells.map(\.lower).max() ?? 0),
        strongest: cells.indices.max { (cells[$0].z, $1) < (cells[$1].z, $0) } ?? 0,
        members: rows.members.count, others: rows.others.count,
        searched: rows.synthetic.count, permutations: plan.permutations, maximum: joint.maximum)
    } catch {
      throw MetricError(error)
    }
  }
}
