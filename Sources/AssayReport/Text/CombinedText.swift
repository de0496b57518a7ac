import AssayDocument

/// Regressions over several draws in words.
struct CombinedText {
  let draws: DrawsRecord
  let numbers: NumberText

  /// The heads of the table of rules.
  static let headers = [
    "Regression of", "Against", "Intervals", "Hold the real one", "If kept", "Overlap", "Not known",
  ]

  /// What the table says.
  static let note =
    "Intervals of regression coefficients, and how many hold the coefficient on the real rows. The rows "
    + "of one draw taken for real ones make intervals that are too narrow; combined over draws they "
    + "allow for it. Which row holds depends on how the draws were made: most generators are fitted once "
    + "and draw many tables. 'If kept' is the share that would hold if the generator kept the "
    + "regression; 'not known' counts coefficients for which there are too few draws."

  /// One row of the table of rules.
  struct Row {
    var target, against, rule, holding, expected, overlap, unknown: String

    var cells: [String] { [target, against, rule, holding, expected, overlap, unknown] }
  }

  /// The rules of each regression.
  var rows: [Row] {
    draws.regressions.flatMap { regression in
      regression.rules.map { rule in
        Row(
          target: regression.target, against: Wording.against(regression.against),
          rule: Self.title(rule.rule), holding: holding(rule),
          expected: rule.expected.map { numbers.percent($0) } ?? "–",
          overlap: rule.overlap.map { numbers.fixed($0, decimals: 2) } ?? "–",
          unknown: numbers.count(rule.unknown))
      }
    }
  }

  private func holding(_ rule: CombinedRule) -> String {
    guard rule.intervals > 0 else { return "–" }
    return "\(numbers.count(rule.holding)) of \(numbers.count(rule.intervals)), "
      + numbers.percent(Double(rule.holding) / Double(rule.intervals))
  }

  /// What the intervals of a rule are of.
  static func title(_ rule: CombiningRule) -> String {
    switch rule {
    case .oneDraw: "one draw, taken for real rows"
    case .singleModel: "draws of one fitted model"
    case .fullySynthetic: "a model drawn anew for each draw"
    case .partiallySynthetic: "parts of real rows replaced"
    }
  }

  /// The heads of the table of coefficients.
  static let termHeaders = ["Coefficient", "Real", "Combined", "Between draws", "Interval"]

  /// The coefficients of a regression with the intervals of draws of one fitted model.
  func terms(_ regression: CombinedRegression) -> [[String]] {
    regression.terms.map { term in
      let interval = term.intervals.first { $0.rule == .singleModel }
      return [
        term.term, numbers.number(term.real), term.estimate.map(numbers.number) ?? "–",
        term.betweenSpread.map(numbers.number) ?? "–",
        interval.map { numbers.range($0.lower, $0.upper) } ?? "–",
      ]
    }
  }
}
