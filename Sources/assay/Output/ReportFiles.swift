import AssayDocument
import AssayReport
import Foundation

/// The one place that calls the renderers.
enum ReportFiles {
  /// The bytes of a document in a format.
  static func bytes(
    _ document: EvaluationDocument, as format: ReportFormat, place: PolicyPlace = .document
  ) throws -> [UInt8] {
    switch format {
    case .html: HTMLRenderer().render(document)
    case .json: Array(try document.json())
    case .markdown: MarkdownRenderer().render(document)
    case .csv: CSVRenderer().render(document)
    case .junit: JUnitRenderer(place: place).render(document)
    case .sarif: SARIFRenderer(place: place).render(document)
    case .codeQuality: CodeQualityRenderer(place: place).render(document)
    case .badge: BadgeRenderer().render(document)
    case .pdf: try PDFPrinter.found().print(HTMLRenderer().render(document))
    }
  }

  /// What a policy makes of a document, requirement by requirement.
  static func verdict(
    _ document: EvaluationDocument, reasons: [String: String]?,
    outcome: (status: ExitStatus, word: String), on terminal: Terminal, colour: Terminal.Colour
  ) -> String {
    let style = TerminalStyle(
      width: terminal.width, usesColour: terminal.usesColour(colour),
      usesUnicode: terminal.showsUnicode)
    let facts = RunFacts(exitStatus: Int(outcome.status.rawValue), exitWord: outcome.word)
    return TerminalRenderer(style: style, facts: facts).verdict(document, reasons: reasons)
  }

  /// The summary that a run prints.
  static func summary(
    _ document: EvaluationDocument, run: RunSummary, on terminal: Terminal,
    colour: Terminal.Colour
  ) -> String {
    let style = TerminalStyle(
      width: terminal.width, usesColour: terminal.usesColour(colour),
      usesUnicode: terminal.showsUnicode)
    let facts = RunFacts(
      seconds: run.timings?.totalSeconds, peakBytes: run.timings?.peakBytes,
      folder: run.folder.map { VisibleText.line(ReportFolder($0).shown) },
      written: run.written.map(VisibleText.line), next: run.next,
      exitStatus: Int(run.status.rawValue), exitWord: run.word)
    return TerminalRenderer(style: style, facts: facts).text(document)
  }
}

/// What a run knows and a document does not.
struct RunSummary: Sendable {
  var timings: Timings?
  /// The folder that was written.
  var folder: String?
  /// The files that were written.
  var written: [String]
  /// Commands that may come next.
  var next: [String] = []
  var status: ExitStatus = .success
  /// The status in a word.
  var word: String

  /// Prints the summary of a document: to standard output, or to standard error where a format
  /// has taken that.
  func show(
    _ document: EvaluationDocument, plan: OutputPlan, on terminal: Terminal,
    colour: Terminal.Colour
  ) throws {
    let text = ReportFiles.summary(document, run: self, on: terminal, colour: colour)
    if plan.usesStandardOutput { Stream.rawError(text) } else { try Stream.output(text) }
  }
}
