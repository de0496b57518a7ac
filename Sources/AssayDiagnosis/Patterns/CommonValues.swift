import AssayDocument

/// What is common among real rows is more common among synthetic ones.
struct CommonValues: Pattern {
  let id = "common-values"
  let name = "Common values are too common"
  let remedy =
    "sample from all of the model's law: look for a temperature below one, for top-p sampling, for "
    + "protection of rare categories, and for rows that are filtered by their likelihood"
  let remedies: [GeneratorFamily: String] = [
    .autoregressive: "a temperature of one and no top-p; less pooling of rare categories",
    .llm: "a temperature of one and no top-p: greedy sampling repeats what is common",
    .gan: "larger packs and conditional sampling by level: what is rare is dropped first",
    .vae: "a smaller weight of the latent prior: the decoder falls back on what is common",
    .diffusion: "less guidance: it pulls towards what is common",
  ]

  func sign(in reading: Reading) -> Sign? {
    var gained: [(column: String, label: String, real: Double, synthetic: Double)] = []
    var lost = 0
    var considered = 0
    for column in reading.features where !reading.broken.contains(column.name) {
      guard let shares = reading.shares(column), let cells = column.profile?.cells else { continue }
      let named = cells.indices.filter { ["level", "atom"].contains(cells[$0].kind) }
      guard let top = named.max(by: { shares.real[$0] < shares.real[$1] }),
        shares.real[top] >= 0.15
      else { continue }
      considered += 1
      let gain = shares.synthetic[top] - shares.real[top]
      let most = cells.indices.map { shares.synthetic[$0] - shares.real[$0] }.max() ?? 0
      let lower = reading.score("fidelity.total-variation", of: column.name)?.bounds?.lower ?? 0
      if gain >= 0.03, gain >= most, lower > 0.02 {
        gained.append((column.name, cells[top].label, shares.real[top], shares.synthetic[top]))
      }
      if gain <= -0.03, lower > 0.02 { lost += 1 }
    }
    guard gained.count >= 3, 10 * gained.count >= 3 * considered, 3 * lost <= gained.count,
      let first = gained.enumerated().max(by: {
        ($0.element.synthetic - $0.element.real, $1.offset)
          < ($1.element.synthetic - $1.element.real, $0.offset)
      })?.element
    else { return nil }
    let columns = WrongKind.unique([first.column] + gained.map(\.column))
    return Sign(
      sentence:
        "In \(gained.count) of \(Reading.count(considered, "column")) the commonest value has gained: "
        + "'\(first.column)' is \(first.label) in \(Reading.percent(first.synthetic)) of the rows, in "
        + "real ones in \(Reading.percent(first.real)).",
      columns: columns,
      evidence: ["gained": .integer(gained.count), "columns": .integer(considered)],
      explains: Sign.distributions.map { ($0, Set(columns)) })
  }
}
