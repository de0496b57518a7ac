import AssayReport
import ArgumentParser
import AssayDocument

/// `assay reproduce`: runs a saved evaluation again and compares.
struct ReproduceCommand: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Run a saved report.json again and say whether it comes out the same.",
    usage: "assay reproduce DOC -r REAL -s SYNTHETIC [-H HOLDOUT] [-p POLICY]",
    discussion: """
      The files must be those of the document, by their SHA-256. Seed, preset,
      limits, columns, reading and metrics are taken from its plan. The verdict is
      made again too: an embedded policy is found by its name, another one is given.

      Exit status: 0 identical, 1 something differs, 2 all that was compared is
      identical but the policy was not given, 65 other files.

      Examples:
        assay reproduce report.json -r real.csv -s synthetic.csv -H holdout.csv
      """)

  @Argument(help: ArgumentHelp("A document that assay wrote.", valueName: "doc"))
  var document: String

  @Option(
    name: [.customShort("r"), .long],
    help: ArgumentHelp("Real rows that the generator saw.", valueName: "file"))
  var real: String

  @Option(
    name: [.customShort("s"), .long],
    help: ArgumentHelp("Rows under test; as often as in the run.", valueName: "file"))
  var synthetic: [String]

  @Option(
    name: [.customShort("H"), .long],
    help: ArgumentHelp("Real rows that the generator never saw.", valueName: "file"))
  var holdout: String?

  @Option(
    help: ArgumentHelp("Rows of the population, where the run was given some.", valueName: "file"))
  var reference: String?

  @OptionGroup var embeddings: EmbeddingFlags

  @Option(
    name: [.customShort("p"), .long],
    help: ArgumentHelp(
      "The policy's file, where it is not an embedded one.", valueName: "name|file"))
  var policy: String?

  @Option(
    help: ArgumentHelp("The earlier report.json that the policy compares with.", valueName: "doc"))
  var previous: String?

  @Option(
    name: [.customShort("j"), .long], parsing: .unconditional,
    help: ArgumentHelp(
      "Threads; results do not depend on it (default: one per core).", valueName: "n"))
  var threads: String?

  @Flag(name: [.customShort("q"), .long], help: "Print nothing but errors.")
  var quiet = false

  func run(in context: RunContext) async throws -> ExitStatus {
    let layer = try SettingsLayer.flags([(.threads, threads.map { [$0] } ?? [])])
    let run = Reproduction(
      path: document, real: real, synthetic: synthetic, holdout: holdout,
      reference: reference, policy: policy, previous: previous,
      embeddings: .init(
        real: embeddings.real, synthetic: embeddings.synthetic, holdout: embeddings.holdout),
      threads: layer.threads ?? context.defaultThreads, isQuiet: quiet, context: context)
    let report = try await run.report()
    if !quiet { try Stream.output(VisibleText.lines(report.text) + "\n") }
    guard report.isIdentical else { return .requirementFailed }
    return report.lacksPolicy ? .undecided : .success
  }
}
