import ArgumentParser
import AssayFiles
import AssayReport
import AssayTable
import Foundation

/// `assay init`: two files become a configuration.
struct InitCommand: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write assay.yml, schema.yml and a pipeline's step from two tables.",
    usage: "assay init REAL SYNTHETIC [-H HOLDOUT] [-o DIR] [--force] [options]",
    discussion: """
      Everything that is not sure is written as a comment, with its reason.

      Example:
        assay init real.csv synthetic.csv -H holdout.csv
      """)

  @Argument(help: ArgumentHelp("Real rows that the generator saw.", valueName: "real"))
  var real: String

  @Argument(help: ArgumentHelp("Rows under test.", valueName: "synthetic"))
  var synthetic: String

  @Option(
    name: [.customShort("H"), .long],
    help: ArgumentHelp("Real rows that the generator never saw.", valueName: "file"))
  var holdout: String?

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Folder to write to (default: this one).", valueName: "dir"))
  var output: String = "."

  @Flag(help: "Replace files that exist.")
  var force = false

  @OptionGroup(title: "Reading") var reading: ReadingFlags

  func run(in context: RunContext) async throws -> ExitStatus {
    var layer = try SettingsLayer.flags(reading.values)
    layer.real = real
    layer.synthetic = [synthetic]
    layer.holdout = holdout
    let paths = [real, synthetic] + (holdout.map { [$0] } ?? [])
    guard !paths.contains("-") else {
      throw UsageError("init writes the names of files down, so none can be standard input")
    }
    try InputFiles(layer, needsSynthetic: true).check()
    try check()
    let settings = Settings(layer, defaultThreads: context.defaultThreads)
    let tables = try InputReader.read(
      paths.map { ($0, nil) }, options: settings.reading(environment: context.environment),
      progress: ProgressDisplay(.silent))
    let inspection = try TableInspection(
      tables[0], declared: SchemaDeclaration(), suggests: true)
    let texts = StartingFiles(
      real: relative(real), synthetic: relative(synthetic), holdout: holdout.map(relative),
      reading: layer, inspection: inspection)
    let folder = ReportFolder(output).shown
    for (name, text) in texts.files {
      try AtomicFile.write(Array(text.utf8), to: output == "." ? name : folder + name)
    }
    let names = texts.files.map(\.name).joined(separator: "  ")
    var words = "Wrote \(output == "." ? "" : VisibleText.line(folder) + "  ")\(names)\n"
    words += differences(tables[0], tables[1])
    words += "Next: look through both .yml files, then run assay"
    words +=
      output == "." ? "\n" : " -c \(VisibleText.line(folder))\(ConfigurationFile.standardName)\n"
    try Stream.output(words)
    return .success
  }

  private func check() throws(OutputError) {
    guard PathKind(output) == .folder else {
      throw OutputError("\(output): no such folder")
    }
    let present = StartingFiles.names.filter { PathKind("\(output)/\($0)") != .nothing }
    guard present.isEmpty || force else {
      let exist = present.count == 1 ? "exists" : "exist"
      throw OutputError("\(present.joined(separator: ", ")) \(exist); --force replaces them")
    }
    if let problem = OutputPlan.problem("\(output)/\(ConfigurationFile.standardName)") {
      throw OutputError(problem)
    }
  }

  /// A path as seen from the folder that is written to.
  private func relative(_ path: String) -> String {
    if path.hasPrefix("/") || output == "." { return path }
    let from = URL(fileURLWithPath: output).standardizedFileURL.pathComponents
    let to = URL(fileURLWithPath: path).standardizedFileURL.pathComponents
    let shared = zip(from, to).prefix { $0 == $1 }.count
    return (Array(repeating: "..", count: from.count - shared) + to.dropFirst(shared))
      .joined(separator: "/")
  }

  private func differences(_ real: RawTable, _ synthetic: RawTable) -> String {
    let there = Set(synthetic.columns.map(\.name))
    let lacking = real.columns.map(\.name).filter { !there.contains($0) }
    guard !lacking.isEmpty else { return "" }
    let names = lacking.prefix(5).map { "'\(VisibleText.cut($0, to: 32))'" }
    let more = lacking.count > 5 ? " and \(lacking.count - 5) more" : ""
    return
      "Note: no column of the synthetic table is called \(names.joined(separator: ", "))\(more)\n"
  }
}
