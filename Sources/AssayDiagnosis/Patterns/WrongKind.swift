import AssayDocument

/// Columns that are lacking or hold values of another kind.
struct WrongKind: Pattern {
  let id = "wrong-kind"
  let name = "Columns are lacking or of another kind"
  let remedy =
    "compare the headers and the first rows of both files; declare kinds in schema.yml, and write "
    + "numbers and dates as the real file does"
  let remedies: [GeneratorFamily: String] = [
    .llm: "constrain the output to the real header and kinds, and drop rows that do not parse",
    .gan: "undo the encoding of the columns before the table is written",
    .vae: "undo the encoding of the columns before the table is written",
    .diffusion: "undo the encoding of the columns before the table is written",
  ]

  func sign(in reading: Reading) -> Sign? {
    let codes = ["missingColumn", "unfitColumn", "emptyColumn", "unreadableCells"]
    let found = codes.flatMap { reading.findings($0) }.filter {
      $0.severity != .notice && $0.evidence["role"]?.stringValue == "synthetic"
    }
    guard !found.isEmpty else { return nil }
    let columns = Self.unique(found.flatMap(\.subject.columns))
    return Sign(
      sentence:
        "\(Reading.list(columns)) cannot be read as the real column is: what follows in the scores "
        + "of \(columns.count == 1 ? "this column" : "these columns") is no matter of learning.",
      columns: columns, evidence: ["columns": .integer(columns.count)],
      explains: codes.map { ($0, []) }
        + (Sign.distributions + ["diagnostics."]).map { ($0, Set(columns)) })
  }

  static func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
