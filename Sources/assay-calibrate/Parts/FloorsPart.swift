import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTestKit

extension CalibrationPart {
  /// What fidelity metrics say of a fresh real sample, against fresh real samples.
  static let floors = CalibrationPart(
    name: "floors", title: "What a fresh real sample gets",
    meaning: """
      Every score of fidelity says what a fresh real sample of the same size would get. Here training \
      and synthetic rows are independent samples of one law, with columns that are continuous, \
      heavy-tailed, tied, rounded with missing values, zero-inflated and of levels. *Excess* is the mean \
      of the value less what is said; it may differ from 0 by chance (Student's t) and by an allowance of \
      the order 1/n. *Spread* over *deviation* says whether the stated spread is right.
      """
  ) { setting in
    let (rows, trials) = (500, 2 * setting.runs)
    let standard = MetricCatalog.standard.metrics.filter { $0.descriptor.dimension == .fidelity }
    let thorough = MetricCatalog.thorough.metrics.filter { $0.descriptor.dimension == .fidelity }
    setting.say("standard metrics")
    var plan = EvaluationPlan.calibration
    plan.classifierRows = rows
    var found = try await FloorStudy(rows: rows, trials: trials, plan: plan)
      .run(standard, threads: setting.threads)
    setting.say("metrics of the full preset")
    found += try await FloorStudy(rows: 2 * rows, trials: setting.runs, plan: plan)
      .run(thorough, threads: setting.threads)
    let adjusted = try CalibrationWords.holm(found.map(\.pValue))
    var table = CalibrationTable(columns: [
      ("metric", "metric"), ("column", "of"), ("parameters", "part"), ("trials", "trials"),
      ("value", "value"), ("floor", "said"), ("excess", "excess"),
      ("standard_error", "standard error"), ("allowance", "allowance"),
      ("deviation", "deviation"), ("spread", "spread"), ("adjusted_p", "adjusted p"),
    ])
    var violations = 0
    for (row, own) in zip(found, adjusted) {
      if own <= 0.05 { violations += 1 }
      table.add([
        .word(row.metric.rawValue), .word(row.column ?? "table"), .word(row.parameters),
        .count(row.trials), .number(row.value), .number(row.floor), .number(row.excess),
        .number(row.standardError), .number(row.allowance), .number(row.deviation),
        .number(row.spread), .number(own),
      ])
    }
    return CalibrationFindings(
      outcome:
        "\(found.count) scores, \(violations) of them off what is said of a fresh real sample beyond "
        + "chance and the allowance.",
      text: """
        \(trials) trials of \(rows) rows a side for the metrics of the standard preset, \
        \(setting.runs) of \(2 * rows) for those of the full preset. The allowance is a share 1/√n of \
        the stated spread, and of how far the stated value is from the best one. *Adjusted p* by Holm's procedure \
        over the table; at 0.05 and below it is a violation.

        \(table.markdown())
        """, tables: [table], violations: violations)
  }
}
