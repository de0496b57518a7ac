import AssayDocument
import AssayMetrics

/// The answers to the five questions where a policy judges: what its requirements say, with the
/// figures that the first look shows.
struct PolicyAnswers {
  let document: EvaluationDocument
  let rows: [PolicyRow]

  func answers() -> [Answer] {
    let first = FirstLookVerdict.of(document).answers
    return first.map { answer in
      let dimension = Dimension.allCases.first { Self.question($0) == answer.question }
      let own = rows.filter { $0.dimension == dimension }
      return own.isEmpty ? answer : judged(answer, own)
    }
  }

  private static func question(_ dimension: Dimension) -> Question {
    switch dimension {
    case .diagnostics: .valid
    case .fidelity: .looksReal
    case .utility: .useful
    case .fairness: .fair
    case .privacy: .leaks
    }
  }

  private func judged(_ answer: Answer, _ rows: [PolicyRow]) -> Answer {
    var answer = answer
    func first(_ status: Verdict.Status) -> PolicyRow? {
      rows.first { $0.verdict.status == status && !$0.isWaived }
        ?? rows.first { $0.verdict.status == status }
    }
    let isPrivacy = answer.question == .leaks
    if let failed = first(.failed) {
      if answer.mark != .bad { answer.sentence = Self.sentence(failed) }
      answer.mark = .bad
      answer.word = isPrivacy ? "yes" : "no"
      if isPrivacy, failed.verdict.id.hasPrefix("coverage/") { answer.word = "not judged" }
    } else if let open = first(.undecided) {
      if answer.mark != .undecided { answer.sentence = Self.sentence(open) }
      answer.mark = .undecided
      answer.word = "undecided"
    } else {
      // A finding of the first look stands beside a policy with wider margins.
      if answer.mark == .bad || answer.mark == .undecided {
        answer.sentence = "within the margins of the policy; \(answer.sentence)"
      }
      answer.mark = .good
      answer.word = isPrivacy ? "none seen" : "yes"
    }
    return answer
  }

  private static func sentence(_ row: PolicyRow) -> String {
    "\(row.verdict.id): \(row.verdict.why)"
  }
}

/// Compares metrics with the patterns of a policy.
enum PolicyMatching {
  static func matches(_ metric: MetricID, _ pattern: String) -> Bool {
    MetricCatalog.matches(metric.rawValue, pattern: pattern)
  }
}
