import AssayMetrics
package import AssayTable

/// What a model predicts of one column, decided on the training rows alone.
package struct TargetProblem: Sendable {
  /// The kind of prediction.
  package enum Task: Sendable, Hashable {
    /// The probability of class 1, the rarer one.
    case binary
    /// The probabilities of classes, the commonest first.
    case multiclass(classes: Int)
    /// A number.
    case regression

    /// The number of classes; 0 for numbers.
    package var classes: Int {
      switch self {
      case .binary: 2
      case .multiclass(let classes): classes
      case .regression: 0
      }
    }

    /// The word for it.
    package var word: String {
      switch self {
      case .binary: "binary"
      case .multiclass: "multi-class"
      case .regression: "regression"
      }
    }
  }

  /// How values become labels.
  enum Rule: Sendable {
    /// The class of each training level; levels that are not listed have the last class or none.
    case levels([Float], others: Float)
    /// Each of these numbers is a class.
    case numbers([Double], classes: [Float])
    /// Less the centre, times the factor.
    case scaled(centre: Double, factor: Double)
  }

  /// The place in the schema.
  package let column: Int
  /// The column's name.
  package let name: String
  /// The kind of prediction.
  package let task: Task
  /// The names of the classes as they may be published.
  package let classes: [String]
  let rule: Rule

  /// The unit of a label of a regression, in units of the column.
  package var scale: Double {
    if case .scaled(_, let factor) = rule { 1 / factor } else { 1 }
  }

  /// Classes of a declared target that are told apart, at most; further levels are one class.
  static let classLimit = 20
  /// Whole numbers of at most so many different values are classes.
  static let numberLimit = 10

  /// The labels of some rows: a class, or a number in deviations from the training mean; NaN where
  /// the value is missing or of no class.
  package func labels(_ column: ColumnData, rows: [Int]) -> [Float] {
    switch (rule, column) {
    case (.levels(let classes, let others), .nominal(let codes)):
      return rows.map { row in
        let code = Int(codes[row])
        return code < 0 ? .nan : code < classes.count ? classes[code] : others
      }
    case (.numbers(let values, let classes), .numeric(let cells)):
      return rows.map { row in
        guard let value = cells[row], let place = values.firstIndex(of: value) else { return .nan }
        return classes[place]
      }
    case (.scaled(let centre, let factor), .numeric(let cells)):
      return rows.map { row in
        guard let value = cells[row] else { return .nan }
        let scaled = (value - centre) * factor
        return scaled.isFinite ? Float(min(max(scaled, -1e6), 1e6)) + 0 : .nan
      }
    default:
      return rows.map { _ in .nan }
    }
  }
}

extension TargetProblem {
  /// What there is to predict, or why there is nothing.
  static func make(
    _ column: Int, in frame: ReferenceFrame, k: Int
  ) -> Result<TargetProblem, TargetRefusal> {
    let schema = frame.schema.columns[column]
    guard let fit = frame.fits[column] else {
      return .failure(
        TargetRefusal("\(schema.name) holds names or text, which no model here predicts"))
    }
    switch fit {
    case .nominal(let fit):
      guard let levels = frame.levels[column] else {
        return .failure(TargetRefusal("\(schema.name) has no levels"))
      }
      return classes(
        column, schema.name, counts: fit.counts, names: levels.names, k: k
      ) { .levels($0, others: $1) }
    case .numeric(let fit):
      guard fit.varies else {
        return .failure(TargetRefusal("\(schema.name) has one value in the training rows"))
      }
      if schema.kind == .integer, let (values, counts) = distinct(fit.sorted) {
        return classes(
          column, schema.name, counts: counts, names: values.map { spelled($0) }, k: k
        ) { classes, _ in .numbers(values, classes: classes) }
      }
      let spread = fit.standardDeviation
      guard fit.mean.isFinite, spread.isFinite, spread > 0 else {
        return .failure(
          TargetRefusal("\(schema.name) has numbers so large that their spread is not finite"))
      }
      return .success(
        TargetProblem(
          column: column, name: schema.name, task: .regression, classes: [],
          rule: .scaled(centre: fit.mean, factor: 1 / spread)))
    }
  }

  /// The distinct values and how often each occurs, where they are few.
  private static func distinct(_ sorted: [Double]) -> (values: [Double], counts: [Int])? {
    var values: [Double] = []
    var counts: [Int] = []
    for value in sorted {
      if value == values.last {
        counts[counts.count - 1] += 1
      } else {
        guard values.count < numberLimit else { return nil }
        values.append(value)
        counts.append(1)
      }
    }
    return (values, counts)
  }

  private static func spelled(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? String(value)
  }

  /// Classes from the commonest down, the rarest of many joined.
  private static func classes(
    _ column: Int, _ name: String, counts: [Int], names: [String], k: Int,
    rule: ([Float], _ others: Float) -> Rule
  ) -> Result<TargetProblem, TargetRefusal> {
    let ranked = counts.indices.filter { counts[$0] > 0 }.sorted {
      (counts[$0], names[$1]) > (counts[$1], names[$0])
    }
    guard ranked.count >= 2 else {
      return .failure(TargetRefusal("\(name) has one value in the training rows"))
    }
    // A class that few rows have is no class that a model could learn.
    let common = ranked.count == 2 ? ranked : ranked.filter { counts[$0] >= k }
    let pools = common.count < ranked.count || common.count > classLimit
    let kept = pools ? Array(common.prefix(classLimit - 1)) : common
    guard kept.count + (pools ? 1 : 0) >= 2 else {
      return .failure(TargetRefusal("\(name) has no two levels of at least \(k) training rows"))
    }
    var classes = [Float](repeating: pools ? Float(kept.count) : .nan, count: counts.count)
    for (place, level) in kept.enumerated() { classes[level] = Float(place) }
    var labels = kept.enumerated().map { place, level in
      counts[level] >= k ? names[level] : "rare #\(place + 1)"
    }
    if pools { labels.append("other levels") }
    let task: Task = labels.count == 2 ? .binary : .multiclass(classes: labels.count)
    return .success(
      TargetProblem(
        column: column, name: name, task: task, classes: labels,
        rule: rule(classes, pools ? Float(kept.count) : .nan)))
  }
}

/// Why a column cannot be a target.
struct TargetRefusal: Error, Sendable, Hashable {
  var reason: String

  init(_ reason: String) { self.reason = reason }
}
