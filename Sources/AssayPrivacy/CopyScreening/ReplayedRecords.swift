import AssayDocument
import AssayMetrics
import AssayNumerics

/// How many records of each side come back in the synthetic table, whatever the number of rows that
/// repeat each.
struct ReplayedRecords: Sendable, Hashable {
  /// Training records that come back, of how many.
  var training, trainingTotal: Int
  /// Holdout records that come back, of how many.
  var holdout, holdoutTotal: Int

  /// Units that attract any synthetic row; with declared entities these are the records.
  init(_ pooled: EntityPooling) {
    trainingTotal = pooled.isTraining.count { $0 }
    holdoutTotal = pooled.isTraining.count - trainingTotal
    training = zip(pooled.weights, pooled.isTraining).count { $0 > 0 && $1 }
    holdout = zip(pooled.weights, pooled.isTraining).count { $0 > 0 && !$1 }
  }

  /// From the details of a score; `nil` where it has none.
  init?(_ detail: DetailValue?) {
    guard let counts = detail?.arrayValue?.compactMap(\.integerValue), counts.count == 4 else {
      return nil
    }
    (training, trainingTotal) = (counts[0], counts[1])
    (holdout, holdoutTotal) = (counts[2], counts[3])
  }

  /// Training records that come back, of how many, and the same of holdout records.
  var detail: DetailValue {
    .array([training, trainingTotal, holdout, holdoutTotal].map { .integer($0) })
  }

  /// A lower bound of the share of training records that come back, less that of holdout records.
  ///
  /// Holdout records come back by chance alone, so the difference is owed to training on the others.
  ///
  /// - Throws: ``NumericsError`` for a level outside 0...1.
  func certain(level: Double) throws(NumericsError) -> Double {
    let value =
      Double(training) / Double(max(1, trainingTotal))
      - Double(holdout) / Double(max(1, holdoutTotal))
    let law = BoundLaw.difference(
      successes: training, trials: trainingTotal, subtracted: holdout, of: holdoutTotal)
    return max(0, try law.ends(value: value, level: level).lower)
  }
}
