import AssayTable

/// An evaluation that cannot be made.
public struct EvaluationError: Error, Sendable, CustomStringConvertible {
  /// The kind of failure; new kinds may be added.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Wrapped: String, Sendable {
      case data, holdout, metrics, plan, cancelled, `internal`
    }
    private var wrapped: Wrapped
    private init(_ wrapped: Wrapped) { self.wrapped = wrapped }

    /// The tables or the schema cannot be used.
    public static let data = Self(.data)
    /// The holdout is none.
    public static let holdout = Self(.holdout)
    /// No metric has the name that was asked for.
    public static let metrics = Self(.metrics)
    /// The data give another plan than the one that was frozen.
    public static let plan = Self(.plan)
    /// The work was cancelled.
    public static let cancelled = Self(.cancelled)
    /// A mistake of this program.
    public static let `internal` = Self(.internal)

    /// The kind as a word.
    public var description: String { wrapped.rawValue }
  }

  /// The kind of failure.
  public var code: Code
  /// Every problem.
  public var problems: [String]
  /// What to do about it.
  public var remedy: String?

  /// Makes an error.
  public init(_ code: Code, _ problems: [String], remedy: String? = nil) {
    self.code = code
    self.problems = problems
    self.remedy = remedy
  }

  init(_ error: AlignmentError) {
    self.init(error.code == .cancelled ? .cancelled : .data, error.problems)
  }

  /// The problems, a line each, and the remedy.
  public var description: String {
    (problems + (remedy.map { [$0] } ?? [])).joined(separator: "\n")
  }
}
