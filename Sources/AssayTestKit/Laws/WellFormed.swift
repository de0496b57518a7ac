public import AssayDocument
public import AssayMetrics

/// What every result of every metric must be, whatever the data.
public enum WellFormed {
  /// Checks a result.
  ///
  /// Every value is finite and in the metric's range, and lies in its own interval; ends of the
  /// scale, spreads, tests and details are finite; absence gives a reason; no two scores share a
  /// key; there is a score for the whole table.
  ///
  /// - Parameters:
  ///   - result: What the metric found.
  ///   - descriptor: What the metric is.
  ///   - place: Names the data in the trace.
  /// - Returns: One violation for each part of the result that is not sound.
  public static func violations(
    _ result: MetricResult, _ descriptor: MetricDescriptor, on place: String
  ) -> [Violation] {
    var found: [Violation] = []
    func report(_ law: String, _ trace: String) {
      found.append(Violation(law, descriptor.id, "\(place): \(trace)"))
    }
    var keys: Set<Score.Key> = []
    for score in result.scores {
      let words = score.key.words
      if !keys.insert(score.key).inserted { report("no two scores share a key", words) }
      if score.metric != descriptor.id || score.dimension != descriptor.dimension {
        report("scores carry the metric's name and dimension", words)
      }
      switch score.outcome {
      case .measured(let value):
        if !isInRange(value, descriptor) { report("values are in range", "\(words): \(value)") }
      case .notApplicable(let reason):
        if reason.isEmpty { report("absence has a reason", words) }
      case .failed(let failure):
        report("metrics do not fail", "\(words): \(failure.code), \(failure.message)")
      }
      for problem in problems(score) {
        report("parts of a score are sound", "\(words): \(problem)")
      }
    }
    if !result.scores.contains(where: { $0.subject.isTable }) {
      report("there is a score for the whole table", "\(result.scores.count) scores")
    }
    for facet in result.facets
    where !facet.value.isFinite || !facet.floor.value.isFinite || !facet.baseline.value.isFinite
      || !(facet.deviation >= 0)
    {
      report("parts of a dimension are finite", facet.facet)
    }
    return found
  }

  private static func isInRange(_ value: Double, _ descriptor: MetricDescriptor) -> Bool {
    value.isFinite && value >= descriptor.lowerLimit
      && value <= descriptor.upperLimit ?? .infinity
  }

  private static func problems(_ score: Score) -> [String] {
    var found: [String] = []
    if let interval = score.interval {
      if !(interval.lower <= interval.upper) || !interval.upper.isFinite
        || !interval.lower.isFinite
      {
        found.append("the interval is \(interval.lower) to \(interval.upper)")
      }
      if let value = score.value, !(interval.lower <= value && value <= interval.upper) {
        found.append("\(value) lies outside \(interval.lower) to \(interval.upper)")
      }
      if score.value == nil { found.append("an interval without a value") }
    }
    if let bounds = score.bounds {
      if !(bounds.lower <= bounds.upper) || !bounds.lower.isFinite || !bounds.upper.isFinite {
        found.append("the bounds are \(bounds.lower) and \(bounds.upper)")
      }
    }
    if let floor = score.floor,
      !floor.value.isFinite || !(floor.spread >= 0 && floor.spread.isFinite)
    {
      found.append("a fresh real sample gets \(floor.value) with spread \(floor.spread)")
    }
    if let baseline = score.baseline, !baseline.value.isFinite {
      found.append("the far end is \(baseline.value)")
    }
    if let reference = score.reference, !reference.isFinite {
      found.append("the reference is \(reference)")
    }
    if let test = score.test {
      let adjusted = test.adjusted ?? 1
      if !(test.pValue >= 0 && test.pValue <= 1 && adjusted >= test.pValue && adjusted <= 1)
        || !test.statistic.isFinite
      {
        found.append("the test gives \(test.statistic), p \(test.pValue), adjusted \(adjusted)")
      }
    }
    for (name, detail) in score.details.sorted(by: { $0.key < $1.key }) where !isFinite(detail) {
      found.append("detail '\(name)' holds a number that is not finite")
    }
    return found
  }

  private static func isFinite(_ detail: DetailValue) -> Bool {
    switch detail {
    case .number(let value): value.isFinite
    case .array(let list): list.allSatisfy(isFinite)
    case .object(let members): members.values.allSatisfy(isFinite)
    default: true
    }
  }
}
