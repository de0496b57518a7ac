import ArgumentParser
import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTable
import Foundation

/// `assay compare`: several synthetic tables against the same real rows.
struct CompareCommand: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Set several synthetic tables side by side.",
    usage: "assay compare --real REAL [-H HOLDOUT] A B … [options]",
    discussion: """
      The real side is prepared once. Each dimension has its own places, a range
      where these rows cannot tell candidates apart; the front holds what no
      other candidate beats. Nothing is gated: the exit status is 0.

      Without output options everything goes into assay-comparison/.

      Examples:
        assay compare --real real.csv -H holdout.csv a.csv b.csv c.csv
        assay compare -r real.csv a.csv b.csv --json - | jq .candidates[0].input.name
      """)

  @Argument(help: ArgumentHelp("Synthetic tables, two or more.", valueName: "table"))
  var tables: [String] = []

  @OptionGroup(title: "Inputs") var inputs: InputFlags
  @OptionGroup(title: "Columns") var columns: ColumnFlags
  @OptionGroup(title: "Judging") var judging: MeasuringFlags
  @OptionGroup(title: "Output") var output: SheetFlags
  @OptionGroup(title: "Run") var run: RunFlags

  func run(in context: RunContext) async throws -> ExitStatus {
    var flags = try SettingsLayer.flags(
      inputs.values + columns.values + judging.values + output.values + run.values)
    flags.synthetic = (flags.synthetic ?? []) + tables
    if flags.synthetic?.isEmpty == true { flags.synthetic = nil }
    guard flags.planFile == nil, !run.plan else {
      throw UsageError("--plan and --plan-file belong to 'assay evaluate'")
    }
    let environment = try EnvironmentSettings.layer(context.environment)
    let config = inputs.config ?? context.environment["ASSAY_CONFIG"]
    var file = try ConfigurationFile.layer(path: config)
    // What a configuration says of a report's files is not said of a comparison's.
    (file.output, file.format, file.files) = (nil, nil, [:])
    let settings = Settings(
      .merged([flags, environment, file]), defaultThreads: context.defaultThreads)
    return try await CompareRun(settings: settings, context: context).run()
  }
}

/// One comparison from files to files.
struct CompareRun: Sendable {
  let settings: Settings
  let context: RunContext

  func run() async throws -> ExitStatus {
    let layer = settings.layer
    let isQuiet = layer.quiet ?? false
    guard layer.audience != .external else {
      throw UsageError(
        "a comparison has no form for readers outside: leave audience out, or evaluate one table")
    }
    let files = try InputFiles(
      layer, needsSynthetic: true, form: "assay compare --real REAL A B …")
    guard files.draws.count > 1 else {
      throw UsageError(
        "one synthetic table was given; two or more are compared. One alone: assay REAL SYNTHETIC")
    }
    let output = try SheetOutput(layer, name: "comparison")
    try files.check()
    try output.check(inputs: files.paths)
    let unknown = Settings.unknownMetrics(layer.metrics ?? [], in: .standard)
    guard unknown.isEmpty else { throw UsageError(unknown) }
    let schema = try InputReader.schema(layer.schema)
    let progress = ProgressDisplay.fitting(context.terminal, isQuiet: isQuiet)
    defer { progress.finish() }
    let reading = settings.reading(environment: context.environment)
    let real = try RealSide.read(
      files.realSide.map { ($0.role, $0.path, nil) }, options: reading, progress: progress)
    let declared = InputReader.declaring(
      missing: layer.missing ?? [], in: settings.declared(schema: schema),
      training: real.training, holdout: real.holdout)
    progress.phase("preparing the plan")
    let prepared = try PreparedEvaluation(
      training: real.training, holdout: real.holdout, reference: real.reference,
      options: settings.options(declared: declared, reading: reading))
    var inputs = real.inputs
    var candidates: [JudgedCandidate] = []
    for (index, path) in files.draws.enumerated() {
      let table = try InputReader.read([(path, nil)], options: reading, progress: progress)[0]
      inputs.append(ReadInput(role: "synthetic", table: table))
      try InputReader.checkDigests(inputs)
      progress.phase("measuring \(index + 1) of \(files.draws.count)")
      let judged = try await prepared.judged(synthetic: table) { step, share in
        progress.update(step, share: share)
      }
      candidates.append(judged)
    }
    let comparison = try prepared.comparison(of: candidates)
    progress.phase("writing")
    let json = try JSONText.bytes(comparison)
    let scan = RareCellScan(
      tables: [real.training, real.holdout].compactMap(\.self), k: prepared.plan.k)
    let names = real.training.columns.map(\.name) + comparison.candidates.map(\.input.name)
    let written = try output.write(json: json, SheetPages(comparison)) { finished in
      try RareCells.refuse(scan.columns(in: Data(json), names: names, files: finished))
    }
    progress.finish()
    if !isQuiet {
      try output.show(
        SheetPages(comparison).text(on: context.terminal, layer.color ?? .auto), written: written)
    }
    return .success
  }
}
