import AssayDocument

/// Few rows many times over.
struct RepeatedRows: Pattern {
  let id = "repeated-rows"
  let name = "Rows repeat each other"
  let remedy = "look for a loop or a join that writes rows twice, and for too few random numbers"
  let remedies: [GeneratorFamily: String] = [
    .gan: "give the generator more noise and packed discrimination: it answers with few rows",
    .llm: "raise the temperature, and vary the prompt from row to row",
    .vae: "raise the weight of the latent prior: the decoder answers with few rows",
  ]

  func sign(in reading: Reading) -> Sign? {
    guard let score = reading.table("diagnostics.duplicate-rows", .training),
      let value = score.value,
      let floor = score.floor, let lower = score.bounds?.lower,
      lower > floor.value + max(0.02, 3 * floor.spread)
    else { return nil }
    return Sign(
      sentence:
        "\(Reading.percent(value)) of the rows repeat another synthetic row, of as many real "
        + "rows \(Reading.percent(floor.value)).",
      evidence: [
        "value": .finite(value), "freshSample": .finite(floor.value),
        "largestGroup": score.details["largestGroup"] ?? .null,
      ],
      explains: [("duplicate", [])])
  }
}
