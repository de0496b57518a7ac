import AssayDocument

/// Right pairs, wrong rows.
struct HigherOrder: Pattern {
  let id = "higher-order"
  let name = "Relations of three and more columns were not learned"
  let remedy =
    "look at the columns that gave rows away together; check rules between them, and add them as "
    + "constraints"
  let remedies: [GeneratorFamily: String] = [
    .copula: "pairs are all that the model knows: use trees or a network for the rest",
    .gan: "a deeper generator and more epochs; rules between columns as constraints",
    .vae: "a larger latent space; rules between columns as constraints",
    .diffusion: "more steps of denoising; rules between columns as constraints",
    .autoregressive: "let trees grow deeper, and order columns so that causes come first",
    .llm: "fine-tune on more rows, and reject rows that break a known rule",
  ]

  func sign(in reading: Reading) -> Sign? {
    guard let told = ToldApart(reading), told.isClear, !told.isFewColumns,
      let marginal = reading.facet("marginal")?.score, marginal >= 0.75,
      let dependence = reading.facet("dependence")?.score, dependence >= 0.75
    else { return nil }
    return Sign(
      sentence:
        "Columns and pairs are right, and whole rows are told from real ones in "
        + "\(Reading.hundredths(told.area)) of pairs: it takes several columns at once to see what "
        + "is wrong. Clearest in \(Reading.list(told.telling)).",
      columns: told.telling,
      evidence: [
        "area": .finite(told.area), "marginal": .finite(marginal),
        "dependence": .finite(dependence),
      ],
      explains: [("told-apart", []), ("segment", []), ("relation", Set(told.telling))],
      replaces: ["part-of-the-rows"])
  }
}

/// What the classifier two-sample test says.
struct ToldApart {
  let area: Double
  /// Whether rows are told apart beyond doubt and by enough to matter.
  let isClear: Bool
  /// Columns that had to go until rows were no longer told apart.
  let gone: [String]
  let isDone: Bool
  /// Columns that gave rows away, the most telling first.
  let telling: [String]

  /// Whether one or two columns are all that tells rows apart.
  var isFewColumns: Bool { isDone && gone.count <= 2 }

  init?(_ reading: Reading) {
    guard let score = reading.table("fidelity.classifier-two-sample"), let area = score.value
    else { return nil }
    self.area = area
    isClear = (score.bounds?.lower ?? 0) > 0.6 && (score.test?.pValue ?? 1) <= 0.001
    let peeling = score.details["peeling"]
    gone = (peeling?["columns"]?.arrayValue ?? []).compactMap(\.stringValue)
    isDone = peeling?["isDone"]?.booleanValue ?? false
    let found = (score.details["gaveAway"]?.arrayValue ?? []).compactMap {
      $0["column"]?.stringValue
    }
    telling = found.isEmpty ? gone : found
  }
}
