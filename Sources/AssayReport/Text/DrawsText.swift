import AssayDocument

/// Several draws of one generator in words.
struct DrawsText {
  /// One quantity over the draws.
  struct Row {
    var title: String
    var against: String
    var range: String
    var between: String
    var sampling: String
  }

  let document: EvaluationDocument
  let numbers: NumberText

  private var draws: DrawsRecord? { document.draws }

  /// The heads of the table.
  static let headers = [
    "Measure", "Against", "Lowest to highest", "Spread between draws", "Spread of one draw",
  ]

  /// What the table's last two columns mean.
  private static let meaning =
    "Both spreads are standard deviations. Where draws differ by much more than one draw is unsure, "
    + "one draw does not speak for the generator. "

  /// The note, with what all else in the report is of.
  var note: String {
    Self.meaning
      + (isJudged
        ? "The policy judged every draw and took the worst; measures and findings in this report "
          + "are of the first draw."
        : "All else in this report is of the first draw.")
  }

  /// Whether a policy judged all draws.
  private var isJudged: Bool { document.verdict.draws != nil }

  /// Whom the answers are of.
  private var source: String {
    isJudged ? "the policy judged each and took the worst" : "the answers are of the first"
  }

  /// The line under the answers, such as `over 3 draws: 0.93 to 0.95`.
  var line: String? {
    guard let draws else { return nil }
    let likeness = draws.scores.first { $0.kind == .dimension && $0.id == "fidelity" }
    let values = (likeness?.values ?? []).compactMap(\.self)
    guard let lowest = values.min(), let highest = values.max() else {
      return "\(draws.inputs.count) draws were judged; \(source)"
    }
    let absent = (likeness?.values.count ?? 0) - values.count
    return "over \(values.count) draws: \(numbers.position(lowest)) to \(numbers.position(highest))"
      + (absent > 0 ? ", without a score for \(absent)" : "") + "; \(source)"
  }

  /// The quantities, those of the answers first.
  var rows: [Row] {
    (draws?.scores ?? []).map { score in
      let values = score.values.compactMap(\.self)
      let isPosition = score.kind != .metric
      func shown(_ value: Double?) -> String {
        value.map { isPosition ? numbers.position($0) : numbers.number($0) } ?? "–"
      }
      return Row(
        title: title(score), against: score.against.map(Wording.against) ?? "–",
        range: "\(shown(values.min())) to \(shown(values.max()))",
        between: score.betweenSpread.map(numbers.number) ?? "–",
        sampling: score.samplingSpread.map(numbers.number) ?? "–")
    }
  }

  private func title(_ score: DrawnScore) -> String {
    switch score.kind {
    case .metric:
      return document.metrics.first { $0.id.rawValue == score.id }?.title ?? score.id
    case .facet:
      return Wording.facet(String(score.id.split(separator: ".").last ?? ""))
    case .dimension:
      return Dimension(rawValue: score.id).map { Wording.question($0).title } ?? score.id
    }
  }
}
