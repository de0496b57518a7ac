import AssayDocument
import AssayMetrics
import AssayNumerics
import Foundation

/// Every measure of some predictions, by name, in a fixed order.
struct PredictionMeasures {
  /// Names and values; a measure that is not defined for these rows is left out.
  let values: [(name: String, value: Double)]
  /// Groups of rows from the lowest predictions up, where there are two classes.
  let calibration: CalibrationError?

  /// Rows that calibration is looked at on, at most.
  private static let calibrationRows = 10_000

  init(
    _ predictions: [Double], _ test: LabelledRows, problem: TargetProblem, seed: UInt64
  ) throws(NumericsError) {
    var found: [(name: String, value: Double)] = []
    var calibration: CalibrationError?
    func add(_ name: String, _ value: () throws(NumericsError) -> Double) throws(NumericsError) {
      do throws(NumericsError) {
        found.append((name, try value()))
      } catch {
        guard error.code == .undefined || error.code == .tooFewObservations else { throw error }
      }
    }
    guard test.count > 0 else {
      values = []
      self.calibration = nil
      return
    }
    let task = problem.task
    switch task {
    case .binary:
      let labels = test.isPositive
      let classes = test.classes
      let decided = predictions.map { $0 >= 0.5 ? 1 : 0 }
      let matrix = try ConfusionMatrix(truth: classes.span, prediction: decided.span, classes: 2)
      try add("auc") { () throws(NumericsError) in
        try HeadlineMeasure.areaUnderCurve.value(predictions, test, task: task)
      }
      try add("averagePrecision") { () throws(NumericsError) in
        try HeadlineMeasure.averagePrecision.value(predictions, test, task: task)
      }
      found.append(("accuracy", matrix.accuracy))
      found.append(("balancedAccuracy", matrix.balancedAccuracy))
      if let f1 = matrix.f1(1) { found.append(("f1", f1)) }
      try add("matthews") { () throws(NumericsError) in try matrix.matthewsCorrelation() }
      try add("logLoss") { () throws(NumericsError) in
        try logarithmicLoss(probabilities: predictions.span, isPositive: labels.span, floor: 1e-6)
      }
      let brier = try BrierScore(probabilities: predictions.span, isPositive: labels.span)
      found.append(("brier", brier.value))
      let count = min(test.count, Self.calibrationRows)
      if count >= 20 {
        let (some, truth) = (Array(predictions.prefix(count)), Array(labels.prefix(count)))
        var stream = RandomStream(seed: seed, name: "calibration", problem.name)
        let error = try CalibrationError(
          probabilities: some.span, isPositive: truth.span, groups: 10, draws: 49, stream: &stream)
        found.append(("calibrationError", error.debiased))
        calibration = error
        if let line = try? CalibrationLine(
          probabilities: some.span, isPositive: truth.span, floor: 1e-6)
        {
          found.append(("calibrationSlope", line.slope))
          found.append(("calibrationIntercept", line.intercept))
        }
      }
    case .multiclass(let classes):
      let truth = test.classes
      let decided = Self.decisions(predictions, classes: classes)
      let matrix = try ConfusionMatrix(
        truth: truth.span, prediction: decided.span, classes: classes)
      if !HeadlineMeasure.judgedClasses(task, test).isEmpty {
        found.append(
          ("macroAuc", try HeadlineMeasure.macroArea.value(predictions, test, task: task)))
      }
      found.append(("accuracy", matrix.accuracy))
      found.append(("balancedAccuracy", matrix.balancedAccuracy))
      found.append(("macroF1", matrix.macroF1))
      try add("matthews") { () throws(NumericsError) in try matrix.matthewsCorrelation() }
      let losses = RowLosses(predictions, test, task: task).values
      found.append(("logLoss", pairwiseSum(losses.span) / Double(test.count)))
      found.append(("brier", Self.brier(predictions, truth, classes: classes)))
    case .regression:
      let truth = test.numbers
      let errors = try RegressionErrors(truth: truth.span, prediction: predictions.span)
      try add("r2") { () throws(NumericsError) in try errors.determination() }
      // In the unit of the column, to three digits.
      found.append(
        ("rootMeanSquareError", Published.rounded(errors.rootMeanSquare * problem.scale)))
      found.append(("meanAbsoluteError", Published.rounded(errors.meanAbsolute * problem.scale)))
    }
    values = found
    self.calibration = calibration
  }

  /// The likeliest class of each row, of equally likely ones the first.
  static func decisions(_ predictions: [Double], classes: Int) -> [Int] {
    stride(from: 0, to: predictions.count, by: classes).map { start in
      (0..<classes).max {
        (predictions[start + $0], $1) < (predictions[start + $1], $0)
      } ?? 0
    }
  }

  /// The mean over rows of the squared errors of all classes.
  static func brier(_ predictions: [Double], _ truth: [Int], classes: Int) -> Double {
    let sum = pairwiseSum(over: 0..<truth.count) { row in
      (0..<classes).reduce(0) { total, own in
        let error = predictions[row * classes + own] - (truth[row] == own ? 1 : 0)
        return total + error * error
      }
    }
    return sum / Double(max(1, truth.count))
  }

  /// The measures as a document holds them.
  var detail: DetailValue {
    .object(
      Dictionary(
        values.map { name, value in
          let isError = name == "rootMeanSquareError" || name == "meanAbsoluteError"
          return (name, DetailValue.finite(isError ? value : Published.rounded4(value)))
        }, uniquingKeysWith: { first, _ in first }))
  }
}

/// The loss of each row: the negative logarithm of the probability of what was the case, or the
/// squared error in units of the training variance.
struct RowLosses {
  let values: [Double]

  init(_ predictions: [Double], _ test: LabelledRows, task: TargetProblem.Task) {
    let floor = 1e-6
    switch task {
    case .binary:
      values = test.labels.indices.map { row in
        let p = test.labels[row] == 1 ? predictions[row] : 1 - predictions[row]
        return -log(min(max(p, floor), 1))
      }
    case .multiclass(let classes):
      values = test.labels.indices.map { row in
        -log(min(max(predictions[row * classes + Int(test.labels[row])], floor), 1))
      }
    case .regression:
      values = test.labels.indices.map { row in
        let error = Double(test.labels[row]) - predictions[row]
        return error * error
      }
    }
  }
}
