public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// Whether synthetic rows help, harm or make no difference beside real ones.
///
/// ```
/// gain = M(trained on real and synthetic rows) − M(trained on the same real rows alone)
/// ```
///
/// Boosted trees, judged by the same holdout rows. Three regimes, a score for each share: *mix* (as many
/// rows throughout, a share of them synthetic), *added* (synthetic rows on top of all real ones) and
/// *scarce* (a twentieth, a tenth, a quarter of the real rows and all synthetic rows on top). A gain or
/// a harm is called one where its interval leaves out 0; otherwise these rows cannot tell. The score of
/// the table is the gain of adding as many synthetic rows as there are real ones.
///
/// A class of fewer than 50 holdout rows is judged by the area under the ROC curve here.
///
/// - Complexity: that of about 85 models for each target, with the rows of refits.
///
/// Source: metrics of augmentation as in SDMetrics and synthcity; Student's t for means of few
/// repetitions.
public struct Augmentation: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "utility.augmentation", title: "Synthetic beside real rows", dimension: .utility,
      summary: "Whether synthetic rows help a model that real rows train.",
      formula: "M(real and synthetic) − M(the same real rows alone)",
      lowerLimit: -.infinity, upperLimit: nil, direction: .higherIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns", "names of levels"], sees: [], blindTo: [],
      cannotSee: "what weights or oversampling of real rows would do instead",
      defaults: [
        "repetitions": "6: each draws other rows",
        "shares": "quarters for mixtures; 5, 10 and 25 % of the real rows for scarce data",
      ],
      howToRead:
        "Above 0 synthetic rows help. Each share is called a gain or a harm where its interval leaves "
        + "out 0, and cannot be told otherwise. A good table helps where real rows are scarce, and no "
        + "table helps much where there are plenty.",
      citations: [
        .init("SDMetrics, BinaryClassifierPrecisionEfficacy, for the question"),
        .init(
          "Welch (1947), The generalization of Student's problem when several different population "
            + "variances are involved", doi: "10.1093/biomet/34.1-2.28"),
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
      guard found.gap != nil, found.rows.role == .holdout,
        let curve = try await workspace.value(of: MixtureCurves(target: problem.column))
      else {
        listing.refuse(
          problem.name,
          found.reason
            ?? (found.rows.role == .holdout
              ? "too few rows to mix" : "no holdout: there are no rows to judge mixtures by"),
          found.rows.against)
        continue
      }
      do throws(NumericsError) {
        for point in curve.points {
          listing.add(
            try score(point, curve, found, workspace.plan.level),
            isCandidate: point.regime == .added && point.share == 1)
        }
      } catch {
        throw MetricError(error)
      }
    }
    var result = listing.result(targets)
    // The table is as its worst target is, in the same words.
    if let target = result.scores.first?.details["target"],
      let own = result.scores.dropFirst().first(where: {
        $0.subject.target == target.stringValue && $0.details["inWords"] != nil
      })
    {
      result.scores[0].details["verdict"] = own.details["verdict"]
      result.scores[0].details["inWords"] = own.details["inWords"]
    }
    return result
  }

  private func score(
    _ point: MixtureCurve.Point, _ curve: MixtureCurve, _ found: GapOfTarget.Found,
    _ level: Double
  ) throws(NumericsError) -> Score {
    let value = point.gain
    var score = Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: found.rows.against,
      subject: Subject(target: found.problem.name),
      parameters: [
        "regime": .string(point.regime.rawValue), "share": .number(point.share),
      ], outcome: .measured(value), unit: descriptor.unit,
      n: RowCounts(
        training: point.rows.real, synthetic: point.rows.synthetic, holdout: curve.testRows))
    let reach =
      try studentQuantile((1 + level) / 2, degreesOfFreedom: point.freedom) * point.deviation
    score.interval = ScoreInterval(
      lower: value - reach, upper: value + reach, level: level,
      method: "repetitions and holdout rows")
    let bound = try studentQuantile(level, degreesOfFreedom: point.freedom) * point.deviation
    score.bounds = ScoreBounds(lower: value - bound, upper: value + bound, level: level)
    score.details = [
      "verdict": .string(AugmentationWords.verdict(point, level: level).rawValue),
      "alone": .finite(Published.rounded4(point.alone)),
      "mixed": .finite(Published.rounded4(point.mixed)), "repetitions": .integer(curve.repeats),
      "measure": .string(found.gap?.measure == .averagePrecision ? "auc" : measure(found)),
    ]
    if point.regime == .added, let end = Self.stopsHelping(curve, level: level) {
      score.details["stopsHelpingAt"] = .number(end)
    }
    if point.regime == .added, point.share == 1 {
      score.details["inWords"] = .string(AugmentationWords(curve, level: level).sentence)
    }
    return score
  }

  private func measure(_ found: GapOfTarget.Found) -> String {
    found.gap?.measure.rawValue ?? ""
  }

  /// The share of added rows from which more no longer help: that of the largest gain that is one; 0
  /// where none is.
  static func stopsHelping(_ curve: MixtureCurve, level: Double) -> Double? {
    let added = curve.points.filter { $0.regime == .added }
    guard !added.isEmpty else { return nil }
    let helping = added.filter { AugmentationWords.verdict($0, level: level) == .gain }
    return helping.max { ($0.gain, -$0.share) < ($1.gain, -$1.share) }?.share ?? 0
  }
}
