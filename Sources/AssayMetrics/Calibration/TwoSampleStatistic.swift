/// A statistic of two tables of counts, for several subjects at once.
///
/// The same code computes the value, its replicates and what two halves of the real rows get, so
/// the three cannot differ in anything but their counts.
package struct TwoSampleStatistic: Sendable {
  /// The number of values that one evaluation gives.
  package let subjects: Int
  /// Which of them go with the square of differences of shares; empty where none does.
  package var isSquared: [Bool] = []
  /// Computes the values from real and synthetic counts.
  package let evaluate:
    @Sendable (_ real: Span<Float>, _ synthetic: Span<Float>, _ out: inout MutableSpan<Double>) ->
      Void

  /// Makes a statistic.
  package init(
    subjects: Int, isSquared: [Bool] = [],
    evaluate:
      @escaping @Sendable (
        _ real: Span<Float>, _ synthetic: Span<Float>, _ out: inout MutableSpan<Double>
      ) -> Void
  ) {
    self.subjects = subjects
    self.isSquared = isSquared
    self.evaluate = evaluate
  }
}

/// Counts by group and cell of each role: the input of a calibration.
package struct GroupedCounts: Sendable {
  /// The number of cells.
  package var cells: Int
  /// Row-major, a group a row.
  package var training: [Float]
  /// Likewise.
  package var synthetic: [Float]
  /// Likewise; empty without a holdout.
  package var holdout: [Float]

  /// Makes counts.
  package init(cells: Int, training: [Float], synthetic: [Float], holdout: [Float]) {
    self.cells = cells
    self.training = training
    self.synthetic = synthetic
    self.holdout = holdout
  }
}

/// What a calibration found for one real side.
package struct CalibratedBlock: Sendable {
  /// The value of each subject.
  package var values: [Double]
  /// The values of each replicate, a replicate a row.
  package var replicates: [Double]
  /// What two halves of the real rows get, brought to the sizes at hand, a split a row.
  package var splits: [Double]
  /// What the splits were multiplied by to bring them to the sizes at hand.
  package var splitScale: Double

  /// The number of subjects.
  package var subjects: Int { values.count }

  /// The mean and standard deviation of one subject over rows of a matrix.
  package static func moments(_ matrix: [Double], subject: Int, of subjects: Int) -> (
    mean: Double, deviation: Double
  ) {
    let rows = subjects > 0 ? matrix.count / subjects : 0
    guard rows > 1 else { return (rows == 1 ? matrix[subject] : 0, 0) }
    var mean = 0.0
    for row in 0..<rows { mean += matrix[row * subjects + subject] }
    mean /= Double(rows)
    var squares = 0.0
    for row in 0..<rows {
      let difference = matrix[row * subjects + subject] - mean
      squares += difference * difference
    }
    return (mean, (squares / Double(rows - 1)).squareRoot())
  }

  /// The standard deviation of a subject's replicates.
  package func deviation(_ subject: Int) -> Double {
    Self.moments(replicates, subject: subject, of: subjects).deviation
  }

  /// The standard deviation of a normal law whose 95 % quantile above the mean of the splits is
  /// theirs.
  ///
  /// A coefficient that is cut off at 0 has a longer tail there than its replicates show: a bound that
  /// is to hold where nothing differs must reach as far as the splits do.
  package func splitTail(_ subject: Int) -> Double {
    let rows = subjects > 0 ? splits.count / subjects : 0
    guard rows > 1 else { return 0 }
    let sorted = (0..<rows).map { splits[$0 * subjects + subject] }.sorted()
    // The smallest value that 95 % of the splits do not exceed.
    let quantile = sorted[min(rows - 1, (rows * 95 + 99) / 100 - 1)]
    return max(0, quantile - splitFloor(subject).mean) / 1.6448536269514722
  }

  /// What a fresh real sample gets, as seen by splits.
  package func splitFloor(_ subject: Int) -> (mean: Double, deviation: Double) {
    Self.moments(splits, subject: subject, of: subjects)
  }
}
