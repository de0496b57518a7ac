import AssayDocument

/// A requirement of a policy as readers see it.
struct RequirementReading {
  var requirement: Verdict.Requirement

  /// Whether somebody answers for it.
  var isWaived: Bool { requirement.waiver != nil }

  /// The result in a word.
  var word: String {
    isWaived ? "\(requirement.status.rawValue), waived" : requirement.status.rawValue
  }

  /// The mark beside it.
  var mark: Answer.Mark {
    if isWaived { return .notJudged }
    switch requirement.status {
    case .passed: return .good
    case .failed: return .bad
    case .undecided: return .undecided
    case .evaluated: return .notJudged
    }
  }

  /// Failed first, then undecided, then waived, then passed; else in the policy's order.
  static func ordered(_ verdict: Verdict) -> [RequirementReading] {
    let all = verdict.requirements.map(RequirementReading.init)
    return all.enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }.map(\.element)
  }

  private var rank: Int {
    switch mark {
    case .bad: 0
    case .undecided: 1
    case .notJudged: 2
    case .good: 3
    }
  }
}

extension Verdict {
  /// How many requirements came to what, such as `26 passed · 2 failed · 3 undecided`.
  var tally: String {
    let open = requirements.filter { $0.waiver == nil }
    func count(_ status: Status) -> Int { open.count { $0.status == status } }
    let waived = requirements.count - open.count
    return
      "\(count(.passed)) passed · \(count(.failed)) failed · \(count(.undecided)) undecided"
      + (waived > 0 ? " · \(waived) waived" : "")
  }
}
