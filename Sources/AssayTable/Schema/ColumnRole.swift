/// The part that a column plays in an evaluation; a column may play several.
public enum ColumnRole: String, Sendable, Hashable, Codable, CaseIterable {
  /// What a model predicts.
  case target
  /// A property that groups people for questions of fairness.
  case sensitive
  /// Known to an attacker from elsewhere.
  case quasiIdentifier = "quasi-identifier"
  /// Names the row; several columns together make a composite key.
  case primaryKey = "primary-key"
  /// Names something: never compared as a distribution.
  case identifier
  /// The entity that several rows belong to.
  case group
  /// How many units of the population the row stands for.
  case weight
  /// A time to an event.
  case time
  /// Whether the event happened.
  case event
  /// Not looked at.
  case excluded

  /// Whether a column of this role is left out of distributions, pairs and distances.
  public var isNoFeature: Bool {
    switch self {
    case .primaryKey, .identifier, .group, .weight, .excluded: true
    default: false
    }
  }
}
