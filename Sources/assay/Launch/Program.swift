import ArgumentParser
import Foundation

/// The program: arguments in, exit status out.
@main
enum Program {
  static func main() async {
    let context = RunContext.current()
    let arguments = Array(CommandLine.arguments.dropFirst())
    // Detached: no work may run on the main actor.
    let work = Task.detached { await run(arguments, in: context) }
    let watch = SignalWatch { work.cancel() }
    let status = await work.value
    watch.stop()
    exit(status.rawValue)
  }

  /// Runs one command line and says what went wrong.
  static func run(_ arguments: [String], in context: RunContext) async -> ExitStatus {
    do {
      try CommandWords.check(arguments, environment: context.environment)
      var command = try AssayCommand.parseAsRoot(arguments)
      if let job = command as? any Job { return try await job.run(in: context) }
      try command.run()
      return .success
    } catch {
      let status = ErrorReport.status(of: error)
      if status == .success {
        do { try Stream.output(AssayCommand.message(for: error) + "\n") } catch { return .output }
        return .success
      }
      Stream.error("assay: " + ErrorReport.message(of: error))
      if status == .usage { Stream.error("See: \(CommandWords.help(for: arguments))") }
      return status
    }
  }
}
