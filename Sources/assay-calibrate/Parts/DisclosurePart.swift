import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit

extension CalibrationPart {
  /// How often attacks accuse rows that nobody leaked, and how often they see planted copies.
  static let disclosure = CalibrationPart(
    name: "disclosure", title: "Attacks with the holdout as control",
    meaning: """
      How often an attack is significant at 5 %, judged as the worst of all its forms: where synthetic \
      rows are real rows that nobody saw it must not be more often than that, with a holdout as \
      large as training and with one a fifth as large; where a share of the rows was copied it \
      should be.
      """
  ) { setting in
    let metrics = MetricCatalog.full.metrics.filter { Self.disclosing.contains($0.descriptor.id) }
    let (found, absent) = try setting.populations.all()
    var table = CalibrationTable(columns: [
      ("population", "population"), ("metric", "metric"), ("holdout", "holdout rows"),
      ("copied", "copied"), ("runs", "runs"), ("alarms", "significant"),
      ("share", "share"), ("adjusted_tail", "adjusted tail"),
    ])
    var rows: [DisclosureStudy.Row] = []
    for population in found where population.isPerfect {
      setting.say(population.name)
      rows += try await DisclosureStudy(runs: setting.runs, threads: setting.threads).run(
        population, metrics: metrics)
    }
    let clean = rows.filter { $0.copied == 0 }
    let tails = try clean.map { row throws(NumericsError) in
      try binomialUpperTail(atLeast: row.alarms, trials: row.runs, probability: 0.05)
    }
    let adjusted = try holmAdjustedPValues(tails.span)
    var violations = 0
    var next = 0
    for row in rows {
      var tail: Double?
      if row.copied == 0 {
        tail = adjusted[next]
        if adjusted[next] <= 0.05 { violations += 1 }
        next += 1
      }
      table.add([
        .word(row.population), .word(row.metric.rawValue), .count(row.holdout),
        .rate(row.copied), .count(row.runs), .count(row.alarms),
        .rate(Double(row.alarms) / Double(max(1, row.runs))), .number(tail),
      ])
    }
    return CalibrationFindings(
      outcome:
        "\(clean.count) attacks on rows that nobody leaked, \(violations) of them significant more "
        + "often than in 5 % of the runs beyond chance.",
      text: """
        \(DisclosureStudy.rows) training and synthetic rows, \(setting.runs) runs for rows that nobody \
        leaked and a quarter of them for copied rows. \(CalibrationWords.absent(absent))*Adjusted \
        tail*: the chance of so many significant runs at 5 %, by Holm's procedure over the table; at \
        0.05 and below it is a violation.

        \(table.markdown())
        """, tables: [table], violations: violations)
  }

  private static let disclosing: Set<MetricID> = [
    "privacy.singling-out", "privacy.linkability", "privacy.inference",
    "privacy.attribute-disclosure", "privacy.model-inference",
  ]
}

/// Runs attacks on draws from a population.
private struct DisclosureStudy {
  /// One cell of the study.
  struct Row: Sendable {
    var population: String
    var metric: MetricID
    var holdout: Int
    var copied: Double
    var runs: Int
    var alarms: Int
  }

  static let rows = 500
  let runs: Int
  let threads: Int

  func run(_ population: StudyPopulation, metrics: [any Metric]) async throws -> [Row] {
    let real = population.wholeReal
    var found: [Row] = []
    for (holdout, copied, runs) in [
      (Self.rows, 0.0, runs), (Self.rows / 5, 0.0, runs), (Self.rows, 0.2, max(10, runs / 4)),
    ] {
      var made = metrics.map {
        Row(
          population: population.name, metric: $0.descriptor.id, holdout: holdout,
          copied: copied, runs: 0, alarms: 0)
      }
      for run in 0..<runs {
        for (place, adjusted) in try await alarms(
          population, real, metrics, holdout: holdout, copied: copied, run: run
        ).enumerated() {
          guard let adjusted else { continue }
          made[place].runs += 1
          if adjusted <= 0.05 { made[place].alarms += 1 }
        }
      }
      found += made
    }
    return found
  }

  /// The adjusted p-value of each metric; `nil` where it was not measured.
  private func alarms(
    _ population: StudyPopulation, _ real: RawTable, _ metrics: [any Metric], holdout: Int,
    copied: Double, run: Int
  ) async throws -> [Double?] {
    var stream = RandomStream(
      seed: 1, name: "disclosure", population.name, String(holdout), String(run))
    var order = Array(0..<real.rowCount)
    stream.shuffle(&order)
    let training = real.rows(order.prefix(Self.rows))
    let rest = order.dropFirst(Self.rows)
    let copies = Int(copied * Double(Self.rows))
    let fresh = rest.prefix(Self.rows - copies)
    let synthetic = real.rows(Array(order.prefix(copies)) + fresh)
    let other = real.rows(rest.dropFirst(Self.rows - copies).prefix(holdout))
    var plan = EvaluationPlan(preset: .standard, rows: Self.rows)
    plan.permutations = 199
    plan.classifierTrees = 20
    let trial = try Trial(
      training: training, synthetic: synthetic, holdout: other, plan: plan, threads: threads)
    var found: [Double?] = []
    for metric in metrics {
      let scores = try await trial.result(of: metric).scores
      found.append(scores.first { $0.subject.isTable }?.test?.adjusted)
    }
    return found
  }
}
