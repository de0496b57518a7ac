import AssayDocument

/// Rows that do not belong together as real rows do.
struct LostEntities: Pattern {
  let id = "lost-entities"
  let name = "Rows were made one by one, entities were lost"
  let remedy =
    "use a generator of sequences or of related tables that is told the entity; draw entities "
    + "first and their rows given the entity"
  let remedies: [GeneratorFamily: String] = [
    .gan: "use a generator of sequences (such as DoppelGANger or PAR) with the entity as context",
    .llm: "let one prompt hold all rows of an entity",
    .autoregressive: "synthesise a table of entities first, then rows given their entity",
  ]

  func sign(in reading: Reading) -> Sign? {
    guard let score = reading.table("diagnostics.entities"), let value = score.value,
      let lower = score.bounds?.lower
    else { return nil }
    let lost = (score.details["constant"]?.arrayValue ?? []).filter {
      ($0["synthetic"]?.doubleValue ?? 1) < 0.9
    }
    let p = score.test?.pValue ?? 1
    guard (lower > 0.1 && p <= 0.001) || !lost.isEmpty else { return nil }
    var parts: [String] = []
    if lower > 0.1, let means = score.details["meanRows"],
      let real = means["real"]?.doubleValue, let synthetic = means["synthetic"]?.doubleValue
    {
      parts.append(
        "entities have \(Reading.hundredths(synthetic)) rows on average, real ones "
          + Reading.hundredths(real))
    }
    let columns = lost.compactMap { $0["column"]?.stringValue }
    if !columns.isEmpty {
      parts.append(
        "\(Reading.list(columns)) \(columns.count == 1 ? "is" : "are") the same in all rows of a "
          + "real entity and not of a synthetic one")
    }
    let words = parts.isEmpty ? "numbers of rows of entities differ" : parts.joined(separator: "; ")
    return Sign(
      sentence: words.prefix(1).uppercased() + words.dropFirst() + ".", columns: columns,
      evidence: ["value": .finite(value), "lost": .integer(columns.count)],
      explains: [("entities", [])])
  }
}
