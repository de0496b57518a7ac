import AssayMetrics
package import AssayNumerics

/// A way of learning a target from the other columns.
package enum Learner: String, Sendable, Hashable, CaseIterable {
  /// Gradient-boosted trees.
  case boostedTrees = "boosted-trees"
  /// Penalised logistic or linear regression on standardised numbers and indicators of levels.
  case penalisedRegression = "penalised-regression"
  /// The mean of the 25 nearest rows.
  case nearestNeighbours = "nearest-neighbours"
  /// One tree of at most 16 leaves.
  case smallTree = "small-tree"
  /// The shares or the mean of the training rows, whatever the row.
  case constant

  /// The name for people.
  package var title: String {
    switch self {
    case .boostedTrees: "boosted trees"
    case .penalisedRegression: "penalised regression"
    case .nearestNeighbours: "nearest neighbours"
    case .smallTree: "a small tree"
    case .constant: "a constant"
    }
  }

  /// Rows that it is trained on, at most.
  func rowLimit(_ settings: UtilitySettings) -> Int {
    switch self {
    case .boostedTrees, .smallTree, .constant: settings.rows
    case .penalisedRegression: settings.linearRows
    case .nearestNeighbours: settings.neighbourRows
    }
  }

  /// Learns from rows.
  ///
  /// Rows of one label teach nothing but that label; without rows every class is as likely as any
  /// other, and a number is its training mean.
  func train(
    _ rows: LabelledRows, task: TargetProblem.Task, trees: Int
  ) throws(NumericsError) -> any TrainedModel {
    let constant = ConstantModel(rows, task: task)
    guard rows.width > 0, let first = rows.labels.first,
      rows.labels.contains(where: { $0 != first })
    else { return constant }
    switch self {
    case .boostedTrees: return try BoostedModel(rows, task: task, trees: trees)
    case .penalisedRegression: return try RegressionModel(rows, task: task)
    case .nearestNeighbours: return NeighbourModel(rows, task: task)
    case .smallTree: return try TreeModel(rows, task: task)
    case .constant: return constant
    }
  }
}

/// What a learner has learned.
package protocol TrainedModel: Sendable {
  /// Predicts rows: the probability of class 1 a row, the probabilities of all classes of a row side
  /// by side, or a number a row.
  func predictions(_ rows: LabelledRows) throws(NumericsError) -> [Double]
}

/// Shares or mean of the training rows.
struct ConstantModel: TrainedModel {
  /// The prediction of any row.
  let prediction: [Double]

  init(_ rows: LabelledRows, task: TargetProblem.Task) {
    let count = Double(rows.count)
    switch task {
    case .binary:
      prediction = [rows.count == 0 ? 0.5 : Double(rows.labels.count { $0 == 1 }) / count]
    case .multiclass(let classes):
      var counts = [Double](repeating: 0, count: classes)
      for label in rows.labels { counts[Int(label)] += 1 }
      prediction = counts.map { rows.count == 0 ? 1 / Double(classes) : $0 / count }
    case .regression:
      let numbers = rows.numbers
      prediction = [rows.count == 0 ? 0 : pairwiseSum(numbers.span) / count]
    }
  }

  func predictions(_ rows: LabelledRows) -> [Double] {
    var out: [Double] = []
    out.reserveCapacity(rows.count * prediction.count)
    for _ in 0..<rows.count { out += prediction }
    return out
  }
}

/// Gradient-boosted trees.
struct BoostedModel: TrainedModel {
  let trees: BoostedTrees

  init(
    _ rows: LabelledRows, task: TargetProblem.Task, trees: Int
  ) throws(NumericsError) {
    let objective: BoostedTrees.Objective =
      switch task {
      case .binary: .binary
      case .multiclass(let classes): .multiclass(classes: classes)
      case .regression: .regression
      }
    let (values, labels) = (rows.values, rows.labels)
    self.trees = try BoostedTrees(
      values.span, labels: labels.span, columns: rows.width, objective: objective,
      parameters: BoostedTrees.Parameters(
        rounds: trees, depth: 6, learningRate: 0.1, minimumLeafWeight: 1))
  }

  func predictions(_ rows: LabelledRows) throws(NumericsError) -> [Double] {
    let values = rows.values
    return try trees.predictions(values.span)
  }
}

/// One tree by least squares: for two classes that is Gini's criterion, with shares in the leaves.
struct TreeModel: TrainedModel {
  private let trees: [BoostedTrees]
  private let task: TargetProblem.Task

  init(_ rows: LabelledRows, task: TargetProblem.Task) throws(NumericsError) {
    self.task = task
    let values = rows.values
    var responses: [[Float]] = []
    switch task {
    case .binary, .regression: responses = [rows.labels]
    case .multiclass(let classes):
      responses = (0..<classes).map { own in rows.labels.map { $0 == Float(own) ? 1 : 0 } }
    }
    var made: [BoostedTrees] = []
    for response in responses {
      made.append(
        try BoostedTrees(
          values.span, labels: response.span, columns: rows.width, objective: .regression,
          parameters: BoostedTrees.Parameters(
            rounds: 1, depth: 4, learningRate: 1, minimumLeafWeight: 5)))
    }
    trees = made
  }

  func predictions(_ rows: LabelledRows) throws(NumericsError) -> [Double] {
    let values = rows.values
    var found: [[Double]] = []
    for tree in trees { found.append(try tree.predictions(values.span)) }
    switch task {
    case .regression: return found[0]
    case .binary: return found[0].map { min(max($0, 0), 1) }
    case .multiclass: return Shares.normalised(found, rows: rows.count)
    }
  }
}

/// Probabilities of several classes from a score for each.
enum Shares {
  /// Scores below a millionth count as that; each row adds up to 1.
  static func normalised(_ scores: [[Double]], rows: Int) -> [Double] {
    var out: [Double] = []
    out.reserveCapacity(rows * scores.count)
    for row in 0..<rows {
      let own = scores.map { min(max($0[row], 1e-6), 1) }
      let total = own.reduce(0, +)
      out += own.map { $0 / total }
    }
    return out
  }
}
