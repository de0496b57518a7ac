import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable
import Foundation

/// How much each column matters to a model trained on real and to one trained on synthetic rows.
///
/// The importance of a column is what the mean loss rises by where its values are dealt anew among the
/// rows (log loss; squared error for numbers). Both models see the same deals.
///
/// Source: Breiman (2001), Random forests, doi:10.1023/A:1010933404324; Fisher, Rudin & Dominici
/// (2019), JMLR 20(177).
struct FeatureImportances: Artifact {
  typealias Frame = ReferenceFrame

  var target: Int

  func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> FeatureImportance? {
    guard let found = try await workspace.value(of: GapOfTarget(target: target)),
      let gap = found.gap, gap.isLearned,
      let fit = try await workspace.value(of: LearnerFits(target: target, learner: .boostedTrees))
    else { return nil }
    do throws(NumericsError) {
      return try FeatureImportance(
        found.rows, fit: fit, settings: workspace.plan.utility, seed: workspace.plan.seed,
        threads: workspace.threads)
    } catch {
      throw MetricError(error)
    }
  }
}

/// The importance of columns.
struct FeatureImportance: Sendable {
  /// The columns, by name.
  let columns: [String]
  /// Their importance to the model trained on real rows.
  let real: [Double]
  /// Their importance to the model trained on synthetic rows.
  let synthetic: [Double]
  /// Their gain in the model trained on real rows, and on synthetic ones.
  let gains: (real: [Double], synthetic: [Double])
  /// Spearman's correlation of `real` and `synthetic`.
  let agreement: Double
  /// The standard deviation of Fisher's z of it over rows.
  let deviation: Double
  /// Spearman's correlation of the gains.
  let gainAgreement: Double?
  /// What models of two halves of the real rows agree by.
  let fresh: Double
  /// Rows that columns were dealt anew among.
  let rows: Int

  private static let rowLimit = 2_000
  private static let columnLimit = 40
  private static let draws = 200

  init?(
    _ found: TargetRows.Found, fit: LearnerFit, settings: UtilitySettings, seed: UInt64,
    threads: Int
  ) throws(NumericsError) {
    let test = fit.test.prefix(Self.rowLimit)
    let task = found.problem.task
    guard let synthetic = fit.syntheticModel as? BoostedModel else { return nil }
    let realModels = fit.realModels.compactMap { $0 as? BoostedModel }
    guard let first = realModels.first, realModels.count == fit.realModels.count else { return nil }
    var own = [Double](repeating: 0, count: test.width)
    for model in realModels {
      for column in own.indices { own[column] += model.trees.totalGain[column] }
    }
    let other = synthetic.trees.totalGain
    let chosen = Self.chosen(own, other, first.trees.columns)
    guard chosen.count >= 3 else { return nil }
    // Two models of halves of the real rows say what a fresh real sample agrees by.
    let half = found.training.prefix(fit.trainingRows)
    let middle = half.count / 2
    guard middle >= 10 else { return nil }
    let halves = try parallelChunks(count: 2, chunk: 1, threads: threads) {
      range throws(NumericsError) -> any TrainedModel in
      let rows = range.lowerBound == 0 ? 0..<middle : middle..<half.count
      return try Learner.boostedTrees.train(half.rows(rows), task: task, trees: settings.trees)
    }
    let models: [any TrainedModel] = [first, synthetic, halves[0], halves[1]]
    let plain = try parallelChunks(count: models.count, chunk: 1, threads: threads) {
      range throws(NumericsError) -> [Double] in
      RowLosses(try models[range.lowerBound].predictions(test), test, task: task).values
    }
    // For each column and model, what the loss of each row rises by.
    let rises = try parallelChunks(count: chosen.count, chunk: 1, threads: threads) {
      range throws(NumericsError) -> [[Double]] in
      let column = chosen[range.lowerBound]
      var order = Array(0..<test.count)
      var stream = RandomStream(
        seed: seed, path: ["importance", found.problem.name, test.columns[column].name])
      stream.shuffle(&order)
      let dealt = test.permuting(column, by: order)
      var out: [[Double]] = []
      for (place, model) in models.enumerated() {
        let losses = RowLosses(try model.predictions(dealt), test, task: task).values
        out.append(zip(losses, plain[place]).map { $0 - $1 })
      }
      return out
    }
    let count = Double(test.count)
    func mean(_ model: Int) -> [Double] {
      rises.map { rise in pairwiseSum(over: 0..<test.count) { rise[model][$0] } / count }
    }
    columns = chosen.map { test.columns[$0].name }
    let (a, b) = (mean(0), mean(1))
    real = a
    self.synthetic = b
    gains = (chosen.map { own[$0] }, chosen.map { other[$0] })
    guard let agreement = Self.correlation(a, b) else { return nil }
    self.agreement = agreement
    gainAgreement = Self.correlation(gains.real, gains.synthetic)
    fresh = Self.correlation(mean(2), mean(3)) ?? 0
    rows = test.count
    var moved: [Double] = []
    for draw in 0..<Self.draws {
      var stream = RandomStream(seed: seed, path: ["importance-draw", String(draw)])
      let weights = (0..<test.count).map { _ in stream.exponential() }
      let total = pairwiseSum(weights.span)
      func drawn(_ model: Int) -> [Double] {
        rises.map { rise in
          pairwiseSum(over: 0..<weights.count) { weights[$0] * rise[model][$0] } / total
        }
      }
      if let value = Self.correlation(drawn(0), drawn(1)) { moved.append(Self.fisher(value)) }
    }
    deviation = moved.count > 1 ? try variance(moved.span).squareRoot() : 0
  }

  /// Columns that either model uses most, in the order of their names.
  private static func chosen(_ own: [Double], _ other: [Double], _ width: Int) -> [Int] {
    let (a, b) = (max(own.reduce(0, +), 1e-300), max(other.reduce(0, +), 1e-300))
    let share = (0..<width).map { max(own[$0] / a, other[$0] / b) }
    return (0..<width).sorted { (share[$0], $1) > (share[$1], $0) }.prefix(columnLimit).sorted()
  }

  static func correlation(_ a: [Double], _ b: [Double]) -> Double? {
    // Undefined where one side is constant.
    try? spearmanCorrelation(a.span, b.span)
  }

  /// Fisher's z, finite at the ends.
  static func fisher(_ correlation: Double) -> Double {
    let r = min(max(correlation, -0.9999), 0.9999)
    return 0.5 * log((1 + r) / (1 - r))
  }
}
