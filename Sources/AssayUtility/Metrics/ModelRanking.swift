public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// Whether the synthetic rows put learners in the same order as real rows do.
///
/// ```
/// share of the pairs of learners that real rows tell apart and that synthetic rows order alike
/// ```
///
/// Learners are trained on either side and judged by the same real rows. Real rows tell two learners
/// apart where the paired difference of their measures is beyond two standard deviations; of others
/// nobody can say which is better. What a fresh real sample gets and the interval come from normal
/// draws of all measures together, with the covariance that the shared rows give them.
///
/// - Complexity: O(learners · rows · replicates).
///
/// Source: Jordon, Yoon & van der Schaar (2018), arXiv:1806.11345, for the question; the multiplier
/// bootstrap for the draws.
public struct ModelRanking: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "utility.model-ranking", title: "Order of learners", dimension: .utility,
      summary: "Whether learners come in the same order trained on synthetic as on real rows.",
      formula: "pairs of learners in the same order / pairs that real rows tell apart",
      lowerLimit: 0, upperLimit: 1, direction: .higherIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns", "names of levels"], sees: [], blindTo: [],
      cannotSee: "how much worse learners become; learners that were not tried",
      defaults: [
        "apart": "two standard deviations of the paired difference: closer ones have no order",
        "learners": "five kinds, from a constant to boosted trees",
      ],
      howToRead: "1 means that whoever picks a learner by the synthetic rows picks the right one.",
      citations: [
        .init(
          "Jordon, Yoon & van der Schaar (2018), Measuring the quality of synthetic data for use in "
            + "competitions, arXiv:1806.11345")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    var listing = TargetListing(descriptor, frame)
    let targets = try await workspace.value(of: Targets())
    for problem in targets.problems {
      var fits: [LearnerFit] = []
      for learner in Learner.allCases {
        if let fit = try await workspace.value(
          of: LearnerFits(target: problem.column, learner: learner))
        {
          fits.append(fit)
        }
      }
      guard let first = fits.first, let count = fits.map(\.test.count).min() else { continue }
      let against: Against = first.role == .holdout ? .holdout : .training
      let test = first.test.prefix(count)
      do throws(NumericsError) {
        guard
          case .success(let measure) = HeadlineMeasure.choose(
            problem, test, roleWord: first.role.rawValue),
          let order = try LearnerOrder(
            fits, test: test, measure: measure == .averagePrecision ? .areaUnderCurve : measure,
            replicates: workspace.plan.replicates, seed: workspace.plan.seed)
        else {
          listing.refuse(
            problem.name, "real rows do not tell any two learners of \(problem.name) apart",
            against)
          continue
        }
        listing.add(score(order, problem, against, fits, count, workspace.plan.level))
      } catch {
        throw MetricError(error)
      }
    }
    return listing.result(targets)
  }

  private func score(
    _ order: LearnerOrder, _ problem: TargetProblem, _ against: Against, _ fits: [LearnerFit],
    _ rows: Int, _ level: Double
  ) -> Score {
    var n = RowCounts()
    if against == .holdout { n.holdout = rows } else { n.training = rows }
    var score = Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: against,
      subject: Subject(target: problem.name), outcome: .measured(order.share),
      unit: descriptor.unit,
      floor: ScoreFloor(
        value: order.fresh, spread: order.freshSpread, method: "normal draws of the real measures"),
      n: n)
    let ends = order.ends(level)
    score.interval = ScoreInterval(
      lower: min(order.share, ends.lower), upper: max(order.share, ends.upper), level: level,
      method: "multiplier bootstrap")
    score.details = [
      "learners": .strings(fits.map(\.learner.rawValue)),
      "real": .numbers(order.real.map(Published.rounded4)),
      "synthetic": .numbers(order.synthetic.map(Published.rounded4)),
      "pairsApart": .integer(order.pairs.count),
    ]
    let (real, synthetic) = (order.real, order.synthetic)
    if let agreement = try? RankAgreement(real.span, synthetic.span) {
      score.details["kendall"] = .finite(Published.rounded4(agreement.kendall))
      score.details["spearman"] = .finite(Published.rounded4(agreement.spearman))
      score.details["sameBest"] = .boolean(agreement.agreesOnFirst)
      score.details["rankBiasedOverlap"] = .finite(
        Published.rounded4(agreement.rankBiasedOverlap(persistence: 0.9)))
    }
    return score
  }
}

/// The order of learners by what they get.
struct LearnerOrder {
  /// What each learner gets that is trained on real rows.
  let real: [Double]
  /// And on synthetic rows.
  let synthetic: [Double]
  /// Pairs that real rows tell apart, the better one first.
  let pairs: [(Int, Int)]
  /// The share of them that synthetic rows order alike.
  let share: Double
  /// The share that a fresh real sample orders alike, and its standard deviation.
  let fresh: Double
  let freshSpread: Double
  private let draws: [Double]

  /// `nil` where real rows tell no pair apart.
  init?(
    _ fits: [LearnerFit], test: LabelledRows, measure: HeadlineMeasure, replicates: Int,
    seed: UInt64
  ) throws(NumericsError) {
    guard let task = fits.first?.problem.task else { return nil }
    let width = task.classes > 2 ? task.classes : 1
    var own: [MeasureInfluence] = []
    var other: [MeasureInfluence] = []
    for fit in fits {
      own.append(
        try MeasureInfluence(
          measure, Array(fit.real.prefix(test.count * width)), test, task: task))
      other.append(
        try MeasureInfluence(
          measure, Array(fit.synthetic.prefix(test.count * width)), test, task: task))
    }
    real = own.map(\.value)
    synthetic = other.map(\.value)
    var pairs: [(Int, Int)] = []
    for i in own.indices {
      for j in 0..<i {
        let gap = own[i].value - own[j].value
        let spread = MeasureInfluence.spread(zip(own[i].rows, own[j].rows).map { $0 - $1 })
        if abs(gap) > 2 * spread, gap != 0 { pairs.append(gap > 0 ? (i, j) : (j, i)) }
      }
    }
    guard !pairs.isEmpty else { return nil }
    self.pairs = pairs
    share = Self.share(pairs, synthetic)
    var draws: [Double] = []
    var fresh: [Double] = []
    for replicate in 0..<max(20, replicates) {
      var stream = RandomStream(seed: seed, path: ["learner-order", String(replicate)])
      let weights = (0..<test.count).map { _ in stream.normal() }
      func moved(_ parts: [MeasureInfluence]) -> [Double] {
        parts.map { part in
          part.value + pairwiseSum(over: 0..<weights.count) { weights[$0] * part.rows[$0] }
        }
      }
      draws.append(Self.share(pairs, moved(other)))
      fresh.append(Self.share(pairs, moved(own)))
    }
    self.draws = draws.sorted()
    self.fresh = fresh.reduce(0, +) / Double(fresh.count)
    freshSpread = try variance(fresh.span).squareRoot()
  }

  private static func share(_ pairs: [(Int, Int)], _ values: [Double]) -> Double {
    let alike = pairs.reduce(0.0) { sum, pair in
      let (better, worse) = (values[pair.0], values[pair.1])
      return sum + (better > worse ? 1 : better == worse ? 0.5 : 0)
    }
    return alike / Double(pairs.count)
  }

  /// The middle of the draws.
  func ends(_ level: Double) -> (lower: Double, upper: Double) {
    let tail = (1 - level) / 2
    let last = Double(draws.count - 1)
    return (draws[Int((tail * last).rounded(.down))], draws[Int(((1 - tail) * last).rounded(.up))])
  }
}
