import Foundation

/// The mean squared error of predicted probabilities, and what it is made of.
///
/// ```
/// Brier = mean of (pᵢ − yᵢ)²
///       = reliability − resolution + uncertainty + (what lies inside the groups)
/// ```
///
/// The parts belong to groups of rows with nearly equal predictions; with one group a distinct
/// prediction the last part is 0.
///
/// Source: Brier (1950), doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2; Murphy (1973),
/// doi:10.1175/1520-0450(1973)012<0595:ANVPOT>2.0.CO;2.
public struct BrierScore: Sendable, Hashable {
  /// The mean squared error, in 0...1; 0 is perfect.
  public var value: Double
  /// How far predictions lie from the rate in their group; 0 is calibrated.
  public var reliability: Double
  /// How far the rates of the groups lie from the overall rate; large is informative.
  public var resolution: Double
  /// What predicting the overall rate for everyone gets: ȳ(1 − ȳ).
  public var uncertainty: Double

  /// The share of the uncertainty that the predictions remove: 1 − Brier/uncertainty.
  ///
  /// - Returns: At most 1; 0 for a constant forecast of the overall rate; nil when only one answer
  ///   occurs.
  public var skill: Double? { uncertainty > 0 ? 1 - value / uncertainty : nil }

  /// Scores predicted probabilities.
  ///
  /// - Parameters:
  ///   - probabilities: The predicted probability of yes of each row, in 0...1.
  ///   - isPositive: Which rows are yes.
  /// - Throws: ``NumericsError`` `.tooFewObservations` without a row, `.domain` for a probability
  ///   outside 0...1.
  /// - Complexity: O(*n* log *n*) at most.
  public init(probabilities: Span<Double>, isPositive: Span<Bool>) throws(NumericsError) {
    try checkProbabilities(probabilities, isPositive)
    let count = Double(probabilities.count)
    value =
      pairwiseSum(over: 0..<probabilities.count) { row in
        let error = probabilities[row] - (isPositive[row] ? 1 : 0)
        return error * error
      } / count
    let yes = (0..<isPositive.count).reduce(0) { isPositive[$1] ? $0 + 1 : $0 }
    let rate = Double(yes) / count
    uncertainty = rate * (1 - rate)
    let order = sortPermutation(probabilities)
    var away = CompensatedSum()
    var spread = CompensatedSum()
    var start = 0
    while start < order.count {
      let p = probabilities[Int(order[start])]
      var end = start
      var hits = 0
      while end < order.count, probabilities[Int(order[end])] == p {
        if isPositive[Int(order[end])] { hits += 1 }
        end += 1
      }
      let size = Double(end - start)
      let share = Double(hits) / size
      away.add(size * (p - share) * (p - share))
      spread.add(size * (share - rate) * (share - rate))
      start = end
    }
    reliability = away.total / count
    resolution = spread.total / count
  }
}

/// The mean negative logarithm of the probability given to what happened.
///
/// ```
/// −mean of [yᵢ·ln pᵢ + (1 − yᵢ)·ln(1 − pᵢ)]
/// ```
///
/// - Parameters:
///   - probabilities: The predicted probability of yes of each row, in 0...1.
///   - isPositive: Which rows are yes.
///   - floor: Probabilities are kept this far from 0 and 1, so that one certain mistake does not
///     make the mean infinite; in 0 ..< ½, by default the spacing of numbers at 1.
/// - Returns: A loss in nats, at least 0; −ln ½ = 0.693 for a coin.
/// - Throws: ``NumericsError`` `.tooFewObservations` without a row, `.domain` for a probability
///   outside 0...1, `.undefined` when the loss is infinite, with a floor of 0.
/// - Complexity: O(*n*).
public func logarithmicLoss(
  probabilities: Span<Double>, isPositive: Span<Bool>, floor: Double = 0x1p-52
) throws(NumericsError) -> Double {
  precondition(floor >= 0 && floor < 0.5, "a floor in 0 ..< 0.5 is expected, not \(floor)")
  try checkProbabilities(probabilities, isPositive)
  let sum = pairwiseSum(over: 0..<probabilities.count) { row in
    let p = min(max(probabilities[row], floor), 1 - floor)
    return isPositive[row] ? -log(p) : -log1p(-p)
  }
  guard sum.isFinite else {
    throw NumericsError(.undefined, "a certain prediction that fails has an infinite loss")
  }
  return sum / Double(probabilities.count)
}

/// Checks that there are rows and that predictions are probabilities.
func checkProbabilities(
  _ probabilities: Span<Double>, _ isPositive: Span<Bool>
) throws(NumericsError) {
  precondition(
    probabilities.count == isPositive.count,
    "one label a prediction is expected, not \(isPositive.count) for \(probabilities.count)")
  guard probabilities.count > 0 else {
    throw NumericsError(.tooFewObservations, "a score needs at least one row")
  }
  for row in 0..<probabilities.count {
    guard probabilities[row] >= 0, probabilities[row] <= 1 else {
      throw NumericsError(.domain, "a probability in 0...1 is expected, not \(probabilities[row])")
    }
  }
}
