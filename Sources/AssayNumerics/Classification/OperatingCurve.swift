/// One threshold of a score and what it lets through.
public struct OperatingPoint: Sendable, Hashable {
  /// The threshold: rows with at least this score are called positive.
  public var threshold: Double
  /// The number of positive rows at or above it.
  public var truePositives: Int
  /// The number of negative rows at or above it.
  public var falsePositives: Int
}

/// The operating points of a score: its ROC curve, its precision and what follows from them.
///
/// Tied scores are passed together, so that a curve never steps inside a tie.
public struct OperatingCurve: Sendable, Hashable {
  /// The points from the highest threshold down, one for each distinct score.
  public var points: [OperatingPoint]
  /// The number of positive rows.
  public var positives: Int
  /// The number of negative rows.
  public var negatives: Int

  /// Makes the curve of a score.
  ///
  /// - Parameters:
  ///   - scores: The scores of the rows, free of NaN.
  ///   - isPositive: Which rows are positive.
  /// - Throws: ``NumericsError`` `.tooFewObservations` when either kind is absent, `.domain` for
  ///   NaN.
  /// - Complexity: O(*N* log *N*) at most.
  public init(scores: Span<Double>, isPositive: Span<Bool>) throws(NumericsError) {
    precondition(
      scores.count == isPositive.count,
      "one label a score is expected, not \(isPositive.count) for \(scores.count)")
    for index in 0..<scores.count where scores[index].isNaN {
      throw NumericsError(.domain, "scores free of NaN are expected")
    }
    let order = sortPermutation(scores)
    var points: [OperatingPoint] = []
    var hits = 0
    var alarms = 0
    for place in stride(from: order.count - 1, through: 0, by: -1) {
      let row = Int(order[place])
      if isPositive[row] { hits += 1 } else { alarms += 1 }
      // The last row of a tie closes its point.
      if place > 0, scores[Int(order[place - 1])] == scores[row] { continue }
      points.append(
        OperatingPoint(threshold: scores[row], truePositives: hits, falsePositives: alarms))
    }
    guard hits > 0, alarms > 0 else {
      throw NumericsError(.tooFewObservations, "a curve needs positive and negative rows")
    }
    self.points = points
    positives = hits
    negatives = alarms
  }

  /// The share of positives at or above a point's threshold.
  public func truePositiveRate(_ point: OperatingPoint) -> Double {
    Double(point.truePositives) / Double(positives)
  }

  /// The share of negatives at or above a point's threshold.
  public func falsePositiveRate(_ point: OperatingPoint) -> Double {
    Double(point.falsePositives) / Double(negatives)
  }

  /// The share of positives among the rows at or above a point's threshold.
  public func precision(_ point: OperatingPoint) -> Double {
    Double(point.truePositives) / Double(point.truePositives + point.falsePositives)
  }

  /// The largest share of positives that a threshold finds within a share of false alarms.
  ///
  /// The curve is a staircase: between two thresholds there is nothing, and a straight line there
  /// would claim power that no threshold has.
  ///
  /// - Parameter falsePositiveRate: The most false alarms, as a share of the negatives; in 0...1.
  /// - Returns: A share in 0...1; 0 when even the highest score raises too many false alarms.
  /// - Complexity: O(points).
  public func truePositiveRate(atFalsePositiveRate falsePositiveRate: Double) -> Double {
    var best = 0
    for point in points where self.falsePositiveRate(point) <= falsePositiveRate {
      best = max(best, point.truePositives)
    }
    return Double(best) / Double(positives)
  }

  /// The largest difference between the share of positives and of negatives above a threshold.
  ///
  /// Also known as Youden's J and as the Kolmogorov–Smirnov separation.
  ///
  /// - Returns: A difference in 0...1. On average above 0 even for scores without information.
  public var maximumAdvantage: Double {
    points.reduce(0) { max($0, truePositiveRate($1) - falsePositiveRate($1)) }
  }

  /// The average precision: the mean over positives of the precision at their threshold.
  ///
  /// ```
  /// AP = Σ (recallₖ − recallₖ₋₁)·precisionₖ
  /// ```
  ///
  /// - Returns: A number in 0...1. A score without information gets about the share of positives,
  ///   so it must be read against that share.
  public var averagePrecision: Double {
    var before = 0
    var sum = CompensatedSum()
    for point in points {
      let found = point.truePositives - before
      before = point.truePositives
      sum.add(Double(found) * precision(point))
    }
    return min(1, sum.total / Double(positives))
  }

  /// The area under the ROC curve up to a share of false alarms, ties counting half.
  ///
  /// - Parameter falsePositiveRate: Where the area ends; in 0...1, exclusive of 0.
  /// - Returns: An area in 0...`falsePositiveRate`; ½·`falsePositiveRate`² without information.
  /// - Throws: ``NumericsError`` `.domain` for a share outside the range.
  /// Source: McClish (1989), doi:10.1177/0272989X8900900307.
  public func partialArea(upTo falsePositiveRate: Double) throws(NumericsError) -> Double {
    guard falsePositiveRate > 0, falsePositiveRate <= 1 else {
      throw NumericsError(.domain, "a share in 0...1 above 0 is expected, not \(falsePositiveRate)")
    }
    var area = CompensatedSum()
    var x = 0.0
    var y = 0.0
    for point in points {
      let nextX = self.falsePositiveRate(point)
      let nextY = truePositiveRate(point)
      // Within a tie the curve is the diagonal, as ties count half.
      let end = min(nextX, falsePositiveRate)
      if end > x {
        let height = y + (nextY - y) * (end - x) / (nextX - x)
        area.add((end - x) * (y + height) / 2)
      }
      x = nextX
      y = nextY
      if x >= falsePositiveRate { break }
    }
    return area.total
  }

  /// At most `limit` points that keep the shape of the curve, for drawing.
  ///
  /// - Parameter limit: The most points; at least 2.
  /// - Returns: Points of the curve, evenly spaced along it; the first and the last are kept.
  /// - Complexity: O(points).
  public func thinned(to limit: Int) -> [OperatingPoint] {
    precondition(limit >= 2, "at least 2 points are expected, not \(limit)")
    guard points.count > limit else { return points }
    // The distance along the staircase, in shares of both kinds.
    let length = { (point: OperatingPoint) in
      truePositiveRate(point) + falsePositiveRate(point)
    }
    let start = length(points[0])
    let step = (2 - start) / Double(limit - 1)
    var kept: [OperatingPoint] = []
    for (index, point) in points.enumerated() {
      let isLast = index == points.count - 1
      guard isLast || kept.count < limit - 1 else { continue }
      if isLast || length(point) >= start + Double(kept.count) * step { kept.append(point) }
    }
    return kept
  }
}
