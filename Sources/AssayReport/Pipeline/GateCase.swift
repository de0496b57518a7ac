import AssayDocument

/// One thing that a pipeline is told: a requirement, or an answer where nothing was gated.
struct GateCase {
  /// What became of it.
  enum Outcome {
    case passed, failed, undecided
    /// Somebody answers for it, or nothing depends on it.
    case aside
  }

  /// The name in the list, with its subject.
  var name: String
  /// The policy's name for it.
  var rule: String
  /// The question that it belongs to, or the policy's severity.
  var group: String
  var outcome: Outcome
  /// One line.
  var message: String
  /// What was compared, the command that shows it, and other lines.
  var text: [String]
  var requirement: Verdict.Requirement?

  /// The cases of a document: a requirement each, or the five answers where no policy gated.
  static func all(_ document: EvaluationDocument) -> [GateCase] {
    let verdict = document.verdict
    if verdict.isFirstLook || verdict.requirements.isEmpty {
      return verdict.answers.map { answer in
        GateCase(
          name: answer.question.title, rule: answer.question.rawValue, group: "first-look",
          outcome: .aside,
          message: "not gated, no policy was given: \(answer.word), \(answer.sentence)", text: [])
      }
    }
    return verdict.requirements.map { GateCase($0, advisory: verdict.advisory) }
  }

  private init(
    name: String, rule: String, group: String, outcome: Outcome, message: String, text: [String],
    requirement: Verdict.Requirement? = nil
  ) {
    self.name = name
    self.rule = rule
    self.group = group
    self.outcome = outcome
    self.message = message
    self.text = text
    self.requirement = requirement
  }

  private init(_ requirement: Verdict.Requirement, advisory: Bool) {
    let isOpen = requirement.status != .passed
    var lines = ["compared: \(requirement.compared)"]
    if let command = requirement.command { lines.append("shown by: \(command)") }
    var message = "\(requirement.status.rawValue): \(requirement.why)"
    var outcome: Outcome =
      switch requirement.status {
      case .passed: .passed
      case .failed: .failed
      case .undecided: .undecided
      case .evaluated: .aside
      }
    if let waiver = requirement.waiver, isOpen {
      outcome = .aside
      message = "waived by \(waiver); \(message)"
    } else if advisory, isOpen {
      outcome = .aside
      message = "advisory only; \(message)"
    }
    self.init(
      name: requirement.id, rule: PolicyPlace.base(requirement.id), group: requirement.severity,
      outcome: outcome, message: message, text: lines, requirement: requirement)
  }
}
