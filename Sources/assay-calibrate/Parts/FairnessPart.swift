import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTable
import AssayTestKit

extension CalibrationPart {
  /// Fairness of a fresh real sample.
  static let fairness = CalibrationPart(
    name: "fairness", title: "Groups of a fresh real sample",
    meaning: """
      Synthetic rows are real rows that nobody saw, so that no group fares otherwise. *Not covered*: \
      for a signed change (of a parity gap, of what a group tells, of a model's parity) the 95 % \
      interval leaves 0 out; at most 7 % is claimed. *False alarm*: for the other measures the \
      lower bound at 95 % of what exceeds a fresh real sample lies above 0.
      """
  ) { setting in
    let runs = max(200, setting.runs)
    let rows = 2_000
    let found = try FairnessPopulation.all(setting.populations)
    var table = CalibrationTable(columns: [
      ("population", "population"), ("metric", "metric"), ("against", "against"), ("of", "of"),
      ("trials", "trials"), ("not_covered", "not covered or false alarm"), ("limit", "limit"),
    ])
    var violations = 0
    var worst = 0.0
    for population in found.populations {
      var tally: [FairnessKey: (missed: Int, trials: Int)] = [:]
      for trial in 0..<runs {
        guard let sample = population.population.samples(rows, trial: trial) else { break }
        if trial % 20 == 0 { setting.say("\(population.population.name): \(trial) of \(runs)") }
        let own = try Trial(
          training: sample.training, synthetic: sample.synthetic, holdout: sample.holdout,
          declared: population.declared, plan: .calibration, threads: setting.threads)
        for metric in MetricCatalog.standard.metrics
        where metric.descriptor.dimension == .fairness {
          for score in try await own.scores(of: metric) where score.subject.segment == nil {
            guard let missed = FairnessKey.isMissed(score, metric.descriptor) else { continue }
            let key = FairnessKey(score)
            let old = tally[key] ?? (0, 0)
            tally[key] = (old.missed + (missed ? 1 : 0), old.trials + 1)
          }
        }
      }
      for (key, counts) in tally.sorted(by: { $0.key.words < $1.key.words }) {
        let share = Double(counts.missed) / Double(max(1, counts.trials))
        worst = max(worst, share)
        if share > 0.07 { violations += 1 }
        table.add([
          .word(population.population.name), .word(key.metric), .word(key.against),
          .word(key.subject), .count(counts.trials), .rate(share), .rate(0.07),
        ])
      }
    }
    return CalibrationFindings(
      outcome: "\(table.rows.count) rows, \(violations) of them above 7 %; the largest is "
        + "\(CalibrationTable.percent(worst)).",
      text: """
        \(runs) trials of \(rows) rows a side, with the plan of the standard preset and 199 \
        replicates. \(CalibrationWords.absent(found.absent))

        \(table.markdown())
        """, tables: [table], violations: violations)
  }
}

/// What is counted together.
private struct FairnessKey: Hashable {
  var metric: String
  var against: String
  var subject: String

  var words: String { "\(metric) \(subject) \(against)" }

  init(_ score: Score) {
    metric = score.metric.rawValue
    against = score.against.rawValue
    subject =
      score.subject.isTable ? "table" : score.subject.columns.joined(separator: " × ")
  }

  /// Whether a fresh real sample is accused; `nil` where the score says nothing.
  static func isMissed(_ score: Score, _ descriptor: MetricDescriptor) -> Bool? {
    guard let value = score.value, let interval = score.interval else { return nil }
    if descriptor.direction == .closerToFreshSample {
      return interval.lower > 0 || interval.upper < 0
    }
    guard let floor = score.floor, case .normal(let law)? = score.bounds?.excessLaw else {
      return nil
    }
    let excess = descriptor.direction == .higherIsBetter ? floor.value - value : value - floor.value
    return min(excess, law.lowerCentre) - 1.6449 * law.deviation > 0
  }
}

/// A perfect population with groups and a target.
private struct FairnessPopulation {
  var population: StudyPopulation
  var declared: SchemaDeclaration

  static func all(
    _ populations: Populations
  ) throws -> (populations: [FairnessPopulation], absent: [String]) {
    let (found, absent) = try populations.all()
    let roles: [String: [(String, ColumnRole)]] = [
      "Adult": [("income", .target), ("sex", .sensitive), ("race", .sensitive)]
    ]
    let known = found.filter { $0.isPerfect }.compactMap { population -> FairnessPopulation? in
      guard let own = roles[population.name] else { return nil }
      return FairnessPopulation(
        population: population,
        declared: SchemaDeclaration(own.map { ColumnDeclaration(name: $0.0, roles: [$0.1]) }))
    }
    return (known, absent.filter { roles[$0] != nil })
  }
}
