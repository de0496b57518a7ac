import AssayDocument

/// Parts of the real rows that the generator never makes.
struct ModeCollapse: Pattern {
  let id = "mode-collapse"
  let name = "Mode collapse: few kinds of rows, many times"
  let remedy =
    "train on batches that hold every kind of row, watch the number of levels while training, and "
    + "condition on the levels that vanish"
  let remedies: [GeneratorFamily: String] = [
    .gan:
      "larger packs (PacGAN), a Wasserstein loss with gradient penalty, conditional sampling by "
      + "level, a smaller learning rate of the discriminator",
    .vae: "a smaller weight of the latent prior, and a balanced loss for rare levels",
    .diffusion: "sample with less guidance; check that rare levels survive the encoding",
    .llm: "raise the temperature, and vary the prompt from row to row",
    .autoregressive: "draw from leaves by their shares instead of taking the commonest value",
    .copula: "do not pool rare levels before the model is fitted",
  ]

  func sign(in reading: Reading) -> Sign? {
    var lost: [(column: String, mass: Double)] = []
    for score in reading.scores("fidelity.category-coverage", columns: 1) {
      guard let value = score.value, let floor = score.floor, let lower = score.bounds?.lower,
        lower > 0.01, value > floor.value + max(0.02, 4 * floor.spread)
      else { continue }
      lost.append((score.subject.columns[0], value))
    }
    let crowded = Self.crowded(reading)
    let repeats = RepeatedRows().sign(in: reading) != nil
    let isCollapsed = lost.count >= 2 || (repeats && (!crowded.isEmpty || !lost.isEmpty))
    guard isCollapsed else { return nil }
    lost.sort { ($0.mass, $1.column) > ($1.mass, $0.column) }
    var parts: [String] = []
    if let worst = lost.first {
      parts.append(
        "levels of '\(worst.column)' that \(Reading.percent(worst.mass)) of the real rows have are "
          + "never made")
    }
    if let worst = crowded.first {
      parts.append(
        "\(worst.words) in \(Reading.percent(worst.synthetic)) of the rows, in real ones in "
          + "\(Reading.percent(worst.real))")
    }
    if repeats, let value = reading.table("diagnostics.duplicate-rows", .training)?.value {
      parts.append("\(Reading.percent(value)) of the rows repeat another")
    }
    let words = parts.joined(separator: "; ")
    let columns = WrongKind.unique(lost.map(\.column) + crowded.map(\.column))
    return Sign(
      sentence: words.prefix(1).uppercased() + words.dropFirst() + ".", columns: columns,
      evidence: [
        "columnsWithLostLevels": .integer(lost.count), "crowdedColumns": .integer(crowded.count),
      ],
      explains: Sign.distributions.map { ($0, Set(columns)) } + [("duplicate", [])],
      replaces: ["repeated-rows"])
  }

  /// Columns of which one cell has gained what all others lost.
  static func crowded(
    _ reading: Reading
  ) -> [(column: String, words: String, real: Double, synthetic: Double)] {
    var found: [(column: String, words: String, real: Double, synthetic: Double)] = []
    for column in reading.levels where !reading.broken.contains(column.name) {
      guard let shares = reading.shares(column), let cells = column.profile?.cells,
        let lower = reading.score("fidelity.total-variation", of: column.name)?.bounds?.lower,
        lower > 0.05
      else { continue }
      let gains = zip(shares.synthetic, shares.real).map { $0 - $1 }
      guard let cell = gains.indices.max(by: { gains[$0] < gains[$1] }) else { continue }
      let gained = gains.reduce(0) { $0 + max(0, $1) }
      guard gains[cell] > 0.1, gains[cell] > 0.8 * gained, cells[cell].kind != "missing" else {
        continue
      }
      found.append(
        (
          column.name, "'\(column.name)' is \(cells[cell].label)", shares.real[cell],
          shares.synthetic[cell]
        ))
    }
    return found.enumerated().sorted {
      ($0.element.synthetic - $0.element.real, $1.offset)
        > ($1.element.synthetic - $1.element.real, $0.offset)
    }.map(\.element)
  }
}
