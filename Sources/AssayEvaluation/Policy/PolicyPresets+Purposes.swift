public import AssayDocument

extension PolicyPresets {
  /// For data that leave the house.
  ///
  /// Real rows split into training, holdout and fresh ones given as synthetic never fail it; copies,
  /// near copies and shuffled columns do. `assay policy show release` prints how often.
  public static let release = Policy(
    name: "release", version: "1.0", title: "Release to others",
    purpose: "For tables that leave the house: no copies, no rows that follow training rows, and "
      + "columns and relations near enough to the real ones to be worth releasing. It reads copies, "
      + "replayed values, nearness and a battery of membership attacks.",
    alpha: 0.001, onUndecided: [.blocking: .fail, .major: .warn, .minor: .warn],
    requirements: form(.blocking)
      + privacy(copies: 0.005, nearness: 0.05, severity: .blocking)
      + likeness(
        marginal: 0.8, dependence: 0.8, joint: 0.7, severity: .blocking,
        reason: "four fifths of the way to a fresh real sample: what is lost is a fifth of what "
          + "shuffling would lose"),
    coverage: .init(
      metrics: ["privacy.exact-match"], dimensions: [.diagnostics, .fidelity, .privacy]))

  /// For training models.
  public static let training = Policy(
    name: "training", version: "1.0", title: "Training models",
    purpose: "For tables that models are trained on inside the house: relations matter most, for "
      + "they are what a model learns; copies are guarded against, since they make a model look "
      + "better than it is.",
    alpha: 0.01,
    requirements: form(.blocking)
      + likeness(
        marginal: 0.8, dependence: 0.85, joint: 0.75, severity: .blocking,
        reason: "a model cannot learn relations that the table has lost")
      + [
        PolicyRequirement(
          id: "pairs-of-numbers", what: .metric("fidelity.spearman"), compare: .excess,
          margin: .atMost(0.03), severity: .major,
          reason: "rank correlations off by 0.03 on average move the weights of a linear model "
            + "visibly"),
        PolicyRequirement(
          id: "prediction", what: .dimension(.utility, facet: "prediction"), compare: .normalised,
          margin: .atLeast(0.9), severity: .major,
          reason: "a model of the synthetic rows must keep nine tenths of what real rows teach; it "
            + "is judged where a target is named"),
      ] + privacy(copies: 0.01, nearness: 0.1, severity: .major),
    coverage: .init(dimensions: [.diagnostics, .fidelity]))

  /// For testing software.
  public static let testing = Policy(
    name: "testing", version: "1.0", title: "Testing software",
    purpose: "For fixtures and test systems: structure, keys, ranges and levels must hold and no "
      + "real row may be in the table; likeness is of little weight.",
    alpha: 0.01,
    requirements: form(.blocking) + [
      PolicyRequirement(
        id: "missing-values", what: .metric("diagnostics.missing-rate"), compare: .excess,
        margin: .atMost(0.05), severity: .major,
        reason: "code that meets missing values must meet them about as often")
    ] + privacy(copies: 0.005, nearness: 0.1, severity: .blocking)
      + likeness(
        marginal: 0.5, dependence: 0.25, joint: 0.1, severity: .minor,
        reason: "test systems need plausible values, not exact shares"),
    coverage: .init(dimensions: [.diagnostics, .privacy]))

  /// For analyses that others will trust.
  public static let research = Policy(
    name: "research", version: "1.0", title: "Research",
    purpose: "For tables on which analyses are made and published: every column and the relations "
      + "must come near a fresh real sample, copies are excluded as for a release.",
    alpha: 0.01, onUndecided: [.major: .warn],
    requirements: form(.blocking)
      + likeness(
        marginal: 0.9, dependence: 0.85, joint: 0.8, severity: .blocking,
        reason: "an analysis reads shares and associations as they stand")
      + [
        PolicyRequirement(
          id: "each-column", what: .metric("fidelity.total-variation"), place: .eachColumn,
          compare: .excess, margin: .atMost(0.05), severity: .major,
          reason: "five rows in a hundred in another cell is what a reader of a table would notice"),
        PolicyRequirement(
          id: "each-pair", what: .metric("fidelity.cramers-v"), place: .eachPair,
          compare: .excess, margin: .atMost(0.15), severity: .major,
          reason: "an association off by 0.15 turns a weak relation into a moderate one"),
      ] + privacy(copies: 0.005, nearness: 0.05, severity: .blocking),
    coverage: .init(
      metrics: ["privacy.exact-match"], dimensions: [.diagnostics, .fidelity, .privacy]))
}
