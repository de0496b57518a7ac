import AssayReport
import AssayTable
import Foundation

/// The first word of a command line: a sub-command or a file.
enum CommandWords {
  /// The sub-commands.
  static let commands = [
    "evaluate", "gate", "compare", "diff", "trend", "explain", "policy", "inspect", "metrics",
    "render", "open", "split", "canary", "reproduce", "selftest", "init", "help",
  ]

  /// Looks at the first word before anything is parsed.
  ///
  /// - Throws: ``UsageError`` for a misspelt sub-command, and where nothing at all was given and there
  ///   is no configuration to take it from.
  static func check(_ arguments: [String], environment: [String: String]) throws(UsageError) {
    guard var first = arguments.first else { return try checkNothing(environment) }
    if first == "help" {
      guard arguments.count > 1 else { return }
      first = arguments[1]
    }
    guard !first.hasPrefix("-"), !commands.contains(first), !first.contains("/"),
      !FileManager.default.fileExists(atPath: first)
    else { return }
    if arguments.first == "help" {
      let near = EditDistance.suggestion(for: first, among: commands)
      throw UsageError(
        "there is no sub-command '\(first)'" + (near.map { "; did you mean '\($0)'?" } ?? ""))
    }
    guard let near = EditDistance.suggestion(for: first, among: commands) else { return }
    if let file = FileNames.suggestion(for: first),
      EditDistance.between(first, file) <= EditDistance.between(first, near)
    {
      return
    }
    throw UsageError(
      "there is no sub-command and no file '\(VisibleText.line(first))'; did you mean "
        + "'assay \(near)'?")
  }

  /// The command that shows the help that belongs to a command line.
  static func help(for arguments: [String]) -> String {
    guard let first = arguments.first, commands.contains(first), first != "help" else {
      return "assay help evaluate"
    }
    return "assay help \(first)"
  }

  private static func checkNothing(_ environment: [String: String]) throws(UsageError) {
    if FileManager.default.fileExists(atPath: ConfigurationFile.standardName) { return }
    if environment["ASSAY_CONFIG"] != nil || environment["ASSAY_REAL"] != nil { return }
    throw UsageError(
      """
      no tables were given, and there is no \(ConfigurationFile.standardName) here. Give two:
        assay real.csv synthetic.csv
      or write a configuration once, and 'assay' alone will do:
        assay init real.csv synthetic.csv
      """)
  }
}

/// Names of files that may have been meant.
enum FileNames {
  /// The nearest name in the same folder, with the folder in front as it was given.
  static func suggestion(for path: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard let name = parts.last.map(String.init), !name.isEmpty else { return nil }
    let folder = parts.dropLast().joined(separator: "/")
    let place = folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    guard let near = EditDistance.suggestion(for: name, among: entries.sorted()) else { return nil }
    return String(path.dropLast(name.count)) + near
  }
}
