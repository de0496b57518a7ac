import AssayDocument

/// What the scores of utility say that a person should know, a sentence for each target.
struct UtilityFindings: Sequence {
  private let found: [FindingDraft]

  init(_ scores: [Score]) {
    var found: [FindingDraft] = []
    for score in scores where score.metric.rawValue.hasPrefix("utility.") {
      if score.metric == "utility.concordance", let one = Self.concordance(score) {
        found.append(one)
      }
      guard let target = score.subject.target, let value = score.value else { continue }
      switch score.metric.rawValue {
      case "utility.prediction-gap":
        if let one = Self.gap(score, target, value, scores) { found.append(one) }
      case "utility.calibration":
        if let one = Self.calibration(score, target, value) { found.append(one) }
      case "utility.rare-events":
        if let one = Self.rare(score, target, value) { found.append(one) }
      case "utility.augmentation":
        if let one = Self.harm(score, target, value) { found.append(one) }
      default: continue
      }
    }
    self.found = found
  }

  func makeIterator() -> IndexingIterator<[FindingDraft]> { found.makeIterator() }

  private static func gap(
    _ score: Score, _ target: String, _ value: Double, _ scores: [Score]
  ) -> FindingDraft? {
    guard let reading = GapReading(score), reading.mark == .bad else { return nil }
    var sentence = "models of the synthetic rows predict real rows worse: " + reading.sentence
    var evidence: [String: DetailValue] = ["gap": .finite(value)]
    if let rows = scores.first(where: {
      $0.metric == "utility.effective-rows" && $0.subject == score.subject
    }), let count = rows.value {
      sentence +=
        "; \(Self.grouped(rows.n.synthetic ?? 0)) synthetic rows train like "
        + (rows.details["isLowest"]?.booleanValue == true ? "fewer than " : "")
        + "\(Self.grouped(Int(count))) real ones"
      evidence["effectiveRows"] = .integer(Int(count))
    }
    return FindingDraft(
      code: "prediction-gap", severity: .warning, columns: [target], sentence: sentence,
      evidence: evidence,
      remedy: "see which relations of this column were lost; give the generator the target as a "
        + "condition, or more training")
  }

  private static func calibration(_ score: Score, _ target: String, _ value: Double)
    -> FindingDraft?
  {
    guard let lower = score.interval?.lower, let real = score.floor?.value,
      lower > Swift.max(0.05, 2 * real)
    else { return nil }
    return FindingDraft(
      code: "miscalibrated", severity: .notice, columns: [target],
      sentence:
        "probabilities learned from the synthetic rows are off by "
        + "\(FindingCollection.percent(value)) on average, by "
        + "\(FindingCollection.percent(real)) learned from real ones",
      evidence: ["value": .finite(value), "real": .finite(real)],
      remedy: "recalibrate models on real rows before their probabilities are used")
  }

  private static func rare(_ score: Score, _ target: String, _ value: Double) -> FindingDraft? {
    guard let lower = score.interval?.lower, lower > 0.05,
      let real = score.details["real"]?.doubleValue,
      let synthetic = score.details["synthetic"]?.doubleValue,
      let precision = score.details["precision"]?.doubleValue
    else { return nil }
    return FindingDraft(
      code: "rare-cases", severity: .warning, columns: [target],
      sentence:
        "at a precision of \(FindingCollection.percent(precision)) a model of the synthetic rows "
        + "finds \(FindingCollection.percent(synthetic)) of the rare cases, one of real rows "
        + "\(FindingCollection.percent(real))",
      evidence: ["value": .finite(value)],
      remedy: "see whether the generator makes enough rare cases, and varied ones")
  }

  /// A survival model that orders real rows worse by more than two pairs in a hundred.
  private static func concordance(_ score: Score) -> FindingDraft? {
    guard let value = score.value, let lower = score.interval?.lower, lower > 0.02,
      let real = score.details["real"]?.doubleValue,
      let synthetic = score.details["synthetic"]?.doubleValue
    else { return nil }
    return FindingDraft(
      code: "survival-concordance", severity: .warning,
      columns: ["time", "event"].compactMap { score.details[$0]?.stringValue },
      sentence:
        "a survival model of the synthetic rows orders \(FindingCollection.percent(synthetic)) of the "
        + "pairs of real rows rightly, one of real rows \(FindingCollection.percent(real))",
      evidence: ["gap": .finite(value)],
      remedy: "see whether the generator keeps on what times and events depend; generate both last")
  }

  private static func harm(_ score: Score, _ target: String, _ value: Double) -> FindingDraft? {
    guard score.parameters["regime"]?.stringValue == "added",
      score.parameters["share"]?.doubleValue == 1,
      score.details["verdict"]?.stringValue == "harm"
    else { return nil }
    return FindingDraft(
      code: "harmful-addition", severity: .notice, columns: [target],
      sentence: "synthetic rows on top of all real rows make a model worse, not better",
      evidence: ["gain": .finite(value)], remedy: "train on real rows alone where they may be used")
  }

  private static func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    var text = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }
}
