import AssayDocument

/// Numbers on another grid than the real ones.
struct CoarserNumbers: Pattern {
  let id = "rounding"
  let name = "Numbers are rounded otherwise"
  let remedy =
    "round to the real decimals and to the real heaps (multiples of five, ten, a hundred) after "
    + "generation, and keep the digits that are there before training"
  let remedies: [GeneratorFamily: String] = [
    .gan: "outputs are continuous: snap them to the nearest real value or grid",
    .vae: "outputs are continuous: snap them to the nearest real value or grid",
    .diffusion: "outputs are continuous: snap them to the nearest real value or grid",
    .copula: "use the empirical law of the column: its steps are the real ones",
    .llm: "write numbers digit by digit with a fixed number of decimals",
  ]

  func sign(in reading: Reading) -> Sign? {
    var found: [(column: String, words: String, gap: Double)] = []
    for score in reading.scores("fidelity.last-digit", columns: 1) {
      let column = score.subject.columns[0]
      guard let value = score.value, let lower = score.bounds?.lower, lower > 0.1,
        (score.test?.adjusted ?? score.test?.pValue ?? 1) <= 0.001,
        !reading.broken.contains(column), !Self.hasMovedPeak(column, score, in: reading),
        let distance = reading.score("fidelity.kolmogorov-smirnov", of: column)?.value,
        distance < 0.35
      else { continue }
      found.append((column, Self.words(score), value))
    }
    found.sort { ($0.gap, $1.column) > ($1.gap, $0.column) }
    guard let first = found.first else { return nil }
    let columns = found.map(\.column)
    return Sign(
      sentence:
        "The last digits of '\(first.column)' are not the real ones: \(first.words)"
        + (found.count > 1 ? "; so it is with \(Reading.list(Array(columns.dropFirst())))" : "")
        + ". The law of the values is near; a classifier tells such rows at a glance.",
      columns: columns,
      evidence: Dictionary(
        found.map { ($0.column, DetailValue.finite($0.gap)) }, uniquingKeysWith: { $1 }),
      explains: ["distribution", "told-apart"].map { ($0, Set(columns)) })
  }

  /// Whether a value that many rows have gained or lost much: its last digit then says nothing of
  /// rounding, unless there are more decimals than real values have.
  private static func hasMovedPeak(_ name: String, _ score: Score, in reading: Reading) -> Bool {
    if (score.details["finer"]?["synthetic"]?.doubleValue ?? 0) > 0.1 { return false }
    guard let column = reading.document.columns.first(where: { $0.name == name }),
      let shares = reading.shares(column), let cells = column.profile?.cells
    else { return false }
    return cells.indices.contains {
      cells[$0].kind == "atom" && abs(shares.synthetic[$0] - shares.real[$0]) >= 0.1
    }
  }

  private static func words(_ score: Score) -> String {
    func shares(_ name: String) -> (real: Double, synthetic: Double) {
      let part = score.details[name]
      return (part?["real"]?.doubleValue ?? 0, part?["synthetic"]?.doubleValue ?? 0)
    }
    let finer = shares("finer")
    if finer.synthetic > finer.real + 0.1 {
      return "\(Reading.percent(finer.synthetic)) have more decimals than any real value"
    }
    for (name, words) in [("multiplesOfTen", "end in 0"), ("multiplesOfFive", "end in 0 or 5")] {
      let part = shares(name)
      if abs(part.synthetic - part.real) > 0.1 {
        return
          "\(Reading.percent(part.synthetic)) \(words), of real ones \(Reading.percent(part.real))"
      }
    }
    return "\(Reading.percent(score.value ?? 0)) would have to end otherwise"
  }
}
