package import AssayDocument
package import AssayNumerics

extension BoundLaw {
  /// The two one-sided bounds, each at `level` on its own.
  ///
  /// - Parameters:
  ///   - value: The quantity as measured; it lies between the bounds.
  ///   - level: The confidence of each bound, above a half and below 1.
  /// - Returns: The bounds.
  /// - Throws: ``NumericsError`` where the level or a count is out of range.
  package func ends(
    value: Double, level: Double
  ) throws(NumericsError) -> (lower: Double, upper: Double) {
    switch self {
    case .exact:
      return (value, value)
    case .normal(let law):
      let reach = try normalQuantile(level) * law.deviation
      let lower = max(law.lowerCentre - reach, law.lowest ?? -.infinity)
      let upper = min(law.upperCentre + reach, law.highest ?? .infinity)
      return (min(value, lower), max(value, upper))
    case .binomial(let successes, let trials):
      let lower = try clopperPearsonLower(successes: successes, trials: trials, tail: 1 - level)
      let upper = try clopperPearsonUpper(successes: successes, trials: trials, tail: 1 - level)
      return (min(value, lower), max(value, upper))
    case .difference(let successes, let trials, let subtracted, let other):
      // Each share leaves its bounds with half the probability, so the difference with all of it.
      let tail = (1 - level) / 2
      let lower =
        try clopperPearsonLower(successes: successes, trials: trials, tail: tail)
        - clopperPearsonUpper(successes: subtracted, trials: other, tail: tail)
      let upper =
        try clopperPearsonUpper(successes: successes, trials: trials, tail: tail)
        - clopperPearsonLower(successes: subtracted, trials: other, tail: tail)
      return (min(value, lower), max(value, upper))
    }
  }
}

extension ScoreBounds {
  /// The bounds of a law at a level.
  ///
  /// - Parameters:
  ///   - value: The quantity as measured.
  ///   - level: The confidence of each bound.
  ///   - law: How the bounds follow.
  ///   - excess: How those of what exceeds a fresh real sample follow; positive is worse.
  /// - Throws: ``NumericsError`` where the level or a count is out of range.
  package init(
    value: Double, level: Double, law: BoundLaw, excess: BoundLaw? = nil
  ) throws(NumericsError) {
    let ends = try law.ends(value: value, level: level)
    self.init(lower: ends.lower, upper: ends.upper, level: level, law: law, excessLaw: excess)
  }

  /// The bounds of a quantity that is counted, not estimated.
  package init(counted value: Double, level: Double) {
    self.init(lower: value, upper: value, level: level, law: .exact, excessLaw: .exact)
  }
}

extension MetricResult {
  /// The scores with bounds that are their values, where they have none: nothing in them is an
  /// estimate.
  package func counted(level: Double) -> MetricResult {
    var result = self
    for index in result.scores.indices where result.scores[index].bounds == nil {
      guard let value = result.scores[index].value else { continue }
      result.scores[index].bounds = ScoreBounds(counted: value, level: level)
    }
    return result
  }
}
