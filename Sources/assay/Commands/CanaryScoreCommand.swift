import ArgumentParser
import AssayFiles
import AssayMetrics
import AssayPrivacy
import AssayReport
import AssayTable

/// `assay canary score`.
struct CanaryScoreCommand: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Say which records came back, and what that refutes.",
    discussion: """
      Guesses for the records that came back most that they were added, for those
      that came back least that they were not, and bounds the privacy parameter of
      the training run from below (Steinke, Nasr & Jagielski 2023). With a claim,
      exit status 1 says that the claim is refuted: proof of a fault. 0 proves
      nothing.
      """)

  @Argument(help: ArgumentHelp("The table before records were added.", valueName: "real"))
  var real: String

  @Argument(help: ArgumentHelp("The rows that were generated.", valueName: "synthetic"))
  var synthetic: String

  @Option(
    name: [.customShort("k"), .long],
    help: ArgumentHelp("The key that 'canary make' wrote.", valueName: "file"))
  var key: String

  @Option(
    help: ArgumentHelp(
      "Guesses to make (default: half of the records); decide it before looking.",
      valueName: "n"))
  var guesses: Int?

  @Option(
    name: .customLong("claimed-epsilon"),
    help: ArgumentHelp("The ε that is claimed for the training.", valueName: "number"))
  var claimedEpsilon: Double?

  @Option(help: ArgumentHelp("The δ that is claimed (default: 0).", valueName: "number"))
  var delta: Double = 0

  @Option(help: ArgumentHelp("The confidence of the bound.", valueName: "share"))
  var confidence: Double = 0.95

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup(title: "Reading") var reading: ReadingFlags

  func validate() throws {
    if let claimedEpsilon, !(claimedEpsilon >= 0 && claimedEpsilon.isFinite) {
      throw ValidationError("--claimed-epsilon takes a number of at least 0")
    }
    guard delta >= 0, delta < 1 else {
      throw ValidationError("--delta takes a number of at least 0 and below 1")
    }
    guard confidence >= 0.5, confidence < 1 else {
      throw ValidationError("--confidence takes a share of at least 0.5 and below 1")
    }
    if let guesses, guesses < 2 || guesses % 2 == 1 {
      throw ValidationError("--guesses takes an even number of at least 2")
    }
  }

  func run(in context: RunContext) async throws -> ExitStatus {
    let settings = Settings(try .flags(reading.values), defaultThreads: context.defaultThreads)
    let stored = try CanaryKey.read(key)
    let folder = key.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let canaries = (folder.map(String.init) + [stored.canaries]).joined(separator: "/")
    try InputFiles.checkPresence([real, synthetic, canaries])
    let reader = TableReader(options: settings.reading(environment: context.environment))
    let training = try reader.read(path: real)
    let planted = try reader.read(path: canaries)
    let own = try reader.read(path: synthetic)
    guard planted.summary.sha256 == stored.sha256, planted.rowCount == stored.included.count else {
      throw DataError("\(canaries): is not the file that the key was made with")
    }
    guard training.summary.sha256 == stored.table else {
      throw DataError(
        "\(real): is not the table that the canaries were planted into; give the one from before")
    }
    if let guesses, guesses > planted.rowCount {
      throw UsageError("--guesses takes at most the \(planted.rowCount) records that were drawn")
    }
    let audit = try audit(training, planted, own, stored, context)
    if json {
      try Stream.output(try JSONText.bytes(audit))
    } else {
      try Stream.output(Self.text(audit))
    }
    return audit.isRefuted == true ? .requirementFailed : .success
  }

  private func audit(
    _ training: RawTable, _ planted: RawTable, _ own: RawTable, _ stored: CanaryKey,
    _ context: RunContext
  ) throws -> CanaryAudit {
    let tables = try RealTables(
      training: training, holdout: planted, declared: SchemaDeclaration(),
      threads: context.defaultThreads)
    let comparison = try Comparison(tables, synthetic: own)
    let found = try CanaryScores.measure(comparison, threads: context.defaultThreads)
    return try CanaryAudit(
      scores: found.scores, included: stored.included, returned: found.returned,
      guesses: guesses ?? OneRunGuesses.usual(of: planted.rowCount), delta: delta,
      claimedEpsilon: claimedEpsilon, confidence: confidence)
  }

  private static func text(_ audit: CanaryAudit) -> String {
    func short(_ value: Double) -> String { "\((value * 1_000).rounded() / 1_000)" }
    var lines = [
      "\(audit.included) of \(audit.candidates) records were added; "
        + "\(audit.returnedIncluded) of these and \(audit.returnedExcluded) of the others "
        + "came back as they were",
      "\(audit.correct) of \(audit.guesses) guesses are right",
    ]
    let level = "\(short(audit.confidence * 100)) % confidence"
    let delta = audit.delta > 0 ? ", δ = \(audit.delta)" : ""
    switch audit.epsilonLowerBound {
    case nil: lines.append("no ε explains so many right guesses (\(level)\(delta))")
    case 0?: lines.append("nothing is refuted: ε ≥ 0 (\(level)\(delta))")
    case let bound?: lines.append("ε ≥ \(short(bound)) for this training (\(level)\(delta))")
    }
    if let claim = audit.claimedEpsilon, let chance = audit.pValue {
      lines.append(
        audit.isRefuted == true
          ? "the claim ε = \(short(claim)) is refuted (p = \(short(chance))): there is a fault"
          : "the claim ε = \(short(claim)) is not refuted (p = \(short(chance))); "
            + "that proves nothing")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
