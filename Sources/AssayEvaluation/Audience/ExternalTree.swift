import AssayDocument

/// Walks a document as JSON and treats every leaf: what is not named here as part of the structure has
/// its names replaced and its numbers rounded, so that a member that is added later is not forgotten.
struct ExternalTree {
  let words: WordsForOutsiders
  /// Positions of columns in the schema.
  let schema: [String: Int]
  /// Positions of columns outside.
  let outside: [String: Int]
  /// Digests under the key.
  let digest: (String) -> String

  /// Members that hold what the program chose among words of its own.
  private static let fixedKeys: Set<String> = [
    "metric", "dimension", "against", "status", "severity", "mark", "question", "kind", "role",
    "facet", "scale", "defect", "rule", "code", "preset", "embedding", "generator", "version",
    "asOf", "schemaVersion",
  ]
  /// Parts of the document that hold nothing of the data.
  private static let fixedParts: Set<String> = [
    "tool", "metrics[]", "plan.metrics[]", "plan.against[]", "plan.k", "plan.seed",
    "columns[].roles[]", "columns[].profile.cells[].lower", "columns[].profile.cells[].upper",
    "dimensions[].id", "dimensions[].counts", "dimensions[].members[].subjects",
    "charts.plane.cellsPerAxis", "charts.plane.smallest", "charts.plane.sides[].cells[]",
    "charts.pairs[].smallest", "verdict.run", "verdict.draws", "verdict.requirements[].margin",
    "diagnoses[].id", "diagnoses[].name", "diagnoses[].remedy", "diagnoses[].remedies",
    "diagnoses[].explains[]", "findings[].id", "draws.scores[].id",
    "draws.regressions[].terms[].draws",
    "draws.regressions[].rules[].intervals", "draws.regressions[].rules[].unknown",
    "draws.regressions[].rules[].holding", "baselines[].id", "baselines[].title", "power[].unit",
    "power[].power", "power[].trials", "power[].largest",
  ]
  /// Numbers of the plan that say what was done, not what the data are.
  private static let settings: Set<String> = ["level", "permutations", "shards", "until"]
  /// Members with the names of columns.
  private static let nameParts: Set<String> = [
    "columns[].name", "plan.binning.columns[].column", "charts.plane.horizontal.columns[].name",
    "charts.plane.vertical.columns[].name", "draws.regressions[].target",
  ]
  /// Members whose words are no sentence.
  private static let labelParts: Set<String> = [
    "columns[].profile.cells[].label", "charts.pairs[].first[]", "charts.pairs[].second[]",
    "verdict.requirements[].id", "verdict.policy.name", "plan.judging.policy.name",
  ]
  private static let labelKeys: Set<String> = [
    "method", "family", "unit", "name", "hash", "sha256",
  ]
  /// Lists of columns whose order is that of the schema and says nothing else.
  private static let setKeys: Set<String> = [
    "columns", "keys", "failing", "different", "lacking", "first", "second", "quasiIdentifiers",
    "target", "sensitive", "group", "excluded",
  ]

  /// The tree for readers outside.
  func treated(_ tree: DetailValue) -> DetailValue { treated(tree, "", key: "") }

  private func treated(_ value: DetailValue, _ path: String, key: String) -> DetailValue {
    if Self.fixedParts.contains(path) { return value }
    switch value {
    case .object(let members): return .object(object(members, path))
    case .array(let list):
      let item = path + "[]"
      if Self.fixedParts.contains(item) { return value }
      let treatedList = list.map { treated($0, item, key: key) }
      return .array(Self.setKeys.contains(key) ? sorted(list, treatedList, path) : treatedList)
    case .string(let text): return .string(shown(text, path, key))
    case .number(let number):
      return isFixed(path, key) ? value : .number(rounded(number, path, key))
    case .integer(let count):
      return isFixed(path, key) ? value : .integer(TwoDigits.round(count))
    case .boolean, .null: return value
    }
  }

  private func object(_ members: [String: DetailValue], _ path: String) -> [String: DetailValue] {
    let own =
      path.hasSuffix("diagnoses[].evidence") || path == "about" || path.contains(".details")
      || path.hasSuffix(".evidence")
    var out: [String: DetailValue] = [:]
    for (key, member) in members.sorted(by: { $0.key < $1.key }) {
      let isNamed =
        own && (words.isPlainName(key) || path == "diagnoses[].evidence" && words.isName(key))
      let name =
        isNamed
        ? words.shown(key, as: .name) : path == "about" ? words.shown(key, as: .label) : key
      out[name] = treated(member, Self.joined(path, key), key: key)
    }
    return out
  }

  /// Scores and dimensions are treated alike wherever they stand.
  private static func joined(_ path: String, _ key: String) -> String {
    let isOwn = path == "draws.evidence[]" || path == "baselines[]" && key == "dimensions"
    return path.isEmpty || isOwn ? key : path + "." + key
  }

  private func isFixed(_ path: String, _ key: String) -> Bool {
    if key == "level" || key == "k" || key == "schemaVersion" { return !path.contains("details.") }
    if path.hasPrefix("plan.binning") || path.hasPrefix("scores[].parameters") { return true }
    if path.hasPrefix("plan.sampling") { return Self.settings.contains(key) }
    return path.hasPrefix("inputs.") && key == "columns"
      || path == "draws.inputs[].columns"
  }

  private func rounded(_ number: Double, _ path: String, _ key: String) -> Double {
    if key == "lower" || key.hasSuffix("Lower") { return TwoDigits.round(number, .down) }
    if key == "upper" || key.hasSuffix("Upper") { return TwoDigits.round(number, .up) }
    return TwoDigits.round(number)
  }

  private func shown(_ text: String, _ path: String, _ key: String) -> String {
    if path == "plan.hash" { return digest("plan:" + text) }
    if key == "digest" { return String(digest("binning:" + text).prefix(16)) }
    if path.hasPrefix("about.") { return words.shown(text, as: .label) }
    if path.contains(".details") || path.contains(".evidence") || path.hasPrefix("plan.intended") {
      return detail(text, path, key)
    }
    if path.hasPrefix("scores[].parameters") {
      return words.isPlainName(text)
        ? words.shown(text, as: .name) : words.shown(text, as: .label)
    }
    if Self.nameParts.contains(path) || isSubject(path, key) {
      return words.shown(text, as: .name)
    }
    if key == "segment" || key == "term" { return words.shown(text, as: .segment) }
    if Self.fixedKeys.contains(key) || Self.answers.contains(text) { return text }
    if Self.labelParts.contains(path) || Self.labelKeys.contains(key) {
      return words.shown(text, as: .label)
    }
    return words.shown(text, as: .sentence)
  }

  private func isSubject(_ path: String, _ key: String) -> Bool {
    key == "target" || key == "given" || path.hasSuffix(".columns[]")
      || path.hasPrefix("plan.roles")
  }

  /// Answers that a question may have.
  private static let answers: Set<String> = ["yes", "no", "undecided", "not judged", "none seen"]

  /// Members of details that hold words of the program.
  private static let chosenKeys: Set<String> = [
    "judgedBy", "kind", "role", "task", "measure", "learner", "learners", "attack", "order",
    "direction", "test", "statistic", "split", "predicates", "severity", "smoothing", "threat",
    "id",
    "auxiliary", "verdict", "measureTitle", "title", "attackTitle", "finding", "side", "synthetic",
    "moment", "period", "embedding", "keysChosen", "secretsChosen", "stratum",
  ]
  private static let cellKeys: Set<String> = [
    "cell", "first", "second", "group", "level", "positive", "classes", "invented", "label",
    "worst",
  ]

  private func detail(_ text: String, _ path: String, _ key: String) -> String {
    // A group of records may be that of a level: `town: Wien`.
    if Self.chosenKeys.contains(key) {
      return words.shown(text, as: text.contains(": ") ? .segment : .label)
    }
    if words.isName(text) { return words.shown(text, as: .name) }
    if key == "term" || path.contains(".differs") { return words.shown(text, as: .segment) }
    if Self.cellKeys.contains(key) || !text.contains(" ") { return words.shown(text, as: .label) }
    return words.shown(text, as: .sentence)
  }

  /// A list of columns in the order of the schema, put into that of the names outside; any other list
  /// as it is.
  private func sorted(
    _ list: [DetailValue], _ treated: [DetailValue], _ path: String
  ) -> [DetailValue] {
    // Subjects and pairs were put in order before, with what depends on it.
    guard !path.contains("subject."), !path.hasPrefix("charts."), !path.contains(".peeling") else {
      return treated
    }
    let names = list.compactMap(\.stringValue)
    let places = names.compactMap { schema[$0] }
    guard places.count == list.count, places.count > 1,
      zip(places, places.dropFirst()).allSatisfy(<)
    else { return treated }
    return names.sorted { outside[$0] ?? 0 < outside[$1] ?? 0 }
      .map { .string(words.shown($0, as: .name)) }
  }
}
