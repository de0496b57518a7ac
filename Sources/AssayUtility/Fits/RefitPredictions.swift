package import AssayMetrics
import AssayNumerics
package import AssayTable

/// What boosted trees predict that are trained again on parts of the rows of either side, so that
/// anything made of predictions can be asked how much it depends on the rows to train on.
///
/// Models are trained on B subsets of m of the n rows of a side, drawn without replacement, and
/// predict the same real rows. For what varies as a mean of rows does, subsets of m vary by σ²(1/m
/// − 1/n), and the model of all n rows by σ²/n; hence the variance of the model of n rows is that
/// over subsets times m/(n − m). What falls faster with n than a mean is overstated.
///
/// Source: Politis, Romano & Wolf (1999), Subsampling; Shao & Wu (1989),
/// doi:10.1214/aos/1176347263, for the scale.
package struct RefitPredictions: Artifact {
  package typealias Frame = ReferenceFrame

  /// The target's place in the schema.
  package var target: Int

  package init(target: Int) { self.target = target }

  /// What the models predict.
  package struct Found: Sendable {
    /// The rows that are predicted, as places among those that models are judged by.
    package var rows: [Int]
    /// The predictions of each model trained on real rows, as ``LearnerFit`` has them.
    package var real: [[Double]]
    /// Those of each model trained on synthetic rows.
    package var synthetic: [[Double]]
    /// m/(n − m).
    package var scale: Double
    /// m.
    package var rowsEach: Int
  }

  /// Rows that are predicted, at most: they are fixed, so that few will do.
  package static let testLimit = 4_000

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> Found? {
    guard let rows = try await workspace.value(of: TargetRows(target: target)) else { return nil }
    let settings = workspace.plan.utility
    let size = rows.size
    let own = min(size / 2, settings.refitRows)
    guard own >= 10, settings.refits >= 2, rows.synthetic.count >= size else { return nil }
    let places = Self.judges(rows.test, task: rows.problem.task)
    let test = rows.test.rows(places)
    let sides = [rows.training, rows.synthetic]
    let count = settings.refits
    let seed = workspace.plan.seed
    let task = rows.problem.task
    let name = rows.problem.name
    do throws(NumericsError) {
      let found = try parallelChunks(count: 2 * count, chunk: 1, threads: workspace.threads) {
        range throws(NumericsError) -> [Double] in
        let side = range.lowerBound / count
        var stream = RandomStream(
          seed: seed,
          path: [
            "refit", name, side == 0 ? "training" : "synthetic", String(range.lowerBound % count),
          ])
        var order = Array(0..<size)
        stream.shuffle(&order)
        let model = try Learner.boostedTrees.train(
          sides[side].rows(order.prefix(own)), task: task, trees: settings.trees)
        return try model.predictions(test)
      }
      return Found(
        rows: places, real: Array(found.prefix(count)), synthetic: Array(found.suffix(count)),
        scale: Double(own) / Double(size - own), rowsEach: own)
    } catch {
      throw MetricError(error)
    }
  }

  /// The first rows; of a class that is rare, all.
  private static func judges(_ test: LabelledRows, task: TargetProblem.Task) -> [Int] {
    let all = Array(0..<test.count)
    guard test.count > testLimit else { return all }
    guard case .binary = task else { return Array(all.prefix(testLimit)) }
    let positives = test.labels.count { $0 == 1 }
    guard positives < testLimit / 8 else { return Array(all.prefix(testLimit)) }
    var others = 0
    return all.filter { row in
      if test.labels[row] == 1 { return true }
      others += 1
      return others <= testLimit
    }
  }
}
