import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// All attacks on all strata, tested together.
struct MembershipBattery: Artifact {
  typealias Frame = ExchangeableFrame

  /// Records of each side below which nothing is tested: no labelling of fewer could be rare.
  static let fewest = 5

  /// The chance of a false alarm of the whole battery at which a record counts as exposed for certain.
  static let level = AnyLeak.levelOfEach

  /// What one statistic came to.
  struct Cell: Sendable {
    var cell: AttackCell
    /// TPR − FPR at this cut, or its mean over all cuts for ranks.
    var advantage: Double
    /// Its standard deviation over labellings.
    var deviation: Double
    var z: Double
    /// Adjusted over the whole battery.
    var adjusted: Double
    /// A lower bound of the advantage that holds for all cells together.
    var lower: Double
    var members: Int
    var others: Int

    /// The cell with the strongest evidence; of those with as much the one that tells most.
    static func leading(_ cells: [Cell]) -> Cell? {
      guard let most = cells.map(\.z).max() else { return nil }
      return cells.filter { $0.z >= most - 1e-9 * max(1, abs(most)) }
        .max { $0.advantage < $1.advantage }
    }
  }

  /// What was found.
  struct Found: Sendable {
    var attacks: [Attack]
    var strata: [AttackStratum]
    var cells: [Cell]
    /// The scores of each attack for each target.
    var scores: [[Double]]
    /// The family-wise p-value of 'any leak'.
    var pValue: Double
    /// The same by the permutation alone.
    var permutationPValue: Double
    /// The place of the strongest cell.
    var strongest: Int
    var permutations: Int
    var members: Int
    var others: Int
    /// Whether labels were dealt to single rows, not to entities.
    var hasSingleUnits: Bool
    var seed: UInt64
    var rows: MembershipRows.Chosen
    /// The largest statistic of the battery where no label says anything.
    var maximum: (mean: Double, deviation: Double)

    /// The largest advantage that is certain for all cells together; 0 where none is.
    var certain: Double { max(0, cells.map(\.lower).max() ?? 0) }
  }

  func derive(
    from frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> Found? {
    guard let rows = try await workspace.value(of: MembershipRows()),
      let evidence = try await workspace.value(of: AttackEvidences()),
      min(rows.members.count, rows.others.count) >= MembershipBattery.fewest
    else { return nil }
    let plan = workspace.plan
    let attacks = Attack.standard + (plan.preset == .full ? Attack.thorough : [])
    let scores = try parallelMap(attacks.count, threads: workspace.threads) {
      index throws(MetricError) -> [Double] in try attacks[index].scores(evidence)
    }
    let strata = AttackStrata(frame: frame, rows: rows, evidence: evidence, k: plan.k).strata()
    let units = AttackUnits(frame, rows)
    guard units.labelled.contains(true), units.labelled.contains(false), !strata.isEmpty else {
      return nil
    }
    var family = AttackFamily(targets: rows.targets, members: rows.members.count)
    for attack in attacks.indices {
      family.add(attack: attack, scores: scores[attack], strata: strata)
    }
    do throws(NumericsError) {
      let joint = try JointLabelPermutation(
        values: family.sums(over: units.of, count: units.labelled.count),
        isLabelled: units.labelled, permutations: plan.permutations, seed: plan.seed,
        path: ["attacks", "labels"], threads: workspace.threads)
      let critical = try joint.criticalValue(level: Self.level)
      let cells = family.cells.indices.map { index in
        let (scale, members, others) = family.scales[index]
        let deviation = joint.deviations[index] * scale
        return Cell(
          cell: family.cells[index], advantage: max(-1, min(1, joint.z[index] * deviation)),
          deviation: deviation,
          z: joint.z[index], adjusted: joint.test.singleStep[index],
          lower: (joint.z[index] - critical) * deviation, members: members, others: others)
      }
      let strongest = cells.indices.max { (cells[$0].z, $1) < (cells[$1].z, $0) } ?? 0
      return Found(
        attacks: attacks, strata: strata, cells: cells, scores: scores,
        pValue: joint.globalPValue, permutationPValue: joint.test.globalPValue,
        strongest: strongest, permutations: plan.permutations,
        members: rows.members.count, others: rows.others.count,
        hasSingleUnits: units.labelled.count == rows.targets, seed: plan.seed, rows: rows,
        maximum: joint.maximum)
    } catch {
      throw MetricError(error)
    }
  }
}

/// The units that labels are dealt to: declared entities, or rows.
struct AttackUnits: Sendable {
  /// The unit of each target.
  private(set) var of: [Int] = []
  /// Whether each unit is a training unit.
  private(set) var labelled: [Bool] = []

  init(_ frame: ExchangeableFrame, _ rows: MembershipRows.Chosen) {
    guard let group = frame.schema.indices(of: .group).first,
      let training = frame.table(.training), let holdout = frame.table(.holdout)
    else {
      of = Array(0..<rows.targets)
      labelled = of.map { $0 < rows.members.count }
      return
    }
    add(Entities.codes(training.columns[group]), rows.members, isTraining: true)
    add(Entities.codes(holdout.columns[group]), rows.others, isTraining: false)
  }

  private mutating func add(_ entities: [Int32], _ rows: [Int], isTraining: Bool) {
    var places: [Int32: Int] = [:]
    for row in rows {
      let entity = entities[row]
      if entity >= 0, let place = places[entity] {
        of.append(place)
      } else {
        if entity >= 0 { places[entity] = labelled.count }
        of.append(labelled.count)
        labelled.append(isTraining)
      }
    }
  }
}
