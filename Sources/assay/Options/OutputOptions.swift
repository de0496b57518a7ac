import ArgumentParser

/// Where a report goes.
struct OutputFlags: ParsableArguments, Sendable {
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Folder of the report (default: assay-report).", valueName: "dir"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Formats in the folder: html, json, markdown, csv (the default), junit, sarif, code-quality, badge, pdf; separated by commas.",
      valueName: "list"))
  var format: [String] = []

  @OptionGroup var files: FileFlags

  /// The written values by setting.
  var values: [(SettingKey, [String])] {
    [(.output, output.map { [$0] } ?? []), (.format, format)] + files.values
  }
}

/// Where the report of a run goes, and for whom it is.
struct ReportFlags: ParsableArguments, Sendable {
  @OptionGroup var output: OutputFlags

  @Option(
    help: ArgumentHelp(
      "For whom: internal, or external with other column names and rounded numbers (default: internal).",
      valueName: "readers"))
  var audience: String?

  @Option(
    name: .customLong("audience-key"),
    help: ArgumentHelp(
      "File of the key to an external report, for the owner alone (mode 0600); made if absent.",
      valueName: "file"))
  var audienceKey: String?

  /// The written values by setting.
  var values: [(SettingKey, [String])] {
    output.values + SettingKey.values([(.audience, audience), (.audienceKey, audienceKey)])
  }
}

/// The page, the data and the summary as single files; `-` is standard output.
struct PageFlags: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp("Write the page to one file; - is standard output.", valueName: "file"))
  var html: String?

  @Option(
    help: ArgumentHelp("Write the document to one file; - is standard output.", valueName: "file"))
  var json: String?

  @Option(
    help: ArgumentHelp("Write the summary to one file; - is standard output.", valueName: "file"))
  var markdown: String?

  /// The written values by setting.
  var values: [(SettingKey, [String])] {
    SettingKey.values([(.html, html), (.json, json), (.markdown, markdown)])
  }
}

extension SettingKey {
  /// Options of one value each, as written values by setting.
  static func values(_ options: [(SettingKey, String?)]) -> [(SettingKey, [String])] {
    options.map { ($0.0, $0.1.map { [$0] } ?? []) }
  }
}

/// Single files, a format each; `-` is standard output.
struct FileFlags: ParsableArguments, Sendable {
  @OptionGroup var page: PageFlags

  @Option(
    help: ArgumentHelp("Write all scores to one file; - is standard output.", valueName: "file"))
  var csv: String?

  @Option(
    help: ArgumentHelp("Write a JUnit report, a case for each requirement.", valueName: "file"))
  var junit: String?

  @Option(help: ArgumentHelp("Write SARIF 2.1.0, at the lines of the policy.", valueName: "file"))
  var sarif: String?

  @Option(
    name: .customLong("code-quality"),
    help: ArgumentHelp("Write GitLab code quality, at the lines of the policy.", valueName: "file"))
  var codeQuality: String?

  @Option(help: ArgumentHelp("Write the verdict as a badge in SVG.", valueName: "file"))
  var badge: String?

  @Option(
    help: ArgumentHelp(
      "Print the report to a PDF; needs a Chromium on the path.", valueName: "file"))
  var pdf: String?

  /// The written values by setting.
  var values: [(SettingKey, [String])] {
    page.values
      + SettingKey.values([
        (.csv, csv), (.junit, junit), (.sarif, sarif), (.codeQuality, codeQuality),
        (.badge, badge), (.pdf, pdf),
      ])
  }
}

/// How a run goes about it.
struct RunFlags: ParsableArguments, Sendable {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Seed of everything random (default: 1).", valueName: "n"))
  var seed: String?

  @Option(
    name: [.customShort("j"), .long], parsing: .unconditional,
    help: ArgumentHelp(
      "Threads; results do not depend on it (default: one per core).",
      valueName: "n"))
  var threads: String?

  @Option(help: ArgumentHelp("Write times and memory to a file.", valueName: "file"))
  var timings: String?

  @Option(
    help: ArgumentHelp(
      "Write the row numbers of the most exposed training records, for the owner alone (mode 0600).",
      valueName: "file"))
  var exposure: String?

  @Flag(help: "Print the plan, frozen from the real rows alone, as JSON and stop.")
  var plan = false

  @Option(
    name: .customLong("plan-file"),
    help: ArgumentHelp(
      "A plan that --plan printed; the run keeps to it or ends with status 65.",
      valueName: "file"))
  var planFile: String?

  @Flag(name: [.customShort("q"), .long], help: "Print nothing but errors.")
  var quiet = false

  @Flag(name: [.customShort("v"), .long], help: "Log what is done to standard error.")
  var verbose = false

  @Option(help: ArgumentHelp("Colours: auto, always or never (default: auto).", valueName: "when"))
  var color: String?

  /// The written values by setting.
  var values: [(SettingKey, [String])] {
    [
      (.seed, seed.map { [$0] } ?? []), (.threads, threads.map { [$0] } ?? []),
      (.timings, timings.map { [$0] } ?? []), (.exposure, exposure.map { [$0] } ?? []),
      (.quiet, quiet ? ["true"] : []),
      (.verbose, verbose ? ["true"] : []), (.color, color.map { [$0] } ?? []),
      (.planFile, planFile.map { [$0] } ?? []),
    ]
  }
}

extension SettingsLayer {
  /// The layer that flags make.
  ///
  /// - Throws: ``UsageError`` with every problem.
  static func flags(_ values: [(SettingKey, [String])]) throws(UsageError) -> SettingsLayer {
    var layer = SettingsLayer()
    var problems: [String] = []
    for (key, words) in values where !words.isEmpty {
      if let problem = layer.set(key, to: words) {
        problems.append("--\(key.rawValue): \(problem)")
      }
    }
    guard problems.isEmpty else { throw UsageError(problems) }
    return layer
  }
}
