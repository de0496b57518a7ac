import ArgumentParser
import AssayEvaluation
import AssayDocument
import AssayMetrics
import AssayTestKit

/// `assay selftest`: tries what the metrics claim on data with known truth.
struct SelfTestCommand: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    commandName: "selftest",
    abstract: "Check this program on data whose truth is known.",
    discussion: """
      Draws rows from a known population, damages them in known ways, and checks
      that every metric gets worse where it says that it sees the damage, stays
      where it is where it says that it does not, and gives fresh rows what it says
      that they get.

      Examples:
        assay selftest
        assay selftest fidelity --seeds 50
        assay selftest --json > checks.json
      """)

  @Argument(help: ArgumentHelp("A metric, a dimension or a pattern.", valueName: "id"))
  var pattern: String?

  @Option(help: ArgumentHelp("How many independent populations.", valueName: "n"))
  var seeds = 12

  @Option(help: ArgumentHelp("The rows of every side.", valueName: "n"))
  var rows = 500

  @Option(help: ArgumentHelp("The seed of the first population.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(
    name: [.customShort("j"), .long],
    help: ArgumentHelp("Threads (default: all); no result depends on it.", valueName: "n"))
  var threads: Int?

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(name: .shortAndLong, help: "Show no progress.")
  var quiet = false

  func validate() throws {
    guard seeds >= 3, seeds <= 10_000 else {
      throw ValidationError("--seeds takes 3 to 10,000: a mean needs a spread")
    }
    guard rows >= 100, rows <= 100_000 else {
      throw ValidationError("--rows takes 100 to 100,000")
    }
  }

  func run(in context: RunContext) async throws -> ExitStatus {
    var catalog = MetricCatalog.standard
    if let pattern {
      let unknown = Settings.unknownMetrics([pattern], in: catalog)
      guard unknown.isEmpty else { throw UsageError(unknown) }
      catalog = catalog.matching([pattern])
    }
    let progress = ProgressDisplay.fitting(context.terminal, isQuiet: quiet)
    defer { progress.finish() }
    progress.phase("self-test")
    let test = try SelfTest(
      catalog.metrics, seeds: seeds, rows: rows, seed: seed,
      threads: max(1, threads ?? context.defaultThreads))
    let checks = try await test.checks { progress.update($0, share: $1) }
    progress.finish()
    if json {
      try Stream.output(try JSONText.bytes(checks))
    } else {
      try Stream.output(SelfTestPage.text(checks, width: context.terminal.width))
    }
    return checks.contains { $0.outcome == .violated } ? .requirementFailed : .success
  }
}
