public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// How many real rows train a model as well as the synthetic rows do.
///
/// ```
/// N with C(N) = M(trained on synthetic);  C(n) = mean of M over random subsets of n real rows
/// ```
///
/// C is measured at n, n/2, n/4, n/8, n/16, n/64, n/256, made monotone and read between on the logarithm of n. No
/// number is larger than that of the rows that the models of both sides were trained on, and none
/// smaller than the smallest subset: beyond these ends the curve says nothing.
///
/// - Complexity: about that of two further models for each repetition.
///
/// Source: Cortes, Jackel, Solla, Vapnik & Denker (1993), Learning curves: asymptotic values and rate
/// of convergence; monotone regression: Barlow, Bartholomew, Bremner & Brunk (1972).
public struct EffectiveTrainingRows: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "utility.effective-rows", title: "Real rows that train as well", dimension: .utility,
      summary: "How many real rows train a model as well as the synthetic rows do.",
      formula: "N with C(N) = M(trained on synthetic); C is the learning curve of real rows",
      unit: "rows", lowerLimit: 0, upperLimit: nil, direction: .higherIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns", "names of levels"], sees: [], blindTo: [],
      cannotSee:
        "more than the rows that models were trained on; anything where a few rows already teach "
        + "all that there is",
      defaults: [
        "sizes": "halved four times and quartered twice: each point costs half of the one before",
        "subsets": "2 of each size (5 in the full preset)",
      ],
      howToRead:
        "10,000 synthetic rows that train like 800 real ones are worth collecting 800 rows for.",
      citations: [
        .init(
          "Cortes, Jackel, Solla, Vapnik & Denker (1993), Learning curves: asymptotic values and "
            + "rate of convergence, NIPS 6"),
        .init(
          "Barlow, Bartholomew, Bremner & Brunk (1972), Statistical inference under order "
            + "restrictions, Wiley"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    var listing = TargetListing(descriptor, frame)
    let targets = try await workspace.value(of: Targets())
    for problem in targets.problems {
      guard let found = try await workspace.value(of: GapOfTarget(target: problem.column)) else {
        continue
      }
      let against = found.rows.against
      guard let gap = found.gap else {
        listing.refuse(problem.name, found.reason ?? "", against)
        continue
      }
      guard found.rows.role == .holdout else {
        listing.refuse(
          problem.name, "no holdout: synthetic rows are judged by rows that the generator saw",
          against)
        continue
      }
      guard gap.isLearned else {
        listing.refuse(
          problem.name, "real rows teach nothing of \(problem.name), however many", against)
        continue
      }
      guard
        let curve = try await workspace.value(of: LearningCurves(target: problem.column))
      else {
        listing.refuse(problem.name, "too few rows for a learning curve", against)
        continue
      }
      listing.add(score(curve, found, gap, level: workspace.plan.level))
    }
    return listing.result(targets)
  }

  private func score(
    _ curve: LearningCurve, _ found: GapOfTarget.Found, _ gap: PairedGap, level: Double
  ) -> Score {
    let rows = found.rows
    var score = Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: rows.against,
      subject: Subject(target: found.problem.name), outcome: .measured(curve.rows.value.rounded()),
      unit: descriptor.unit,
      n: RowCounts(training: rows.size, synthetic: rows.size, holdout: rows.test.count))
    let method = "inverted learning curve"
    score.interval = ScoreInterval(
      lower: curve.rows.lower.rounded(), upper: curve.rows.upper.rounded(), level: level,
      method: method)
    score.bounds = ScoreBounds(
      lower: curve.bounds.lower.rounded(), upper: curve.bounds.upper.rounded(), level: level)
    score.details = [
      "measure": .string(gap.measure.rawValue), "measureTitle": .string(gap.measure.title),
      "syntheticRows": .integer(rows.size),
      "isLowest": .boolean(curve.rows.value <= Double(curve.sizes[0])),
      "isHighest": .boolean(curve.rows.value >= Double(rows.size)),
      "synthetic": .finite(Published.rounded4(gap.synthetic)),
      "sizes": .array(curve.sizes.map { .integer($0) }),
      "values": .numbers(curve.values.map(Published.rounded4)),
    ]
    return score
  }
}

extension PairedGap {
  /// Whether the real model is better than one that says the same of every row, beyond chance.
  package var isLearned: Bool { real - trivial > 3 * realDeviation && real > trivial }
}
