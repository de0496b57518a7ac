import AssayDocument

/// What the descriptors of changes of a gap between groups have in common.
enum ParityChange {
  /// The formula of a gap of a quantity S of the groups.
  static func gap(of quantity: String) -> String {
    "G(trained on synthetic) − G(trained on real), G = max_g S − min_g S, S = \(quantity)"
  }

  /// The descriptor of a metric of predictions.
  ///
  /// - Parameters:
  ///   - id: The metric's name behind the dimension.
  ///   - title: What it is called.
  ///   - what: What changes, behind *how much a model trained on the synthetic rows changes*.
  ///   - formula: The formula.
  ///   - cannotSee: What it cannot see besides what other models would do.
  ///   - citation: Where the quantity comes from.
  /// - Returns: The descriptor, in the words that all of them share.
  static func descriptor(
    _ id: String, title: String, changes what: String, formula: String, cannotSee: String,
    citation: MetricDescriptor.Citation
  ) -> MetricDescriptor {
    MetricDescriptor(
      id: MetricID(rawValue: "fairness." + id), title: title, dimension: .fairness,
      summary: "How much a model trained on the synthetic rows changes \(what).",
      formula: formula, lowerLimit: -1, direction: .closerToFreshSample, anchor: .none,
      invariances: ["order of rows", "names of levels"], sees: [], blindTo: [],
      cannotSee: cannotSee + "; what other models would do",
      defaults: [
        "learner": "boosted trees, as in the prediction gap", "threshold": "one half",
        "support": "30 rows of either answer",
      ],
      howToRead:
        "Above 0 the model trained on synthetic rows treats groups less alike than the one trained on "
        + "real rows, below 0 more. An interval that holds 0 says: no change seen.",
      citations: [citation])
  }
}
