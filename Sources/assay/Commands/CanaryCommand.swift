import ArgumentParser
import AssayFiles
import AssayPrivacy
import AssayReport
import AssayTable
import AssayTestKit
import AssayNumerics
import Foundation

/// `assay canary`: plants records before training and looks for them afterwards.
struct CanaryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "canary",
    abstract: "Plant records before training, look for them in what was generated.",
    discussion: """
      Records that do not occur are drawn; a coin decides for each whether it is
      added to the training table. What comes back in the synthetic table bounds
      the privacy parameter of that one training run from below. A claim of
      differential privacy can be refuted so, and never proved.

      Examples:
        assay canary make real.csv --count 400
        (train the generator on real_planted.csv, generate synthetic.csv)
        assay canary score real.csv synthetic.csv --key real_canaries.key \\
          --claimed-epsilon 1
      """,
    subcommands: [CanaryMakeCommand.self, CanaryScoreCommand.self])
}

/// `assay canary make`.
struct CanaryMakeCommand: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    commandName: "make",
    abstract: "Draw records, and add each to the training table if a coin says so.",
    discussion: """
      Writes NAME_planted beside the file, to train on; NAME_canaries.csv with all
      records and NAME_canaries.key with which of them were added, both readable by
      their owner only (mode 0600). Whoever trains must not see these two.
      """)

  @Argument(help: ArgumentHelp("The table to train on, as CSV with commas.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("How many records to draw; half are added.", valueName: "n"))
  var count = 200

  @Option(help: ArgumentHelp("How often each added record is added.", valueName: "n"))
  var copies = 1

  @Option(
    help: ArgumentHelp("Seed of draws and coins (default: a fresh one).", valueName: "n"))
  var seed: UInt64?

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Folder to write to (default: the file's own).", valueName: "dir"))
  var output: String?

  @Flag(help: "Replace files that exist.")
  var force = false

  @OptionGroup(title: "Reading") var reading: ReadingFlags

  func validate() throws {
    guard count >= 10, count <= 100_000 else {
      throw ValidationError("--count takes 10 to 100,000: fewer records bound nothing")
    }
    guard copies >= 1, copies <= 100 else { throw ValidationError("--copies takes 1 to 100") }
  }

  func run(in context: RunContext) async throws -> ExitStatus {
    guard file != "-" else {
      throw UsageError("canary make needs a file that can be read twice, not standard input")
    }
    let settings = Settings(try .flags(reading.values), defaultThreads: context.defaultThreads)
    try InputFiles.checkPresence([file])
    let names = Self.outputNames(file, output)
    try check(names)
    let stored = try MappedFile.open(file)
    let table = try TableReader(options: settings.reading(environment: context.environment))
      .read(stored)
    guard table.source.format == .delimitedText, table.source.delimiter == ",",
      table.source.hasHeader
    else {
      throw DataError(
        "\(table.name): records are added to CSV with commas and a row of names only; "
          + "write it anew in that form first")
    }
    let contents = try stored.inflated()
    let scanner = RecordScanner(contents.bytes(in: 0..<contents.count))
    let layout = try SplitCommand.layout(scanner, table, file: file)
    // Never the default of other draws: whoever trains could flip the same coins.
    let seed = self.seed ?? UInt64.random(in: .min ... .max)
    let records = try CanaryRecords(
      table, count: count, seed: seed, threads: context.defaultThreads)
    let coins = records.coins()
    try Task.checkCancellation()
    let text = records.table.delimitedText()
    let planted = try Self.planted(
      scanner, layout, records.table, coins, copies: copies, seed: seed)
    let key = CanaryKey(
      canaries: names.canaries.split(separator: "/").last.map(String.init) ?? names.canaries,
      sha256: Self.digest(text), table: table.summary.sha256, seed: seed,
      copies: copies, included: coins)
    try makeFolder()
    try AtomicFile.write(text.utf8, to: names.canaries, mode: 0o600)
    try AtomicFile.write(try JSONText.bytes(key), to: names.key, mode: 0o600)
    try AtomicFile.write(planted, to: names.planted)
    let added = coins.count(where: \.self)
    try Stream.output(
      """
      \(VisibleText.line(names.planted)): \(Count.rows(table.rowCount + added * copies)), to train on
      \(VisibleText.line(names.canaries)), \(VisibleText.line(names.key)): keep these from whoever trains
      After training:
        assay canary score \(VisibleText.line(ShellWord.quoted(file))) SYNTHETIC \
      --key \(VisibleText.line(ShellWord.quoted(names.key)))

      """)
    return .success
  }

  /// The rows with the canaries that are added, at random places, byte for byte but for these.
  private static func planted(
    _ scanner: RecordScanner, _ layout: RecordScanner.Layout, _ canaries: RawTable,
    _ coins: [Bool], copies: Int, seed: UInt64
  ) throws(DataError) -> [UInt8] {
    var lines: [Int: [[UInt8]]] = [:]
    var stream = RandomStream(seed: seed, name: "canaries", "places")
    for row in coins.indices where coins[row] {
      let text = canaries.rows([row]).delimitedText()
      // The first line holds the names, and names may hold line ends.
      let own = canaries.rows([Int]()).delimitedText()
      let line = Array(text.utf8.dropFirst(own.utf8.count))
      for _ in 0..<copies { lines[stream.below(layout.rows.count + 1), default: []].append(line) }
    }
    return scanner.file(layout, adding: lines)
  }

  private static func digest(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return unsafe SHA256Digest.hex(of: bytes.span.bytes)
  }

  private static func outputNames(
    _ file: String, _ output: String?
  ) -> (planted: String, canaries: String, key: String) {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    var stem = name
    for suffix in [".gz", ".zst", ".csv"] where stem.lowercased().hasSuffix(suffix) {
      stem = String(stem.dropLast(suffix.count))
    }
    let folder =
      output.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? String(file.dropLast(name.count))
    return (
      "\(folder)\(stem)_planted.csv", "\(folder)\(stem)_canaries.csv",
      "\(folder)\(stem)_canaries.key"
    )
  }

  private func check(
    _ names: (planted: String, canaries: String, key: String)
  ) throws(OutputError) {
    if let output, PathKind(output) == .file {
      throw OutputError("\(output): is a file; --output names a folder")
    }
    for name in [names.planted, names.canaries, names.key] {
      if PathKind(name) != .nothing, !force {
        throw OutputError(
          "\(name) exists; --force replaces it, and a new draw needs a new training")
      }
      let isLater = output.map { PathKind($0) == .nothing } ?? false
      if !isLater, let problem = OutputPlan.problem(name) { throw OutputError(problem) }
    }
  }

  private func makeFolder() throws(OutputError) {
    guard let output else { return }
    do {
      try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    } catch {
      throw OutputError("\(output): cannot be made: \(error.localizedDescription)")
    }
  }
}
