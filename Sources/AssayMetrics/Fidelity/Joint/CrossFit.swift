import AssayNumerics
import AssayTable

/// What a learner finds that is trained on one half and tried on the other, both ways.
///
/// The value is the mean of both areas. Given a learner, labels of the rows that it has not seen are
/// exchangeable where both sides are of one law, so that each area less ½ has the mean 0 and the
/// permutation variance of Mann & Whitney, exactly. Both rise and fall together (each learner repeats
/// what its half shows), to an extent that depends on the learner: deviations are averaged, not their
/// squares. That is the deviation of the mean where the areas go together fully, and an upper bound of
/// it whatever their dependence.
struct CrossFit: Sendable {
  /// The areas of half 0 and half 1, each as seen by the other half's learner.
  let areas: [AreaUnderCurve]
  /// The scores of the rows of half 0 and half 1, in their order.
  let scores: [[Double]]

  /// The mean of both areas.
  var value: Double { (areas[0].value + areas[1].value) / 2 }

  /// The one-sided p-value: the normal tail of the value above ½ in units of ``spread``; 1 where every
  /// score is tied.
  ///
  /// Both halves count in it as one statistic, so no factor is paid for there being two.
  var pValue: Double { spread > 0 ? normalSurvival((value - 0.5) / spread) : 1 }

  /// An upper bound of the standard deviation that labels at random give the value.
  var spread: Double {
    (areas[0].permutationVariance.squareRoot() + areas[1].permutationVariance.squareRoot()) / 2
  }

  /// The standard deviation of the value; at least that of half a row, where all rows are told apart.
  var deviation: Double {
    get throws(NumericsError) {
      let first = try areas[0].deLongVariance().squareRoot()
      let second = try areas[1].deLongVariance().squareRoot()
      let least = areas.map { 0.5 / Double(min($0.positives, $0.negatives)) }.max() ?? 0
      // Where every score is tied nothing can vary.
      return spread > 0 ? max((first + second) / 2, least) : 0
    }
  }

  /// Joins what both halves gave.
  init(_ rows: PooledHalves, scores: [[Double]]) throws(NumericsError) {
    self.scores = scores
    areas = [
      try rows.area(scores[0], rows.halves[0]), try rows.area(scores[1], rows.halves[1]),
    ]
  }
}

/// The two boosted learners of pooled halves.
struct BoostedPair: Sendable {
  /// The learner of half 0 and that of half 1.
  let models: [BoostedTrees]
  /// What they find in each other's half.
  let fit: CrossFit

  /// What a classifier of two samples is made of.
  static func parameters(trees: Int) -> BoostedTrees.Parameters {
    // A leaf of weight 5 holds 20 rows or more.
    BoostedTrees.Parameters(
      rounds: trees, depth: 6, learningRate: 0.1, minimumLeafWeight: 5)
  }

  /// Trains one half's learner.
  static func train(
    _ rows: PooledHalves, half: Int, trees: Int
  ) throws(NumericsError) -> BoostedTrees {
    let values = rows.values(rows.halves[half])
    let labels = rows.labels(rows.halves[half])
    return try BoostedTrees(
      values.span, labels: labels.span, columns: rows.width, parameters: parameters(trees: trees))
  }

  /// Trains both.
  init(_ rows: PooledHalves, trees: Int, threads: Int) throws(NumericsError) {
    let found = try parallelChunks(count: 2, chunk: 1, threads: threads) {
      range throws(NumericsError) -> (BoostedTrees, [Double]) in
      let half = range.lowerBound
      let model = try Self.train(rows, half: half, trees: trees)
      let others = rows.values(rows.halves[1 - half])
      return (model, try model.predictions(others.span))
    }
    models = found.map(\.0)
    fit = try CrossFit(rows, scores: [found[1].1, found[0].1])
  }
}

/// The boosted learners of pooled rows, shared by every metric that asks what they see.
struct BoostedPairs: Artifact {
  typealias Frame = ReferenceFrame

  var rows: TwoSampleRows

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> BoostedPair? {
    guard let pooled = try await workspace.value(of: rows) else { return nil }
    do throws(NumericsError) {
      return try BoostedPair(
        pooled, trees: workspace.plan.classifierTrees, threads: workspace.threads)
    } catch {
      throw MetricError(error)
    }
  }
}
