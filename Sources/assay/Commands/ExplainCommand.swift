import ArgumentParser
import AssayDocument
import AssayReport
import AssayTable

/// `assay explain`: cause, numbers and remedy from a saved document.
struct ExplainCommand: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what a finding or a column's scores come from, and what to try.",
    usage: "assay explain [FINDING | COL[,COL]] [--report DOC]",
    discussion: """
      Without an argument the diagnoses and all findings are listed.

      Examples:
        assay explain
        assay explain 1
        assay explain relationship,sex
        assay explain shuffled-columns --report reports/may/report.json
      """)

  @Argument(
    help: ArgumentHelp(
      "A finding (its number or identifier), a diagnosis, a column, or columns with commas.",
      valueName: "what"))
  var subject: String?

  @Option(
    help: ArgumentHelp(
      "The document, or its folder (default: assay-report).", valueName: "doc"))
  var report: String = OutputPlan.standardFolder

  @Option(help: ArgumentHelp("Colours: auto, always or never (default: auto).", valueName: "when"))
  var color: String?

  func run(in context: RunContext) async throws -> ExitStatus {
    let layer = try SettingsLayer.flags([(.color, color.map { [$0] } ?? [])])
    let document = try SavedDocument.read(try path())
    let chosen: ExplanationSubject
    if let subject {
      guard let found = ExplanationSubject(subject, in: document) else {
        throw UsageError(Self.unknown(subject, in: document))
      }
      chosen = found
    } else {
      chosen = .all
    }
    let terminal = context.terminal
    let renderer = ExplanationRenderer(
      style: TerminalStyle(
        width: terminal.width, usesColour: terminal.usesColour(layer.color ?? .auto),
        usesUnicode: terminal.showsUnicode))
    try Stream.output(renderer.text(chosen, of: document))
    return .success
  }

  private func path() throws -> String {
    switch PathKind(report) {
    case .folder: return report + "/report.json"
    case .file: return report
    default:
      throw InputError(
        report == OutputPlan.standardFolder
          ? "there is no report here; 'assay REAL SYNTHETIC' makes one, --report names another"
          : "\(report): no such document; 'assay REAL SYNTHETIC' makes one")
    }
  }

  /// What is unknown, with the nearest name that is not.
  private static func unknown(_ subject: String, in document: EvaluationDocument) -> String {
    let words = ExplanationSubject.unknown(subject, in: document)
    return words.map { word in
      let near = EditDistance.suggestion(for: word, among: ExplanationSubject.names(in: document))
      return VisibleText.line("the report has no finding or column '\(word)'")
        + (near.map { VisibleText.line("; did you mean '\($0)'?") }
          ?? "; 'assay explain' lists what there is")
    }.joined(separator: "\n")
  }
}
