public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// What several learners get that are trained and tested on real and on synthetic rows.
///
/// The value is what a learner gets that is trained on synthetic and tested on real rows, in the
/// headline measure of the target. `details` has every measure of the four ways: trained on real or
/// synthetic rows, tested on real or synthetic rows. Trained and tested on synthetic rows, a model is
/// tried on the half that it has not seen; rows that are alike are in one half.
///
/// - Complexity: that of five models for each learner and target, with the rows of the plan at most.
///
/// Source: Esteban, Hyland & Rätsch (2017), arXiv:1706.02633.
public struct TrainTestMatrix: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "utility.train-test", title: "Train on synthetic, test on real", dimension: .utility,
      summary:
        "What learners get that are trained on synthetic rows and tested on real ones (TSTR), beside "
        + "the other three ways.",
      formula: "M(trained on synthetic, tested on real); M = AUC, PR-AUC, mean AUC or R²",
      lowerLimit: -.infinity, upperLimit: 1, direction: .higherIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns", "names of levels"], sees: [], blindTo: [],
      cannotSee: "relations that the target has no part in",
      defaults: [
        "learners":
          "boosted trees, penalised regression, 25 nearest neighbours, a tree of 16 leaves, a "
          + "constant: what they have in common is no quirk of one",
        "rows": "as many of both sides; fewer for learners that cost more, as stated",
      ],
      howToRead:
        "Compare with what the same learner gets that is trained on as many real rows. Much better "
        + "results on synthetic than on real rows mean that synthetic rows are too easy.",
      citations: [
        .init(
          "Esteban, Hyland & Rätsch (2017), Real-valued medical time series generation with "
            + "recurrent conditional GANs, arXiv:1706.02633")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    var listing = TargetListing(descriptor, frame)
    let targets = try await workspace.value(of: Targets())
    for problem in targets.problems {
      guard let rows = try await workspace.value(of: TargetRows(target: problem.column)) else {
        continue
      }
      let choice = HeadlineMeasure.choose(problem, rows.test, roleWord: rows.role.rawValue)
      guard case .success(let measure) = choice, rows.size > 0, rows.training.count >= 20 else {
        if case .failure(let refusal) = choice {
          listing.refuse(problem.name, refusal.reason, rows.against)
        } else {
          listing.refuse(problem.name, "too few training rows", rows.against)
        }
        continue
      }
      for learner in Learner.allCases {
        guard
          let fit = try await workspace.value(
            of: LearnerFits(target: problem.column, learner: learner))
        else { continue }
        do throws(NumericsError) {
          listing.add(
            try score(fit, rows, measure, workspace), isCandidate: learner == .boostedTrees)
        } catch {
          throw MetricError(error)
        }
      }
    }
    return listing.result(targets)
  }

  private func score(
    _ fit: LearnerFit, _ rows: TargetRows.Found, _ measure: HeadlineMeasure,
    _ workspace: Workspace<ReferenceFrame>
  ) throws(NumericsError) -> Score {
    let task = fit.problem.task
    let seed = workspace.plan.seed
    let level = workspace.plan.level
    // A prefix of the rows can lack what the headline needs.
    guard
      case .success(let own) = HeadlineMeasure.choose(
        fit.problem, fit.test, roleWord: rows.role.rawValue)
    else {
      return absent(fit, rows, "too few rows of a class among the \(fit.test.count) judged rows")
    }
    let gap = try PairedGap(
      own, real: fit.synthetic, synthetic: fit.real, test: fit.test, task: task, seed: seed)
    var n = RowCounts(training: fit.trainingRows, synthetic: fit.trainingRows)
    if rows.role == .holdout { n.holdout = fit.test.count }
    var score = Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: rows.against,
      subject: Subject(target: fit.problem.name),
      parameters: ["learner": .string(fit.learner.rawValue)], outcome: .measured(gap.real),
      unit: descriptor.unit, reference: gap.synthetic, n: n)
    let reach = try normalQuantile((1 + level) / 2) * gap.realDeviation
    score.interval = ScoreInterval(
      lower: own == .determination ? gap.real - reach : max(0, gap.real - reach),
      upper: min(1, gap.real + reach), level: level, method: "normal over holdout rows")
    score.bounds = try ScoreBounds(
      value: gap.real, level: level,
      law: .normal(
        .init(
          lowerCentre: gap.real, upperCentre: gap.real, deviation: gap.realDeviation,
          lowest: own == .determination ? nil : 0, highest: 1)))
    if rows.folds != nil { score.bounds = nil }
    score.details = [
      "measure": .string(own.rawValue), "measureTitle": .string(own.title),
      "task": .string(task.word), "rowsEach": .integer(fit.trainingRows),
      "testRows": .integer(fit.test.count),
    ]
    let ways = try SyntheticTests(fit, rows, workspace)
    for (name, predictions, test) in [
      ("trainRealTestReal", fit.real, fit.test),
      ("trainSyntheticTestReal", fit.synthetic, fit.test),
      ("trainRealTestSynthetic", ways.real, ways.test),
      ("trainSyntheticTestSynthetic", ways.synthetic, ways.test),
    ] {
      let measures = try PredictionMeasures(predictions, test, problem: fit.problem, seed: seed)
      score.details[name] = measures.detail
    }
    return score
  }

  private func absent(_ fit: LearnerFit, _ rows: TargetRows.Found, _ reason: String) -> Score {
    Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: rows.against,
      subject: Subject(target: fit.problem.name),
      parameters: ["learner": .string(fit.learner.rawValue)],
      outcome: .notApplicable(reason: reason), unit: descriptor.unit)
  }
}

/// What models predict of synthetic rows.
struct SyntheticTests {
  /// The rows.
  let test: LabelledRows
  /// Predictions of a model trained on real rows.
  let real: [Double]
  /// Predictions of models trained on the other half of the synthetic rows.
  let synthetic: [Double]

  init(
    _ fit: LearnerFit, _ rows: TargetRows.Found, _ workspace: Workspace<ReferenceFrame>
  ) throws(NumericsError) {
    let own = rows.synthetic.prefix(fit.trainingRows)
    let task = fit.problem.task
    let halves = own.parts(2)
    let trees = workspace.plan.utility.trees
    let found = try parallelChunks(count: 3, chunk: 1, threads: workspace.threads) {
      range throws(NumericsError) -> (rows: [Int], predictions: [Double]) in
      let half = range.lowerBound
      guard half < 2 else { return ([], try fit.realModels[0].predictions(own)) }
      let seen = halves.indices.filter { halves[$0] != half }
      let unseen = halves.indices.filter { halves[$0] == half }
      let model = try fit.learner.train(own.rows(seen), task: task, trees: trees)
      return (unseen, try model.predictions(own.rows(unseen)))
    }
    let width = task.classes > 2 ? task.classes : 1
    var joined = [Double](repeating: 0, count: own.count * width)
    for half in found.prefix(2) {
      for (place, row) in half.rows.enumerated() {
        for index in 0..<width {
          joined[row * width + index] = half.predictions[place * width + index]
        }
      }
    }
    test = own
    real = found[2].predictions
    synthetic = joined
  }
}
