public import AssayDocument

/// The policy that answers when none is given: it advises, it does not gate.
struct FirstLook {
  /// Three quarters of the way from shuffled columns to a fresh real sample.
  static let fidelityMargin = 0.75
  /// Two in a hundred rows more than chance explains.
  static let copyMargin = 0.02
  /// The chance of a false alarm of each copy test.
  static let copyLevel = 0.001

  let dimensions: [DimensionScore]
  let scores: [Score]
  let findings: [Finding]
  let hasHoldout: Bool
  var power: [PowerRecord] = []

  func verdict() -> Verdict {
    let valid = self.valid
    let real = looksReal
    let leaks = self.leaks
    let canonical =
      "first-look/1 fidelity>=\(Self.fidelityMargin) copies<=\(Self.copyMargin) "
      + "level=\(Self.copyLevel)"
    return Verdict(
      policy: Verdict.PolicyReference(
        name: "first-look", version: "1", hash: PlanFreezing.sha256(canonical)),
      advisory: true, status: .evaluated,
      answers: [valid.answer, real.answer, useful, fair, leaks.answer],
      requirements: [valid.requirement, real.requirement, leaks.requirement])
  }

  private func percent(_ share: Double) -> String {
    let value = share * 100
    if value > 0, value < 0.1 { return "under 0.1 %" }
    let text = value < 10 ? tenths(value) : String(Int(value.rounded()))
    return "\(text) %"
  }

  private func tenths(_ value: Double) -> String {
    let rounded = (value * 10).rounded() / 10
    return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
  }

  private func hundredths(_ value: Double) -> String {
    let scaled = Int((abs(value) * 100).rounded())
    let sign = value < 0 && scaled > 0 ? "−" : ""
    let rest = scaled % 100
    return "\(sign)\(scaled / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  private var valid: (answer: Answer, requirement: Verdict.Requirement) {
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

  private var looksReal: (answer: Answer, requirement: Verdict.Requirement) {
    let dimension = dimensions.first { $0.id == .fidelity }
    let answer: Answer
    var status = Verdict.Status.undecided
    let drift = HoldoutDrift(scores)
    if !drift.columns.isEmpty {
      answer = Answer(
        question: .looksReal, mark: .undecided, word: "undecided",
        sentence: "the holdout itself differs from the training rows (\(drift.words))")
    } else if let score = dimension?.score, let interval = dimension?.interval {
      let clipped = min(1, max(0, score))
      let numbers =
        "\(hundredths(clipped)) (\(hundredths(min(1, max(0, interval.lower))))–"
        + "\(hundredths(min(1, max(0, interval.upper)))))"
        + (dimension?.effectiveRows.map { " = \(EffectiveSize.words($0))" } ?? "")
      let place = (dimension?.worst).map {
        "; weakest: \(Self.facetName($0.facet))"
          + ($0.columns.isEmpty ? "" : " (\($0.columns.joined(separator: " × ")))")
      }
      if interval.lower >= Self.fidelityMargin {
        status = .passed
        answer = Answer(
          question: .looksReal, mark: .good, word: "yes", sentence: numbers + (place ?? ""))
      } else if interval.upper < Self.fidelityMargin {
        status = .failed
        answer = Answer(
          question: .looksReal, mark: .bad, word: "no", sentence: numbers + (place ?? ""))
      } else {
        answer = Answer(
          question: .looksReal, mark: .undecided, word: "undecided",
          sentence: numbers + ": more rows would decide" + (place ?? ""))
      }
    } else {
      answer = Answer(
        question: .looksReal, mark: .undecided, word: "undecided",
        sentence: dimension?.reason ?? "fidelity was not measured")
    }
    return (
      answer,
      Verdict.Requirement(
        id: "looks-real", status: status, severity: "advice", subject: .table,
        compared: "fidelity, from shuffled columns (0) to a fresh real sample (1)",
        bound: dimension?.interval?.lower, margin: Self.fidelityMargin, why: answer.sentence)
    )
  }

  /// The word for a part of fidelity.
  static func facetName(_ facet: String) -> String {
    switch facet {
    case "marginal": "single columns"
    case "dependence": "relations between columns"
    case "joint": "rows as a whole"
    default: facet
    }
  }

  private var useful: Answer {
    Answer(
      question: .useful, mark: .notJudged, word: "not judged",
      sentence: "this version trains no models")
  }

  private var fair: Answer {
    Answer(
      question: .fair, mark: .notJudged, word: "not judged",
      sentence: "this version compares no groups")
  }

  /// The smallest leak of copied rows that one of the tests would have seen.
  private var smallestLeak: String? {
    let found = power.filter { $0.unit == .rows && $0.defect == "copied-rows" }
    guard let best = found.compactMap(\.smallest).min(), let first = found.first else {
      return nil
    }
    return "a leak of \(percent(best)) of the records or more would have been seen "
      + "(power \(percent(first.power)))"
  }

  private var leaks: (answer: Answer, requirement: Verdict.Requirement) {
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

/// The verdict of the first look on a document that was saved.
public enum FirstLookVerdict {
  /// The verdict: advice, whatever it finds.
  public static func of(_ document: EvaluationDocument) -> Verdict {
    FirstLook(
      dimensions: document.dimensions, scores: document.scores, findings: document.findings,
      hasHoldout: document.inputs.holdout != nil, power: document.power
    ).verdict()
  }
}
