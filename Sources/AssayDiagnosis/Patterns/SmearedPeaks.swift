import AssayDocument

/// Values that many real rows have, and few synthetic ones.
struct SmearedPeaks: Pattern {
  let id = "smeared-peaks"
  let name = "Peaks of numbers are smeared"
  let remedy =
    "split such a column into two: whether it has the common value (such as zero), and the amount "
    + "where it has not"
  let remedies: [GeneratorFamily: String] = [
    .gan: "give the common value a mode of its own in the encoding (mode-specific normalisation)",
    .vae: "give the common value a mode of its own in the encoding",
    .diffusion: "code the common value as a level, and diffuse the amount apart",
    .copula: "use the empirical law of the column: a smooth one has no peaks",
    .autoregressive: "draw real values from leaves instead of smoothing them",
  ]

  func sign(in reading: Reading) -> Sign? {
    var found: [(column: String, label: String, real: Double, synthetic: Double)] = []
    for column in reading.numbers where !reading.broken.contains(column.name) {
      guard let shares = reading.shares(column), let cells = column.profile?.cells else { continue }
      // Of rows that have a value: what is missing is no matter of peaks.
      let there = cells.indices.filter { cells[$0].kind != "missing" }
      let own = there.reduce(0) { $0 + shares.real[$1] }
      let other = there.reduce(0) { $0 + shares.synthetic[$1] }
      guard own > 0, other > 0 else { continue }
      for cell in there where cells[cell].kind == "atom" {
        let (real, synthetic) = (shares.real[cell] / own, shares.synthetic[cell] / other)
        if real >= 0.15, real - synthetic >= max(0.1, 0.2 * real) {
          found.append((column.name, cells[cell].label, real, synthetic))
        }
      }
    }
    let worst = found.enumerated().max {
      ($0.element.real - $0.element.synthetic, $1.offset)
        < ($1.element.real - $1.element.synthetic, $0.offset)
    }
    guard let first = worst?.element else { return nil }
    let columns = WrongKind.unique([first.column] + found.map(\.column))
    return Sign(
      sentence:
        "'\(first.column)' is \(first.label) in \(Reading.percent(first.synthetic)) of the rows, in "
        + "real ones in \(Reading.percent(first.real)): the peak has moved into values beside it"
        + (columns.count > 1
          ? "; so it is with \(Reading.list(Array(columns.dropFirst())))." : "."),
      columns: columns,
      evidence: [
        "columns": .integer(columns.count), "lost": .finite(first.real - first.synthetic),
      ],
      explains: Sign.distributions.map { ($0, Set(columns)) })
  }
}
