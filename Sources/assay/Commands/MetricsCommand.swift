import ArgumentParser
import AssayEvaluation
import AssayDocument
import AssayMetrics
import AssayTable

/// `assay metrics`: the catalogue and each metric's page.
struct MetricsCommand: ParsableCommand, Job {
  static let configuration = CommandConfiguration(
    commandName: "metrics",
    abstract: "List the metrics, or show what one of them is.",
    discussion: """
      Examples:
        assay metrics
        assay metrics kolmogorov-smirnov
        assay metrics fidelity --json
        assay metrics --markdown > metrics.md
      """)

  @Argument(help: ArgumentHelp("A metric, a dimension or a pattern.", valueName: "id"))
  var pattern: String?

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print the pages of all as Markdown.")
  var markdown = false

  func validate() throws {
    if json, markdown { throw ValidationError("give --json or --markdown, not both") }
  }

  func run(in context: RunContext) async throws -> ExitStatus {
    let catalog = MetricCatalog.standard.appending(.declared).appending(.optional)
    var chosen = catalog
    if let pattern {
      let unknown = Settings.unknownMetrics([pattern], in: catalog)
      guard unknown.isEmpty else { throw UsageError(unknown) }
      chosen = catalog.matching([pattern])
    }
    let descriptors = chosen.descriptors
    if json {
      try Stream.output(try JSONText.bytes(descriptors))
    } else if markdown {
      try Stream.output(MetricPage.markdown(descriptors))
    } else if pattern != nil, descriptors.count == 1, let only = descriptors.first {
      try Stream.output(MetricPage.text(only, width: context.terminal.width))
    } else {
      try Stream.output(MetricPage.list(descriptors, width: context.terminal.width))
    }
    return .success
  }
}
