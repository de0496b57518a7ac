import ArgumentParser
import AssayDocument

/// `assay render`: a saved document in other formats.
struct RenderCommand: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Render a saved report.json in other formats.",
    usage: "assay render DOC [--html FILE] [--markdown FILE] [--junit FILE] … [-o DIR]",
    discussion: """
      Without output options everything goes into assay-report/.

      Examples:
        assay render report.json
        assay render report.json --html report.html
        assay render report.json --markdown - >> $GITHUB_STEP_SUMMARY
        assay render report.json --format html,junit,sarif,badge -o out
      """)

  @Argument(
    help: ArgumentHelp(
      "A document that assay wrote; - is standard input.",
      valueName: "doc"))
  var document: String

  @OptionGroup(title: "Output") var output: OutputFlags

  @Flag(name: [.customShort("q"), .long], help: "Print nothing but errors.")
  var quiet = false

  @Option(help: ArgumentHelp("Colours: auto, always or never (default: auto).", valueName: "when"))
  var color: String?

  func run(in context: RunContext) async throws -> ExitStatus {
    let layer = try SettingsLayer.flags(output.values + [(.color, color.map { [$0] } ?? [])])
    let plan = try OutputPlan(folder: layer.output, formats: layer.format, targets: layer.targets)
    try InputFiles.checkPresence([document])
    try plan.check(inputs: [document])
    let read = try SavedDocument.read(document)
    let written = try plan.write(read, place: .saved(document))
    guard !quiet else { return .success }
    try RunSummary(folder: plan.folder, written: written, word: "rendered").show(
      read, plan: plan, on: context.terminal, colour: layer.color ?? .auto)
    return .success
  }
}
