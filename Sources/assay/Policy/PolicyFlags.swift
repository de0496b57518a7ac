import ArgumentParser

/// By what a document is judged.
struct PolicyFlags: ParsableArguments, Sendable {
  @Option(
    name: [.customShort("p"), .long],
    help: ArgumentHelp(
      "Judge by a policy: first-look, release, training, testing, research or a file.",
      valueName: "name|file"))
  var policy: String?

  @Option(
    help: ArgumentHelp(
      "An earlier report.json that changes are measured from.", valueName: "doc"))
  var previous: String?

  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp(
      "The day that waivers are read against; the clock is never asked.",
      valueName: "yyyy-mm-dd"))
  var asOf: String?

  @Option(
    help: ArgumentHelp(
      "Folder of earlier reports: those on the same real rows are counted, and false alarms of a policy "
        + "are kept rare over all its runs.",
      valueName: "dir"))
  var history: String?

  @Option(
    help: ArgumentHelp(
      "Form of warnings: auto, github, gitlab or none (default: auto).", valueName: "system"))
  var ci: String?

  /// The written values by setting.
  var values: [(SettingKey, [String])] {
    [
      (.policy, policy.map { [$0] } ?? []), (.previous, previous.map { [$0] } ?? []),
      (.asOf, asOf.map { [$0] } ?? []), (.history, history.map { [$0] } ?? []),
      (.ci, ci.map { [$0] } ?? []),
    ]
  }
}
