import Foundation

/// The area under a ROC curve: how often a positive row is scored above a negative one.
///
/// ```
/// AUC = mean over pairs of 1{p > n} + ½·1{p = n}
/// ```
///
/// ½ is what scores without any information give. Below ½ the scores point the other way, which is
/// information too: it is never clamped. It sees ranks alone, so it says nothing of calibration.
///
/// Source: Mann & Whitney (1947), doi:10.1214/aoms/1177730491; variance of DeLong, DeLong &
/// Clarke-Pearson (1988), doi:10.2307/2531595, computed as in Sun & Xu (2014),
/// doi:10.1109/LSP.2014.2337313.
public struct AreaUnderCurve: Sendable, Hashable {
  /// The area, in 0...1; 1 when every positive is above every negative.
  public var value: Double
  /// The number of positive rows.
  public var positives: Int
  /// The number of negative rows.
  public var negatives: Int

  /// The share of negatives below each positive, ties by half, in the order given.
  package var positivePlacements: [Double]
  /// The share of positives above each negative, ties by half, in the order given.
  package var negativePlacements: [Double]
  /// Σ (t³ − t) over the groups of tied scores.
  private var tieCorrection: Double

  /// Compares the scores of positive and negative rows.
  ///
  /// - Parameters:
  ///   - positives: The scores of the positive rows, free of NaN.
  ///   - negatives: The scores of the negative rows, free of NaN.
  /// - Throws: ``NumericsError`` `.tooFewObservations` when either side is empty, `.domain` for
  ///   NaN.
  /// - Complexity: O(*N* log *N*) at most.
  public init(positives: Span<Double>, negatives: Span<Double>) throws(NumericsError) {
    let n = positives.count
    let m = negatives.count
    guard n > 0, m > 0 else {
      throw NumericsError(.tooFewObservations, "an area needs positive and negative rows")
    }
    var pooled: [Double] = []
    pooled.reserveCapacity(n + m)
    for index in 0..<n { pooled.append(positives[index]) }
    for index in 0..<m { pooled.append(negatives[index]) }
    guard !pooled.contains(where: \.isNaN) else {
      throw NumericsError(.domain, "scores free of NaN are expected")
    }
    let order = sortPermutation(pooled.span)
    var above = [Double](repeating: 0, count: n)
    var below = [Double](repeating: 0, count: m)
    var ties = 0.0
    var positivesBefore = 0
    var negativesBefore = 0
    var start = 0
    // Twice the number of pairs that are in order: an integer, so that AUC has one rounding.
    var twicePairs = 0
    while start < order.count {
      var end = start
      var inGroup = 0
      while end < order.count, pooled[Int(order[end])] == pooled[Int(order[start])] {
        if Int(order[end]) < n { inGroup += 1 }
        end += 1
      }
      let size = end - start
      let others = size - inGroup
      let share = (Double(negativesBefore) + Double(others) / 2) / Double(m)
      let rest = (Double(n - positivesBefore - inGroup) + Double(inGroup) / 2) / Double(n)
      for place in start..<end {
        let row = Int(order[place])
        if row < n { above[row] = share } else { below[row - n] = rest }
      }
      twicePairs += inGroup * (2 * negativesBefore + others)
      positivesBefore += inGroup
      negativesBefore += others
      let t = Double(size)
      ties += t * (t * t - 1)
      start = end
    }
    value = Double(twicePairs) / (2 * Double(n) * Double(m))
    self.positives = n
    self.negatives = m
    positivePlacements = above
    negativePlacements = below
    tieCorrection = ties
  }

  /// The variance of the area by DeLong's method.
  ///
  /// - Returns: The variance; 0 when no negative is above a positive, where it says nothing.
  /// - Throws: ``NumericsError`` `.tooFewObservations` below two positives or two negatives.
  public func deLongVariance() throws(NumericsError) -> Double {
    guard positives > 1, negatives > 1 else {
      throw NumericsError(
        .tooFewObservations, "the variance of an area needs two positives and two negatives")
    }
    let first = try variance(positivePlacements.span) / Double(positives)
    let second = try variance(negativePlacements.span) / Double(negatives)
    return first + second
  }

  /// The interval on the logit scale, mapped back.
  ///
  /// - Parameter level: The coverage, strictly between 0 and 1.
  /// - Returns: Limits in 0...1.
  /// - Throws: ``NumericsError`` `.tooFewObservations` below two rows of a kind, `.undefined` for
  ///   an area of 0 or 1, whose logit is infinite, `.domain` for the level.
  public func logitInterval(level: Double = 0.95) throws(NumericsError) -> ConfidenceInterval {
    guard value > 0, value < 1 else {
      throw NumericsError(.undefined, "the logit of an area of \(value) is infinite")
    }
    let scale = value * (1 - value)
    let margin =
      try normalQuantile((1 + level) / 2) * deLongVariance().squareRoot() / scale
    let centre = log(value / (1 - value))
    return ConfidenceInterval(
      lower: 1 / (1 + exp(margin - centre)), upper: 1 / (1 + exp(-margin - centre)))
  }

  /// The variance of the area over all labellings of the pooled scores, ties included.
  public var permutationVariance: Double {
    let n = Double(positives)
    let m = Double(negatives)
    let total = n + m
    guard total > 1 else { return 0 }
    return max(0, (total + 1) - tieCorrection / (total * (total - 1))) / (12 * n * m)
  }

  /// The p-value that positives are scored higher, normal, with half a pair taken off.
  ///
  /// - Returns: A probability; 1 when all scores are tied. Good from about 10 rows of each kind.
  public var pValueGreater: Double { normalPValue(value - 0.5) }

  /// The two-sided p-value, normal, with half a pair taken off.
  ///
  /// - Returns: A probability in 0...1; 1 when all scores are tied.
  public var pValueTwoSided: Double { min(1, 2 * normalPValue(abs(value - 0.5))) }

  private func normalPValue(_ excess: Double) -> Double {
    let spread = permutationVariance.squareRoot()
    guard spread > 0 else { return 1 }
    let half = 0.5 / (Double(positives) * Double(negatives))
    return normalSurvival((excess - half) / spread)
  }
}
