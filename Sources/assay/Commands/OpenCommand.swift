import ArgumentParser
import AssayReport
import Foundation

/// `assay open`: shows a report in the browser.
struct OpenCommand: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: "Open the HTML report.",
    discussion: """
      Where there is no desktop, the path is printed instead.

      Examples:
        assay open
        assay open reports/may
      """)

  @Argument(help: ArgumentHelp("Folder of a report (default: assay-report).", valueName: "dir"))
  var folder: String = OutputPlan.standardFolder

  func run(in context: RunContext) async throws -> ExitStatus {
    let kind = PathKind(folder)
    let page = kind == .file ? folder : folder + "/report.html"
    guard PathKind(page) == .file else {
      throw InputError(
        kind == .folder
          ? "\(folder) holds no report.html; 'assay evaluate --format html' writes one"
          : "\(folder): no such folder; 'assay REAL SYNTHETIC' writes one")
    }
    let path = URL(fileURLWithPath: page).standardizedFileURL.path
    guard let command = opener(context.environment) else {
      try Stream.output(VisibleText.line(path) + "\n")
      Stream.error("assay: there is no desktop here; open this file in a browser")
      return .success
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: command)
    process.arguments = [path]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch {
      try Stream.output(VisibleText.line(path) + "\n")
      Stream.error("assay: \(command) did not start; open this file in a browser")
      return .success
    }
    process.waitUntilExit()
    if process.terminationStatus == 0 {
      try Stream.output("Opened \(VisibleText.line(path))\n")
    } else {
      try Stream.output(VisibleText.line(path) + "\n")
      Stream.error("assay: \(command) failed; open this file in a browser")
    }
    return .success
  }

  /// The command that opens files, where there is a desktop.
  private func opener(_ environment: [String: String]) -> String? {
    #if os(macOS)
      return "/usr/bin/open"
    #else
      guard environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil else {
        return nil
      }
      return (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/xdg-open" }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
    #endif
  }
}
