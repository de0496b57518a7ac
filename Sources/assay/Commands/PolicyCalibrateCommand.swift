import ArgumentParser
import AssayDocument
import AssayEvaluation
import AssayFiles
import AssayTable

/// `assay policy calibrate`: margins from what was accepted, or alarms on real rows.
struct PolicyCalibrateCommand: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Propose margins from accepted reports, or count false alarms.",
    usage: """
      assay policy calibrate NAME|FILE --accepted DOC [--accepted DOC ...]
      assay policy calibrate NAME|FILE --real-splits REAL [--runs N]
      """,
    discussion: """
      --accepted takes reports that were found good enough and proposes margins at
      which all of them pass. --real-splits cuts real rows at random in three equal
      parts, gives one as training, one as holdout and one as synthetic, and judges:
      whatever fails is a false alarm.
      """)

  @Argument(help: ArgumentHelp("A policy's name or file.", valueName: "name|file"))
  var policy: String

  @Option(
    help: ArgumentHelp("A report.json that was accepted; may be repeated.", valueName: "doc"))
  var accepted: [String] = []

  @Option(
    name: .customLong("real-splits"), help: ArgumentHelp("A table of real rows.", valueName: "real")
  )
  var realSplits: String?

  @Option(help: ArgumentHelp("How many times the rows are split (default: 20).", valueName: "n"))
  var runs: Int?

  @Option(help: ArgumentHelp("Seed of the splits and of the evaluations.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(
    name: [.customShort("j"), .long], parsing: .unconditional,
    help: ArgumentHelp("Threads (default: one per core).", valueName: "n"))
  var threads: String?

  @OptionGroup(title: "Reading") var reading: ReadingFlags

  func run(in context: RunContext) async throws -> ExitStatus {
    guard accepted.isEmpty != (realSplits == nil) else {
      throw UsageError("give either accepted reports (--accepted) or real rows (--real-splits)")
    }
    if runs != nil, realSplits == nil { throw UsageError("--runs belongs to --real-splits") }
    let policy = try PolicyFile.read(policy)
    if let realSplits { return try await split(realSplits, policy, context) }
    let proposals = try PolicyCalibration.proposals(
      policy, accepted: SavedDocument.read(accepted))
    var table = TextTable()
    table.add(["requirement", "margin", "proposed", "reports", "next one does worse"])
    for proposal in proposals {
      let rate = (proposal.highestRate * 1_000).rounded(.up) / 10
      table.add([
        proposal.id, "\(proposal.margin)", proposal.proposed.map { "\($0)" } ?? "not measured",
        Count.text(proposal.documents), proposal.documents > 0 ? "at most \(rate) %" : "–",
      ])
    }
    try Stream.output(
      table.text(indent: "", width: context.terminal.width)
        + "At the proposed margins every report given passes. The rate is the highest, at 95 %, with\n"
        + "which a report drawn as these were would not (exact binomial bound of none among them).\n"
    )
    return .success
  }

  private func split(
    _ path: String, _ policy: Policy, _ context: RunContext
  ) async throws -> ExitStatus {
    let runs = runs ?? 20
    guard (1...10_000).contains(runs) else {
      throw UsageError("--runs takes a whole number from 1 to 10000")
    }
    if policy.requirements.contains(where: { $0.compare == .previous }) {
      throw UsageError("policy \(policy.name) compares with an earlier document; splits have none")
    }
    let settings = Settings(
      try .flags(reading.values + [(.threads, threads.map { [$0] } ?? [])]),
      defaultThreads: context.defaultThreads)
    try InputFiles.checkPresence([path])
    let reading = settings.reading(environment: context.environment)
    let stored = try MappedFile.open(path)
    let table = try TableReader(options: reading).read(stored)
    let contents = try stored.inflated()
    let scanner = RecordScanner(contents.bytes(in: 0..<contents.count))
    let layout = try SplitCommand.layout(scanner, table, file: path)
    guard table.rowCount >= 30 else {
      throw DataError("\(path): \(table.rowCount) rows are too few to be cut in three")
    }
    var tally = PolicyTally(policy)
    let progress = ProgressDisplay.fitting(context.terminal, isQuiet: false)
    defer { progress.finish() }
    for run in 1...runs {
      try Task.checkCancellation()
      progress.phase("split \(run) of \(runs)")
      let tables = try PolicyTally.thirds(rows: table.rowCount, seed: seed, run: run).map { rows in
        let kept = Set(rows)
        let bytes = scanner.file(layout) { kept.contains($0) }
        return try TableReader(options: reading).read(
          MappedFile(bytes: bytes, name: table.name), name: table.name)
      }
      let prepared: PreparedEvaluation
      do {
        prepared = try PreparedEvaluation(
          training: tables[0], holdout: tables[1],
          options: EvaluationOptions(
            seed: seed &+ UInt64(run), threads: settings.threads,
            declared: settings.declared()))
      }
      let document = try await prepared.evaluate(synthetic: tables[2])
      tally.add(
        try PolicyJudge(
          policy: policy, document: document, day: policy.needsDay ? PolicyDay("9999-12-31") : nil
        ).judgement().verdict)
    }
    progress.finish()
    try show(tally, rows: table.rowCount / 3, context)
    return .success
  }

  private func show(_ tally: PolicyTally, rows: Int, _ context: RunContext) throws {
    var table = TextTable()
    table.add(["requirement", "passed", "undecided", "failed", "false alarms at most (95 %)"])
    for row in tally.rows {
      let rate = (try tally.highestRate(of: row.failed) * 1_000).rounded(.up) / 10
      table.add([
        row.id, Count.text(row.passed), Count.text(row.undecided), Count.text(row.failed),
        "\(rate) %",
      ])
    }
    try Stream.output(
      "\(Count.text(tally.runs)) splits, \(Count.text(rows)) real rows a side\n"
        + table.text(indent: "", width: context.terminal.width))
  }
}
