public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// What is lost by training on these synthetic rows instead of real ones: *this release*.
///
/// ```
/// gap = M(trained on real, tested on real) − M(trained on synthetic, tested on real)
/// ```
///
/// Boosted trees are trained twice on as many rows, once on real and once on synthetic ones, and both
/// predict the same holdout rows. M is the area under the ROC curve for two classes (average precision
/// below 50 rows of the rarer class), the mean over classes of the area of each against the rest, or
/// the share of variance explained for numbers. The interval is over holdout rows with both models as
/// they are: it says how these two models differ, not what other rows of the same generator would give
/// (`utility.fresh-sample-gap` does).
///
/// Without a holdout models are judged by training rows: the real model by parts that it has not seen,
/// the synthetic one by rows that the generator has seen, which flatters it where rows are copied. The
/// gap then shows a loss but never its absence, and has no bounds.
///
/// - Complexity: O(trees · depth · rows · columns) for each target, with the rows of the plan at most.
///
/// Source: Esteban, Hyland & Rätsch (2017), arXiv:1706.02633; DeLong, DeLong & Clarke-Pearson (1988),
/// doi:10.2307/2531595.
public struct PredictionGap: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "utility.prediction-gap", title: "Prediction gap", dimension: .utility,
      summary: "What a model loses that is trained on the synthetic rows instead of real ones.",
      formula:
        "M(trained on real) − M(trained on synthetic) on the same real rows; M = AUC, PR-AUC, "
        + "mean AUC or R²",
      lowerLimit: -.infinity, upperLimit: nil, direction: .lowerIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [], blindTo: [],
      cannotSee:
        "relations that the target has no part in; what other models would lose; what another run "
        + "of the generator would give",
      defaults: [
        "learner": "boosted trees of depth 6: the strongest common choice for tables",
        "rows": "as many of both sides: sizes are no part of the comparison",
        "margin": "0.02 of an area, a tenth of the real gain of other measures",
      ],
      howToRead:
        "0 means that models trained on the synthetic rows predict real ones as well as models "
        + "trained on real rows; a fresh real sample gets about 0.",
      citations: [
        .init(
          "Esteban, Hyland & Rätsch (2017), Real-valued medical time series generation with "
            + "recurrent conditional GANs, arXiv:1706.02633"),
        .init(
          "DeLong, DeLong & Clarke-Pearson (1988), Comparing the areas under two or more correlated "
            + "receiver operating characteristic curves", doi: "10.2307/2531595"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    var listing = TargetListing(descriptor, frame)
    let targets = try await workspace.value(of: Targets())
    for (found, gap) in try await listing.gaps(targets, in: workspace) {
      let problem = found.problem
      // What a fresh real sample gets varies with the rows that models are trained on, too.
      let spread =
        found.rows.role == .holdout
        ? try await workspace.value(of: RefitSpreads(target: problem.column)) : nil
      let fit = try await workspace.value(
        of: LearnerFits(target: problem.column, learner: .boostedTrees))
      do throws(NumericsError) {
        let judged = JudgedGap(
          value: gap.gap, deviation: gap.deviation,
          spread: spread?.freshSample(fixed: gap.deviation) ?? gap.deviation, gap: gap,
          level: workspace.plan.level, method: gap.method)
        var score = try judged.score(descriptor, found)
        if found.rows.folds != nil { score.bounds = nil }
        if problem.task == .binary, let fit,
          let real = try CurveDetails.roc(fit.real, fit.test, least: workspace.plan.k),
          let synthetic = try CurveDetails.roc(fit.synthetic, fit.test, least: workspace.plan.k)
        {
          score.details["roc"] = .object(["real": real, "synthetic": synthetic])
        }
        listing.add(score)
        if let facet = judged.facet(found) { listing.facets.append(facet) }
      } catch {
        throw MetricError(error)
      }
    }
    return listing.result(targets)
  }
}

/// A gap with what is known of how sure it is.
struct JudgedGap {
  let value: Double
  /// The standard deviation of the value.
  let deviation: Double
  /// That of what a fresh real sample gets.
  let spread: Double
  let gap: PairedGap
  let level: Double
  let method: String

  /// What a model loses that learns nothing.
  private var anchor: Double { gap.real - gap.trivial }

  /// The largest and the smallest gap that the measure allows.
  private var limit: Double? { gap.measure == .determination ? nil : 1 }

  /// The score of a target.
  func score(
    _ descriptor: MetricDescriptor, _ found: GapOfTarget.Found
  ) throws(NumericsError) -> Score {
    let rows = found.rows
    var n = RowCounts(training: rows.size, synthetic: min(rows.size, rows.synthetic.count))
    if rows.role == .holdout { n.holdout = rows.test.count }
    var score = Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: rows.against,
      subject: Subject(target: found.problem.name), outcome: .measured(value),
      unit: descriptor.unit, floor: ScoreFloor(value: 0, spread: spread, method: method),
      baseline: anchor > 0
        ? ScoreBaseline(value: anchor, method: "no-information") : nil,
      n: n)
    let reach = try normalQuantile(1 - (1 - level) / 2) * deviation
    score.interval = ScoreInterval(
      lower: max(value - reach, -(limit ?? .infinity)),
      upper: min(value + reach, limit ?? .infinity), level: level, method: method)
    let law = BoundLaw.normal(
      .init(
        lowerCentre: value, upperCentre: value, deviation: deviation, lowest: limit.map { -$0 },
        highest: limit))
    score.bounds = try ScoreBounds(value: value, level: level, law: law, excess: law)
    score.details = details(found)
    return score
  }

  private func details(_ found: GapOfTarget.Found) -> [String: DetailValue] {
    let rows = found.rows
    var details: [String: DetailValue] = [
      "task": .string(found.problem.task.word), "measure": .string(gap.measure.rawValue),
      "measureTitle": .string(gap.measure.title),
      "learner": .string(Learner.boostedTrees.rawValue),
      "real": .finite(Published.rounded4(gap.real)),
      "synthetic": .finite(Published.rounded4(gap.synthetic)),
      "trivial": .finite(Published.rounded4(gap.trivial)),
      "realDeviation": .finite(Published.rounded4(gap.realDeviation)),
      "rowsEach": .integer(rows.size), "testRows": .integer(rows.test.count),
      "judgedBy": .string(
        rows.folds == nil ? "holdout" : "training rows, the real model by parts it has not seen"),
    ]
    if !found.problem.classes.isEmpty { details["classes"] = .strings(found.problem.classes) }
    if rows.sharedEntities > 0 { details["sharedEntities"] = .integer(rows.sharedEntities) }
    if rows.synthetic.count == 0 { details["syntheticTarget"] = "no synthetic row has a value" }
    return details
  }

  /// The part of utility: the share of the real gain that is lost, where there is a gain to lose.
  func facet(_ found: GapOfTarget.Found) -> FacetResult? {
    guard found.rows.role == .holdout, anchor > 0 else { return nil }
    return FacetResult(
      dimension: .utility, facet: "prediction", against: found.rows.against, value: value / anchor,
      floor: ScoreFloor(value: 0, spread: spread / anchor, method: method),
      baseline: ScoreBaseline(value: 1, method: "no-information"), deviation: deviation / anchor,
      subjects: 1, worst: [found.problem.name])
  }
}

extension Published {
  /// A measure to four decimals: it says what readers compare, and no single record.
  static func rounded4(_ value: Double) -> Double { (value * 1e4).rounded() / 1e4 + 0 }
}
