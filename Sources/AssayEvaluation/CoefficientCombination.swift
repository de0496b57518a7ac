import AssayDocument
import AssayNumerics

/// Combines the coefficients of the regressions of several draws.
///
/// It reads what the scores of the overlap of coefficient intervals say of each draw.
struct CoefficientCombination {
  let documents: [EvaluationDocument]

  /// The metric whose details hold the coefficients.
  static let metric: MetricID = "utility.coefficient-overlap"

  /// One coefficient as a draw has it.
  private struct Line {
    var real, realError: Double
    var synthetic, syntheticError: Double?

    init?(_ detail: DetailValue) {
      guard let real = detail["real"]?.doubleValue, let error = detail["realError"]?.doubleValue
      else { return nil }
      self.real = real
      realError = error
      synthetic = detail["synthetic"]?.doubleValue
      syntheticError = detail["syntheticError"]?.doubleValue
    }
  }

  /// The regressions that the first draw has, in its order.
  func regressions() throws(NumericsError) -> [CombinedRegression] {
    guard documents.count > 1, let first = documents.first else { return [] }
    var found: [CombinedRegression] = []
    for score in first.scores where score.metric == Self.metric && score.subject.target != nil {
      let draws = documents.map { $0.scores.first { $0.key == score.key } }
      if let made = try regression(score, draws) { found.append(made) }
    }
    return found
  }

  private func regression(
    _ first: Score, _ draws: [Score?]
  ) throws(NumericsError) -> CombinedRegression? {
    guard let target = first.subject.target, let lines = first.details["lines"]?.arrayValue,
      let level = first.interval?.level, !lines.isEmpty
    else { return nil }
    let ratios = draws.compactMap { $0?.details["rowRatio"]?.doubleValue }.filter { $0 > 0 }
    guard !ratios.isEmpty else { return nil }
    let ratio = ratios.reduce(0, +) / Double(ratios.count)
    // The terms are decided on the training rows: every draw has the same ones.
    let tables = draws.map { score -> [String: Line] in
      var table: [String: Line] = [:]
      for detail in score?.details["lines"]?.arrayValue ?? [] {
        if let term = detail["term"]?.stringValue, let line = Line(detail) { table[term] = line }
      }
      return table
    }
    var terms: [CombinedTerm] = []
    var tally = RuleTally(against: first.against, ratio: ratio, level: level)
    for detail in lines {
      guard let term = detail["term"]?.stringValue, let line = Line(detail) else { continue }
      var estimates: [Double] = []
      var variances: [Double] = []
      for table in tables {
        guard let own = table[term], let estimate = own.synthetic, let error = own.syntheticError
        else { continue }
        estimates.append(estimate)
        variances.append(error * error)
      }
      var made = CombinedTerm(
        term: term, real: line.real, realError: line.realError, draws: estimates.count,
        estimate: nil, betweenSpread: nil, withinSpread: nil, intervals: [])
      if estimates.count > 1 {
        let combined = try CombinedEstimates(estimates: estimates.span, variances: variances.span)
        made.estimate = combined.estimate
        made.betweenSpread = combined.between.squareRoot()
        made.withinSpread = combined.within.squareRoot()
        made.intervals = try tally.add(
          combined, estimates, variances, real: line.real, error: line.realError)
      }
      terms.append(made)
    }
    return CombinedRegression(
      target: target, against: first.against, level: level, rowRatio: ratio, rules: tally.rules,
      terms: terms)
  }
}

/// Counts how the intervals of each rule stand to the real coefficients.
private struct RuleTally {
  let against: Against
  let ratio: Double
  let level: Double
  private var found: [CombiningRule: Sum] = [:]

  private struct Sum {
    var intervals = 0
    var unknown = 0
    var holding = 0
    var expected = 0.0
    var overlap = 0.0
  }

  init(against: Against, ratio: Double, level: Double) {
    self.against = against
    self.ratio = ratio
    self.level = level
  }

  /// The rules, as a document has them.
  var rules: [CombinedRule] {
    CombiningRule.allCases.map { rule in
      let sum = found[rule] ?? Sum()
      let count = Double(sum.intervals)
      return CombinedRule(
        rule: rule, intervals: sum.intervals, unknown: sum.unknown, holding: sum.holding,
        expected: sum.intervals > 0 ? sum.expected / count : nil,
        overlap: sum.intervals > 0 ? sum.overlap / count : nil)
    }
  }

  /// Adds a coefficient.
  ///
  /// - Returns: The combined intervals.
  mutating func add(
    _ combined: CombinedEstimates, _ estimates: [Double], _ variances: [Double], real: Double,
    error: Double
  ) throws(NumericsError) -> [CombinedTerm.Interval] {
    let z = try normalQuantile((1 + level) / 2)
    let own = ConfidenceInterval(lower: real - z * error, upper: real + z * error)
    for (estimate, variance) in zip(estimates, variances) {
      let margin = z * variance.squareRoot()
      try count(
        .oneDraw, ConfidenceInterval(lower: estimate - margin, upper: estimate + margin), real, own,
        error: error, drawn: variance, within: variance)
    }
    var made: [CombinedTerm.Interval] = []
    let pairs: [(CombiningRule, CombinedEstimates.Rule)] = [
      (.singleModel, .singleModel), (.fullySynthetic, .fullySynthetic),
      (.partiallySynthetic, .partiallySynthetic),
    ]
    for (rule, kind) in pairs {
      guard let interval = try combined.interval(kind, rowRatio: ratio, level: level) else {
        found[rule, default: Sum()].unknown += 1
        continue
      }
      made.append(.init(rule: rule, lower: interval.lower, upper: interval.upper))
      let tables = Double(combined.tables)
      try count(
        rule, interval, real, own, error: error,
        drawn: (rule == .singleModel ? combined.within : combined.between) / tables,
        within: combined.within)
    }
    return made
  }

  // `drawn` is the variance that drawing tables adds to the estimate, `within` that within a table.
  private mutating func count(
    _ rule: CombiningRule, _ interval: ConfidenceInterval, _ real: Double,
    _ own: ConfidenceInterval, error: Double, drawn: Double, within: Double
  ) throws(NumericsError) {
    var sum = found[rule] ?? Sum()
    sum.intervals += 1
    if interval.lower <= real, interval.upper >= real { sum.holding += 1 }
    // The generator's rows and the real ones at hand: the holdout is another sample; of training rows
    // what was fitted may be a part.
    let fitted = within * ratio
    let apart =
      against == .holdout ? fitted + error * error : max(0, error * error - fitted)
    let deviation = (drawn + apart).squareRoot()
    let reach = (interval.upper - interval.lower) / 2
    sum.expected += deviation > 0 ? 1 - 2 * normalSurvival(reach / deviation) : 1
    sum.overlap += max(-1, try confidenceIntervalOverlap(interval, own) ?? 0)
    found[rule] = sum
  }
}
