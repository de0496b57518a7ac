public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// How many of the rare cases a model still finds that is trained on synthetic rows, at the same
/// precision.
///
/// ```
/// recall(trained on real) − recall(trained on synthetic), each at the threshold at which it finds most
/// with a precision of at least p
/// ```
///
/// For targets of two classes of which the rarer has at most a quarter of the training rows. p is 0.8,
/// 0.5 or twice the share of the rarer class: the first at which the model of real rows finds at least a
/// tenth of the cases. The interval is a paired bootstrap within classes with both models fixed.
///
/// - Complexity: O(draws · rows).
///
/// Source: Davis & Goadrich (2006), doi:10.1145/1143844.1143874.
public struct RareEvents: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "utility.rare-events", title: "Rare cases found", dimension: .utility,
      summary: "How many fewer rare cases a model of synthetic rows finds at the same precision.",
      formula: "recall(trained on real) − recall(trained on synthetic) at precision ≥ p",
      lowerLimit: -1, upperLimit: 1, direction: .lowerIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns", "names of levels"], sees: [], blindTo: [],
      cannotSee: "what other thresholds would give; whether probabilities are right",
      defaults: [
        "precision":
          "0.8, 0.5 or twice the share of the class: one that the model of real rows meets",
        "draws": "400: their deviation is known to 4 %",
      ],
      howToRead:
        "0.1 means that of ten cases that a model of real rows finds room for, one more is missed.",
      citations: [
        .init(
          "Davis & Goadrich (2006), The relationship between precision-recall and ROC curves",
          doi: "10.1145/1143844.1143874")
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
      let share =
        Double(rows.training.labels.count { $0 == 1 }) / Double(max(1, rows.training.count))
      guard problem.task == .binary, share <= 0.25 else {
        listing.refuse(
          problem.name,
          problem.task == .binary
            ? "no class of \(problem.name) is rare: both have over a quarter of the rows"
            : "\(problem.name) has no rare class of two", rows.against)
        continue
      }
      guard let gap = found.gap,
        let fit = try await workspace.value(
          of: LearnerFits(target: problem.column, learner: .boostedTrees))
      else {
        listing.refuse(problem.name, found.reason ?? "", rows.against)
        continue
      }
      do throws(NumericsError) {
        guard gap.isLearned,
          let recalls = try RecallGap(fit, share: share, seed: workspace.plan.seed)
        else {
          listing.refuse(
            problem.name,
            "the model of real rows finds too few cases of \(problem.name) at any precision",
            rows.against)
          continue
        }
        listing.add(try score(recalls, found, workspace.plan.level))
      } catch {
        throw MetricError(error)
      }
    }
    return listing.result(targets)
  }

  private func score(
    _ recalls: RecallGap, _ found: GapOfTarget.Found, _ level: Double
  ) throws(NumericsError) -> Score {
    let rows = found.rows
    var n = RowCounts(training: rows.size, synthetic: min(rows.size, rows.synthetic.count))
    if rows.role == .holdout { n.holdout = rows.test.count }
    let value = recalls.real - recalls.synthetic
    var score = Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: rows.against,
      subject: Subject(target: found.problem.name), outcome: .measured(value),
      unit: descriptor.unit,
      floor: ScoreFloor(
        value: 0, spread: recalls.deviation, method: "paired bootstrap within classes"), n: n)
    let reach = try normalQuantile((1 + level) / 2) * recalls.deviation
    score.interval = ScoreInterval(
      lower: max(-1, value - reach), upper: min(1, value + reach), level: level,
      method: "paired bootstrap within classes")
    if rows.folds == nil {
      let law = BoundLaw.normal(
        .init(
          lowerCentre: value, upperCentre: value, deviation: recalls.deviation, lowest: -1,
          highest: 1))
      score.bounds = try ScoreBounds(value: value, level: level, law: law, excess: law)
    }
    score.details = [
      "precision": .finite(Published.rounded4(recalls.precision)),
      "real": .finite(Published.rounded4(recalls.real)),
      "synthetic": .finite(Published.rounded4(recalls.synthetic)),
      "class": .string(found.problem.classes.last ?? ""),
    ]
    return score
  }
}

/// The recall of two models at one precision.
struct RecallGap {
  let precision: Double
  let real: Double
  let synthetic: Double
  let deviation: Double

  private static let draws = 400
  private static let leastRecall = 0.1

  init?(_ fit: LearnerFit, share: Double, seed: UInt64) throws(NumericsError) {
    let labels = fit.test.isPositive
    let models = [fit.real, fit.synthetic].map { scores in
      Sweep(scores, order: sortPermutation(scores.span).reversed().map { Int($0) })
    }
    let once = [Int](repeating: 1, count: labels.count)
    let levels = [0.8, 0.5, min(0.5, 2 * share)]
    guard
      let level = levels.first(where: {
        models[0].recall(at: $0, times: once, labels) >= Self.leastRecall
      })
    else { return nil }
    precision = level
    real = models[0].recall(at: level, times: once, labels)
    synthetic = models[1].recall(at: level, times: once, labels)
    let positives = labels.indices.filter { labels[$0] }
    let negatives = labels.indices.filter { !labels[$0] }
    var gaps: [Double] = []
    for draw in 0..<Self.draws {
      var stream = RandomStream(seed: seed, path: ["recall", String(draw)])
      var times = [Int](repeating: 0, count: labels.count)
      for _ in positives { times[positives[stream.below(positives.count)]] += 1 }
      for _ in negatives { times[negatives[stream.below(negatives.count)]] += 1 }
      gaps.append(
        models[0].recall(at: level, times: times, labels)
          - models[1].recall(at: level, times: times, labels))
    }
    deviation = try variance(gaps.span).squareRoot()
  }

  /// Rows from the highest score down.
  private struct Sweep {
    let scores: [Double]
    let order: [Int]

    init(_ scores: [Double], order: [Int]) {
      self.scores = scores
      self.order = order
    }

    /// The largest recall of a threshold with at least that precision, of rows that count several
    /// times; tied rows are passed together.
    func recall(at precision: Double, times: [Int], _ labels: [Bool]) -> Double {
      var hits = 0
      var all = 0
      var best = 0
      for (place, row) in order.enumerated() {
        all += times[row]
        if labels[row] { hits += times[row] }
        if place + 1 < order.count, scores[order[place + 1]] == scores[row] { continue }
        if all > 0, Double(hits) >= precision * Double(all) { best = hits }
      }
      return hits > 0 ? Double(best) / Double(hits) : 0
    }
  }
}
