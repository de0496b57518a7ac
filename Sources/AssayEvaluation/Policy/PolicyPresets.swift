public import AssayDocument

/// The policies that come with the program.
public enum PolicyPresets {
  /// All of them, in the order in which they are listed.
  public static let all: [Policy] = [firstLook, release, training, testing, research]

  /// The policy of that name.
  public static func named(_ name: String) -> Policy? { all.first { $0.name == name } }

  /// What answers when no policy is given: it advises and gates nothing.
  ///
  /// Its verdicts are made by the first look itself, which reads the tests of leaks at 1 in 10,000.
  public static let firstLook = Policy(
    name: "first-look", version: "1", title: "First look",
    purpose: "Answers the five questions when no policy is given. It advises; nothing is gated.",
    isAdvisory: true, alpha: 0.001,
    requirements: [
      PolicyRequirement(
        id: "valid", what: .dimension(.diagnostics, facet: nil), compare: .normalised,
        margin: .atLeast(1), reason: "a hard check that does not hold is a defect by itself"),
      PolicyRequirement(
        id: "looks-real", what: .dimension(.fidelity, facet: nil), compare: .normalised,
        margin: .atLeast(FirstLook.fidelityMargin),
        reason: "three quarters of the way from shuffled columns to a fresh real sample"),
      PolicyRequirement(
        id: "leaks", what: .metric("privacy.any-leak"), against: .both, compare: .value,
        margin: .atMost(0),
        reason:
          "a training record that is exposed for certain, by all tests together at 1 in 10,000, "
          + "is one too many"),
    ])

  /// Structure, keys and values: what every policy asks.
  static func form(_ severity: PolicySeverity) -> [PolicyRequirement] {
    [
      PolicyRequirement(
        id: "structure", what: .metric("diagnostics.table-structure"), compare: .value,
        margin: .atLeast(1), severity: severity,
        reason: "a column that is absent, empty or unreadable breaks whatever reads the table"),
      PolicyRequirement(
        id: "ranges", what: .metric("diagnostics.boundary-adherence"), compare: .excess,
        margin: .atMost(0.02), severity: severity,
        reason: "two values in a hundred outside the real range, beyond what new real rows have"),
      PolicyRequirement(
        id: "levels", what: .metric("diagnostics.category-adherence"), compare: .excess,
        margin: .atMost(0.02), severity: severity,
        reason: "two values in a hundred that no real row has, beyond what new real rows have"),
    ]
  }

  /// Copies of single rows, and rows that follow training more closely than chance.
  static func privacy(
    copies: Double, nearness: Double, severity: PolicySeverity
  ) -> [PolicyRequirement] {
    [
      PolicyRequirement(
        id: "copies", what: .metric("privacy.exact-match"), against: .training, compare: .excess,
        margin: .atMost(copies), severity: severity,
        reason: "more copied rows than \(PolicyNumbers.text(copies * 1_000)) in a thousand, beyond "
          + "what unseen real rows share by chance, are no accident of coarse columns"),
      PolicyRequirement(
        id: "nearness", what: .metric("privacy.distance-to-closest-record"), against: .both,
        compare: .excess, margin: .atMost(nearness), severity: severity,
        reason: "if a share s of the rows follow training rows, about s/2 more of them lie closer "
          + "to training than to an equally large holdout"),
      PolicyRequirement(
        id: "leaks", what: .metric("privacy.any-leak"), against: .both, compare: .value,
        margin: .atMost(0), severity: severity,
        reason:
          "a training record that is exposed for certain, by all tests together at 1 in 10,000, "
          + "is one too many"),
      PolicyRequirement(
        id: "membership", what: .metric("privacy.membership-inference"), against: .both,
        compare: .excess, margin: .atMost(0.1), severity: severity,
        reason: "an attacker who is right about a tenth more members than others has learned "
          + "who was in the table"),
      PolicyRequirement(
        id: "replayed-values", what: .metric("privacy.replayed-values"), against: .training,
        compare: .value, margin: .atMost(0), severity: severity,
        reason: "one real name, address or number in the table is somebody's"),
      PolicyRequirement(
        id: "holdout-unseen", what: .metric("privacy.exact-match"), against: .holdout,
        compare: .excess, margin: .atMost(0.01), severity: severity,
        reason: "a holdout whose rows come back was seen by the generator and proves nothing"),
    ]
  }

  /// The parts of likeness: single columns, relations, rows as a whole.
  ///
  /// Rows as a whole have the wider margin: a classifier sees any single give-away, such as a rounding
  /// that no use of the table would notice, and any of them alone moves the area.
  static func likeness(
    marginal: Double, dependence: Double, joint: Double, severity: PolicySeverity, reason: String
  ) -> [PolicyRequirement] {
    [
      PolicyRequirement(
        id: "single-columns", what: .dimension(.fidelity, facet: "marginal"), compare: .normalised,
        margin: .atLeast(marginal), severity: severity, reason: reason),
      PolicyRequirement(
        id: "relations", what: .dimension(.fidelity, facet: "dependence"), compare: .normalised,
        margin: .atLeast(dependence), severity: severity, reason: reason),
      PolicyRequirement(
        id: "whole-rows", what: .dimension(.fidelity, facet: "joint"), compare: .normalised,
        margin: .atLeast(joint), severity: severity,
        reason: "a classifier that tells synthetic rows from real ones has learned what is wrong "
          + "with them; where it tells shuffled columns with an area of 0.98, this is one of "
          + "\(PolicyNumbers.text(((0.98 - joint * 0.48) * 100).rounded() / 100))"),
    ]
  }
}
