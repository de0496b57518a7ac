import AssayDocument

/// Descriptors in the shape of the catalogue's.
enum SampleMetrics {
  static let totalVariation = metric(
    "fidelity.total-variation", "Total variation distance", .fidelity,
    "Half the summed differences of the cells' shares.", "½ Σ |p − q|", .uniformValues,
    "0.05 means that 5 % of the rows would have to change their cell.",
    "It does not see how far apart two cells are.",
    doi: "10.1007/b13794")

  static let all: [MetricDescriptor] = [
    metric(
      "diagnostics.table-structure", "Table structure", .diagnostics,
      "Whether both tables have the same columns with the same kinds.", "shared ÷ all columns",
      .none, "1 means that every column is there.", "It does not look at values.",
      direction: .higherIsBetter),
    metric(
      "diagnostics.boundary-adherence", "Values inside the real range", .diagnostics,
      "The share of numbers between the real minimum and maximum.", "#{min ≤ y ≤ max} ÷ m", .none,
      "A fresh real sample gets (n − 1) ÷ (n + 1), not 1.", "It does not see shapes.",
      direction: .higherIsBetter),
    metric(
      "diagnostics.missing-rate", "Missing rate", .diagnostics,
      "The difference of the shares of missing cells.", "|r − s|", .none,
      "0 means equal rates.", "It does not see which rows are missing."),
    totalVariation,
    metric(
      "fidelity.kolmogorov-smirnov", "Kolmogorov–Smirnov distance", .fidelity,
      "The largest difference of the cumulated shares.", "sup |F − G|", .uniformValues,
      "0.05 means that at one value the cumulated shares differ by 5 points.",
      "It is weak in the tails.", doi: "10.1214/aoms/1177730256"),
    metric(
      "fidelity.wasserstein-1", "Wasserstein distance", .fidelity,
      "The mean distance that mass has to move.", "∫ |F − G| ÷ SD", .uniformValues,
      "0.1 means a tenth of a standard deviation.", "One far value can carry it.",
      unit: "SD", upper: nil),
    metric(
      "fidelity.spearman", "Spearman correlation difference", .fidelity,
      "The difference of the rank correlations.", "|ρ − ρ′|", .shuffledColumns,
      "0 means equal monotone relations.", "It does not see relations that are not monotone.",
      doi: "10.2307/1412159"),
    metric(
      "fidelity.cramers-v", "Cramér's V difference", .fidelity,
      "The difference of the bias-corrected associations.", "|V − V′|", .shuffledColumns,
      "0 means equally strong relations.", "It does not see a relation that has turned round.",
      doi: "10.1016/j.jkss.2012.10.002"),
    metric(
      "fidelity.contingency", "Contingency difference", .fidelity,
      "The total variation of the pair's cells.", "½ Σ |pᵢⱼ − qᵢⱼ|", .shuffledColumns,
      "0.05 means that 5 % of the rows would have to change their cell.",
      "It is weak where cells are many and rows few."),
    metric(
      "privacy.exact-match", "Exact copies", .privacy,
      "The share of synthetic rows that equal a training row.", "#copies ÷ m", .copiedRows,
      "Compare it with what the holdout gives.", "It does not see copies with a digit changed."),
    metric(
      "privacy.distance-to-closest-record", "Closer to real than to holdout", .privacy,
      "The share of synthetic rows that are closer to a training row than to any holdout row.",
      "#{d(y, T) < d(y, H)} ÷ m", .copiedRows,
      "About a half where the rows were not learned by heart.",
      "It does not see what a determined attacker knows.", direction: .closerToFreshSample),
    metric(
      "privacy.distance-ratio", "Nearest-neighbour distance ratio", .privacy,
      "How much nearer the closest training row is than the second closest.",
      "median of d₁ ÷ d₂", .none, "Well below a fresh real sample: rows hug single records.",
      "It does not see leaks of few rows.", direction: .closerToFreshSample),
  ]

  static func metric(
    _ id: MetricID, _ title: String, _ dimension: Dimension, _ summary: String, _ formula: String,
    _ anchor: MetricDescriptor.Anchor, _ howToRead: String, _ cannotSee: String, unit: String = "",
    upper: Double? = 1, direction: Direction = .lowerIsBetter, doi: String? = nil
  ) -> MetricDescriptor {
    MetricDescriptor(
      id: id, title: title, dimension: dimension, summary: summary, formula: formula, unit: unit,
      upperLimit: upper, direction: direction, anchor: anchor, invariances: ["order of rows"],
      sees: [.shift, .droppedLevel], blindTo: [.copy], cannotSee: cannotSee,
      defaults: ["bins": "10: enough for the shape, few enough for the counts"],
      howToRead: howToRead, citations: [.init("Author (1958), Title, Place.", doi: doi)])
  }
}
