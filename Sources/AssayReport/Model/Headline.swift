import AssayDocument

/// What the first lines of a report say.
struct Headline {
  /// A line in a word or two, such as `Not ready to release`.
  var word: String
  /// The mark that goes with it.
  var mark: Answer.Mark
  /// The policy and what became of its requirements.
  var policy: String
  /// What is the case, in a sentence or two.
  var sentence: String
  /// The title of the report.
  var title: String
  /// Whether the report shows what real data gave.
  var isInternal: Bool
  /// What is said of a report for readers outside.
  static let externalForm = "column names are replaced, numbers have two digits"

  /// For whom a document is, in words that may stand in a bracket.
  static func form(of document: EvaluationDocument) -> String {
    isInternal(document)
      ? "internal: made from real data" : "made for readers outside: \(externalForm)"
  }

  private static func isInternal(_ document: EvaluationDocument) -> Bool {
    document.about["audience"] != "external"
  }

  init(_ document: EvaluationDocument) {
    let verdict = document.verdict
    (word, mark) =
      switch verdict.status {
      case .evaluated: ("Evaluated", .notJudged)
      case .passed: ("Meets its policy", .good)
      case .failed: ("Not ready to release", .bad)
      case .undecided: ("Not decided", .undecided)
      }
    policy = Self.policy(verdict)
    sentence = Self.sentence(document)
    title = document.about["title"] ?? document.inputs.synthetic.name
    isInternal = Self.isInternal(document)
  }

  private static func policy(_ verdict: Verdict) -> String {
    let name = "\(verdict.policy.name) \(verdict.policy.version)"
    if verdict.isFirstLook { return "first look: no policy given, nothing is gated" }
    if verdict.requirements.isEmpty {
      return "policy \(name)" + (verdict.advisory ? ", advisory only" : "")
    }
    return "policy \(name)" + (verdict.advisory ? ", advisory only" : "") + ": " + verdict.tally
  }

  private static func sentence(_ document: EvaluationDocument) -> String {
    func mark(_ question: Question) -> Answer.Mark {
      document.verdict.answers.first { $0.question == question }?.mark ?? .notJudged
    }
    var parts: [String] = []
    if mark(.valid) == .bad { parts.append("Some hard checks do not hold.") }
    parts.append(likeness(document, mark(.looksReal)))
    if mark(.fair) == .bad { parts.append("Groups are not as in the real rows.") }
    parts.append(leak(document.verdict.answers.first { $0.question == .leaks }))
    return parts.joined(separator: " ")
  }

  private static func leak(_ answer: Answer?) -> String {
    guard let answer else { return "Leaks were not judged." }
    switch answer.mark {
    case .good: return "No leak was seen."
    case .bad: return "It holds too much of the real rows."
    case .notJudged: return "Leaks were not judged."
    case .undecided:
      let word = VisibleText.clipped(answer.word)
      if word == "undecided" { return "These data cannot tell whether it leaks." }
      return word.prefix(1).uppercased() + word.dropFirst() + "; more cannot be said."
    }
  }

  private static func likeness(_ document: EvaluationDocument, _ mark: Answer.Mark) -> String {
    switch mark {
    case .good: return "Single columns and relations between columns look real."
    case .undecided: return "These data cannot tell whether it looks real."
    case .notJudged: return "Whether it looks real was not judged."
    case .bad: break
    }
    let side: Against = document.inputs.holdout == nil ? .training : .holdout
    let members = (document.dimension(.fidelity)?.members ?? []).filter { $0.against == side }
    let scored = members.filter { $0.score != nil }
    guard let worst = scored.min(by: { ($0.score ?? 0) < ($1.score ?? 0) }) else {
      return "It does not look real."
    }
    let other = scored.filter { $0.facet != worst.facet }.max { ($0.score ?? 0) < ($1.score ?? 0) }
    let subject = Wording.facet(worst.facet)
    guard let other, let score = other.score else { return subject + " do not look right." }
    let rest = subject.prefix(1).lowercased() + subject.dropFirst()
    if score >= 0.9 { return "\(Wording.facet(other.facet)) look right; \(rest) do not." }
    if score >= 0.7 { return "\(Wording.facet(other.facet)) are fair; \(rest) are not right." }
    let otherName = Wording.facet(other.facet)
    return
      "Neither \(rest) nor \(otherName.prefix(1).lowercased() + otherName.dropFirst()) look right."
  }
}
