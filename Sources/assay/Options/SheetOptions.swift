import ArgumentParser

/// What is measured where no policy judges.
struct MeasuringFlags: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp(
      "How much work: quick, standard or full (default: standard).", valueName: "preset"))
  var preset: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Seconds that each table may take, roughly.", valueName: "seconds"))
  var budget: String?

  @Option(
    name: [.customShort("m"), .long],
    help: ArgumentHelp(
      "Only metrics of this name, dimension or pattern; may be repeated.", valueName: "pattern"))
  var metrics: [String] = []

  /// The written values by setting.
  var values: [(SettingKey, [String])] {
    [
      (.preset, preset.map { [$0] } ?? []), (.budget, budget.map { [$0] } ?? []),
      (.metrics, metrics),
    ]
  }
}

/// Where a page about several documents goes.
struct SheetFlags: ParsableArguments, Sendable {
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Folder of page, summary and data.", valueName: "dir"))
  var output: String?

  @Option(
    help: ArgumentHelp("Write the page to one file; - is standard output.", valueName: "file"))
  var html: String?

  @Option(
    help: ArgumentHelp("Write the data to one file; - is standard output.", valueName: "file"))
  var json: String?

  @Option(
    help: ArgumentHelp("Write the summary to one file; - is standard output.", valueName: "file"))
  var markdown: String?

  /// The written values by setting.
  var values: [(SettingKey, [String])] {
    let all: [(SettingKey, String?)] = [
      (.output, output), (.html, html), (.json, json), (.markdown, markdown),
    ]
    return all.map { ($0.0, $0.1.map { [$0] } ?? []) }
  }
}
