import AssayDocument

/// Useful? Whether work done on the synthetic rows carries over to real ones.
extension FirstLook {
  /// A loss of an area that matters to nobody.
  static let areaMargin = 0.02
  /// The share of what real rows teach that may be lost, for other measures.
  static let gainMargin = 0.1

  var useful: Answer {
    let gaps = scores.filter { $0.metric == "utility.prediction-gap" }
    guard let table = gaps.first(where: { $0.subject.isTable }) else {
      return answer(.notJudged, "not judged", "no model was trained in this run")
    }
    let targets = gaps.filter { $0.subject.target != nil }
    let judged = targets.compactMap(GapReading.init)
    guard let worst = judged.min(by: { ($0.rank, $0.target) < ($1.rank, $1.target) }) else {
      if targets.isEmpty {
        return answer(.notJudged, "not judged", table.reason ?? "no target is named")
      }
      return answer(
        .undecided, "undecided", targets.compactMap(\.reason).first ?? "no target can be judged")
    }
    let others = judged.count > 1 ? "; the worst of \(judged.count) targets" : ""
    return answer(worst.mark, worst.word, worst.sentence + others)
  }

  private func answer(_ mark: Answer.Mark, _ word: String, _ sentence: String) -> Answer {
    Answer(question: .useful, mark: mark, word: word, sentence: sentence)
  }
}

/// The gap of one target, read against the margin of the first look.
struct GapReading {
  let target: String
  let mark: Answer.Mark
  let sentence: String

  /// No before undecided before yes.
  var rank: Int {
    switch mark {
    case .bad: 0
    case .undecided: 1
    default: 2
    }
  }

  var word: String {
    switch mark {
    case .bad: "no"
    case .good: "yes"
    default: "undecided"
    }
  }

  init?(_ score: Score) {
    guard let target = score.subject.target, let gap = score.value,
      let interval = score.interval, let real = score.details["real"]?.doubleValue,
      let synthetic = score.details["synthetic"]?.doubleValue,
      let trivial = score.details["trivial"]?.doubleValue,
      let measure = score.details["measure"]?.stringValue,
      let title = score.details["measureTitle"]?.stringValue
    else { return nil }
    self.target = target
    let isArea = measure == "auc" || measure == "macro-auc"
    let gain = real - trivial
    let margin = isArea ? FirstLook.areaMargin : FirstLook.gainMargin * max(0, gain)
    let numbers =
      "\(target): \(title) \(Self.thousandths(synthetic)), real gets \(Self.thousandths(real)); "
      + "gap \(Self.thousandths(gap)) (\(Self.range(interval)))"
    let deviation = score.details["realDeviation"]?.doubleValue ?? 0
    guard gain > 3 * deviation, gain > 0 else {
      mark = .undecided
      sentence =
        "\(target): real rows teach nothing of it (\(title) \(Self.thousandths(real))), so that "
        + "nothing can be lost"
      return
    }
    if interval.lower > margin {
      mark = .bad
      sentence = numbers
    } else if score.against == .training {
      mark = .undecided
      sentence = numbers + "; only a holdout (--holdout) can show that nothing is lost"
    } else if interval.upper <= margin {
      mark = .good
      sentence = numbers
    } else {
      mark = .undecided
      sentence =
        numbers + ": more holdout rows would decide whether it exceeds "
        + "\(Self.thousandths(margin))"
    }
  }

  /// `0.049–0.063`, in words where a sign would stand beside the dash.
  private static func range(_ interval: ScoreInterval) -> String {
    let ends = (thousandths(interval.lower), thousandths(interval.upper))
    return interval.lower < 0 ? "\(ends.0) to \(ends.1)" : "\(ends.0)–\(ends.1)"
  }

  static func thousandths(_ value: Double) -> String {
    let scaled = Int((abs(value) * 1_000).rounded())
    let digits = String(scaled % 1_000)
    return (value < 0 && scaled > 0 ? "−" : "") + "\(scaled / 1_000)."
      + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
