import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// Whether the holdout can serve as 'rows that the generator never saw': looked at before any number
/// on membership counts.
///
/// Membership tests compare training with holdout rows. If the two differ for another reason (another
/// year, another site, shared rows), every generator seems to leak. So the two are compared with each
/// other, the synthetic rows aside: repeated rows, a classifier, and a *blind* attacker that guesses
/// training rows from the pool alone.
struct HoldoutValidity: Artifact {
  typealias Frame = ExchangeableFrame

  /// What was found.
  struct Found: Sendable {
    /// Training rows that repeat another training row, and holdout rows that repeat one.
    var trainingTwins, repeatedHoldout, holdoutTwins: Int
    var trainingRows, holdoutRows: Int
    /// Declared entities that have rows on both sides.
    var sharedEntities: Int
    /// The classifier's area under the curve and its p-value.
    var area, areaPValue: Double
    /// The p-value of the blind attacker: the largest of its statistics by joint permutation.
    var blindPValue: Double
    /// The blind attacker's best advantage.
    var blindAdvantage: Double
    /// With no success in so many attacks a success rate is at most this, at 95 %.
    var smallestRate: Double
    /// Targets on the smaller side.
    var targets: Int
    /// Why membership cannot be judged, in words; empty where it can.
    var problems: [String]
  }

  /// The chance that either of the two comparisons finds a difference where there is none.
  static let level = 0.01
  /// Fewer rows on a side decide nothing.
  static let smallestSide = 200

  func derive(
    from frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> Found? {
    guard let rows = try await workspace.value(of: MembershipRows()),
      let evidence = try await workspace.value(of: AttackEvidences()),
      let training = frame.table(.training), let holdout = frame.table(.holdout)
    else { return nil }
    let units = AttackUnits(frame, rows)
    guard units.labelled.contains(true), units.labelled.contains(false) else { return nil }
    let plan = workspace.plan
    do throws(NumericsError) {
      let told = try Self.classifier(evidence, units, members: rows.members.count)
      let blind = try Self.blind(
        evidence, rows, units, plan: plan, threads: workspace.threads)
      let own = RowKeys(training, columns: rows.columns).counts()
      let other = RowKeys(holdout, columns: rows.columns)
      let others = other.counts()
      var found = Found(
        trainingTwins: own.values.reduce(0) { $0 + ($1 > 1 ? $1 : 0) },
        repeatedHoldout: other.keys.count { own[$0] != nil },
        holdoutTwins: others.values.reduce(0) { $0 + ($1 > 1 ? $1 : 0) },
        trainingRows: training.rowCount, holdoutRows: holdout.rowCount,
        sharedEntities: Self.sharedEntities(frame), area: told.area,
        areaPValue: told.pValue, blindPValue: blind.pValue,
        blindAdvantage: blind.advantage,
        smallestRate: 3 / Double(min(rows.members.count, rows.others.count)),
        targets: min(rows.members.count, rows.others.count), problems: [])
      found.problems = Self.problems(found)
      return found
    } catch {
      throw MetricError(error)
    }
  }

  private static func problems(_ found: Found) -> [String] {
    var problems: [String] = []
    if found.areaPValue <= level / 2 || found.blindPValue <= level / 2 {
      problems.append(
        "training and holdout rows can be told apart without the synthetic rows, so that a "
          + "difference between them says nothing of the generator: split at random before training"
      )
    }
    if found.sharedEntities > 0 {
      problems.append(
        "\(found.sharedEntities) entities have rows in training and in the holdout: split by entity"
      )
    }
    if found.targets < smallestSide {
      problems.append(
        "\(found.targets) rows on the smaller real side can show no rate below "
          + "\(percent(found.smallestRate)) %: \(smallestSide) are the least")
    }
    return problems
  }

  private static func percent(_ share: Double) -> String {
    let value = (1_000 * share).rounded() / 10
    return value == value.rounded() ? String(Int(value)) : String(value)
  }

  /// Trees of training against holdout rows in two halves of the units, each judged on the other half.
  ///
  /// Areas of the two halves rise and fall together, since each learns from the rows that the other is
  /// judged by; so their deviations are averaged, not pooled, which errs on the side of no difference.
  private static func classifier(
    _ evidence: AttackEvidence, _ units: AttackUnits, members: Int
  ) throws(NumericsError) -> (area: Double, pValue: Double) {
    let numbers = evidence.numbers
    // The contents of a unit's first row decide its half, so that single rows that are alike share it.
    var halves = [Bool?](repeating: nil, count: units.labelled.count)
    for (target, unit) in units.of.enumerated() where halves[unit] == nil {
      halves[unit] = numbers.draws[target] & 4 == 0
    }
    var areas: [Double] = []
    var deviations: [Double] = []
    for half in [false, true] {
      let own = (0..<evidence.targets).filter { halves[units.of[$0]] == half }
      let seen = (0..<evidence.targets).filter { halves[units.of[$0]] != half }
      let labels = seen.map { $0 < members ? Float(1) : 0 }
      guard labels.contains(1), labels.contains(0) else { continue }
      let values = AttackNumbers.rows(numbers.pool, seen, width: numbers.width)
      let model = try BoostedTrees(
        values.span, labels: labels.span, columns: numbers.width,
        parameters: .init(rounds: min(40, evidence.trees), depth: 4, learningRate: 0.15))
      let asked = AttackNumbers.rows(numbers.pool, own, width: numbers.width)
      let found = try model.predictions(asked.span)
      var sums: [Int: (sum: Double, count: Double)] = [:]
      for (place, target) in own.enumerated() {
        sums[units.of[target], default: (0, 0)].sum += found[place]
        sums[units.of[target], default: (0, 0)].count += 1
      }
      let means = sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sum / $0.value.count) }
      let positives = means.filter { units.labelled[$0.0] }.map(\.1)
      let negatives = means.filter { !units.labelled[$0.0] }.map(\.1)
      guard !positives.isEmpty, !negatives.isEmpty else { continue }
      let area = try AreaUnderCurve(positives: positives.span, negatives: negatives.span)
      areas.append(area.value)
      deviations.append(area.permutationVariance.squareRoot())
    }
    guard !areas.isEmpty else { return (0.5, 1) }
    let area = areas.reduce(0, +) / Double(areas.count)
    let deviation = deviations.reduce(0, +) / Double(deviations.count)
    guard deviation > 0 else { return (area, 1) }
    return (area, min(1, 2 * normalSurvival(abs(area - 0.5) / deviation)))
  }

  /// Scores that need no synthetic row, two-sided: isolation, rarity of its cells, nearness in the
  /// other space.
  private static func blind(
    _ evidence: AttackEvidence, _ rows: MembershipRows.Chosen, _ units: AttackUnits,
    plan: EvaluationPlan, threads: Int
  ) throws(NumericsError) -> (pValue: Double, advantage: Double) {
    func isolation(_ found: RankedNeighbours, _ count: Int) -> [Double] {
      (0..<evidence.targets).map { target in
        found.width > 0 ? found.distances(of: target).prefix(count).reduce(0, +) : 0
      }
    }
    let commonness = (0..<evidence.targets).map { target in
      evidence.cells.pairs.reduce(0.0) { sum, table in
        sum + normalScale(Double(table.pool[Int(table.targets[target])]))
      }
    }
    let blind = [
      isolation(evidence.rank.pool, 1), isolation(evidence.rank.pool, 20),
      isolation(evidence.rarity.pool, 5), commonness,
    ]
    let all = [
      AttackStratum(id: "all", title: "all records", targets: Array(0..<evidence.targets))
    ]
    var family = AttackFamily(targets: evidence.targets, members: rows.members.count)
    for (place, scores) in blind.enumerated() {
      family.add(attack: 2 * place, scores: scores, strata: all)
      family.add(attack: 2 * place + 1, scores: scores.map { -$0 }, strata: all)
    }
    let joint = try JointLabelPermutation(
      values: family.sums(over: units.of, count: units.labelled.count),
      isLabelled: units.labelled, permutations: plan.permutations, seed: plan.seed,
      path: ["attacks", "blind"], threads: threads)
    let strongest = joint.z.indices.max { joint.z[$0] < joint.z[$1] } ?? 0
    return (
      joint.globalPValue,
      joint.z[strongest] * joint.deviations[strongest] * family.scales[strongest].0
    )
  }

  private static func normalScale(_ count: Double) -> Double { count.squareRoot() }

  private static func sharedEntities(_ frame: ExchangeableFrame) -> Int {
    guard let group = frame.schema.indices(of: .group).first,
      let training = frame.table(.training), let holdout = frame.table(.holdout)
    else { return 0 }
    let own = StableOrder(frame, columns: [group])
    let known = Set(own.keys(training))
    let missing = Entities.codes(holdout.columns[group])
    var shared: Set<UInt64> = []
    for (row, key) in own.keys(holdout).enumerated()
    where missing[row] >= 0 && known.contains(key) {
      shared.insert(key)
    }
    return shared.count
  }
}
