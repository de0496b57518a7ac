import ArgumentParser
import AssayDocument
import AssayEvaluation

/// `assay diff`: what changed between two saved documents.
struct DiffCommand: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what changed from one saved report to another.",
    usage: """
      assay diff OLD NEW [--json FILE] [--html FILE] [--markdown FILE]
                 [-r REAL -H HOLDOUT --old-table FILE --new-table FILE]
      """,
    discussion: """
      First whether they compare: the same holdout, plan and revisions of metrics.
      Then what changed beyond noise, unpaired: documents hold no rows. With the
      tables (--real, --holdout, --old-table, --new-table) the scores of dimensions
      are paired over the same resampled real rows, which sees smaller changes.

      Exit status: 0 nothing became worse beyond noise, 1 something did, 2 the
      documents do not compare.

      Examples:
        assay diff may/report.json june/report.json
        assay diff may.json june.json --markdown - >> $GITHUB_STEP_SUMMARY
        assay diff may.json june.json -r real.csv -H holdout.csv --old-table may.csv
          --new-table june.csv
      """)

  @Argument(help: ArgumentHelp("The older document.", valueName: "old"))
  var old: String

  @Argument(help: ArgumentHelp("The newer document.", valueName: "new"))
  var new: String

  @Option(
    name: [.customShort("r"), .long],
    help: ArgumentHelp("Real rows of the newer document, to pair the tables.", valueName: "file"))
  var real: String?

  @Option(
    name: [.customShort("H"), .long],
    help: ArgumentHelp("Holdout of the newer document, to pair the tables.", valueName: "file"))
  var holdout: String?

  @Option(
    name: .customLong("old-table"),
    help: ArgumentHelp("The older synthetic table.", valueName: "file"))
  var oldTable: String?

  @Option(
    name: .customLong("new-table"),
    help: ArgumentHelp("The newer synthetic table.", valueName: "file"))
  var newTable: String?

  @OptionGroup(title: "Output") var output: SheetFlags

  @Flag(name: [.customShort("q"), .long], help: "Print nothing but errors.")
  var quiet = false

  @Option(help: ArgumentHelp("Colours: auto, always or never (default: auto).", valueName: "when"))
  var color: String?

  func run(in context: RunContext) async throws -> ExitStatus {
    let layer = try SettingsLayer.flags(output.values + [(.color, color.map { [$0] } ?? [])])
    let plan = try SheetOutput(layer, name: "change", writesFolder: false)
    let pairing = try pairing(context)
    let inputs = [old, new] + (pairing?.paths ?? [])
    try InputFiles.checkPresence(inputs)
    try plan.check(inputs: inputs)
    let documents = try SavedDocument.read([old, new])
    var change = try ReleaseComparison.change(from: documents[0], to: documents[1])
    if let pairing, change.comparability != .none {
      change = try await pairing.paired(change, documents)
    }
    let pages = SheetPages(change)
    let written = try plan.write(json: try JSONText.bytes(change), pages)
    if !quiet {
      try plan.show(pages.text(on: context.terminal, layer.color ?? .auto), written: written)
    }
    if change.comparability == .none { return .undecided }
    return change.isWorse ? .requirementFailed : .success
  }

  /// What the tables are, where they are given: all of them or none.
  private func pairing(_ context: RunContext) throws(UsageError) -> PairedChange? {
    if real == nil, holdout == nil, oldTable == nil, newTable == nil { return nil }
    guard let real, let oldTable, let newTable else {
      throw UsageError("to pair the tables give all of --real, --old-table and --new-table")
    }
    return PairedChange(
      real: real, holdout: holdout, old: oldTable, new: newTable,
      threads: context.defaultThreads, isQuiet: quiet, context: context)
  }
}
