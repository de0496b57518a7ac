import ArgumentParser

/// `assay evaluate`: judges a synthetic table.
struct EvaluateCommand: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Judge a synthetic table against the real one.",
    usage: """
      assay evaluate REAL SYNTHETIC [options]
      assay evaluate -r REAL -s SYNTHETIC [-H HOLDOUT] [-t COL] [options]
      """,
    discussion: """
      Examples:
        assay real.csv synthetic.csv
        assay real.csv synthetic.csv -H holdout.csv -t income --sensitive sex
        assay real.csv synthetic.csv --json - | jq .verdict
        assay real.csv --plan > plan.json      before the generator runs
        assay real.csv synthetic.csv --plan-file plan.json
        assay real.csv synthetic.csv --role zip=quasi-identifier -x notes -o report/
        assay real.csv synthetic.csv --audience external --audience-key key.json

      Tables are CSV (any delimiter), JSON lines, or Parquet where a duckdb
      command is at hand; bare, in gzip or in zstd; - is standard input.
      --synthetic may repeat for several draws of one generator (2 to 20).
      Every option but --plan and --config can stand in assay.yml, without dashes.
      """)

  @Argument(help: ArgumentHelp("Real rows that the generator saw.", valueName: "real"))
  var realTable: String?

  @Argument(help: ArgumentHelp("Rows under test.", valueName: "synthetic"))
  var syntheticTable: String?

  @Argument(help: .hidden)
  var surplus: [String] = []

  @OptionGroup(title: "Inputs") var inputs: InputFlags
  @OptionGroup(title: "Columns") var columns: ColumnFlags
  @OptionGroup(title: "Judging") var judging: JudgingFlags
  @OptionGroup(title: "Output") var output: ReportFlags
  @OptionGroup(title: "Run") var run: RunFlags

  func run(in context: RunContext) async throws -> ExitStatus {
    let flags = try flags()
    let environment = try EnvironmentSettings.layer(context.environment)
    let config = inputs.config ?? context.environment["ASSAY_CONFIG"]
    let file = try ConfigurationFile.layer(path: config)
    let settings = Settings(
      .merged([flags, environment, file]), defaultThreads: context.defaultThreads)
    return try await EvaluationRun(settings: settings, onlyPlan: run.plan, context: context).run()
  }

  /// The layer that the command line makes, positions included.
  func flags() throws(UsageError) -> SettingsLayer {
    var layer = try SettingsLayer.flags(
      inputs.values + columns.values + judging.values + output.values + run.values)
    let positions = [realTable, syntheticTable].compactMap(\.self)
    if let extra = surplus.first {
      throw UsageError(
        "two tables are expected, real and synthetic; '\(extra)' is one too many. "
          + "A holdout is given by --holdout '\(extra)'")
    }
    guard let first = positions.first else { return layer }
    if layer.real != nil || layer.synthetic != nil {
      throw UsageError(
        "tables are given either by position or by --real and --synthetic, not both")
    }
    guard positions.count == 2 || run.plan else {
      throw UsageError(
        "one table was given, '\(first)', and two are needed: assay REAL SYNTHETIC. "
          + "To look at one table: assay inspect '\(first)'")
    }
    layer.real = first
    layer.synthetic = positions.count == 2 ? [positions[1]] : nil
    return layer
  }
}
