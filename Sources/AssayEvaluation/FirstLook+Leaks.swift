import AssayDocument

/// Leaks? Whether a leak of training rows was seen, or would have been.
extension FirstLook {
  /// The smallest leak of copied rows that one of the tests would have seen.
  private func smallestLeak(_ screening: LeakScreening) -> String {
    let found = power.filter { $0.unit == .rows && $0.defect == "copied-rows" }
    if let best = found.compactMap(\.smallest).min(), let first = found.first {
      return "a leak of \(fine(best)) of the records or more would have been seen "
        + "(power \(percent(first.power)))"
    }
    guard let share = screening.smallestCopies else {
      return "but these rows are too few to show even a table of copies"
    }
    return "verbatim copies of \(fine(share)) of the rows or more would have been seen "
      + "(power 80 %)"
  }

  /// A small share to a hundredth of a per cent, rounded up.
  private func fine(_ share: Double) -> String {
    guard share < 0.001 else { return percent(share) }
    let hundredths = Int((share * 10_000).rounded(.up))
    return hundredths == 10 ? "0.1 %" : "0.0\(max(1, hundredths)) %"
  }

  var leaks: (answer: Answer, requirement: Verdict.Requirement) {
    let screening = LeakScreening(scores)
    let answer: Answer
    var status = Verdict.Status.undecided
    func undecided(_ sentence: String) -> Answer {
      Answer(question: .leaks, mark: .undecided, word: "undecided", sentence: sentence)
    }
    if let first = screening.alarms.first {
      status = .failed
      answer = Answer(question: .leaks, mark: .bad, word: "yes", sentence: first)
    } else if findings.contains(where: { $0.evidence["contaminated"]?.booleanValue == true }) {
      answer = undecided("the holdout is contaminated: synthetic rows repeat it beyond chance")
    } else if !HoldoutDrift(scores).columns.isEmpty {
      answer = undecided(
        "no exact copies beyond chance; the holdout differs from the training rows, "
          + "so nearness says nothing")
    } else if !hasHoldout {
      answer = undecided(
        "no copies beyond chance; without a holdout more cannot be said: try --holdout")
    } else if let problem = screening.problems.first {
      answer = undecided("no copies beyond chance; \(problem)")
    } else if screening.isJudged, screening.hint != nil {
      answer = undecided(
        "more training records lie close than chance would often give: more rows would decide")
    } else if screening.isJudged {
      status = .passed
      answer = Answer(
        question: .leaks, mark: .good, word: "none seen", sentence: smallestLeak(screening))
    } else if scores.contains(where: { $0.dimension == .privacy && $0.status == .measured }) {
      answer = undecided("no copies beyond chance; the tests of membership were not run")
    } else {
      answer = Answer(
        question: .leaks, mark: .notJudged, word: "not judged", sentence: "nothing was measured")
    }
    return (
      answer,
      Verdict.Requirement(
        id: "leaks", status: status, severity: "advice", subject: .table,
        compared: "training records that are exposed for certain", bound: nil, margin: 0,
        why: answer.sentence)
    )
  }
}
