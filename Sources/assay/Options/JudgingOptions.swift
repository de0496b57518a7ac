import ArgumentParser
import AssayDocument

/// What is measured.
struct JudgingFlags: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp(
      "How much work: quick, standard or full (default: standard).",
      valueName: "preset"))
  var preset: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Seconds that the work may take, roughly.", valueName: "seconds"))
  var budget: String?

  @Option(
    name: .customLong("privacy-budget"), parsing: .unconditional,
    help: ArgumentHelp("Seconds that the attacks may take, roughly.", valueName: "seconds"))
  var privacyBudget: String?

  @Option(
    name: [.customShort("m"), .long],
    help: ArgumentHelp(
      "Only metrics of this name, dimension or pattern, such as 'fidelity' or '*distance'; may be repeated.",
      valueName: "pattern"))
  var metrics: [String] = []

  @Flag(help: "Measure generators of known faults too, to compare with.")
  var baselines = false

  @Flag(help: "Look for the smallest leak and loss that these rows would have shown.")
  var power = false

  @Flag(
    help:
      "Search closest records approximately, of all rows; the report says how often they are right."
  )
  var approximate = false

  @Flag(help: "End with status 65 if form is at fault: types, keys, ranges, spelling.")
  var strict = false

  @Flag(
    name: .customLong("strict-representation"),
    help: "Take 1 and 1.0, or letter case, as different values instead of matching them.")
  var strictRepresentation = false

  @OptionGroup var policy: PolicyFlags

  /// The written values by setting.
  var values: [(SettingKey, [String])] {
    [
      (.preset, preset.map { [$0] } ?? []), (.budget, budget.map { [$0] } ?? []),
      (.privacyBudget, privacyBudget.map { [$0] } ?? []),
      (.metrics, metrics), (.baselines, baselines ? ["true"] : []),
      (.power, power ? ["true"] : []), (.approximate, approximate ? ["true"] : []),
      (.strict, strict ? ["true"] : []),
      (.strictRepresentation, strictRepresentation ? ["true"] : []),
    ] + policy.values
  }
}
