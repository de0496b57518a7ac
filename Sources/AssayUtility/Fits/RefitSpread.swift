import AssayDocument
package import AssayMetrics
import AssayNumerics
package import AssayTable

/// How much what boosted trees get depends on which rows they are trained on: the measure of the models
/// of ``RefitPredictions``, whose variance over subsets of m of n rows times m/(n − m) is that of the
/// model of all n.
///
/// That is the variance over subsets itself at m = n/2. What falls faster with n than a mean is
/// overstated, so that intervals are too wide rather than too narrow.
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
        rows.problem, rows.test, roleWord: rows.role.rawValue),
      let refits = try await workspace.value(of: RefitPredictions(target: target))
    else { return nil }
    do throws(NumericsError) {
      return try RefitSpread(refits, rows, measure: measure)
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

  init(
    _ refits: RefitPredictions.Found, _ rows: TargetRows.Found, measure: HeadlineMeasure
  ) throws(NumericsError) {
    let test = rows.test.rows(refits.rows)
    func spread(_ predictions: [[Double]]) throws(NumericsError) -> Double {
      var values: [Double] = []
      for prediction in predictions {
        values.append(try measure.value(prediction, test, task: rows.problem.task))
      }
      return try variance(values.span) * refits.scale
    }
    real = try spread(refits.real)
    synthetic = try spread(refits.synthetic)
    self.refits = refits.real.count
    rowsEach = refits.rowsEach
    testRows = test.count
  }

  /// Variances that were found otherwise.
  init(real: Double, synthetic: Double, refits: Int, rowsEach: Int, testRows: Int) {
    self.real = real
    self.synthetic = synthetic
    self.refits = refits
    self.rowsEach = rowsEach
    self.testRows = testRows
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
