import AssayDocument

/// Rows that repeat training rows or lie closer to them than fresh rows can.
struct Copies: Pattern {
  let id = "copies"
  let name = "Training rows are repeated"
  let remedy =
    "train for less time or on more rows, and look for training rows that pass through unchanged; "
    + "do not filter rows by their nearness, since that leaks too"
  let remedies: [GeneratorFamily: String] = [
    .autoregressive:
      "ask for more rows in a leaf and draw within leaves instead of replaying real values",
    .gan: "stop earlier, use a smaller discriminator and packing, or train with privacy",
    .vae: "raise the weight of the latent prior and make the decoder smaller",
    .diffusion: "stop earlier and use a smaller network: late epochs memorise rows",
    .llm: "lower the number of epochs, remove duplicates before fine-tuning, sample less greedily",
    .copula: "bin rare combinations more coarsely: rare cells reproduce single rows",
  ]

  /// Codes of findings that say that rows are repeated, as a whole or in part.
  private static let alarms = ["copies", "near-copies", "partial-copies"]
  /// Codes of what attackers see where rows are repeated.
  private static let attacks = ["membership", "close-records", "singling-out", "linkability"]

  func sign(in reading: Reading) -> Sign? {
    let alarms = reading.document.findings.filter {
      finding in Self.alarms.contains { finding.id.hasPrefix($0) } && finding.severity == .error
    }
    let closer = reading.findings("closer-than-fresh")
    // Columns that are drawn from training values one by one are closer too, and hold no row.
    if alarms.isEmpty, closer.allSatisfy({ $0.id.hasPrefix("closer-than-fresh-marginal") }),
      ShuffledColumns().sign(in: reading) != nil
    {
      return nil
    }
    guard let first = alarms.first ?? closer.first else { return nil }
    var sentence =
      alarms.isEmpty
      ? "Likeness to training is better than that of a fresh real sample. No generator can be that "
        + "good without holding rows that it saw."
      : "Rows repeat or hug what the generator saw: \(first.sentence)."
    if let score = reading.document.dimension(.fidelity)?.score, score >= 0.75 {
      sentence += " High likeness is the copies' doing, not a sign of learning."
    }
    var evidence: [String: DetailValue] = ["alarms": .integer(alarms.count)]
    if let exact = reading.table("privacy.exact-match", .training)?.value {
      evidence["exactMatches"] = .finite(exact)
    }
    if let share = reading.table("privacy.distance-to-closest-record", .both)
      ?? reading.table("privacy.distance-to-closest-record", .holdout)
      ?? reading.table("privacy.distance-to-closest-record", .training), let value = share.value
    {
      evidence["closerToTraining"] = .finite(value)
    }
    return Sign(
      sentence: sentence, evidence: evidence,
      explains: (Self.alarms + Self.attacks + ["closer-than-fresh"]).map { ($0, []) },
      replaces: ["repeated-rows"])
  }
}
