public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// Whether the probabilities of a model that is trained on synthetic rows come true among real ones.
///
/// ```
/// Σ over ten groups (n_g/n)·|rate − mean prediction|, less what calibrated predictions get on average
/// ```
///
/// Boosted trees on targets of two classes. `details` has the slope and intercept of the log-odds and
/// the same of the model that is trained on real rows, which is what a fresh real sample gets.
///
/// - Complexity: O(rows log rows).
///
/// Source: Naeini, Cooper & Hauskrecht (2015), doi:10.1609/aaai.v29i1.9602; Cox (1958),
/// doi:10.1093/biomet/45.3-4.562.
public struct PredictionCalibration: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "utility.calibration", title: "Calibration of predictions", dimension: .utility,
      summary: "Whether probabilities learned from synthetic rows come true among real ones.",
      formula: "Σ (n_g/n)·|rate − mean prediction| over ten groups, less its mean when calibrated",
      lowerLimit: 0, upperLimit: 1, direction: .lowerIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns", "names of levels"], sees: [], blindTo: [],
      cannotSee: "whether predictions tell rows apart: a constant at the right rate is calibrated",
      defaults: ["groups": "10 of equal size", "draws": "49 of a calibrated forecast"],
      howToRead:
        "0.05 means that predicted shares are off by five in a hundred on average. A slope below 1 "
        + "says that predictions are too extreme.",
      citations: [
        .init(
          "Naeini, Cooper & Hauskrecht (2015), Obtaining well calibrated probabilities using "
            + "Bayesian binning", doi: "10.1609/aaai.v29i1.9602"),
        .init(
          "Cox (1958), Two further applications of a model for binary regression",
          doi: "10.1093/biomet/45.3-4.562"),
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
      let rows = found.rows
      guard problem.task == .binary else {
        listing.refuse(problem.name, "\(problem.name) has no two classes", rows.against)
        continue
      }
      guard found.gap != nil,
        let fit = try await workspace.value(
          of: LearnerFits(target: problem.column, learner: .boostedTrees))
      else {
        listing.refuse(problem.name, found.reason ?? "", rows.against)
        continue
      }
      do throws(NumericsError) {
        guard let score = try score(fit, found, workspace.plan) else {
          listing.refuse(problem.name, "too few rows for ten groups", rows.against)
          continue
        }
        listing.add(score)
      } catch {
        throw MetricError(error)
      }
    }
    return listing.result(targets)
  }

  private func score(
    _ fit: LearnerFit, _ found: GapOfTarget.Found, _ plan: EvaluationPlan
  ) throws(NumericsError) -> Score? {
    let rows = found.rows
    let own = try PredictionMeasures(fit.synthetic, fit.test, problem: fit.problem, seed: plan.seed)
    let other = try PredictionMeasures(fit.real, fit.test, problem: fit.problem, seed: plan.seed)
    guard let error = own.calibration, let real = other.calibration else { return nil }
    let count = error.groups.reduce(0) { $0 + $1.rows }
    var n = RowCounts(training: rows.size, synthetic: min(rows.size, rows.synthetic.count))
    if rows.role == .holdout { n.holdout = count }
    let deviation = Self.deviation(error)
    var score = Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: rows.against,
      subject: Subject(target: found.problem.name), outcome: .measured(error.debiased),
      unit: descriptor.unit,
      floor: ScoreFloor(
        value: real.debiased, spread: Self.deviation(real), method: "trained on real rows"), n: n)
    let reach = try normalQuantile((1 + plan.level) / 2) * deviation
    score.interval = ScoreInterval(
      lower: max(0, error.debiased - reach), upper: min(1, error.debiased + reach),
      level: plan.level, method: "normal over groups")
    if rows.folds == nil {
      score.bounds = try ScoreBounds(
        value: error.debiased, level: plan.level,
        law: .normal(
          .init(
            lowerCentre: error.debiased, upperCentre: error.value, deviation: deviation, lowest: 0,
            highest: 1)))
    }
    score.details = ["trainedOnReal": other.detail, "trainedOnSynthetic": own.detail]
    if let curve = CurveDetails.calibration(error.groups, least: plan.k),
      let realCurve = CurveDetails.calibration(real.groups, least: plan.k)
    {
      score.details["curve"] = .object(["real": realCurve, "synthetic": curve])
    }
    return score
  }

  /// The standard deviation of the sum of absolute differences, as if no difference changed its sign.
  private static func deviation(_ error: CalibrationError) -> Double {
    let count = Double(error.groups.reduce(0) { $0 + $1.rows })
    let variance = error.groups.reduce(0.0) { sum, group in
      sum + Double(group.rows) * max(group.rate * (1 - group.rate), 1 / Double(group.rows))
    }
    return variance.squareRoot() / count
  }
}
