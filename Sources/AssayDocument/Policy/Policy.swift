/// What a document must show: requirements with margins, and how sure a verdict must be.
///
/// A policy is data. It is written in YAML, kept beside the code it guards, and has a canonical form
/// whose digest stands in every document that was judged by it.
public struct Policy: Sendable, Hashable {
  /// What must have been measured; what was not, fails unless it is waived.
  public struct Coverage: Sendable, Hashable {
    /// Metrics by name or pattern.
    public var metrics: [String]
    /// Dimensions in which something must have been measured and nothing may have failed.
    public var dimensions: [Dimension]

    /// Makes a coverage.
    public init(metrics: [String] = [], dimensions: [Dimension] = []) {
      self.metrics = metrics
      self.dimensions = dimensions
    }

    /// Whether nothing is demanded.
    public var isEmpty: Bool { metrics.isEmpty && dimensions.isEmpty }
  }

  /// Somebody's word that a requirement does not count for now.
  public struct Waiver: Sendable, Hashable {
    /// The requirement's name, or `coverage/NAME` for what had to be measured.
    public var requirement: String
    /// The columns that it is limited to; empty for all.
    public var columns: [String]
    /// Who answers for it.
    public var owner: String
    /// Why.
    public var reason: String
    /// The last day that it holds, as `2027-01-31`; `nil` for no end.
    public var expires: String?

    /// Makes a waiver.
    public init(
      requirement: String, columns: [String] = [], owner: String, reason: String,
      expires: String? = nil
    ) {
      self.requirement = requirement
      self.columns = columns
      self.owner = owner
      self.reason = reason
      self.expires = expires
    }
  }

  /// Its name.
  public var name: String
  /// Its version, such as `1.0`.
  public var version: String
  /// Its name in words.
  public var title: String
  /// What the data are for, and what the policy guards against.
  public var purpose: String
  /// Whether it advises and gates nothing.
  public var isAdvisory: Bool
  /// The chance, at most, that any requirement fails although all of them hold.
  public var alpha: Double
  /// What becomes of undecided requirements, by severity.
  public var onUndecided: [PolicySeverity: OnUndecided]
  /// The requirements, in the order in which they are listed.
  public var requirements: [PolicyRequirement]
  /// What must have been measured.
  public var coverage: Coverage
  /// Exceptions.
  public var waivers: [Waiver]

  /// The chance of a false alarm where a policy does not state one.
  public static let standardAlpha = 0.01

  /// Makes a policy.
  public init(
    name: String, version: String, title: String = "", purpose: String = "",
    isAdvisory: Bool = false, alpha: Double = Self.standardAlpha,
    onUndecided: [PolicySeverity: OnUndecided] = [:], requirements: [PolicyRequirement],
    coverage: Coverage = Coverage(), waivers: [Waiver] = []
  ) {
    self.name = name
    self.version = version
    self.title = title
    self.purpose = purpose
    self.isAdvisory = isAdvisory
    self.alpha = alpha
    self.onUndecided = Dictionary(
      uniqueKeysWithValues: PolicySeverity.allCases.map {
        ($0, onUndecided[$0] ?? $0.standardOnUndecided)
      })
    self.requirements = requirements
    self.coverage = coverage
    self.waivers = waivers
  }

  /// What becomes of a requirement that is undecided.
  public func onUndecided(_ requirement: PolicyRequirement) -> OnUndecided {
    requirement.onUndecided ?? onUndecided[requirement.severity]
      ?? requirement.severity.standardOnUndecided
  }

  /// Whether waivers can only be read with a day to read them against.
  public var needsDay: Bool { waivers.contains { $0.expires != nil } }
}
