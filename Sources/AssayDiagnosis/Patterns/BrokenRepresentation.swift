import AssayDocument

/// Values that mean the same and are written otherwise.
struct BrokenRepresentation: Pattern {
  let id = "broken-representation"
  let name = "Columns are written otherwise"
  let remedy =
    "write headers, numbers, dates and levels as the real file does; scores were matched, programs "
    + "that read both files may not"
  let remedies: [GeneratorFamily: String] = [
    .gan: "undo the encoding: whole numbers come out as 1.0",
    .vae: "undo the encoding: whole numbers come out as 1.0",
    .diffusion: "undo the encoding: whole numbers come out as 1.0",
    .llm: "normalise blanks, case and marks of what the model writes",
  ]

  func sign(in reading: Reading) -> Sign? {
    let codes = ["spelling", "renamedColumn", "fractions", "openDateOrder"]
    let found = codes.flatMap { reading.findings($0) }.filter {
      $0.evidence["role"]?.stringValue == "synthetic"
    }
    guard !found.isEmpty else { return nil }
    let columns = WrongKind.unique(found.flatMap(\.subject.columns))
    return Sign(
      sentence: columns.isEmpty
        ? "The synthetic file is written otherwise than the real one."
        : "\(Reading.list(columns)) \(columns.count == 1 ? "is" : "are") written otherwise than in the "
          + "real file.",
      columns: columns, evidence: ["columns": .integer(columns.count)],
      explains: codes.map { ($0, []) } + [("extraColumn", [])])
  }
}
