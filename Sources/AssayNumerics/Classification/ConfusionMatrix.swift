/// How often each true class was predicted as each class, and the usual summaries.
///
/// Source: Gorodkin (2004), doi:10.1016/j.compbiolchem.2004.09.006, for the correlation of several
/// classes.
public struct ConfusionMatrix: Sendable, Hashable {
  /// The counts: true class by row, predicted class by column, row-major.
  public var counts: [Int]
  /// The number of classes.
  public var classes: Int
  /// The number of rows compared.
  public var total: Int

  /// Counts predictions.
  ///
  /// - Parameters:
  ///   - truth: The true class of each row, in 0 ..< `classes`.
  ///   - prediction: The predicted class of each row, in 0 ..< `classes`.
  ///   - classes: The number of classes; at least 1.
  /// - Throws: ``NumericsError`` `.tooFewObservations` without a row, `.domain` for a class
  ///   outside the range.
  /// - Complexity: O(*n* + classes²).
  public init(
    truth: Span<Int>, prediction: Span<Int>, classes: Int
  ) throws(NumericsError) {
    precondition(
      truth.count == prediction.count,
      "one prediction a row is expected, not \(prediction.count) for \(truth.count)")
    precondition(classes >= 1, "at least 1 class is expected, not \(classes)")
    guard truth.count > 0 else {
      throw NumericsError(.tooFewObservations, "a confusion matrix needs at least one row")
    }
    counts = [Int](repeating: 0, count: classes * classes)
    for row in 0..<truth.count {
      guard (0..<classes).contains(truth[row]), (0..<classes).contains(prediction[row]) else {
        throw NumericsError(.domain, "classes in 0 ..< \(classes) are expected")
      }
      counts[truth[row] * classes + prediction[row]] += 1
    }
    self.classes = classes
    total = truth.count
  }

  /// The number of rows that truly are of each class.
  public var truths: [Int] {
    (0..<classes).map { row in counts[(row * classes)..<((row + 1) * classes)].reduce(0, +) }
  }

  /// The number of rows that are predicted as each class.
  public var predictions: [Int] {
    (0..<classes).map { column in
      stride(from: column, to: classes * classes, by: classes).reduce(0) { $0 + counts[$1] }
    }
  }

  /// The number of rows predicted rightly in each class.
  public var hits: [Int] { (0..<classes).map { counts[$0 * classes + $0] } }

  /// The share of rows predicted rightly, in 0...1.
  public var accuracy: Double { Double(hits.reduce(0, +)) / Double(total) }

  /// The mean over the classes that occur of the share predicted rightly, in 0...1.
  ///
  /// One over the number of classes for any prediction that does not look at the row.
  public var balancedAccuracy: Double {
    let recalls = zip(hits, truths).compactMap { $1 > 0 ? Double($0) / Double($1) : nil }
    return recalls.reduce(0, +) / Double(recalls.count)
  }

  /// The harmonic mean of precision and recall of a class, 2·hits/(truths + predictions).
  ///
  /// - Parameter index: The class, in 0 ..< `classes`.
  /// - Returns: A number in 0...1; nil for a class that neither occurs nor is predicted.
  public func f1(_ index: Int) -> Double? {
    let sum = truths[index] + predictions[index]
    return sum > 0 ? 2 * Double(hits[index]) / Double(sum) : nil
  }

  /// The plain mean of ``f1(_:)`` over the classes that occur or are predicted.
  public var macroF1: Double {
    let values = (0..<classes).compactMap(f1)
    return values.reduce(0, +) / Double(values.count)
  }

  /// Matthews' correlation of truth and prediction, for any number of classes.
  ///
  /// ```
  /// (n·Σ hits − Σ truthsₖ·predictionsₖ)/√((n² − Σ predictionsₖ²)(n² − Σ truthsₖ²))
  /// ```
  ///
  /// - Returns: A correlation in −1...1.
  /// - Throws: ``NumericsError`` `.undefined` when truth or prediction is constant.
  public func matthewsCorrelation() throws(NumericsError) -> Double {
    let n = Double(total)
    let t = truths.map(Double.init)
    let p = predictions.map(Double.init)
    let cross = zip(t, p).reduce(0) { $0 + $1.0 * $1.1 }
    let first = n * n - p.reduce(0) { $0 + $1 * $1 }
    let second = n * n - t.reduce(0) { $0 + $1 * $1 }
    guard first > 0, second > 0 else {
      throw NumericsError(.undefined, "the correlation with a constant is undefined")
    }
    let right = n * Double(hits.reduce(0, +)) - cross
    return max(-1, min(1, right / (first.squareRoot() * second.squareRoot())))
  }

  /// Cohen's κ: the accuracy above what the margins alone give, as a share of the room above that.
  ///
  /// - Returns: At most 1; 0 for a prediction that does not look at the row.
  /// - Throws: ``NumericsError`` `.undefined` when one class is both all truth and all prediction.
  /// Source: Cohen (1960), doi:10.1177/001316446002000104.
  public func kappa() throws(NumericsError) -> Double {
    let n = Double(total)
    let chance = zip(truths, predictions).reduce(0) { $0 + Double($1.0) * Double($1.1) } / (n * n)
    guard chance < 1 else {
      throw NumericsError(.undefined, "agreement on a constant is undefined")
    }
    return (accuracy - chance) / (1 - chance)
  }
}
