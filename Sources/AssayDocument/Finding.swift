/// Something that a person should know or mend, in words.
public struct Finding: Sendable, Hashable, Codable {
  /// How much it matters.
  public enum Severity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// A hard check does not hold, or a leak was seen.
    case error
    /// Something that a user will want to mend.
    case warning
    /// Something that a user will want to know.
    case notice

    /// Orders from the gravest to the least.
    public static func < (left: Self, right: Self) -> Bool {
      left.rank < right.rank
    }

    private var rank: Int {
      switch self {
      case .error: 0
      case .warning: 1
      case .notice: 2
      }
    }
  }

  /// A stable fingerprint: the same finding on the same subject has the same identifier.
  public var id: String
  /// How much it matters.
  public var severity: Severity
  /// The question that it belongs to.
  public var dimension: Dimension
  /// What it speaks of.
  public var subject: Subject
  /// What is the case, in one sentence.
  public var sentence: String
  /// The numbers behind it.
  public var evidence: [String: DetailValue]
  /// What to do about it.
  @Nullable public var remedy: String?

  /// Makes a finding.
  public init(
    id: String, severity: Severity, dimension: Dimension, subject: Subject, sentence: String,
    evidence: [String: DetailValue] = [:], remedy: String? = nil
  ) {
    self.id = id
    self.severity = severity
    self.dimension = dimension
    self.subject = subject
    self.sentence = sentence
    self.evidence = evidence
    self.remedy = remedy
  }
}

extension Finding {
  /// The pairs of columns whose cells show what is found: its two columns, or what differs in a segment
  /// beside each column that the segment is made of.
  public var namedPairs: [[String]] {
    let columns = subject.columns
    if subject.segment != nil, columns.count > 2, let last = columns.last {
      return columns.dropLast().map { [$0, last] }
    }
    return columns.count == 2 ? [columns] : []
  }
}
