import AssayDocument

/// A defect that only a part of the rows has.
struct PartOfTheRows: Pattern {
  let id = "part-of-the-rows"
  let name = "A part of the rows is off"
  let remedy =
    "look at the real rows of this part: are there few of them, or do they follow a rule of their "
    + "own? give the generator more of them, or condition it on the part"
  let remedies: [GeneratorFamily: String] = [
    .gan: "condition the generator on the columns that name the part, and sample it more often",
    .autoregressive: "let leaves be smaller where the part is rare",
    .copula: "fit the part on its own: one correlation for all rows cannot hold it",
  ]

  func sign(in reading: Reading) -> Sign? {
    let findings = reading.findings("segment")
    guard let first = findings.first else { return nil }
    let columns = WrongKind.unique(findings.flatMap(\.subject.columns))
    let more = findings.count > 1 ? " \(findings.count - 1) more such parts were found." : ""
    return Sign(
      sentence: "\(first.sentence.prefix(1).uppercased())\(first.sentence.dropFirst()).\(more)",
      columns: columns, evidence: ["parts": .integer(findings.count)],
      explains: [("segment", [])])
  }
}
