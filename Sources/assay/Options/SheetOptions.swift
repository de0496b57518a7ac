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

  @OptionGroup var page: PageFlags

  /// The written values by setting.
  var values: [(SettingKey, [String])] {
    SettingKey.values([(.output, output)]) + page.values
  }
}
