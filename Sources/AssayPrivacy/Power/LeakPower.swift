package import AssayDocument
package import AssayMetrics
import AssayNumerics
package import AssayTable

/// The smallest leak that the tests of copies, nearness and closest records, and the verdict over them,
/// would have seen on these data.
///
/// Training rows, verbatim or with noise, take the place of synthetic rows, in `trials` random
/// choices for each number of them; the number is the smallest at which four fifths of the trials
/// are alarms. Larger leaks hold the rows of smaller ones, so that the search can halve. What is
/// asked is what this table, its sizes and its ties can show: a leak of another kind may need more.
///
/// - Complexity: O(log rows · trials · rows) after one neighbour search of the planted rows.
package struct LeakPower: Artifact {
  package typealias Frame = ExchangeableFrame

  /// When a test raises an alarm.
  package struct Rule: Sendable, Hashable {
    /// The level of the test.
    package var level: Double
    /// For the share closer to training: the smallest excess of its lower bound.
    package var margin: Double

    /// Makes a rule.
    package init(level: Double, margin: Double) {
      self.level = level
      self.margin = margin
    }
  }

  private let rule: Rule

  private static let power = 0.8
  private static let trials = 40
  /// The largest share of rows that is tried.
  private static let largest = 0.5

  /// Makes the artifact.
  package init(rule: Rule) { self.rule = rule }

  package func derive(
    from frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> [PowerRecord] {
    let pools = try await workspace.value(of: PlantedRows())
    guard !pools.isEmpty, let found = try await workspace.value(of: ClosestRecords()),
      let attracted = found.attracted, let holdout = frame.rowCount(.holdout)
    else { return [] }
    let columns = frame.schema.featureIndices.filter { frame.unfit[$0] == nil }
    let equal = EqualRows(frame, columns: columns).rows(of: frame.synthetic)
    let pooled = found.trainingRows + holdout
    var cases:
      [(metric: MetricID, kind: PlantedRows.Kind, level: Double, trial: any PlantedTrial)] = []
    let tails = try await workspace.value(of: PlantedTails())
    let rows = try await workspace.value(of: MembershipRows())
    // Of the tests of the verdict, those of copies and of closest records are tried: others may see more.
    let each = AnyLeak.levelOfEach
    for kind in PlantedRows.Kind.allCases {
      guard let pool = pools[kind] else { continue }
      func copies(_ level: Double) -> LeakTrial {
        LeakTrial(
          own: equal, planted: pool.equal, pooled: pooled, frame: frame,
          rule: Rule(level: level, margin: 0), isShare: false)
      }
      cases.append(("privacy.exact-match", kind, rule.level, copies(rule.level)))
      func records(_ level: Double) -> EitherTrial {
        let attraction = LeakTrial(
          own: attracted, planted: pool.closest, pooled: pooled, frame: frame,
          rule: Rule(level: level / TailTrial.family, margin: 0), isShare: false, targets: rows)
        let tail = tails[kind].map { [$0.at(level)] } ?? []
        return EitherTrial(trials: tail + [attraction])
      }
      var verdict: [any PlantedTrial] = [copies(each)]
      if tails[kind] != nil {
        cases.append(("privacy.record-tails", kind, rule.level, records(rule.level)))
        verdict.append(records(each))
      }
      cases.append(("privacy.any-leak", kind, AnyLeak.level, EitherTrial(trials: verdict)))
      cases.append(
        (
          "privacy.distance-to-closest-record", kind, rule.level,
          LeakTrial(
            own: attracted, planted: pool.closest, pooled: pooled, frame: frame, rule: rule,
            isShare: true)
        ))
    }
    let all = cases
    let seed = workspace.plan.seed
    return try parallelMap(all.count, threads: workspace.threads) {
      index throws(MetricError) -> PowerRecord in
      let one = all[index]
      do throws(NumericsError) {
        let smallest = try Self.smallest(
          one.trial, seed: seed, name: "\(one.metric.rawValue) \(one.kind.rawValue)")
        return PowerRecord(
          metric: one.metric, defect: one.kind.rawValue,
          smallest: smallest.map { Double($0) / Double(one.trial.rows) }, largest: Self.largest,
          unit: .rows, power: Self.power, level: one.level, trials: Self.trials,
          method: "planted rows, label permutation")
      } catch {
        throw MetricError(error)
      }
    }
  }

  /// The smallest number of planted rows that enough trials see.
  private static func smallest(
    _ trial: any PlantedTrial, seed: UInt64, name: String
  ) throws(NumericsError) -> Int? {
    let limit = max(1, Int(Double(trial.rows) * largest))
    func isSeen(_ count: Int) throws(NumericsError) -> Bool {
      var alarms = 0
      for run in 0..<trials {
        if try trial.alarms(count, seed: seed, path: ["power", name, String(run)]) { alarms += 1 }
      }
      return Double(alarms) >= power * Double(trials)
    }
    var seen = 1
    while try !isSeen(seen) {
      guard seen < limit else { return nil }
      seen = min(limit, 2 * seen)
    }
    var unseen = seen / 2
    while seen - unseen > max(1, seen / 20) {
      let middle = (seen + unseen) / 2
      if try isSeen(middle) { seen = middle } else { unseen = middle }
    }
    return seen
  }
}
