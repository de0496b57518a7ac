import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTestKit

extension CalibrationPart {
  /// p-values of tests where the generator is perfect.
  static let pValues = CalibrationPart(
    name: "p-values", title: "p-values of a perfect generator",
    meaning: """
      The share of p-values up to 0.01, 0.05 and 0.1 where synthetic rows are real rows that nobody \
      saw: at most the level itself, or the test raises more alarms than it says. The \
      randomised p-values of tests that are exact follow the uniform law.
      """
  ) { setting in
    let rows = 600
    // Those that test nothing and take most of the time are left out.
    let silent: Set<MetricID> = ["fidelity.repair-ladder", "fidelity.global-utility"]
    let metrics = MetricCatalog.full.metrics.filter {
      $0.descriptor.dimension != .utility && !silent.contains($0.descriptor.id)
    }
    let (found, absent) = try setting.populations.all()
    var rates: [PValueStudy.Row] = []
    var laws: [PValueStudy.Uniformity] = []
    for population in found where population.isPerfect {
      setting.say(population.name)
      let own = try await PValueStudy(rows: rows, trials: setting.runs, plan: .calibration)
        .run(population, metrics: metrics, threads: setting.threads)
      rates += own.rows
      laws += own.uniformity
    }
    let tails = try EventRate.adjustedTails(
      rates.flatMap { zip($0.rates, PValueStudy.levels).map { ($0, $1) } })
    var table = CalibrationTable(columns: [
      ("population", "population"), ("metric", "metric"), ("test", "test"),
      ("trials", "trials"), ("p_values", "p-values"), ("at_0.01", "≤ 0.01"), ("at_0.05", "≤ 0.05"),
      ("at_0.1", "≤ 0.1"), ("adjusted_tail", "adjusted tail"),
    ])
    var violations = 0
    for (place, row) in rates.enumerated() {
      let tail = tails[3 * place..<3 * place + 3].min() ?? 1
      if tail <= 0.05 { violations += 1 }
      table.add(
        [
          .word(row.population), .word(row.metric.rawValue), .word(row.method),
          .count(row.rates[0].trialCount), .count(row.rates[0].count),
        ] + row.rates.map { .rate($0.share) } + [.number(tail)])
    }
    let adjusted = try CalibrationWords.holm(laws.map(\.pValue))
    var exact = CalibrationTable(
      name: "exact",
      columns: [
        ("population", "population"), ("test", "test"), ("p_values", "p-values"),
        ("distance", "distance"), ("p_of_uniformity", "p of uniformity"), ("adjusted", "adjusted"),
      ])
    for (law, own) in zip(laws, adjusted) {
      exact.add([
        .word(law.population), .word(law.test), .count(law.count), .number(law.distance),
        .number(law.pValue), .number(own),
      ])
    }
    let off = adjusted.count { $0 <= 0.05 }
    return CalibrationFindings(
      outcome:
        "\(rates.count) tests, \(violations) of them with more small p-values than their level "
        + "beyond chance; \(laws.count) exact tests, \(off) of them off the uniform law.",
      text: """
        \(setting.runs) trials of \(rows) rows a side for each population, 199 relabellings. \
        \(CalibrationWords.absent(absent))*Adjusted tail*: the smallest chance of such shares at \
        their level, by Holm's procedure over all shares; at 0.05 and below it is a violation.

        \(table.markdown())
        ## Exact tests

        Randomised p-values, one a trial: a point between the chance of a more extreme statistic and \
        that of one at least as extreme. Their uniformity is tested by Kolmogorov and Smirnov's \
        test of one sample; *adjusted* by Holm over the table.

        \(exact.markdown())
        """, tables: [table, exact], violations: violations + off)
  }
}

extension CalibrationWords {
  /// p-values adjusted by Holm's procedure.
  static func holm(_ values: [Double]) throws -> [Double] { try EventRate.holm(values) }
}
