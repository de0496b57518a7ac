import ArgumentParser
import AssayTable

/// How files are read where their contents should not decide.
struct ReadingFlags: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp(
      "Delimiter: one character, or tab, semicolon, bar. Found out otherwise.",
      valueName: "char"))
  var delimiter: String?

  @Flag(
    inversion: .prefixedNo,
    help: "Whether the first row holds names. Found out otherwise.")
  var header: Bool?

  @Option(
    name: .customLong("decimal-mark"),
    help: ArgumentHelp("Decimal mark: point or comma.", valueName: "mark"))
  var decimalMark: String?

  @Option(
    name: .customLong("date-order"),
    help: ArgumentHelp(
      "Order of days and months where cells leave it open: dmy, mdy, ymd.",
      valueName: "order"))
  var dateOrder: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A word that stands for a missing value; may be repeated.", valueName: "token"))
  var missing: [String] = []

  /// The written values by setting.
  var values: [(SettingKey, [String])] {
    [
      (.delimiter, delimiter.map { [$0] } ?? []), (.header, header.map { ["\($0)"] } ?? []),
      (.decimalMark, decimalMark.map { [$0] } ?? []), (.dateOrder, dateOrder.map { [$0] } ?? []),
      (.missing, missing),
    ]
  }
}

/// The tables of an evaluation.
struct InputFlags: ParsableArguments, Sendable {
  @Option(
    name: [.customShort("r"), .long],
    help: ArgumentHelp("Real rows that the generator saw.", valueName: "file"))
  var real: String?

  @Option(
    name: [.customShort("s"), .long],
    help: ArgumentHelp(
      "Rows under test; may be repeated for several draws of one generator.", valueName: "file"))
  var synthetic: [String] = []

  @Option(
    name: [.customShort("H"), .long],
    help: ArgumentHelp("Real rows that the generator never saw.", valueName: "file"))
  var holdout: String?

  @Option(
    help: ArgumentHelp(
      "Rows of the population that are neither real nor holdout: what an attacker knows.",
      valueName: "file"))
  var reference: String?

  @Option(
    name: [.customShort("c"), .long],
    help: ArgumentHelp(
      "Configuration (default: assay.yml in this folder, if there is one).", valueName: "file"))
  var config: String?

  @Option(help: ArgumentHelp("Name of the synthetic table in the report.", valueName: "text"))
  var name: String?

  @OptionGroup var embeddings: EmbeddingFlags
  @OptionGroup var reading: ReadingFlags

  /// The written values by setting.
  var values: [(SettingKey, [String])] {
    [
      (.real, real.map { [$0] } ?? []), (.synthetic, synthetic),
      (.holdout, holdout.map { [$0] } ?? []), (.reference, reference.map { [$0] } ?? []),
      (.name, name.map { [$0] } ?? []),
    ] + embeddings.values + reading.values
  }
}

/// What columns are.
struct ColumnFlags: ParsableArguments, Sendable {
  @Option(
    name: [.customShort("t"), .long],
    help: ArgumentHelp("What a model predicts; may be repeated.", valueName: "col"))
  var target: [String] = []

  @Option(
    help: ArgumentHelp(
      "Models predict each suitable column in turn: all.", valueName: "all"))
  var targets: String?

  @Option(help: ArgumentHelp("Groups people for fairness; may be repeated.", valueName: "col"))
  var sensitive: [String] = []

  @Option(
    help: ArgumentHelp(
      "The entity that several rows belong to, such as a patient.",
      valueName: "col"))
  var group: [String] = []

  @Option(
    help: ArgumentHelp(
      "A column's role, such as age=quasi-identifier; may be repeated.",
      valueName: "col=role"))
  var role: [String] = []

  @Option(
    name: [.customShort("x"), .long],
    help: ArgumentHelp("Leave a column out; may be repeated.", valueName: "col"))
  var exclude: [String] = []

  @Option(help: ArgumentHelp("Take a column as text; may be repeated.", valueName: "col"))
  var text: [String] = []

  @Option(
    help: ArgumentHelp(
      "What the columns are, as 'assay inspect --write' writes it.",
      valueName: "file"))
  var schema: String?

  /// The written values by setting.
  var values: [(SettingKey, [String])] {
    [
      (.target, target), (.targets, targets.map { [$0] } ?? []), (.sensitive, sensitive),
      (.group, group), (.role, role),
      (.exclude, exclude), (.text, text), (.schema, schema.map { [$0] } ?? []),
    ]
  }
}

/// Vectors that were computed elsewhere for the rows of the tables.
struct EmbeddingFlags: ParsableArguments, Sendable {
  @Option(
    name: .customLong("embedding-real"),
    help: ArgumentHelp(
      "Vectors of the real rows, in their order: .npy (f4, f8) or a table of numbers.",
      valueName: "file"))
  var real: String?

  @Option(
    name: .customLong("embedding-synthetic"),
    help: ArgumentHelp(
      "Vectors of the synthetic rows; as often as --synthetic.", valueName: "file"))
  var synthetic: [String] = []

  @Option(
    name: .customLong("embedding-holdout"),
    help: ArgumentHelp("Vectors of the holdout rows.", valueName: "file"))
  var holdout: String?

  /// The written values by setting.
  var values: [(SettingKey, [String])] {
    [
      (.embeddingReal, real.map { [$0] } ?? []), (.embeddingSynthetic, synthetic),
      (.embeddingHoldout, holdout.map { [$0] } ?? []),
    ]
  }
}
