import AssayDocument
import AssayMetrics
import AssayNumerics

/// Fair? Whether groups fare as they do in the real rows.
extension FirstLook {
  /// A fifth of a group's share, beyond what a fresh real sample loses: the four-fifths rule.
  static let shareMargin = 0.2
  /// Five rows in a hundred of a group with another outcome, or that a model treats otherwise.
  static let rateMargin = 0.05

  var fair: Answer {
    let judged = readings
    guard !judged.isEmpty else {
      let reason = scores.first { $0.dimension == .fairness && $0.subject.isTable }?.reason
      return Answer(
        question: .fair, mark: .notJudged, word: "not judged",
        sentence: reason ?? "no group was compared in this run")
    }
    let bad = judged.filter { $0.mark == .bad }
    let open = judged.filter { $0.mark == .undecided }
    if !bad.isEmpty {
      return Answer(
        question: .fair, mark: .bad, word: "no",
        sentence: bad.map(\.sentence).joined(separator: "; "))
    }
    if !open.isEmpty {
      return Answer(
        question: .fair, mark: .undecided, word: "undecided",
        sentence: open.map(\.sentence).joined(separator: "; ")
          + ": more rows would decide whether it exceeds "
          + open.map { hundredths($0.margin) }.uniqued().joined(separator: " or "))
    }
    return Answer(
      question: .fair, mark: .good, word: "yes",
      sentence: judged.map(\.sentence).joined(separator: "; "))
  }

  /// The margins, for the digest of the policy.
  static let fairCanonical = "shares<=\(shareMargin) rates<=\(rateMargin)"

  private struct Reading {
    var mark: Answer.Mark
    var margin: Double
    var sentence: String
  }

  /// Shares, outcomes and predictions of groups, as far as they were measured.
  private var readings: [Reading] {
    let against: Against = hasHoldout ? .holdout : .training
    func table(_ metric: MetricID) -> Score? {
      scores.first {
        $0.metric == metric && $0.subject.isTable && $0.against == against && $0.value != nil
      }
    }
    var found: [Reading] = []
    if let score = table("fairness.representation"),
      let mark = mark(score, margin: Self.shareMargin)
    {
      let worst = score.details["worst"]
      let ratio = worst?["ratio"]?.doubleValue ?? 1
      found.append(
        Reading(
          mark: mark, margin: Self.shareMargin,
          sentence: "\(Self.place(worst)) has \(hundredths(ratio)) of its real share"))
    }
    if let score = table("fairness.outcome-rates"), let mark = mark(score, margin: Self.rateMargin)
    {
      let worst = score.details["worst"]
      let change = worst?["change"]?.doubleValue ?? 0
      let target = worst?["target"]?.stringValue ?? "the target"
      found.append(
        Reading(
          mark: mark, margin: Self.rateMargin,
          sentence: "rate of \(target) for \(Self.place(worst)) \(signed(change)) from real"))
    }
    if let score = table("fairness.equalised-odds"), let mark = mark(score, margin: Self.rateMargin)
    {
      let target = score.details["worst"]?["target"]?.stringValue ?? "the target"
      found.append(
        Reading(
          mark: mark, margin: Self.rateMargin,
          sentence: "model of \(target): equalised odds gap \(signed(score.value ?? 0)) from that "
            + "of a model of real rows"))
    }
    return found
  }

  /// Reads how much worse than a fresh real sample a quantity is by its one-sided bounds.
  private func mark(_ score: Score, margin: Double) -> Answer.Mark? {
    guard let value = score.value, let floor = score.floor, let bounds = score.bounds,
      let law = bounds.excessLaw
    else { return nil }
    let isHigher = score.metric == "fairness.representation"
    let excess = isHigher ? floor.value - value : value - floor.value
    guard let ends = try? law.ends(value: excess, level: bounds.level) else { return nil }
    if ends.lower > margin { return .bad }
    return ends.upper <= margin ? .good : .undecided
  }

  private static func place(_ worst: DetailValue?) -> String {
    let columns = worst?["columns"]?.arrayValue?.compactMap(\.stringValue) ?? []
    let group = worst?["group"]?.stringValue ?? ""
    return "\(columns.joined(separator: " × ")) \(group)"
  }

  private func signed(_ value: Double) -> String {
    let text = hundredths(abs(value))
    return value < 0 && text != "0.00" ? "−\(text)" : "+\(text)"
  }
}

extension [String] {
  /// The texts without repetitions, in their order.
  fileprivate func uniqued() -> [String] {
    reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
