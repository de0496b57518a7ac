/// One demand of a policy: what is compared with which margin, and why that margin.
public struct PolicyRequirement: Sendable, Hashable {
  /// What the demand speaks of.
  public enum What: Sendable, Hashable {
    /// The scores of a metric, by name or pattern such as `fidelity.*`.
    case metric(String)
    /// The score of a dimension, or of one of its parts.
    case dimension(Dimension, facet: String?)
  }

  /// Which scores of the metric are meant.
  public enum Place: Sendable, Hashable {
    /// The score of the table as a whole.
    case table
    /// The score of each single column.
    case eachColumn
    /// The score of each pair of columns.
    case eachPair
    /// The score of one column, of one pair or of a set.
    case columns([String])
  }

  /// The margin and its side.
  public enum Margin: Sendable, Hashable {
    /// Not above this.
    case atMost(Double)
    /// Not below this.
    case atLeast(Double)

    /// The margin itself.
    public var value: Double {
      switch self {
      case .atMost(let value), .atLeast(let value): value
      }
    }
  }

  /// Its name, one of a kind in the policy.
  public var id: String
  /// What it speaks of.
  public var what: What
  /// The real side; `nil` for the holdout if there is one, otherwise training.
  public var against: PolicyAgainst?
  /// Which scores are meant.
  public var place: Place
  /// The segment or group of rows that the scores are limited to.
  public var segment: String?
  /// What of the score is compared.
  public var compare: PolicyCompare
  /// The margin.
  public var margin: Margin
  /// How much it weighs.
  public var severity: PolicySeverity
  /// What becomes of it if it is undecided; `nil` for what the policy says of its severity.
  public var onUndecided: OnUndecided?
  /// Why the margin is what it is.
  public var reason: String

  /// Makes a requirement.
  public init(
    id: String, what: What, against: PolicyAgainst? = nil, place: Place = .table,
    segment: String? = nil, compare: PolicyCompare, margin: Margin,
    severity: PolicySeverity = .major, onUndecided: OnUndecided? = nil, reason: String
  ) {
    self.id = id
    self.what = what
    self.against = against
    self.place = place
    self.segment = segment
    self.compare = compare
    self.margin = margin
    self.severity = severity
    self.onUndecided = onUndecided
    self.reason = reason
  }
}
