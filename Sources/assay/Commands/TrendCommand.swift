import ArgumentParser
import AssayDocument
import AssayEvaluation

/// `assay trend`: scores over several saved documents.
struct TrendCommand: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    commandName: "trend",
    abstract: "Follow scores over several saved reports.",
    usage: "assay trend DOC DOC … [--json FILE] [--html FILE] [--markdown FILE]",
    discussion: """
      Documents are taken in the order given, and held against the last. Changes
      of level are found by binary segmentation, calibrated by simulation: where
      nothing changes, at most one run in twenty shows a change. Nothing is gated:
      the exit status is 0. 'assay diff' gates two releases.

      Examples:
        assay trend reports/*/report.json --html trend.html
        assay trend may.json june.json july.json --json - | jq .series[0].changes
      """)

  @Argument(help: ArgumentHelp("Documents, the oldest first.", valueName: "doc"))
  var documents: [String]

  @OptionGroup(title: "Output") var output: SheetFlags

  @Flag(name: [.customShort("q"), .long], help: "Print nothing but errors.")
  var quiet = false

  @Option(help: ArgumentHelp("Colours: auto, always or never (default: auto).", valueName: "when"))
  var color: String?

  func run(in context: RunContext) async throws -> ExitStatus {
    guard documents.count > 1 else {
      throw UsageError("one document was given; a trend needs two or more, the oldest first")
    }
    let layer = try SettingsLayer.flags(output.values + [(.color, color.map { [$0] } ?? [])])
    let plan = try SheetOutput(layer, name: "trend", writesFolder: false)
    try InputFiles.checkPresence(documents)
    try plan.check(inputs: documents)
    let read = try SavedDocument.read(documents)
    let trend = try ReleaseHistory.trend(read, names: Self.names(documents, read))
    let pages = SheetPages(trend)
    let written = try plan.write(json: try JSONText.bytes(trend), pages)
    if !quiet {
      try plan.show(pages.text(on: context.terminal, layer.color ?? .auto), written: written)
    }
    return .success
  }

  /// Titles where all have their own, else names of the tables, else those of files, numbered where
  /// even these are alike.
  static func names(_ paths: [String], _ documents: [EvaluationDocument]) -> [String] {
    let titles = documents.compactMap { $0.about["title"] }
    if Set(titles).count == documents.count { return titles }
    let tables = documents.map(\.inputs.synthetic.name)
    if Set(tables).count == documents.count { return tables }
    let files = paths.map { path in
      path.split(separator: "/").suffix(2).joined(separator: "/")
    }
    if Set(files).count == documents.count { return files }
    return files.enumerated().map { "\($0.offset + 1) \($0.element)" }
  }
}
