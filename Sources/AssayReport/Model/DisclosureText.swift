import AssayDocument

/// The words and figures of attacks and release models, ready for a table of any form.
struct DisclosureText {
  let document: EvaluationDocument
  let numbers: NumberText

  static let attackHeaders = [
    "Attack", "Where it does most", "Training", "Holdout", "Excess (95 %)", "Fresh real sample",
  ]
  static let attackNote =
    "Excess is the share of successes on training rows less that on holdout rows. A fresh real sample "
    + "gets the figure in the last column, because the worst of several attacks is shown. Success on "
    + "both sides alike is no leak of a row, and may still be more than should be published."
  static let secretHeaders = ["Secret", "Attack", "Training", "Holdout", "Excess (95 %)", "p"]
  static let modelHeaders = ["Model", "Columns", "Value"]
  static let modelNote =
    "Syntactic: counted from equal quasi-identifiers. No evidence that training rows are protected."

  /// How many secrets are shown.
  private static let secretLimit = 12

  private static let attackIDs: [MetricID] = [
    "privacy.singling-out", "privacy.linkability", "privacy.inference",
    "privacy.attribute-disclosure", "privacy.model-inference",
  ]
  private static let modelIDs: [MetricID] = [
    "privacy.k-anonymity", "privacy.k-map", "privacy.l-diversity", "privacy.t-closeness",
    "privacy.delta-presence", "privacy.population-uniqueness", "privacy.identity-disclosure",
  ]

  /// One row for each attack that was made.
  var attacks: [[String]] {
    Self.attackIDs.compactMap { id in
      guard let score = measured(id).first(where: \.subject.isTable) else { return nil }
      return [title(id), place(score)] + shares(score)
        + [excess(score), score.floor.map { numbers.percent($0.value) } ?? "–"]
    }
  }

  /// The secrets with the smallest p-values.
  var secrets: [[String]] {
    ranked.prefix(Self.secretLimit).map { score in
      let known = score.parameters["auxiliary"]?.stringValue.map { ", knowing " + $0 } ?? ""
      return [score.subject.columns.joined(separator: ", "), title(score.metric) + known]
        + shares(score) + [excess(score), score.test.map { probability($0) } ?? "–"]
    }
  }

  /// What the table of secrets leaves out, and what its last column is.
  var secretNote: String {
    let rest = ranked.count - Self.secretLimit
    return "p is adjusted for all attacks of its kind."
      + (rest > 0 ? " \(numbers.count(rest)) more are in the document." : "")
  }

  /// One row for each release model and column.
  var models: [[String]] {
    Self.modelIDs.flatMap { id in
      measured(id).compactMap { score in
        guard let value = score.value else { return nil }
        let columns =
          score.subject.isTable
          ? score.details["quasiIdentifiers"]?.arrayValue?.compactMap(\.stringValue) ?? []
          : score.subject.columns
        let shown = score.unit.isEmpty ? numbers.position(value) : "\(numbers.count(Int(value)))"
        return [
          title(id), columns.joined(separator: ", "),
          shown + (score.unit.isEmpty ? "" : " " + score.unit),
        ]
      }
    }
  }

  private var ranked: [Score] {
    let own = Self.attackIDs.flatMap { id in measured(id).filter { !$0.subject.isTable } }
    return own.enumerated().sorted { left, right in
      let (a, b) = (left.element.test?.pValue ?? 1, right.element.test?.pValue ?? 1)
      return (a, left.offset) < (b, right.offset)
    }.map(\.element)
  }

  private func measured(_ id: MetricID) -> [Score] {
    document.scores.filter { $0.metric == id && $0.value != nil }
  }

  private func title(_ id: MetricID) -> String {
    document.metrics.first { $0.id == id }?.title ?? id.rawValue
  }

  /// The attack of the family that does most, in words.
  private func place(_ score: Score) -> String {
    guard let worst = score.details["worst"] else { return "–" }
    var words = worst["columns"]?.arrayValue?.compactMap(\.stringValue) ?? []
    if let known = worst["auxiliary"]?.stringValue { words.append("knowing " + known) }
    if let form = worst["predicates"]?.stringValue { words.append(form) }
    if let split = worst["split"]?.stringValue { words.append(split) }
    if let k = worst["k"]?.integerValue { words.append("k = \(k)") }
    return words.isEmpty ? "–" : words.joined(separator: ", ")
  }

  private func shares(_ score: Score) -> [String] {
    ["training", "holdout"].map { side in
      score.details["successRate"]?[side]?.doubleValue.map(numbers.percent) ?? "–"
    }
  }

  private func excess(_ score: Score) -> String {
    guard let value = score.value else { return "–" }
    guard let interval = score.interval else { return numbers.percent(value) }
    return numbers.percent(value) + " (" + numbers.percent(interval.lower) + " to "
      + numbers.percent(interval.upper) + ")"
  }

  private func probability(_ test: TestResult) -> String {
    numbers.number(test.adjusted ?? test.pValue)
  }
}
