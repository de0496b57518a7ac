import AssayNumerics

/// How well one column can be predicted from the others by trees.
///
/// Numbers: the share of the variance of their ranks that is explained (R²). Levels: the mean Gini
/// coefficient 2·AUC − 1 of each level against the rest, weighted by share. Both are 0 for a column
/// that has nothing to do with the others and 1 for one that they determine.
struct ColumnSkill {
  /// The column.
  let column: Int
  /// What its levels are, or `nil` for numbers.
  private let classes: Int?
  private let ranks: RankScale?

  /// Levels that are told apart, at most; the others count as one.
  private static let levelLimit = 8

  /// The target as it is in rows that decide its scale; `nil` where it does not vary.
  init?(_ column: Int, in rows: EncodedTable) throws(NumericsError) {
    self.column = column
    let values = rows.column(column).filter { !$0.isNaN }.map(Double.init).sorted()
    guard let first = values.first, first != values.last else { return nil }
    switch rows.encoding.columns[column].rule {
    case .number:
      classes = nil
      ranks = try RankScale(sorted: values.span)
    case .level(_, let levels):
      classes = max(2, min(levels, Self.levelLimit))
      ranks = nil
    }
  }

  /// What is to be predicted in each row; NaN where it is missing.
  private func target(_ value: Float) -> Float {
    if value.isNaN { return .nan }
    if let classes { return min(value, Float(classes - 1)) }
    return Float(ranks?.position(of: Double(value)) ?? 0)
  }

  /// Rows with a target, without its column.
  private func split(_ rows: EncodedTable) -> (values: [Float], targets: [Float]) {
    var values: [Float] = []
    var targets: [Float] = []
    let width = rows.width
    for row in 0..<rows.count {
      let own = target(rows.values[row * width + column])
      if own.isNaN { continue }
      targets.append(own)
      for other in 0..<width where other != column {
        values.append(rows.values[row * width + other])
      }
    }
    return (values, targets)
  }

  /// The skill of trees that are grown on some rows and tried on others; 0 where nothing can be
  /// learned.
  func skill(
    trainedOn training: EncodedTable, triedOn tried: EncodedTable, trees: Int
  ) throws(NumericsError) -> Double {
    let (values, targets) = split(training)
    let (others, truth) = split(tried)
    guard targets.count >= 20, truth.count >= 10, training.width > 1,
      targets.contains(where: { $0 != targets[0] })
    else { return 0 }
    let objective: BoostedTrees.Objective =
      classes.map { $0 == 2 ? .binary : .multiclass(classes: $0) } ?? .regression
    let model = try BoostedTrees(
      values.span, labels: targets.span, columns: training.width - 1, objective: objective,
      parameters: .init(rounds: trees, depth: 4, learningRate: 0.2, minimumLeafWeight: 2))
    let found = try model.predictions(others.span)
    guard let classes else { return Self.explained(found, truth) }
    if classes == 2 { return try Self.gini(found, truth.map { $0 == 1 }) }
    var sum = 0.0
    var weight = 0.0
    for level in 0..<classes {
      let isLevel = truth.map { $0 == Float(level) }
      let share = Double(isLevel.count { $0 })
      guard share >= 5, Double(truth.count) - share >= 5 else { continue }
      sum +=
        share
        * (try Self.gini(truth.indices.map { found[$0 * classes + level] }, isLevel))
      weight += share
    }
    return weight > 0 ? sum / weight : 0
  }

  private static func explained(_ found: [Double], _ truth: [Float]) -> Double {
    let centre = pairwiseSum(over: 0..<truth.count) { Double(truth[$0]) } / Double(truth.count)
    let all = pairwiseSum(over: 0..<truth.count) {
      (Double(truth[$0]) - centre) * (Double(truth[$0]) - centre)
    }
    let left = pairwiseSum(over: 0..<truth.count) {
      (Double(truth[$0]) - found[$0]) * (Double(truth[$0]) - found[$0])
    }
    return all > 0 ? max(-1, 1 - left / all) : 0
  }

  private static func gini(_ found: [Double], _ isLevel: [Bool]) throws(NumericsError) -> Double {
    let above = found.indices.filter { isLevel[$0] }.map { found[$0] }
    let below = found.indices.filter { !isLevel[$0] }.map { found[$0] }
    guard !above.isEmpty, !below.isEmpty else { return 0 }
    return 2 * (try AreaUnderCurve(positives: above.span, negatives: below.span).value) - 1
  }
}
