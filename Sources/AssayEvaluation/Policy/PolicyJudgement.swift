public import AssayDocument

/// What a policy makes of a document, and what that means for the run.
public struct PolicyJudgement: Sendable, Hashable {
  /// What a requirement's outcome asks of the run.
  public enum Consequence: String, Sendable, Hashable {
    /// Nothing.
    case none
    /// A warning.
    case warn
    /// Status 2.
    case undecided
    /// Status 1.
    case failed
  }

  /// The verdict as the document carries it.
  public var verdict: Verdict
  /// What the requirements ask of the run, in the order of the verdict's.
  public var consequences: [Consequence]
  /// The number of the run among those of the policy, from 1.
  public var run: Int
  /// The error probability that the run's failures are judged at, over all comparisons.
  public var alpha: Double
  /// How many comparisons share it.
  public var comparisons: Int

  /// The gravest consequence; an advisory policy has none.
  public var consequence: Consequence {
    if verdict.advisory { return .none }
    for consequence in [Consequence.failed, .undecided, .warn]
    where consequences.contains(consequence) { return consequence }
    return .none
  }

  /// The requirements that ask for a warning: undecided ones that the policy lets pass, and waived ones.
  public var warnings: [Verdict.Requirement] {
    zip(verdict.requirements, consequences).filter { $0.1 == .warn }.map(\.0)
  }
}

/// A policy that cannot be applied.
public struct PolicyError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of failure; new kinds may be added.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Wrapped: String, Sendable { case file, day, `internal` }
    private var wrapped: Wrapped
    private init(_ wrapped: Wrapped) { self.wrapped = wrapped }

    /// The file cannot be read as a policy.
    public static let file = Self(.file)
    /// Waivers end on a day, and none was given to read them against.
    public static let day = Self(.day)
    /// A mistake of this program.
    public static let `internal` = Self(.internal)

    /// The kind as a word.
    public var description: String { wrapped.rawValue }
  }

  /// The kind of failure.
  public var code: Code
  /// Every problem, with its line where it has one.
  public var problems: [String]

  /// Makes an error.
  public init(_ code: Code, _ problems: [String]) {
    self.code = code
    self.problems = problems
  }

  /// The problems, a line each.
  public var description: String { problems.joined(separator: "\n") }
}
