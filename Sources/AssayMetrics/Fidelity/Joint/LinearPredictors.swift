import AssayNumerics

/// Encoded rows as predictors of a linear model: numbers cut at eight deviations, whether they are
/// missing, and one column for each common level.
///
/// Whatever is decided from rows is decided from the pooled rows without their labels.
struct LinearPredictors: Sendable {
  /// One predictor.
  private enum Predictor: Sendable {
    case number(Int)
    case missing(Int)
    case level(Int, Float)
  }

  private let predictors: [Predictor]
  private let width: Int

  /// The number of predictors.
  var count: Int { predictors.count }

  /// Levels of a column that have a predictor, at most; the others share the intercept.
  private static let levelLimit = 10
  /// Predictors at most: the work grows with their square.
  private static let limit = 160

  /// Predictors that vary over the pooled rows.
  init(_ rows: PooledHalves, _ encoding: RowEncoding) {
    width = rows.width
    var found: [Predictor] = []
    let count = rows.isSynthetic.count
    for (column, own) in encoding.columns.enumerated() {
      var counts: [Float: Int] = [:]
      var missing = 0
      for row in 0..<count {
        let value = rows.values[row * rows.width + column]
        if value.isNaN {
          missing += 1
        } else if counts.count <= 256 {
          counts[value, default: 0] += 1
        }
      }
      switch own.rule {
      case .number:
        if counts.count > 1 { found.append(.number(column)) }
      case .level(_, let levels):
        let common = (0..<min(levels, Self.levelLimit + 1)).map(Float.init)
          .filter { counts[$0, default: 0] >= 5 && counts[$0, default: 0] + missing < count }
        // One of the levels is told by the absence of all others.
        found += common.dropFirst(missing == 0 && common.count == counts.count ? 1 : 0)
          .map { .level(column, $0) }
      }
      if missing >= 5, count - missing >= 5 { found.append(.missing(column)) }
    }
    predictors = Array(found.prefix(Self.limit))
  }

  /// The predictors of some rows, row-major.
  func values(_ rows: PooledHalves, _ chosen: some Sequence<Int>) -> [Double] {
    var out: [Double] = []
    for row in chosen {
      let base = row * width
      for predictor in predictors {
        switch predictor {
        case .number(let column):
          let value = Double(rows.values[base + column])
          out.append(value.isNaN ? 0 : min(max(value, -8), 8))
        case .missing(let column):
          out.append(rows.values[base + column].isNaN ? 1 : 0)
        case .level(let column, let level):
          out.append(rows.values[base + column] == level ? 1 : 0)
        }
      }
    }
    return out
  }
}

/// A logistic regression of each half, tried on the other.
struct LogisticPair {
  /// Rows that one regression is fitted on, at most.
  static let rowLimit = 2_500

  /// - Returns: `nil` where no predictor varies or a regression cannot be fitted.
  static func fit(
    _ rows: PooledHalves, _ encoding: RowEncoding, threads: Int
  ) throws(NumericsError) -> CrossFit? {
    let predictors = LinearPredictors(rows, encoding)
    guard predictors.count > 0 else { return nil }
    let found = try parallelChunks(count: 2, chunk: 1, threads: threads) {
      range throws(NumericsError) -> [Double]? in
      let half = range.lowerBound
      // Rows are in the order of a hash of their contents: the first are as good as any.
      let chosen = Array(rows.halves[half].prefix(rowLimit))
      guard predictors.count < chosen.count else { return nil }
      let values = predictors.values(rows, chosen)
      let answers = chosen.map { rows.isSynthetic[$0] }
      let model: LogisticRegression
      do throws(NumericsError) {
        model = try LogisticRegression(
          predictors: values.span, response: answers.span, columns: predictors.count, penalty: 1,
          iterationLimit: 12)
      } catch {
        // One answer only, or numbers that determine one another: the other learner speaks.
        guard error.code == .undefined || error.code == .tooFewObservations else { throw error }
        return nil
      }
      let others = rows.halves[1 - half]
      let tried = predictors.values(rows, others)
      let width = predictors.count
      return others.indices.map { row in
        var sum = model.coefficients[0]
        for column in 0..<width {
          sum += model.coefficients[column + 1] * tried[row * width + column]
        }
        return sum
      }
    }
    guard let first = found[0], let second = found[1] else { return nil }
    return try CrossFit(rows, scores: [second, first])
  }
}
