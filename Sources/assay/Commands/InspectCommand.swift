import ArgumentParser
import AssayFiles
import AssayReport
import AssayTable

/// `assay inspect`: what files hold.
struct InspectCommand: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what a table's columns are taken to be, and what they hold.",
    usage: "assay inspect FILE... [--suggest] [--write SCHEMA] [--json] [options]",
    discussion: """
      Shows values of the data: it is for those who may see them.

      Examples:
        assay inspect real.csv
        assay inspect real.csv --suggest --write schema.yml
        assay inspect *.csv --json
      """)

  @Argument(help: ArgumentHelp("Tables; - is standard input.", valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp("Write the schema of one table, to edit.", valueName: "schema.yml"))
  var write: String?

  @Flag(help: "Replace the file that --write names.")
  var force = false

  @Flag(help: "Propose targets, quasi-identifiers, sensitive columns and keys, with reasons.")
  var suggest = false

  @Flag(help: "Print JSON.")
  var json = false

  @Option(help: ArgumentHelp("A schema to start from.", valueName: "file"))
  var schema: String?

  @OptionGroup(title: "Reading") var reading: ReadingFlags

  func run(in context: RunContext) async throws -> ExitStatus {
    let settings = Settings(
      try .flags(reading.values), defaultThreads: context.defaultThreads)
    if write != nil, files.count > 1 {
      throw UsageError("--write takes the schema of one table, and \(files.count) were given")
    }
    if files.filter({ $0 == "-" }).count > 1 {
      throw UsageError("only one table can come from standard input")
    }
    try InputFiles.checkPresence(files)
    if let write { try checkTarget(write) }
    let declared = try InputReader.schema(schema)
    let tables = try InputReader.read(
      files.map { ($0, nil) }, options: settings.reading(environment: context.environment),
      progress: ProgressDisplay(.silent))
    let inspections = try tables.map { table throws(DataError) in
      let words = InputReader.declaring(
        missing: settings.layer.missing ?? [], in: declared, training: table, holdout: nil)
      return try TableInspection(table, declared: words, suggests: suggest)
    }
    if let write, let only = inspections.first {
      try AtomicFile.write(Array(SchemaText.yaml(only).utf8), to: write)
    }
    if json {
      try Stream.output(try JSONText.bytes(inspections))
    } else {
      let texts = inspections.map { $0.text(width: context.terminal.width) }
      try Stream.output(texts.joined(separator: "\n"))
    }
    if let write { Stream.error("assay: wrote \(VisibleText.line(write))") }
    return .success
  }

  private func checkTarget(_ path: String) throws(OutputError) {
    if PathKind(path) != .nothing, !force {
      throw OutputError("\(path) exists; --force replaces it")
    }
    if let problem = OutputPlan.problem(path) { throw OutputError(problem) }
  }
}

/// The schema of an inspected table as a file.
enum SchemaText {
  /// YAML, with what was proposed in comments.
  static func yaml(_ inspection: TableInspection) -> String {
    var schema = inspection.schema
    for position in schema.columns.indices {
      for one in inspection.suggestions ?? [] where one.column == schema.columns[position].name {
        schema.columns[position].why.append("perhaps roles: [\(one.role)], \(one.reason)")
      }
    }
    return schema.yaml()
  }
}
