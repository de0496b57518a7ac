/// Gradient-boosted decision trees on rows of numbers, missing values and categories.
///
/// Trees are grown one after the other, each on the gradient of the loss at what the trees before it
/// predict, on 256 bins a column. A missing value goes the way that fits the training rows better.
/// Nothing is drawn at random: equal rows in equal order give equal predictions, bit for bit. The
/// order of rows and columns can move the last digits.
///
/// Training rows are fitted closely; judge by rows that took no part.
///
/// Source: Friedman (2001), Greedy function approximation, doi:10.1214/aos/1013203451; Chen & Guestrin
/// (2016), XGBoost, doi:10.1145/2939672.2939785, whose library does the work on one thread.
public struct BoostedTrees: Sendable {
  /// What is predicted.
  public enum Objective: Sendable, Hashable {
    /// The probability of label 1 against label 0.
    case binary
    /// The probabilities of labels 0 ..< `classes`; at least 2.
    case multiclass(classes: Int)
    /// A number, by least squares.
    case regression
  }

  /// What the trees may be.
  public struct Parameters: Sendable, Hashable {
    /// The number of rounds, each of which grows one tree, or one a class; at least 1.
    public var rounds: Int
    /// The most splits from root to leaf; at least 1.
    public var depth: Int
    /// The share of each tree's step that is taken, in 0...1.
    public var learningRate: Double
    /// The least sum of second derivatives in a leaf.
    ///
    /// That is the number of rows for numbers, and at most a quarter of it for probabilities.
    public var minimumLeafWeight: Double
    /// The seed; it decides nothing while no rows or columns are drawn.
    public var seed: UInt32

    /// Makes parameters.
    public init(
      rounds: Int = 100, depth: Int = 6, learningRate: Double = 0.1, minimumLeafWeight: Double = 1,
      seed: UInt32 = 1
    ) {
      self.rounds = rounds
      self.depth = depth
      self.learningRate = learningRate
      self.minimumLeafWeight = minimumLeafWeight
      self.seed = seed
    }
  }

  /// What is predicted.
  public let objective: Objective
  /// The number of columns.
  public let columns: Int
  /// What each column has gained over all splits, in units of the loss; 0 where no tree uses it.
  public let totalGain: [Double]
  private let isCategory: [Bool]
  private let model: XGBoostModel

  /// The version of the library underneath.
  public static var libraryVersion: String { XGBoost.version }

  /// Grows the trees.
  ///
  /// - Parameters:
  ///   - values: The rows, row-major; NaN is missing, infinities are refused. Categories are whole
  ///     numbers from 0.
  ///   - labels: What each row is: 0 or 1, a class, or a number.
  ///   - weights: How much each row counts, at least 0; `nil` for all alike.
  ///   - columns: The number of columns; at least 1.
  ///   - isCategory: Which columns hold categories; empty for none.
  ///   - objective: What is predicted.
  ///   - parameters: What the trees may be.
  /// - Throws: ``NumericsError`` `.tooFewObservations` without rows, `.domain` for infinities, labels
  ///   or weights that do not fit, `.backend` with the library's words.
  /// - Complexity: O(rounds · depth · rows · columns).
  public init(
    _ values: Span<Float>, labels: Span<Float>, weights: Span<Float>? = nil, columns: Int,
    isCategory: [Bool] = [], objective: Objective = .binary, parameters: Parameters = Parameters()
  ) throws(NumericsError) {
    precondition(
      columns >= 1 && values.count == labels.count * columns,
      "\(labels.count) rows of \(columns) columns are expected, not \(values.count) numbers")
    precondition(
      isCategory.isEmpty || isCategory.count == columns, "a kind for each column is expected")
    precondition(
      parameters.rounds >= 1 && parameters.depth >= 1, "at least one round and split are expected")
    guard labels.count > 0 else {
      throw NumericsError(.tooFewObservations, "trees need at least one row")
    }
    try Self.check(labels, objective)
    let rows = try Self.rows(values, labels.count, columns, isCategory)
    try rows.set("label", (0..<labels.count).map { labels[$0] })
    if let weights {
      guard weights.count == labels.count else {
        throw NumericsError(.domain, "a weight for each row is expected, not \(weights.count)")
      }
      let list = (0..<weights.count).map { weights[$0] }
      guard list.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
        throw NumericsError(.domain, "weights of at least 0 are expected")
      }
      try rows.set("weight", list)
    }
    self.objective = objective
    self.columns = columns
    self.isCategory = isCategory
    model = try XGBoostModel(
      rows, parameters: Self.settings(objective, parameters, labels), rounds: parameters.rounds)
    totalGain = try model.totalGain(columns: columns)
  }

  /// Predicts rows.
  ///
  /// - Parameter values: The rows, row-major, with the columns of the training rows.
  /// - Returns: A probability of label 1 a row, a number a row, or the probabilities of all classes
  ///   of a row side by side; nothing for no rows.
  /// - Throws: ``NumericsError`` `.domain` for infinities, `.backend` with the library's words.
  /// - Complexity: O(rounds · depth · rows).
  public func predictions(_ values: Span<Float>) throws(NumericsError) -> [Double] {
    precondition(
      values.count % columns == 0, "whole rows of \(columns) numbers are expected")
    let count = values.count / columns
    guard count > 0 else { return [] }
    return try model.predict(try Self.rows(values, count, columns, isCategory))
  }

  /// Where rows end: the number of the node in each tree, all trees of a row side by side.
  ///
  /// Two rows that end in the same nodes are alike to the model. Nodes are numbered within a tree.
  ///
  /// - Parameter values: The rows, row-major, with the columns of the training rows.
  /// - Returns: *rows* × *trees*, row-major; nothing for no rows.
  /// - Throws: ``NumericsError`` `.domain` for infinities, `.backend` with the library's words.
  /// - Complexity: O(trees · depth · rows).
  public func leaves(_ values: Span<Float>) throws(NumericsError) -> [Int32] {
    precondition(
      values.count % columns == 0, "whole rows of \(columns) numbers are expected")
    let count = values.count / columns
    guard count > 0 else { return [] }
    return try model.leaves(try Self.rows(values, count, columns, isCategory)).map { Int32($0) }
  }

  private static func rows(
    _ values: Span<Float>, _ rows: Int, _ columns: Int, _ isCategory: [Bool]
  ) throws(NumericsError) -> XGBoostRows {
    for index in 0..<values.count where values[index].isInfinite {
      throw NumericsError(.domain, "row \(index / columns) holds an infinite number")
    }
    let made = try XGBoostRows(values, rows: rows, columns: columns)
    if isCategory.contains(true) { try made.setCategories(isCategory) }
    return made
  }

  private static func check(
    _ labels: Span<Float>, _ objective: Objective
  ) throws(NumericsError) {
    let classes: Float
    switch objective {
    case .binary: classes = 2
    case .multiclass(let count):
      precondition(count >= 2, "at least 2 classes are expected, not \(count)")
      classes = Float(count)
    case .regression:
      for row in 0..<labels.count where !labels[row].isFinite {
        throw NumericsError(.domain, "label \(row) is not finite")
      }
      return
    }
    for row in 0..<labels.count {
      let label = labels[row]
      guard label >= 0, label < classes, label == label.rounded() else {
        throw NumericsError(.domain, "label \(row) is none of the \(Int(classes)) classes")
      }
    }
  }

  private static func settings(
    _ objective: Objective, _ parameters: Parameters, _ labels: Span<Float>
  ) -> [(name: String, value: String)] {
    var settings = [
      ("verbosity", "0"), ("nthread", "1"), ("tree_method", "hist"),
      ("max_depth", "\(parameters.depth)"), ("eta", "\(parameters.learningRate)"),
      ("min_child_weight", "\(parameters.minimumLeafWeight)"), ("seed", "\(parameters.seed)"),
    ]
    switch objective {
    case .binary: settings.append(("objective", "binary:logistic"))
    case .multiclass(let classes):
      settings += [("objective", "multi:softprob"), ("num_class", "\(classes)")]
    case .regression:
      // Boosting starts from the mean, so that labels far from 0 cost no rounds.
      let sum = pairwiseSum(over: 0..<labels.count) { Double(labels[$0]) }
      settings += [
        ("objective", "reg:squarederror"),
        ("base_score", "\(Float(sum / Double(labels.count)))"),
      ]
    }
    return settings.map { (name: $0.0, value: $0.1) }
  }
}
