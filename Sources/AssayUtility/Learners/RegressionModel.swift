import AssayNumerics
import Foundation

/// Penalised logistic or linear regression; several classes one against the rest.
///
/// The penalty is 1 on features of unit scale, scikit-learn's default for the logistic case.
struct RegressionModel: TrainedModel {
  private let features: DenseFeatures
  private let task: TargetProblem.Task
  /// Intercept and slopes of each fit; `nil` for a class that no row or every row has.
  private let coefficients: [[Double]?]
  /// The share of each class.
  private let shares: [Double]
  /// The largest and smallest label: no linear prediction leaves their range.
  private let range: ClosedRange<Double>

  private static let penalty = 1.0

  init(_ rows: LabelledRows, task: TargetProblem.Task) throws(NumericsError) {
    features = DenseFeatures(rows.columns)
    self.task = task
    let values = features.values(rows)
    // Features that are constant here carry nothing and would only make the problem larger.
    let kept = Self.varying(values, width: features.width)
    let design = Self.columns(kept, of: values, width: features.width)
    let width = features.width
    func spread(_ slopes: [Double]) -> [Double] {
      var all = [Double](repeating: 0, count: width + 1)
      all[0] = slopes[0]
      for (place, column) in kept.enumerated() { all[column + 1] = slopes[place + 1] }
      return all
    }
    var found: [[Double]?] = []
    var shares: [Double] = []
    let numbers = rows.numbers
    range = (numbers.min() ?? 0)...(numbers.max() ?? 0)
    switch task {
    case .regression:
      if rows.count > kept.count + 1 {
        let fit = try RidgeRegression(
          predictors: design.span, response: numbers.span, columns: kept.count,
          penalty: Self.penalty)
        found = [spread(fit.coefficients)]
      } else {
        found = [nil]
      }
      shares = [pairwiseSum(numbers.span) / Double(rows.count)]
    case .binary, .multiclass:
      let own = task.classes == 2 ? [1] : Array(0..<task.classes)
      for label in own {
        let response = rows.labels.map { $0 == Float(label) }
        let count = response.count { $0 }
        shares.append(Double(count) / Double(rows.count))
        guard count > 0, count < rows.count, rows.count >= kept.count + 1 else {
          found.append(nil)
          continue
        }
        let fit = try LogisticRegression(
          predictors: design.span, response: response.span, columns: kept.count,
          penalty: Self.penalty, iterationLimit: 12)
        found.append(spread(fit.coefficients))
      }
    }
    coefficients = found
    self.shares = shares
  }

  func predictions(_ rows: LabelledRows) -> [Double] {
    let values = features.values(rows)
    let width = features.width
    let scores = coefficients.enumerated().map { place, slopes -> [Double] in
      guard let slopes else { return [Double](repeating: shares[place], count: rows.count) }
      return (0..<rows.count).map { row in
        var sum = slopes[0]
        for column in 0..<width { sum += slopes[column + 1] * values[row * width + column] }
        return task == .regression
          ? min(max(sum, range.lowerBound), range.upperBound) : Self.logistic(sum)
      }
    }
    if case .multiclass = task { return Shares.normalised(scores, rows: rows.count) }
    return scores[0]
  }

  private static func logistic(_ odds: Double) -> Double { 1 / (1 + exp(-odds)) }

  private static func varying(_ values: [Double], width: Int) -> [Int] {
    let rows = width > 0 ? values.count / width : 0
    return (0..<width).filter { column in
      (1..<max(1, rows)).contains { values[$0 * width + column] != values[column] }
    }
  }

  private static func columns(_ kept: [Int], of values: [Double], width: Int) -> [Double] {
    let rows = width > 0 ? values.count / width : 0
    var out: [Double] = []
    out.reserveCapacity(rows * kept.count)
    for row in 0..<rows { for column in kept { out.append(values[row * width + column]) } }
    return out
  }
}
