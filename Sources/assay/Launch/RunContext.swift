import AssayReport
import Foundation
import Logging

/// What a command may know of the world around it, given once at the start.
struct RunContext: Sendable {
  /// The environment's variables.
  var environment: [String: String]
  /// What the terminal can show.
  var terminal: Terminal

  /// Looks at the world as it is.
  static func current() -> RunContext {
    let environment = ProcessInfo.processInfo.environment
    return RunContext(environment: environment, terminal: Terminal(environment: environment))
  }

  /// The number of threads that are used unless the user says otherwise.
  var defaultThreads: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

  /// A log that writes to standard error, or nowhere.
  func log(isVerbose: Bool) -> Logger {
    Logger(label: "assay") { _ in
      if isVerbose { return StandardErrorLog() }
      return SwiftLogNoOpLogHandler()
    }
  }
}

/// A sub-command's work.
protocol Job: Sendable {
  /// Does the work.
  ///
  /// - Returns: the exit status; failures are thrown.
  func run(in context: RunContext) async throws -> ExitStatus
}

/// Writes log messages to standard error, a line each.
private struct StandardErrorLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .debug

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let values = (event.metadata ?? [:]).sorted { $0.key < $1.key }
      .map { " \($0.key)=\($0.value)" }.joined()
    Stream.error(VisibleText.line("assay: \(event.level): \(event.message)\(values)"))
  }
}
