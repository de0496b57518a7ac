package import AssayNumerics
import Foundation

/// How much better one set of predictions is than another of the same rows.
package struct PairedGap: Sendable {
  /// The measure.
  package var measure: HeadlineMeasure
  /// What the model trained on real rows gets.
  package var real: Double
  /// What the model trained on synthetic rows gets.
  package var synthetic: Double
  /// What a model gets that says the same of every row.
  package var trivial: Double
  /// The standard deviation of the gap over rows to judge by, both models fixed.
  package var deviation: Double
  /// The standard deviation of the real model's measure alone.
  package var realDeviation: Double
  /// How the deviation was found.
  package var method: String

  /// Real less synthetic; positive is a loss.
  package var gap: Double { real - synthetic }

  /// Compares two models on the same rows.
  package init(
    _ measure: HeadlineMeasure, real: [Double], synthetic: [Double], test: LabelledRows,
    task: TargetProblem.Task, seed: UInt64
  ) throws(NumericsError) {
    self.measure = measure
    trivial = measure.trivial(test)
    switch measure {
    case .areaUnderCurve:
      let own = try HeadlineMeasure.area(real, test.isPositive)
      let other = try HeadlineMeasure.area(synthetic, test.isPositive)
      let difference = try AreaDifference(own, other)
      self.real = own.value
      self.synthetic = other.value
      deviation = difference.standardError
      realDeviation = try own.deLongVariance().squareRoot()
      method = "paired DeLong"
    case .averagePrecision:
      let found = try PrecisionBootstrap(
        [real, synthetic], isPositive: test.isPositive, seed: seed)
      self.real = found.values[0]
      self.synthetic = found.values[1]
      deviation = found.deviation { $0[0] - $0[1] }
      realDeviation = found.deviation { $0[0] }
      method = "paired bootstrap within classes"
    case .macroArea, .determination:
      let own = try MeasureInfluence(measure, real, test, task: task)
      let other = try MeasureInfluence(measure, synthetic, test, task: task)
      self.real = own.value
      self.synthetic = other.value
      deviation = MeasureInfluence.spread(zip(own.rows, other.rows).map { $0 - $1 })
      realDeviation = MeasureInfluence.spread(own.rows)
      method = measure == .macroArea ? "paired placements" : "paired delta method"
    }
  }
}

/// Average precision of several scores over rows that are drawn again within each class.
///
/// All scores see the same draws, so that differences between them are paired.
struct PrecisionBootstrap {
  /// The average precision of each score.
  let values: [Double]
  /// The same over each draw.
  let draws: [[Double]]

  init(
    _ scores: [[Double]], isPositive: [Bool], draws count: Int = 400, seed: UInt64
  ) throws(NumericsError) {
    let rows = isPositive.count
    let positives = (0..<rows).filter { isPositive[$0] }
    let negatives = (0..<rows).filter { !isPositive[$0] }
    var values: [Double] = []
    var orders: [[Int]] = []
    for score in scores {
      let labels = isPositive
      values.append(
        try OperatingCurve(scores: score.span, isPositive: labels.span).averagePrecision)
      orders.append(sortPermutation(score.span).reversed().map { Int($0) })
    }
    var found: [[Double]] = []
    for draw in 0..<count {
      var stream = RandomStream(seed: seed, path: ["average-precision", String(draw)])
      var times = [Int](repeating: 0, count: rows)
      for _ in positives { times[positives[stream.below(positives.count)]] += 1 }
      for _ in negatives { times[negatives[stream.below(negatives.count)]] += 1 }
      found.append(
        scores.indices.map { Self.precision(scores[$0], orders[$0], times, isPositive) })
    }
    self.values = values
    draws = found
  }

  /// The average precision of rows that count several times; tied scores are passed together.
  private static func precision(
    _ scores: [Double], _ order: [Int], _ times: [Int], _ isPositive: [Bool]
  ) -> Double {
    var hits = 0
    var all = 0
    var sum = 0.0
    var start = 0
    while start < order.count {
      var end = start
      var found = 0
      while end < order.count, scores[order[end]] == scores[order[start]] {
        let row = order[end]
        all += times[row]
        if isPositive[row] { found += times[row] }
        end += 1
      }
      hits += found
      if found > 0 { sum += Double(found) * Double(hits) / Double(all) }
      start = end
    }
    return hits > 0 ? sum / Double(hits) : 0
  }

  /// The standard deviation over draws of what `value` makes of the scores' values.
  func deviation(_ value: ([Double]) -> Double) -> Double {
    let found = draws.map(value)
    return (try? variance(found.span).squareRoot()) ?? 0
  }
}
