/// What a run tells the shell.
enum ExitStatus: Int32, Sendable, CaseIterable {
  /// Evaluated, or every requirement passed.
  case success = 0
  /// A requirement failed.
  case requirementFailed = 1
  /// Undecided where the policy says so, or a metric failed.
  case undecided = 2
  /// The command line is wrong.
  case usage = 64
  /// Data, schema, configuration or document are wrong, or a finding under `--strict`.
  case data = 65
  /// An input was not found or may not be read.
  case input = 66
  /// A mistake of this program.
  case `internal` = 70
  /// Output could not be written.
  case output = 74
  /// Cancelled; nothing was written.
  case cancelled = 130
}
