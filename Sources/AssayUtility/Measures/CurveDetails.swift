import AssayDocument
import AssayMetrics
import AssayNumerics

/// Curves of predictions for drawing: pooled points, none of which is a row.
enum CurveDetails {
  /// Points of a curve, at most.
  private static let limit = 40

  /// The ROC curve of two classes, as rounded points [false alarms, found].
  ///
  /// Between two points lie at least `least` rows; `nil` with fewer than 50 rows of a class.
  static func roc(
    _ predictions: [Double], _ test: LabelledRows, least: Int
  ) throws(NumericsError) -> DetailValue? {
    let labels = test.isPositive
    let positives = labels.count { $0 }
    guard min(positives, labels.count - positives) >= HeadlineMeasure.fewPositives else {
      return nil
    }
    let curve = try OperatingCurve(scores: predictions.span, isPositive: labels.span)
    let apart = max(least, labels.count / limit)
    var last = 0
    var kept: [DetailValue] = []
    for point in curve.points {
      let passed = point.truePositives + point.falsePositives
      guard passed - last >= apart, labels.count - passed >= apart || passed == labels.count else {
        continue
      }
      last = passed
      kept.append(
        .numbers([
          rounded(curve.falsePositiveRate(point)), rounded(curve.truePositiveRate(point)),
        ]))
    }
    return .array(kept)
  }

  /// Groups of rows by prediction: [mean prediction, rate]; `nil` for groups smaller than `least`.
  static func calibration(_ groups: [CalibrationError.Group], least: Int) -> DetailValue? {
    guard groups.allSatisfy({ $0.rows >= least }) else { return nil }
    return .array(groups.map { .numbers([rounded($0.prediction), rounded($0.rate)]) })
  }

  private static func rounded(_ share: Double) -> Double { (share * 1e3).rounded() / 1e3 }
}
