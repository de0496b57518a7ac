import AssayDocument

/// Reads the verdict on leaks from the scores: what was seen, what keeps it open, what would have been
/// seen.
struct LeakScreening {
  /// One sentence for each alarm, gravest first.
  let alarms: [String]
  /// Why nothing can be said of membership; empty where it can.
  let problems: [String]
  /// Whether all tests of membership were made.
  let isJudged: Bool
  /// The smallest share of verbatim copies that would have been seen.
  let smallestCopies: Double?
  /// The test behind an alarm that the verdict alone raises.
  let verdictTest: String?
  /// A hint that is no alarm: the family-wise p-value, where it is small.
  let hint: Double?

  init(_ scores: [Score]) {
    func table(_ metric: MetricID) -> Score? {
      scores.first { $0.metric == metric && $0.subject.isTable && $0.parameters.isEmpty }
    }
    var alarms = Self.replayed(scores) + CopyScreening(scores).alarms
    let verdict = table("privacy.any-leak")
    var only: String?
    if let verdict, let exposed = verdict.value, exposed > 0, alarms.isEmpty {
      only = Self.strongest(verdict)
      alarms.append(
        "at least \(Self.percent(exposed)) of the training records are told from rows that the "
          + "generator never saw (\(Self.test(verdict)))")
    }
    self.alarms = alarms
    verdictTest = only
    problems = verdict?.details["problems"]?.arrayValue?.compactMap(\.stringValue) ?? []
    isJudged = verdict?.status == .measured
    smallestCopies = verdict?.details["smallestCopies"]?.doubleValue
    hint = verdict?.test.flatMap { $0.pValue <= 0.01 ? $0.pValue : nil }
  }

  /// Direct identifiers that came back.
  private static func replayed(_ scores: [Score]) -> [String] {
    scores.compactMap { score in
      guard score.metric == "privacy.replayed-values", !score.subject.isTable,
        score.details["direct"]?.booleanValue == true, let count = score.value, count > 0,
        let column = score.subject.columns.first
      else { return nil }
      let kind = score.details["kind"]?.stringValue ?? "value"
      return count == 1
        ? "1 real \(kind) of a training row is in the synthetic table (\(column))"
        : "\(Int(count)) real values (\(kind)) of training rows are in the synthetic table (\(column))"
    }
  }

  /// The test that saw most.
  private static func strongest(_ verdict: Score) -> String? {
    let tests = verdict.details["tests"]?.arrayValue ?? []
    return tests.min {
      ($0["pValue"]?.doubleValue ?? 1) < ($1["pValue"]?.doubleValue ?? 1)
    }?["test"]?.stringValue
  }

  /// The test that saw most, in words.
  private static func test(_ verdict: Score) -> String {
    switch strongest(verdict) {
    case "exact-match": return "exact copies"
    case "record-tails": return "the records that lie closest to a synthetic row"
    case "membership-inference": return "membership attacks"
    default: return "membership"
    }
  }

  static func percent(_ share: Double) -> String {
    let value = share * 100
    if value > 0, value < 0.1 { return "0.1 %" }
    let tenths = (value * 10).rounded() / 10
    return tenths == tenths.rounded() ? "\(Int(tenths)) %" : "\(tenths) %"
  }
}
