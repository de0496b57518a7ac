import AssayDocument

/// Valid? Whether the hard checks hold.
extension FirstLook {
  var valid: (answer: Answer, requirement: Verdict.Requirement) {
    let hard = scores.filter { $0.details["hard"]?.booleanValue == true && $0.subject.isTable }
    let broken = hard.filter { $0.details["holds"]?.booleanValue == false }
    let answer: Answer
    let status: Verdict.Status
    if hard.isEmpty {
      status = .undecided
      answer = Answer(
        question: .valid, mark: .notJudged, word: "not judged",
        sentence: "no check of structure, keys or ranges was run")
    } else if broken.isEmpty {
      status = .passed
      answer = Answer(
        question: .valid, mark: .good, word: "yes",
        sentence: validSentence(hard))
    } else {
      status = .failed
      let words = broken.map { Self.checkName($0.metric) }
      answer = Answer(
        question: .valid, mark: .bad, word: "no",
        sentence: words.joined(separator: "; "))
    }
    return (
      answer,
      Verdict.Requirement(
        id: "valid", status: status, severity: "advice", subject: .table,
        compared: "hard checks that hold", bound: Double(hard.count - broken.count),
        margin: Double(hard.count), why: answer.sentence)
    )
  }

  /// What holds: not every check is made where rows are weighed.
  private func validSentence(_ hard: [Score]) -> String {
    let ran = Set(hard.map(\.metric.rawValue))
    let isFull = !ran.contains("diagnostics.declared-difference")
    return isFull
      ? "columns, keys, ranges and levels hold"
      : "columns and keys hold, and shares are not seen to miss what is declared"
  }

  private static func checkName(_ metric: MetricID) -> String {
    switch metric.rawValue {
    case "diagnostics.table-structure": "columns are missing or cannot be compared"
    case "diagnostics.key-uniqueness": "keys repeat or are missing"
    case "diagnostics.boundary-adherence": "more values outside the real range than chance explains"
    case "diagnostics.category-adherence": "more invented levels than chance explains"
    case "diagnostics.missing-rate": "missing values in another share than in the real data"
    case "diagnostics.declared-difference": "shares are not as declared"
    case "diagnostics.duplicate-rows": "more repeated rows than in the real data"
    default: "\(metric.rawValue) does not hold"
    }
  }
}
