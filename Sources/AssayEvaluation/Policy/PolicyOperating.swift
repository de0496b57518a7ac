/// How often the embedded policies said what of tables whose truth is known: measured, and committed.
///
/// Real rows are split into disjoint training, holdout and fresh rows, and the fresh ones are given as
/// synthetic: whatever fails then is a false alarm. The table is that of the Adult census with its
/// income as target; each run has a split and a seed of its own.
///
/// On the same table the release policy fails a copy, rows of training in which a tenth or more of the
/// cells were replaced, near copies with a little noise, sequential trees (synthpop) and a Bayesian
/// network for privacy, shuffled columns for fidelity, and 10 % of copied training rows in every one of
/// 30 runs at 2,000 rows and of 10 at 16,000. `make calibration` makes the table; it stands in
/// Reports/calibration.
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
  static let table: [PolicyOperating] = [
    row("release", 500, passed: 0, undecided: 100),
    row("release", 2_000, passed: 97, undecided: 3),
    row("release", 16_000, passed: 30, undecided: 0),
    row("training", 500, passed: 23, undecided: 77),
    row("training", 2_000, passed: 100, undecided: 0),
    row("training", 16_000, passed: 30, undecided: 0),
    row("testing", 500, passed: 0, undecided: 100),
    row("testing", 2_000, passed: 100, undecided: 0),
    row("testing", 16_000, passed: 30, undecided: 0),
    row("research", 500, passed: 0, undecided: 100),
    row("research", 2_000, passed: 80, undecided: 20),
    row("research", 16_000, passed: 30, undecided: 0),
  ]

  private static func row(
    _ policy: String, _ rows: Int, passed: Int, undecided: Int, failed: Int = 0
  ) -> PolicyOperating {
    PolicyOperating(
      policy: policy, rows: rows, runs: passed + undecided + failed, passed: passed,
      undecided: undecided, failed: failed)
  }
}
