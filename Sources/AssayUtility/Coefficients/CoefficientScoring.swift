import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable

/// Makes the scores of one summary of the agreement of coefficients, a target each.
struct CoefficientScoring {
  let descriptor: MetricDescriptor
  let summary: CoefficientAgreement.Summary
  /// Whether the joint test and the coefficients themselves are said here.
  var isDetailed = false

  func result(
    _ frame: ReferenceFrame, _ workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let targets = try await workspace.value(of: Targets())
    let sides: [Against] = frame.rowCount(.holdout) == nil ? [.training] : [.training, .holdout]
    var found: [(TargetProblem, CoefficientAgreements.Found)] = []
    for problem in targets.problems {
      found.append(
        (problem, try await workspace.value(of: CoefficientAgreements(target: problem.column))))
    }
    var scores: [Score] = []
    for against in sides {
      var own: [Score] = []
      for (problem, one) in found {
        let subject = Subject(target: problem.name)
        guard let side = one.sides[against] else {
          own.append(
            score(
              subject, .notApplicable(reason: one.reason ?? "too few rows for a regression"),
              against))
          continue
        }
        own.append(try score(subject, side, one, against, workspace))
      }
      own += targets.refused.map { name, reason in
        score(Subject(target: name), .notApplicable(reason: reason), against)
      }
      let reason = own.first?.reason ?? targets.absence ?? "no target can be judged"
      scores.append(
        worst(own) ?? score(.table, .notApplicable(reason: reason), against))
      scores += own
    }
    return MetricResult(scores: scores)
  }

  /// The worst target, as the score of the table.
  private func worst(_ own: [Score]) -> Score? {
    let sign: Double = descriptor.direction == .higherIsBetter ? 1 : -1
    var place: Int?
    var lowest = Double.infinity
    for index in own.indices {
      guard let value = own[index].value, sign * value < lowest else { continue }
      lowest = sign * value
      place = index
    }
    guard let place else { return nil }
    var table = own[place]
    table.details = ["target": .string(table.subject.target ?? "")]
    table.subject = .table
    return table
  }

  private func score(_ subject: Subject, _ outcome: Score.Outcome, _ against: Against) -> Score {
    Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: against, subject: subject,
      outcome: outcome, unit: descriptor.unit)
  }

  private func score(
    _ subject: Subject, _ side: CoefficientAgreement, _ found: CoefficientAgreements.Found,
    _ against: Against, _ workspace: Workspace<ReferenceFrame>
  ) throws(MetricError) -> Score {
    let value = side.values[summary.rawValue]
    var made = score(subject, .measured(value), against)
    made.n = RowCounts(synthetic: side.syntheticRows)
    if against == .training { made.n.training = side.realRows }
    if against == .holdout { made.n.holdout = side.realRows }
    let floor = side.floor(summary)
    made.floor = floor
    made.baseline = ScoreBaseline(value: side.anchor[summary.rawValue], method: "no-coefficients")
    // What is left of the value of a fresh sample at the true distance 0 is known; draws about both
    // sides add their noise once more, so that their deviation is what counts, not their mean.
    let deviation = max(side.deviation(summary), floor.spread)
    let level = workspace.plan.level
    let ends: (Double, Double?) =
      switch summary {
      case .overlap: (-1, 1)
      case .difference: (0, nil)
      case .agreement: (0, 1)
      }
    do throws(NumericsError) {
      let reach = try normalQuantile(1 - (1 - level) / 2) * deviation
      made.interval = ScoreInterval(
        lower: max(ends.0, value - reach), upper: min(ends.1 ?? .infinity, value + reach),
        level: level, method: "drawn-coefficients")
      let excess =
        descriptor.direction == .higherIsBetter ? floor.value - value : value - floor.value
      made.bounds = try ScoreBounds(
        value: value, level: level,
        law: .normal(
          .init(
            lowerCentre: value, upperCentre: value, deviation: deviation, lowest: ends.0,
            highest: ends.1)),
        excess: .normal(.init(lowerCentre: excess, upperCentre: excess, deviation: deviation)))
    } catch {
      throw MetricError(error)
    }
    made.details["coefficients"] = .integer(side.lines.count)
    if let positive = found.positive { made.details["positive"] = .string(positive) }
    if isDetailed {
      if let wald = side.wald, wald.degrees > 0 {
        made.test = TestResult(
          statistic: wald.statistic, pValue: wald.pValue,
          method: "joint Wald test, \(wald.degrees) degrees of freedom")
      }
      made.details["lines"] = .array(side.lines.map(Self.line))
      if let ratio = found.rowRatio {
        made.details["rowRatio"] = .finite(Published.rounded(ratio))
      }
      if !side.leftOut.isEmpty { made.details["leftOut"] = .strings(side.leftOut) }
    }
    return made
  }

  private static func line(_ line: CoefficientAgreement.Line) -> DetailValue {
    .object([
      "term": .string(line.name), "real": .finite(Published.rounded(line.real)),
      "realError": .finite(Published.rounded(line.realError)),
      // Of rows that are given away themselves; what differs between draws must not be lost.
      "synthetic": line.synthetic.map { .finite(Self.fine($0)) } ?? .null,
      "syntheticError": line.syntheticError.map { .finite(Self.fine($0)) } ?? .null,
      "overlap": .finite(Published.rounded(line.overlap)),
      "difference": .finite(Published.rounded(line.difference)), "agrees": .boolean(line.agrees),
    ])
  }

  private static func fine(_ value: Double) -> Double {
    Published.round(value, .toNearestOrEven, digits: 6)
  }
}
