import AssayTestKit

/// One part of the calibration: a study with its own page and tables, run by its name.
///
/// Adding one: a file in `Parts` that extends this type by a `static let`, and a line in ``all``.
struct CalibrationPart: Sendable {
  /// The word on the command line, and the name of the page and of the tables.
  let name: String
  /// The heading of its page.
  let title: String
  /// What it measures and how its tables are read, a paragraph or two of Markdown.
  let meaning: String
  /// The study.
  let run: @Sendable (CalibrationSetting) async throws -> CalibrationFindings

  /// Every part, in the order of the overview.
  static let all: [CalibrationPart] = [
    .coverage,
    .floors,
    .pValues,
    .power,
    .policies,
    .order,
    .privacy,
    .disclosure,
    .utility,
    .fairness,
  ]
}

/// What a part is given.
struct CalibrationSetting: Sendable {
  /// How many runs the caller asks for; a part that costs more takes a share of them and says so.
  let runs: Int
  /// Tables that are known beforehand: simulated, and those of the shared folder.
  let populations: Populations
  /// How many threads a part may use; no figure depends on it.
  let threads: Int
  /// Tells how far the part is.
  let say: @Sendable (String) -> Void
}

/// What a part found.
struct CalibrationFindings: Sendable {
  /// The result in a sentence or two, for the overview.
  var outcome: String
  /// The page below its outcome, Markdown.
  var text: String
  /// The tables, a file each; the first is named for the part, others for the part and themselves.
  var tables: [CalibrationTable]
  /// How many rows break what is claimed.
  var violations: Int
}
