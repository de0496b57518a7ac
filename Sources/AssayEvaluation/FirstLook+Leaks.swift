import AssayDocument

/// Leaks? Whether a leak of training rows was seen, or would have been.
extension FirstLook {
  /// The smallest leak of copied rows that one of the tests would have seen.
  private var smallestLeak: String? {
    let found = power.filter { $0.unit == .rows && $0.defect == "copied-rows" }
    guard let best = found.compactMap(\.smallest).min(), let first = found.first else {
      return nil
    }
    return "a leak of \(percent(best)) of the records or more would have been seen "
      + "(power \(percent(first.power)))"
  }

  var leaks: (answer: Answer, requirement: Verdict.Requirement) {
    let alarms = CopyScreening(scores).alarms
    let answer: Answer
    var status = Verdict.Status.undecided
    let screening = "copy screening only, not a privacy verdict"
    if let first = alarms.first {
      status = .failed
      answer = Answer(question: .leaks, mark: .bad, word: "yes", sentence: first)
    } else if findings.contains(where: { $0.evidence["contaminated"]?.booleanValue == true }) {
      answer = Answer(
        question: .leaks, mark: .undecided, word: "undecided",
        sentence: "the holdout is contaminated: synthetic rows repeat it beyond chance")
    } else if !HoldoutDrift(scores).columns.isEmpty {
      answer = Answer(
        question: .leaks, mark: .undecided, word: "undecided",
        sentence: "no exact copies beyond chance; the holdout differs from the training rows, "
          + "so nearness says nothing")
    } else if !hasHoldout {
      answer = Answer(
        question: .leaks, mark: .undecided, word: "undecided",
        sentence: "no copies beyond chance; without a holdout more cannot be said: try --holdout")
    } else if scores.contains(where: { $0.dimension == .privacy && $0.status == .measured }) {
      answer = Answer(
        question: .leaks, mark: .undecided, word: "no copies seen",
        sentence: smallestLeak.map { "\($0); \(screening)" } ?? screening)
    } else {
      answer = Answer(
        question: .leaks, mark: .notJudged, word: "not judged", sentence: "nothing was measured")
    }
    return (
      answer,
      Verdict.Requirement(
        id: "copies", status: status, severity: "advice", subject: .table,
        compared: "copied rows beyond chance", bound: nil, margin: Self.copyMargin,
        why: answer.sentence)
    )
  }
}
