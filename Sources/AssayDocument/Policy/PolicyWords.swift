/// How much a requirement weighs.
///
/// Every requirement that fails makes the whole fail. The severity says how the requirement is listed
/// and, unless the policy or the requirement says otherwise, what becomes of it where these rows
/// cannot decide.
public enum PolicySeverity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// Nothing leaves the house before it passes: undecided counts as not passed.
  case blocking
  /// To be mended; undecided is a warning.
  case major
  /// Good to have; undecided is a warning.
  case minor

  /// What becomes of an undecided requirement of this severity unless the policy says otherwise.
  public var standardOnUndecided: OnUndecided { self == .blocking ? .fail : .warn }

  /// Orders from the gravest to the least.
  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .blocking: 0
    case .major: 1
    case .minor: 2
    }
  }
}

/// What becomes of a run in which a requirement is undecided.
public enum OnUndecided: String, Sendable, Hashable, Codable, CaseIterable {
  /// The run ends with status 2.
  case fail
  /// The run ends with status 0 and a warning.
  case warn
  /// The run ends with status 0, and nothing is said beside the report.
  case pass
}

/// What of a score is held against the margin.
public enum PolicyCompare: String, Sendable, Hashable, Codable, CaseIterable {
  /// The value itself.
  case value
  /// How much worse it is than what a fresh real sample of these sizes gets.
  case excess
  /// Its place between the far end of the scale (0) and a fresh real sample (1).
  case normalised
  /// How much better it is than the far end of the scale, such as shuffled columns.
  case baseline
  /// How much worse it has become since the previous document.
  case previous
  /// The number of real rows that would do as well.
  case effectiveRows = "effective-rows"
}

/// The real rows that a requirement's scores compare with.
public enum PolicyAgainst: String, Sendable, Hashable, Codable, CaseIterable {
  /// The rows that the generator saw.
  case training
  /// The rows that the generator never saw.
  case holdout
  /// Both.
  case both
  /// No real rows.
  case none

  /// The word that scores have for it.
  public var side: Against {
    switch self {
    case .training: .training
    case .holdout: .holdout
    case .both: .both
    case .none: .none
    }
  }
}
