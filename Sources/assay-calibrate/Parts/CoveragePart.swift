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
      out. *Excess*: the generator is perfect, and the lower bound of its excess over a fresh real \
      sample lies above 0. All are to be 5 % or less. The truth of a perfect generator is 0, of the \
      others it is not.
      """
  ) { setting in
    let rows = 600
    let metrics = MetricCatalog.standard.metrics.filter {
      $0.descriptor.dimension == .fidelity && $0.descriptor.direction == .lowerIsBetter
    }
    let sized: Set<MetricID> = [
      "fidelity.category-coverage", "fidelity.classifier-two-sample",
      "fidelity.kullback-leibler", "fidelity.population-stability-index", "fidelity.rare-levels",
      "fidelity.tail-index", "fidelity.tail-mass",
    ]
    let (found, absent) = try setting.populations.all()
    var all: [CoverageStudy.Row] = []
    for population in found {
      setting.say(population.name)
      all += try await CoverageStudy(rows: rows, trials: setting.runs, plan: .calibration)
        .run(population, metrics: metrics, sized: sized, threads: setting.threads)
    }
    let tails = try EventRate.adjustedTails(
      all.flatMap { row in [row.above, row.below, row.outside, row.excess].map { ($0, 0.05) } })
    var table = CalibrationTable(columns: [
      ("population", "population"), ("metric", "metric"), ("subjects", "of"),
      ("trials", "trials"), ("bounds", "bounds"), ("truth", "truth"),
      ("false_fail", "false fail"), ("false_pass", "false pass"), ("outside", "outside"),
      ("excess", "excess"),
      ("adjusted_tail", "adjusted tail"),
    ])
    var violations = 0
    for (place, row) in all.enumerated() {
      let tail = tails[4 * place..<4 * place + 4].min() ?? 1
      if tail <= 0.05 { violations += 1 }
      func rate(_ rate: EventRate) -> CalibrationTable.Cell {
        .rate(rate.count > 0 ? rate.share : nil)
      }
      table.add([
        .word(row.population), .word(row.metric.rawValue), .word(row.subjects),
        .count(max(row.above.trialCount, row.excess.trialCount)),
        .count(max(row.above.count, row.excess.count)),
        .number(row.above.count > 0 ? row.truth : nil), rate(row.above), rate(row.below),
        rate(row.outside), rate(row.excess), .number(tail),
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
        violation. Of \(sized.map(\.rawValue).sorted().joined(separator: ", ")) populations do not \
        tell the truth, since what they measure depends on the numbers of rows (what a classifier \
        learns, levels that so many rows miss, a tail of √n values, half a row added to each cell): \
        their excess alone is looked at.

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
