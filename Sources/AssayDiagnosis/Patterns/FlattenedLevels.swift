import AssayDocument

/// Rare levels that are common among synthetic rows.
struct FlattenedLevels: Pattern {
  let id = "flattened-levels"
  let name = "Rare levels are far too common"
  let remedy =
    "check that codes are mapped back to the right levels, and that levels drawn evenly for training "
    + "are weighed back"
  let remedies: [GeneratorFamily: String] = [
    .gan: "conditional sampling by level draws levels evenly: sample by the real shares when rows "
      + "are generated; train longer",
    .copula: "do not code levels as numbers: what lies between two codes becomes a rare level",
    .diffusion: "do not code levels as numbers: what lies between two codes becomes a rare level",
    .vae: "decode levels by their probabilities, not by rounding",
    .llm: "check spelling: variants of a level count as rare ones",
  ]

  func sign(in reading: Reading) -> Sign? {
    var found: [(column: String, real: Double, synthetic: Double)] = []
    // Levels that no real row has are another matter.
    let invented = Set(
      reading.findings("diagnostics.category-adherence").flatMap(\.subject.columns))
    for column in reading.levels
    where !reading.broken.contains(column.name) && !invented.contains(column.name) {
      guard let shares = reading.shares(column), let cells = column.profile?.cells else { continue }
      let rare = cells.indices.filter { cells[$0].kind != "missing" && shares.real[$0] < 0.05 }
      let real = rare.reduce(0) { $0 + shares.real[$1] }
      let synthetic = rare.reduce(0) { $0 + shares.synthetic[$1] }
      if synthetic - real >= 0.15 { found.append((column.name, real, synthetic)) }
    }
    let worst = found.enumerated().max {
      ($0.element.synthetic - $0.element.real, $1.offset)
        < ($1.element.synthetic - $1.element.real, $0.offset)
    }
    guard let first = worst?.element else { return nil }
    let columns = WrongKind.unique([first.column] + found.map(\.column))
    return Sign(
      sentence:
        "Levels of '\(first.column)' that \(Reading.percent(first.real)) of the real rows have, each "
        + "under 5 %, are in \(Reading.percent(first.synthetic)) of the rows"
        + (columns.count > 1
          ? "; so it is with \(Reading.list(Array(columns.dropFirst())))." : "."),
      columns: columns,
      evidence: [
        "columns": .integer(columns.count), "gained": .finite(first.synthetic - first.real),
      ],
      explains: Sign.distributions.map { ($0, Set(columns)) })
  }
}
