import AssayDocument
package import AssayMetrics
import AssayNumerics
package import AssayTable

/// How much what boosted trees get depends on which rows they are trained on.
///
/// Models are trained again on B subsets of m of the n rows of a side, drawn without replacement, and
/// judged by the same rows. For what varies as a mean of rows does, subsets of m vary by
/// σ²(1/m − 1/n), and the model of all n rows by σ²/n; hence
///
/// ```
/// variance of the model of n rows = variance over subsets · m/(n − m)
/// ```
///
/// which is the variance over subsets itself at m = n/2. What falls faster with n than a mean is
/// overstated, so that intervals are too wide rather than too narrow.
///
/// Source: Politis, Romano & Wolf (1999), Subsampling; Shao & Wu (1989),
/// doi:10.1214/aos/1176347263, for the scale.
package struct RefitSpreads: Artifact {
  package typealias Frame = ReferenceFrame

  /// The target's place in the schema.
  package var target: Int

  package init(target: Int) { self.target = target }

  package func derive(
    from frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> RefitSpread? {
    guard let rows = try await workspace.value(of: TargetRows(target: target)),
      case .success(let measure) = HeadlineMeasure.choose(
        rows.problem, rows.test, roleWord: rows.role.rawValue)
    else { return nil }
    do throws(NumericsError) {
      return try RefitSpread(
        rows, measure: measure, settings: workspace.plan.utility, seed: workspace.plan.seed,
        threads: workspace.threads)
    } catch {
      throw MetricError(error)
    }
  }
}

/// The variances that rows to train on give the measure of a model of each side.
package struct RefitSpread: Sendable {
  /// For the model trained on real rows.
  package var real: Double
  /// For the model trained on synthetic rows.
  package var synthetic: Double
  /// Models of each side that were trained again.
  package var refits: Int
  /// Rows of each of them.
  package var rowsEach: Int
  /// Rows that they were judged by.
  package var testRows: Int

  /// Rows that refits are judged by, at most: they are fixed, so that few will do.
  private static let testLimit = 4_000

  init?(
    _ rows: TargetRows.Found, measure: HeadlineMeasure, settings: UtilitySettings, seed: UInt64,
    threads: Int
  ) throws(NumericsError) {
    let size = rows.size
    let own = min(size / 2, settings.refitRows)
    guard own >= 10, settings.refits >= 2, rows.synthetic.count >= size else { return nil }
    let test = Self.judges(rows.test, task: rows.problem.task)
    let sides = [rows.training, rows.synthetic]
    let count = settings.refits
    let task = rows.problem.task
    let found = try parallelChunks(count: 2 * count, chunk: 1, threads: threads) {
      range throws(NumericsError) -> Double in
      let side = range.lowerBound / count
      var stream = RandomStream(
        seed: seed,
        path: [
          "refit", rows.problem.name, side == 0 ? "training" : "synthetic",
          String(range.lowerBound % count),
        ])
      var order = Array(0..<size)
      stream.shuffle(&order)
      let model = try Learner.boostedTrees.train(
        sides[side].rows(order.prefix(own)), task: task, trees: settings.trees)
      return try measure.value(try model.predictions(test), test, task: task)
    }
    let scale = Double(own) / Double(size - own)
    let (first, second) = (Array(found.prefix(count)), Array(found.suffix(count)))
    real = try variance(first.span) * scale
    synthetic = try variance(second.span) * scale
    refits = count
    rowsEach = own
    testRows = test.count
  }

  /// The first rows; of a class that is rare, all.
  private static func judges(_ test: LabelledRows, task: TargetProblem.Task) -> LabelledRows {
    guard test.count > testLimit else { return test }
    guard case .binary = task else { return test.prefix(testLimit) }
    let positives = test.labels.count { $0 == 1 }
    guard positives < testLimit / 8 else { return test.prefix(testLimit) }
    var others = 0
    return test.rows(
      test.labels.indices.filter { row in
        if test.labels[row] == 1 { return true }
        others += 1
        return others <= testLimit
      })
  }

  /// The standard deviation of a gap whose own is `fixed` with both models fixed, with the quantile
  /// of Student's t that so few refits call for in the place of the normal one.
  func deviation(fixed: Double, level: Double) throws(NumericsError) -> Double {
    let refitted = real * real + synthetic * synthetic
    let total = fixed * fixed + real + synthetic
    guard total > 0, refitted > 0 else { return fixed }
    // Welch & Satterthwaite; the part of the fixed models rests on many rows.
    let freedom = total * total * Double(refits - 1) / refitted
    let tail = (1 + level) / 2
    let ratio =
      try studentQuantile(tail, degreesOfFreedom: min(freedom, 1e6)) / normalQuantile(tail)
    return total.squareRoot() * ratio
  }
}
