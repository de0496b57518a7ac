import ArgumentParser
import AssayDocument
import AssayEvaluation

/// `assay gate`: judges a saved document.
struct GateCommand: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Judge a saved report.json by a policy.",
    usage: """
      assay gate DOC --policy NAME|FILE [--previous DOC] [--as-of DAY] [--history DIR]
                 [--junit FILE] [--sarif FILE] [--code-quality FILE] …
      """,
    discussion: """
      Needs no data: whatever a policy asks stands in the document. The exit
      status is 0 where the policy lets it pass, 1 where a requirement failed,
      2 where one is undecided and the policy does not take that.

      Examples:
        assay gate report.json --policy release
        assay gate report.json --policy release --explain
        assay gate report.json --policy policy.yml --as-of 2026-05-31
        assay gate report.json --policy release --json - | jq .verdict
      """)

  @Argument(
    help: ArgumentHelp("A document that assay wrote; - is standard input.", valueName: "doc"))
  var document: String

  @OptionGroup(title: "Judging") var policy: PolicyFlags

  @Flag(help: "Say of each requirement what was compared, why, and the command that shows it.")
  var explain = false

  @OptionGroup(title: "Output, with this verdict") var files: FileFlags

  @Flag(name: [.customShort("q"), .long], help: "Print nothing but errors.")
  var quiet = false

  @Option(help: ArgumentHelp("Colours: auto, always or never (default: auto).", valueName: "when"))
  var color: String?

  func run(in context: RunContext) async throws -> ExitStatus {
    let layer = try SettingsLayer.flags(
      policy.values + files.values + [(.color, color.map { [$0] } ?? [])])
    guard layer.policy != nil else {
      throw UsageError(
        "a policy is needed: --policy release, or a file; 'assay policy list' lists them")
    }
    let targets = layer.targets
    let plan =
      targets.isEmpty ? nil : try OutputPlan(folder: nil, formats: nil, targets: targets)
    try plan?.check(inputs: [document])
    let choice = try PolicyChoice.made(by: layer, judging: document == "-" ? nil : document)
    var judged = try SavedDocument.read(document)
    try ExternalAudience.refuse(judged, document, "judged anew")
    let outcome: (status: ExitStatus, word: String)
    var warnings: [String] = []
    if let choice {
      let judgement = try choice.judge(&judged)
      outcome = judgement.outcome
      warnings = (layer.ci ?? .auto).resolved(context.environment)
        .lines(judgement, place: choice.place ?? .saved(document))
    } else {
      judged.verdict = FirstLookVerdict.of(judged)
      outcome = (.success, "evaluated")
    }
    _ = try plan?.write(judged, place: choice?.place ?? .saved(document))
    if !quiet || layer.ci == .github {
      for line in warnings { Stream.error(line) }
    }
    guard !quiet else { return outcome.status }
    let text = ReportFiles.verdict(
      judged, reasons: explain ? Self.reasons(choice?.policy) : nil, outcome: outcome,
      on: context.terminal, colour: layer.color ?? .auto)
    if plan?.usesStandardOutput == true {
      Stream.rawError(text)
    } else {
      try Stream.output(text)
    }
    return outcome.status
  }

  private static func reasons(_ policy: Policy?) -> [String: String] {
    Dictionary(
      (policy?.requirements ?? []).map { ($0.id, $0.reason) },
      uniquingKeysWith: { first, _ in first }
    )
  }
}
