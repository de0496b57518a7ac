import AssayDocument

/// Levels and numbers that no real row has.
struct InventedValues: Pattern {
  let id = "invented-values"
  let name = "Values that no real row has"
  let remedy =
    "restrict the output to real levels and ranges, and look for placeholders (such as 9999) that "
    + "stand for missing values"
  let remedies: [GeneratorFamily: String] = [
    .llm: "constrain decoding to real levels, or reject rows that hold others",
    .gan: "clip numbers to the real range after generation",
    .diffusion: "clip numbers to the real range after generation",
    .vae: "clip numbers to the real range after generation",
  ]

  func sign(in reading: Reading) -> Sign? {
    let codes = ["diagnostics.category-adherence", "diagnostics.boundary-adherence"]
    let found = codes.flatMap { reading.findings($0) }.filter {
      !$0.subject.columns.contains { reading.broken.contains($0) }
    }
    guard let first = found.first else { return nil }
    let columns = WrongKind.unique(found.flatMap(\.subject.columns))
    return Sign(
      sentence:
        "\(Reading.list(Array(columns.prefix(1)))): \(first.sentence)"
        + (columns.count > 1
          ? "; such values are in \(Reading.list(Array(columns.dropFirst()))) too." : "."),
      columns: columns, evidence: ["columns": .integer(columns.count)],
      explains: codes.map { ($0, Set(columns)) })
  }
}
