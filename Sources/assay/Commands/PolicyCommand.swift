import AssayReport
import ArgumentParser
import AssayDocument
import AssayEvaluation

/// `assay policy`: lists, shows, checks and calibrates policies.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "List, show, check and calibrate policies.",
    discussion: """
      A policy says what a document must show: requirements with margins, and how
      rare false alarms must be.

      Examples:
        assay policy list
        assay policy show release > policy.yml
        assay policy check policy.yml
        assay policy calibrate policy.yml --accepted may.json --accepted june.json
      """,
    subcommands: [
      PolicyListCommand.self, PolicyShowCommand.self, PolicyCheckCommand.self,
      PolicyCalibrateCommand.self,
    ])
}

/// `assay policy list`.
struct PolicyListCommand: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the policies that come with assay.")

  func run(in context: RunContext) async throws -> ExitStatus {
    var table = TextTable()
    for policy in PolicyPresets.all {
      table.add([policy.name, policy.version, policy.title, policy.purpose])
    }
    try Stream.output(table.text(indent: "", width: context.terminal.width))
    return .success
  }
}

/// `assay policy show`.
struct PolicyShowCommand: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print a policy as YAML, with how it fares on tables whose truth is known.")

  @Argument(help: ArgumentHelp("A policy's name or file.", valueName: "name|file"))
  var policy: String

  func run(in context: RunContext) async throws -> ExitStatus {
    let policy = try PolicyFile.read(policy)
    try Stream.output(policy.yaml() + Self.operating(policy))
    return .success
  }

  /// The measured false alarms, as comments.
  private static func operating(_ policy: Policy) -> String {
    let measured = PolicyOperating.measured(policy.name)
    guard PolicyPresets.named(policy.name) == policy, !measured.isEmpty else { return "" }
    var table = TextTable()
    table.add(["rows a side", "runs", "passed", "undecided", "failed", "false alarms per 1,000"])
    for row in measured {
      table.add([
        Count.text(row.rows), Count.text(row.runs), Count.text(row.passed),
        Count.text(row.undecided), Count.text(row.failed), Count.text(Int(row.falseAlarms)),
      ])
    }
    let lines = table.text(indent: "#   ", width: 1_000)
    return "\n# Measured on the Adult census: real rows that were never seen, given as synthetic.\n"
      + lines
  }
}

/// `assay policy check`.
struct PolicyCheckCommand: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say what is wrong with a policy's file, line by line.")

  @Argument(help: ArgumentHelp("The file.", valueName: "file"))
  var file: String

  func run(in context: RunContext) async throws -> ExitStatus {
    try InputFiles.checkPresence([file])
    let policy = try PolicyFile.read(file)
    let count = policy.requirements.count
    try Stream.output(
      VisibleText.line(
        "\(file): sound: policy \(policy.name) \(policy.version), \(count) "
          + (count == 1 ? "requirement" : "requirements") + ", digest \(policy.reference.hash)")
        + "\n")
    return .success
  }
}
