import AssayDocument

/// Columns that are better than their relations.
struct UnlearnedPairs: Pattern {
  let id = "unlearned-pairs"
  let name = "Relations between columns were not learned"
  let remedy =
    "train longer or on more rows, use a generator of trees, and split columns that hold two things "
    + "(such as zero and an amount)"
  let remedies: [GeneratorFamily: String] = [
    .gan: "more epochs with a smaller learning rate, larger packs and batches; try a tree-based "
      + "generator",
    .vae: "a larger latent space and a smaller weight of its prior",
    .diffusion: "more steps of denoising and a wider network; encode levels apart from numbers",
    .copula: "add pairs to the network, or use a vine: a Gaussian copula has one number a pair",
    .autoregressive: "give each column more of the others as predictors, and let trees grow deeper",
    .llm: "fine-tune on more rows with the columns in random order",
  ]

  func sign(in reading: Reading) -> Sign? {
    guard let member = reading.facet("dependence"), let position = member.score,
      let upper = member.interval?.upper, let marginal = reading.facet("marginal")?.score,
      let strength = Association(reading)
    else { return nil }
    guard upper < 0.75, marginal > position + 0.1 else {
      return few(strength, position: position, upper: upper, marginal: marginal, reading)
    }
    let lost = Double(strength.weaker) / Double(strength.count)
    let how =
      strength.stronger > strength.weaker
      ? "columns go together that do not in real rows"
      : "\(strength.weaker) of \(Reading.count(strength.count, "real relation")) "
        + (strength.weaker == 1 ? "is" : "are") + " weaker by a fifth or more"
    return Sign(
      sentence:
        "Single columns are nearer to real (\(Reading.hundredths(min(1, marginal)))) than their "
        + "relations (\(Reading.hundredths(max(0, position)))): \(how). Clearest in "
        + "\(Reading.list(Array(strength.columns.prefix(2)))).",
      columns: strength.columns,
      evidence: [
        "dependence": .finite(position), "marginal": .finite(marginal),
        "weaker": .finite(lost), "stronger": .integer(strength.stronger),
      ],
      explains: [("relation", []), ("told-apart", []), ("segment", [])],
      replaces: ["higher-order", "part-of-the-rows"])
  }

  /// A few strong relations that are much weaker, in a table whose relations are fair on the whole.
  private func few(
    _ strength: Association, position: Double, upper: Double, marginal: Double, _ reading: Reading
  ) -> Sign? {
    guard upper < 0.95, !strength.lost.isEmpty, ToldApart(reading)?.isClear == true else {
      return nil
    }
    let pair = strength.lost[0]
    let columns = WrongKind.unique(strength.lost.flatMap(\.columns))
    return Sign(
      sentence:
        "\(strength.lost.count) of \(Reading.count(strength.strong, "strong relation")) "
        + (strength.lost.count == 1 ? "is" : "are")
        + " much weaker than in real rows: \(Reading.list(pair.columns)) go together by "
        + "\(Reading.hundredths(pair.synthetic)), in real rows by \(Reading.hundredths(pair.real)).",
      columns: columns,
      evidence: [
        "dependence": .finite(position), "marginal": .finite(marginal),
        "lost": .integer(strength.lost.count),
      ],
      explains: [("told-apart", [])] + ["relation", "segment"].map { ($0, Set(columns)) },
      replaces: ["higher-order"])
  }
}
