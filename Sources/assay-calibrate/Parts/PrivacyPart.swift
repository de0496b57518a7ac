import AssayDocument
import AssayMetrics
import AssayPrivacy
import AssayTestKit

extension CalibrationPart {
  /// False alarms of the tests of leaks, and the leaks that they see.
  static let privacy = CalibrationPart(
    name: "privacy", title: "Tests of leaks",
    meaning: """
      False alarms: synthetic rows are real rows that nobody saw, and every test of a leak, every \
      attack in every group of records and the combined verdict should reject no more often than its \
      level. Power: known leaks are planted, and the share of trials in which they are seen is \
      counted; the leaks of a few jittered rows and of a few outliers are those that summaries of \
      distances miss.
      """
  ) { setting in
    let rows = 400
    let (found, absent) = try setting.populations.all()
    var study = LeakStudy()
    for population in found where population.isPerfect {
      setting.say(population.name)
      try await study.falseAlarms(
        population, rows: rows, trials: setting.runs, threads: setting.threads)
    }
    let tails = try EventRate.adjustedTails(study.cells.map { ($0.rate, 0.05) })
    var alarms = CalibrationTable(columns: [
      ("population", "population"), ("test", "test"), ("trials", "trials"),
      ("at_0.05", "≤ 0.05"), ("adjusted_tail", "adjusted tail"),
    ])
    for (cell, tail) in zip(study.cells, tails) {
      alarms.add([
        .word(cell.population), .word(cell.test), .count(cell.rate.trialCount),
        .rate(cell.rate.share), .number(tail),
      ])
    }
    let violations = tails.count { $0 <= 0.01 }
    let laws = try study.uniformity()
    let adjusted = try EventRate.holm(laws.map(\.pValue))
    var exact = CalibrationTable(
      name: "exact",
      columns: [
        ("population", "population"), ("test", "test"), ("p_values", "p-values"),
        ("distance", "distance"), ("adjusted", "adjusted p of uniformity"),
      ])
    for (law, own) in zip(laws, adjusted) {
      exact.add([
        .word(law.population), .word(law.test), .count(law.count), .number(law.distance),
        .number(own),
      ])
    }
    let off = adjusted.count { $0 <= 0.01 }
    var power = CalibrationTable(
      name: "power",
      columns: [
        ("leak", "leak"), ("rows", "rows a side"), ("trials", "trials"), ("exact", "exact match"),
        ("combinations", "rare combinations"),
        ("share", "share closer"), ("tails", "closest records"), ("attacks", "attacks"),
        ("verdict", "verdict at 1 in 10,000"),
      ])
    for leak in PlantedLeak.all {
      setting.say(leak.title)
      let trials = min(setting.runs, leak.rows > 1_000 ? 100 : 60)
      let seen = try await leak.power(trials: trials, threads: setting.threads)
      power.add(
        [.word(leak.title), .count(leak.rows), .count(trials)] + seen.map { .rate($0) })
    }
    setting.say("tables whose making is known")
    var known = CalibrationTable(
      name: "known",
      columns: [
        ("table", "table"), ("known", "known to hold"), ("answer", "answer"),
        ("p", "p of any leak"),
        ("exposed", "exposed for certain"), ("copies", "exact copies"), ("closer", "closer"),
      ])
    let tables = try await KnownTables.rows(setting.populations, threads: setting.threads)
    for table in tables {
      known.add([
        .word(table.name), .word(table.expected), .word(table.answer), .number(table.pValue),
        .rate(table.exposed), .rate(table.copies), .rate(table.closer),
      ])
    }
    let wrong = tables.count { !$0.isAsKnown }
    let shownAlarms = alarms.markdown { row in
      if case .rate(let share?) = row[3] { return share > 0.02 }
      return false
    }
    return CalibrationFindings(
      outcome:
        "\(study.cells.count) tests, attacks and groups, \(violations) with more false alarms than "
        + "their level at a family-wise 1 %; \(laws.count) exact tests, \(off) off the uniform law; \(wrong) "
        + "of \(tables.count) known tables answered otherwise.",
      text: """
        \(setting.runs) trials of \(rows) rows a side for each population, 199 relabellings. \
        \(CalibrationWords.absent(absent))*Adjusted tail*: the chance of so many rejections at the \
        level of 5 %, by Holm's procedure over the whole table. Rows with more than 2 % are shown; \
        the file has all.

        \(shownAlarms)
        ## Exact tests

        Randomised p-values of the joint permutation of labels, tested for the uniform law.

        \(exact.markdown())
        ## Power

        Share of trials with a p-value of at most 5 %, and of alarms of the verdict.

        \(power.markdown())
        ## Tables whose making is known

        Adult, whole files, standard preset.

        \(known.markdown())
        """, tables: [alarms, exact, power, known], violations: violations + off + wrong)
  }
}
