import AssayDocument

/// A score with its descriptor, ready to be read: what it is called, where it lies, against what.
struct ScoreReading {
  var score: Score
  var descriptor: MetricDescriptor?

  /// What the metric is called.
  var title: String { descriptor?.title ?? score.metric.rawValue }

  private var unit: String { score.unit.isEmpty ? descriptor?.unit ?? "" : score.unit }

  /// The value, or why there is none.
  func value(_ numbers: NumberText) -> String {
    switch score.outcome {
    case .measured(let value): numbers.value(value, unit: brief)
    case .notApplicable: "not applicable"
    case .failed: "failed"
    }
  }

  /// The interval, such as `0.44–0.49`.
  func interval(_ numbers: NumberText) -> String? {
    guard let interval = score.interval else { return nil }
    return numbers.range(interval.lower, interval.upper, unit: brief)
  }

  /// What a fresh real sample gets.
  func fresh(_ numbers: NumberText) -> String? {
    score.floor.map { numbers.value($0.value, unit: brief) }
  }

  /// What the other end of the scale gets.
  func anchorValue(_ numbers: NumberText) -> String? {
    score.baseline.map { numbers.value($0.value, unit: brief) }
  }

  /// The holdout's own value against the real rows.
  func reference(_ numbers: NumberText) -> String? {
    score.reference.map { numbers.value($0, unit: brief) }
  }

  /// A unit that is a phrase, such as `training standard deviations`.
  var phrase: String? { hasPhrase ? "in " + VisibleText.clipped(unit) : nil }

  private var hasPhrase: Bool { unit.count > 4 && unit != "share" }

  /// The unit that is written at each number; a phrase is written once, beside them.
  private var brief: String { hasPhrase ? "" : unit }

  /// Whether a check of the table holds, in words.
  var verdictOfCheck: String? {
    score.details["holds"]?.booleanValue.map { $0 ? "the check holds" : "the check does not hold" }
  }

  /// Single numbers among the details, such as `expected 26.9`, by name.
  func plainDetails(_ numbers: NumberText, limit: Int) -> [String] {
    // Drawn, or said by the value and its interval. Of parts of the rows nothing is drawn.
    var drawn: Set<String> = ["location", "change"]
    if score.subject.segment == nil { drawn.formUnion(["real", "synthetic"]) }
    // The two sides stand beside each other.
    func rank(_ key: String) -> Int {
      key.hasPrefix("real") ? 0 : key.hasPrefix("synthetic") ? 1 : 2
    }
    return score.details.sorted { (rank($0.key), $0.key) < (rank($1.key), $1.key) }.compactMap {
      key, value -> String? in
      guard !drawn.contains(key), let number = value.doubleValue else { return nil }
      // One end of an interval says little without the other, and an expected absence of 0 nothing.
      if key.hasSuffix("Lower") || key.hasSuffix("Upper") { return nil }
      if key == "expectedAbsence", number == 0 { return nil }
      return Wording.spaced(key) + " " + numbers.number(number)
    }.prefix(limit).map { $0 }
  }

  /// The subject, with groups of records in words.
  var shownSubject: Subject {
    var subject = score.subject
    if subject.segment != nil, subject.columns.isEmpty,
      let words = score.details["stratum"]?.stringValue
    {
      subject.segment = VisibleText.clipped(words)
    }
    return subject
  }

  /// The attack that a score is of, in words.
  var attack: String? {
    guard score.parameters["attack"] != nil else { return nil }
    return score.details["title"]?.stringValue.map { VisibleText.clipped($0) }
  }

  /// Why the score has no value.
  var absence: String? {
    switch score.outcome {
    case .measured: nil
    case .notApplicable(let reason): reason
    case .failed(let failure): failure.message
    }
  }

  /// The position between the two ends of the metric's scale.
  var scale: ScaleReading? {
    guard let position = score.normalised, let floor = score.floor, let base = score.baseline
    else { return nil }
    let width = base.value - floor.value
    let ends = score.interval.map {
      [$0.lower, $0.upper].map { (base.value - $0) / width }.sorted()
    }
    let anchor = descriptor.flatMap { Wording.anchor($0.anchor) } ?? "the far end of the scale"
    return ScaleReading(
      value: position, lower: ends?.first, upper: ends?.last, zero: anchor,
      one: Wording.freshSample)
  }

  /// How much worse than a fresh real sample the value is, in the metric's own unit.
  var excess: Double { score.excess(descriptor) }

  /// The strength of a relation on both sides, where the score states it.
  var coefficients: (real: Double, synthetic: Double)? { score.coefficients }

  /// Whether the metric's values lie in 0 to 1 or so, and can be ranked beside others.
  var isRanked: Bool { score.isRanked(descriptor) }
}
