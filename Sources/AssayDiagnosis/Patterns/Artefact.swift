import AssayDocument

/// One or two columns that give every row away.
struct Artefact: Pattern {
  let id = "artefact"
  let name = "One or two columns give rows away"
  let remedy =
    "look at how these columns are written, rounded and bounded: the rest of the rows is right, and "
    + "models trained on them may be as good as on real rows"
  let remedies: [GeneratorFamily: String] = [
    .gan: "round and clip these columns to the real grid after generation",
    .vae: "round and clip these columns to the real grid after generation",
    .diffusion: "round and clip these columns to the real grid after generation",
    .copula: "draw these columns from real values instead of a smooth law",
  ]

  func sign(in reading: Reading) -> Sign? {
    guard let told = ToldApart(reading), told.isClear, told.isFewColumns, !told.gone.isEmpty
    else { return nil }
    let rest =
      told.gone.count == 1 ? "without it they no longer are" : "without both they no longer are"
    return Sign(
      sentence:
        "Rows are told from real ones in \(Reading.hundredths(told.area)) of pairs by "
        + "\(Reading.list(told.gone)) alone; \(rest). A large area can be a small matter: it says "
        + "how surely rows are told apart, not how much they differ.",
      columns: told.gone,
      evidence: ["area": .finite(told.area), "columns": .strings(told.gone)],
      explains: [("told-apart", [])]
        + ["distribution", "relation", "segment"].map { ($0, Set(told.gone)) })
  }
}
