import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTestKit

extension CalibrationPart {
  /// Bounds and intervals of distances against the distance of the populations themselves.
  static let coverage = CalibrationPart(
    name: "coverage", title: "Bounds and intervals",
    meaning: """
      Samples of populations whose true distance is known. *False fail*: the lower bound at 95 % lies \
      above the truth, so that a requirement whose margin is the truth, where a decision is hardest, \
      would fail. *False pass*: the upper bound lies below it. *Outside*: the 95 % interval leaves it \
      out. All three are to be 5 % or less. The truth of a perfect generator is 0, of the others \
      it is not.
      """
  ) { setting in
    let rows = 600
    let metrics = MetricCatalog.standard.metrics.filter {
      let descriptor = $0.descriptor
      // What a classifier learns depends on the rows: its area has no truth beyond them.
      return descriptor.dimension == .fidelity && descriptor.direction == .lowerIsBetter
        && descriptor.id != "fidelity.classifier-two-sample"
    }
    let (found, absent) = try setting.populations.all()
    var all: [CoverageStudy.Row] = []
    for population in found {
      setting.say(population.name)
      all += try await CoverageStudy(rows: rows, trials: setting.runs, plan: .calibration)
        .run(population, metrics: metrics, threads: setting.threads)
    }
    let tails = try EventRate.adjustedTails(
      all.flatMap { [($0.above, 0.05), ($0.below, 0.05), ($0.outside, 0.05)] })
    var table = CalibrationTable(columns: [
      ("population", "population"), ("metric", "metric"), ("subjects", "of"),
      ("trials", "trials"), ("bounds", "bounds"), ("truth", "truth"),
      ("false_fail", "false fail"), ("false_pass", "false pass"), ("outside", "outside"),
      ("adjusted_tail", "adjusted tail"),
    ])
    var violations = 0
    for (place, row) in all.enumerated() {
      let tail = tails[3 * place..<3 * place + 3].min() ?? 1
      if tail <= 0.05 { violations += 1 }
      table.add([
        .word(row.population), .word(row.metric.rawValue), .word(row.subjects),
        .count(row.above.trialCount), .count(row.above.count), .number(row.truth),
        .rate(row.above.share), .rate(row.below.share), .rate(row.outside.share), .number(tail),
      ])
    }
    let worst = all.map(\.above.share).max() ?? 0
    return CalibrationFindings(
      outcome:
        "\(all.count) rows, \(violations) of them above 5 % beyond chance; the largest rate of "
        + "false fails is \(CalibrationTable.percent(worst)).",
      text: """
        \(setting.runs) trials of \(rows) rows a side for each population of at most 12,000 rows, 199 \
        replicates. \(CalibrationWords.absent(absent))A rate over columns or pairs counts as many \
        events as its variance between trials allows. *Adjusted tail*: the smallest chance of such \
        rates at 5 %, by Holm's procedure over all rates of the table; at 0.05 and below it is a \
        violation.

        \(table.markdown())
        """, tables: [table], violations: violations)
  }
}

/// Sentences that several parts use.
enum CalibrationWords {
  /// What was not there, with a blank behind; empty where all was.
  static func absent(_ names: [String]) -> String {
    names.isEmpty ? "" : "Not there: \(names.joined(separator: ", ")). "
  }
}

extension EvaluationPlan {
  /// The standard preset with 199 replicates, groups and relabellings.
  static var calibration: EvaluationPlan {
    var plan = EvaluationPlan(preset: .standard, seed: 3)
    plan.replicates = 199
    plan.shards = 200
    plan.permutations = 199
    return plan
  }
}
