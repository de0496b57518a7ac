import AssayDocument

/// Right columns without relations.
struct ShuffledColumns: Pattern {
  let id = "shuffled-columns"
  let name = "Columns were drawn each on its own"
  let remedy =
    "use a generator that models rows as a whole, and check that columns are not sampled or sorted "
    + "apart after generation"
  let remedies: [GeneratorFamily: String] = [
    .copula: "estimate the copula's correlations: it was sampled as if there were none",
    .autoregressive: "give each column the ones before it as predictors",
    .gan: "train much longer, and check that rows are not shuffled by column on the way out",
    .llm: "write whole rows in one prompt, and shuffle the order of columns, not their values",
  ]

  func sign(in reading: Reading) -> Sign? {
    guard let dependence = reading.facet("dependence"), let position = dependence.score,
      let marginal = reading.facet("marginal")?.score, marginal >= 0.75, position < 0.3,
      let strength = Association(reading), strength.ratio < 0.3
    else { return nil }
    return Sign(
      sentence:
        "Single columns are right and relations are gone: the mean association of two columns is "
        + "\(Reading.hundredths(strength.synthetic)), of real ones "
        + "\(Reading.hundredths(strength.real)).",
      columns: strength.columns,
      evidence: [
        "dependence": .finite(position), "marginal": .finite(marginal),
        "association": .finite(strength.synthetic), "realAssociation": .finite(strength.real),
      ],
      explains: [
        ("relation", []), ("told-apart", []), ("segment", []), ("closer-than-fresh-marginal", []),
      ],
      replaces: ["unlearned-pairs", "higher-order", "artefact", "part-of-the-rows", "mixed-values"])
  }
}

/// How strongly columns go together on both sides, over the listed pairs.
struct Association {
  /// Means of Cramér's V over pairs that really go together.
  let real, synthetic: Double
  /// Pairs that go together less, more, of so many.
  let weaker, stronger, count: Int
  /// Relations of 0.2 and more, and those of them that lost 0.1 and 30 % of it, the worst first.
  let strong: Int
  let lost: [(columns: [String], real: Double, synthetic: Double)]
  /// Columns of the pairs that lost most, the worst first.
  let columns: [String]

  var ratio: Double { real > 0 ? synthetic / real : 1 }

  /// An association that is worth a word.
  static let least = 0.1

  init?(_ reading: Reading) {
    let pairs = reading.scores("fidelity.cramers-v", columns: 2).compactMap {
      score -> (columns: [String], real: Double, synthetic: Double)? in
      guard let real = score.details["real"]?.doubleValue,
        let synthetic = score.details["synthetic"]?.doubleValue
      else { return nil }
      return (score.subject.columns, real, synthetic)
    }
    let related = pairs.filter { $0.real >= Self.least }
    guard !related.isEmpty else { return nil }
    count = related.count
    real = related.reduce(0) { $0 + $1.real } / Double(related.count)
    synthetic = related.reduce(0) { $0 + $1.synthetic } / Double(related.count)
    weaker = related.count { $0.synthetic < 0.8 * $0.real }
    stronger = pairs.count { $0.synthetic > max(1.25 * $0.real, $0.real + 0.05) }
    strong = pairs.count { $0.real >= 0.2 }
    lost = pairs.filter {
      $0.real >= 0.2 && $0.synthetic < 0.7 * $0.real && $0.real - $0.synthetic >= 0.1
    }.enumerated().sorted {
      ($0.element.real - $0.element.synthetic, $1.offset)
        > ($1.element.real - $1.element.synthetic, $0.offset)
    }.map(\.element)
    let worst = pairs.enumerated().sorted {
      (abs($0.element.synthetic - $0.element.real), $1.offset)
        > (abs($1.element.synthetic - $1.element.real), $0.offset)
    }
    columns = WrongKind.unique(worst.prefix(6).flatMap(\.element.columns))
  }
}
