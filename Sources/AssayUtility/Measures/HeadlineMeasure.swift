package import AssayNumerics

/// The measure that says how well a target is predicted; larger is better.
package enum HeadlineMeasure: String, Sendable, Hashable {
  /// How often a row of class 1 is scored above another.
  case areaUnderCurve = "auc"
  /// The mean precision at the rows of class 1: for classes too rare for an area.
  case averagePrecision = "average-precision"
  /// The mean over classes of the area of each against the rest.
  case macroArea = "macro-auc"
  /// The share of the variance that is explained.
  case determination = "r2"

  /// The name for people.
  package var title: String {
    switch self {
    case .areaUnderCurve: "AUC"
    case .averagePrecision: "PR-AUC"
    case .macroArea: "mean AUC"
    case .determination: "R²"
    }
  }

  /// Rows of the rarer class below which an area is no headline.
  static let fewPositives = 50
  /// Rows of a class below which nothing is said of it.
  static let leastPositives = 10

  /// The measure for a target with these rows to judge by, or why there is none.
  static func choose(
    _ problem: TargetProblem, _ test: LabelledRows, roleWord: String
  ) -> Result<HeadlineMeasure, TargetRefusal> {
    switch problem.task {
    case .binary:
      let positives = test.labels.count { $0 == 1 }
      let rarer = min(positives, test.count - positives)
      guard rarer >= leastPositives else {
        return .failure(
          TargetRefusal(
            "\(count(rarer)) of the rarer class of \(problem.name) in the \(roleWord) rows: at "
              + "least \(leastPositives) are needed"))
      }
      return .success(rarer < fewPositives ? .averagePrecision : .areaUnderCurve)
    case .multiclass:
      guard !judgedClasses(problem.task, test).isEmpty else {
        return .failure(
          TargetRefusal(
            "no two classes of \(problem.name) have \(leastPositives) of the \(test.count) "
              + "\(roleWord) rows"))
      }
      return .success(.macroArea)
    case .regression:
      guard test.count >= 20, let first = test.labels.first,
        test.labels.contains(where: { $0 != first })
      else {
        return .failure(
          TargetRefusal(
            "\(problem.name) has \(test.count) \(roleWord) rows to judge by: 20 that differ are "
              + "needed"))
      }
      return .success(.determination)
    }
  }

  private static func count(_ rows: Int) -> String { rows == 1 ? "1 row" : "\(rows) rows" }

  /// Classes with enough rows in and outside them; empty unless two have.
  static func judgedClasses(_ task: TargetProblem.Task, _ test: LabelledRows) -> [Int] {
    var counts = [Int](repeating: 0, count: task.classes)
    for label in test.labels { counts[Int(label)] += 1 }
    let kept = counts.indices.filter {
      counts[$0] >= leastPositives && test.count - counts[$0] >= leastPositives
    }
    return kept.count >= 2 ? kept : []
  }

  /// What a model gets that says the same of every row.
  func trivial(_ test: LabelledRows) -> Double {
    switch self {
    case .areaUnderCurve, .macroArea: 0.5
    case .averagePrecision: Double(test.labels.count { $0 == 1 }) / Double(max(1, test.count))
    case .determination: 0
    }
  }

  /// The measure of some predictions.
  ///
  /// - Throws: ``NumericsError`` where it is not defined for these rows.
  package func value(
    _ predictions: [Double], _ test: LabelledRows, task: TargetProblem.Task
  ) throws(NumericsError) -> Double {
    switch self {
    case .areaUnderCurve:
      return try Self.area(predictions, test.isPositive).value
    case .averagePrecision:
      let (scores, labels) = (predictions, test.isPositive)
      return try OperatingCurve(scores: scores.span, isPositive: labels.span).averagePrecision
    case .macroArea:
      let classes = Self.judgedClasses(task, test)
      var sum = 0.0
      for own in classes {
        sum += try Self.area(
          Self.scores(predictions, of: own, task), test.labels.map { Int($0) == own }
        ).value
      }
      return sum / Double(max(1, classes.count))
    case .determination:
      let (truth, found) = (test.numbers, predictions)
      return try RegressionErrors(truth: truth.span, prediction: found.span).determination()
    }
  }

  /// The probabilities of one class of several.
  static func scores(_ predictions: [Double], of own: Int, _ task: TargetProblem.Task) -> [Double] {
    stride(from: own, to: predictions.count, by: task.classes).map { predictions[$0] }
  }

  /// The area of scores.
  static func area(
    _ scores: [Double], _ isPositive: [Bool]
  ) throws(NumericsError) -> AreaUnderCurve {
    var above: [Double] = []
    var below: [Double] = []
    for (score, positive) in zip(scores, isPositive) {
      if positive { above.append(score) } else { below.append(score) }
    }
    let (positives, negatives) = (above, below)
    return try AreaUnderCurve(positives: positives.span, negatives: negatives.span)
  }
}
