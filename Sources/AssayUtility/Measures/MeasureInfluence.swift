package import AssayNumerics

/// A measure and what each row adds to it: the sum of squares of the parts is its variance over rows.
///
/// ```
/// area: (placement − AUC)/(rows of the class);  R²: −(eᵢ² − (1 − R²)·(yᵢ − ȳ)²)/(n·variance)
/// ```
///
/// Source: DeLong, DeLong & Clarke-Pearson (1988), doi:10.2307/2531595, for areas; the delta method
/// for the ratio.
package struct MeasureInfluence: Sendable {
  /// The measure.
  let value: Double
  /// What each row adds; the parts add up to 0.
  let rows: [Double]

  init(
    _ measure: HeadlineMeasure, _ predictions: [Double], _ test: LabelledRows,
    task: TargetProblem.Task
  ) throws(NumericsError) {
    switch measure {
    case .areaUnderCurve, .averagePrecision:
      let labels = test.isPositive
      let own = try Self.area(predictions, labels)
      (value, rows) = (own.value, own.rows)
    case .macroArea:
      let classes = HeadlineMeasure.judgedClasses(task, test)
      var sums = [Double](repeating: 0, count: test.count)
      var sum = 0.0
      for own in classes {
        let found = try Self.area(
          HeadlineMeasure.scores(predictions, of: own, task), test.labels.map { Int($0) == own })
        sum += found.value
        for row in sums.indices { sums[row] += found.rows[row] / Double(classes.count) }
      }
      value = sum / Double(max(1, classes.count))
      rows = sums
    case .determination:
      let truth = test.numbers
      let count = Double(truth.count)
      let mean = pairwiseSum(truth.span) / count
      let errors = zip(truth, predictions).map { ($0 - $1) * ($0 - $1) }
      let spreads = truth.map { ($0 - mean) * ($0 - mean) }
      let spread = pairwiseSum(spreads.span) / count
      let ratio = pairwiseSum(errors.span) / count / spread
      value = 1 - ratio
      rows = zip(errors, spreads).map { -($0 - ratio * $1) / (spread * count) }
    }
  }

  /// The area of scores of one class against the rest, with what each row adds to it.
  package static func area(
    _ scores: [Double], _ isOwn: [Bool]
  ) throws(NumericsError) -> (value: Double, rows: [Double]) {
    let area = try HeadlineMeasure.area(scores, isOwn)
    var above = 0
    var below = 0
    let rows = isOwn.map { own -> Double in
      if own {
        above += 1
        return (area.positivePlacements[above - 1] - area.value) / Double(area.positives)
      }
      below += 1
      return (area.negativePlacements[below - 1] - area.value) / Double(area.negatives)
    }
    return (area.value, rows)
  }

  /// The root of the sum of squares of parts that add up to about 0.
  static func spread(_ rows: [Double]) -> Double {
    let count = Double(rows.count)
    let squares = pairwiseSum(over: 0..<rows.count) { rows[$0] * rows[$0] }
    return (squares * count / max(1, count - 1)).squareRoot()
  }
}
