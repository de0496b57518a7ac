/// The errors of a numeric prediction.
public struct RegressionErrors: Sendable, Hashable {
  /// The root of the mean squared error, in the unit of the response.
  public var rootMeanSquare: Double
  /// The mean absolute error, in the unit of the response.
  public var meanAbsolute: Double
  /// The sum of squares about the mean of the truth, over n.
  private var spread: Double

  /// Compares predictions with the truth.
  ///
  /// - Parameters:
  ///   - truth: The true values; finite.
  ///   - prediction: The predicted values; finite.
  /// - Throws: ``NumericsError`` `.tooFewObservations` without a row, `.domain` for values that
  ///   are not finite.
  /// - Complexity: O(*n*).
  public init(truth: Span<Double>, prediction: Span<Double>) throws(NumericsError) {
    try checkPairs(truth, prediction)
    let count = Double(truth.count)
    let squares = pairwiseSum(over: 0..<truth.count) { row in
      let error = truth[row] - prediction[row]
      return error * error
    }
    rootMeanSquare = (squares / count).squareRoot()
    meanAbsolute = pairwiseSum(over: 0..<truth.count) { abs(truth[$0] - prediction[$0]) } / count
    spread = try variance(truth, correction: 0)
    guard rootMeanSquare.isFinite, meanAbsolute.isFinite, spread.isFinite else {
      throw NumericsError(.domain, "finite values are expected")
    }
  }

  /// The share of the variance that the prediction explains: R² = 1 − Σ error²/Σ (y − ȳ)².
  ///
  /// - Returns: At most 1; 0 for predicting the mean; negative for worse.
  /// - Throws: ``NumericsError`` `.undefined` for a constant truth.
  public func determination() throws(NumericsError) -> Double {
    guard spread > 0 else {
      throw NumericsError(.undefined, "the explained share of a constant is undefined")
    }
    return 1 - rootMeanSquare * rootMeanSquare / spread
  }
}

/// The mean pinball loss of predicted quantiles.
///
/// ```
/// mean of max(q·(y − ŷ), (q − 1)·(y − ŷ))
/// ```
///
/// - Parameters:
///   - truth: The true values; finite.
///   - prediction: The predicted quantiles; finite.
///   - probability: q, strictly between 0 and 1; at ½ the loss is half the mean absolute error.
/// - Returns: A loss in the unit of the response, at least 0.
/// - Throws: ``NumericsError`` `.tooFewObservations` without a row, `.domain` outside these ranges.
/// - Complexity: O(*n*).
/// Source: Koenker & Bassett (1978), doi:10.2307/1913643.
public func pinballLoss(
  truth: Span<Double>, prediction: Span<Double>, probability: Double
) throws(NumericsError) -> Double {
  try checkPairs(truth, prediction)
  guard probability > 0, probability < 1 else {
    throw NumericsError(.domain, "a probability strictly between 0 and 1 is expected")
  }
  let sum = pairwiseSum(over: 0..<truth.count) { row in
    let error = truth[row] - prediction[row]
    return max(probability * error, (probability - 1) * error)
  }
  guard sum.isFinite else { throw NumericsError(.domain, "finite values are expected") }
  return sum / Double(truth.count)
}

private func checkPairs(
  _ truth: Span<Double>, _ prediction: Span<Double>
) throws(NumericsError) {
  precondition(
    truth.count == prediction.count,
    "one prediction a row is expected, not \(prediction.count) for \(truth.count)")
  guard truth.count > 0 else {
    throw NumericsError(.tooFewObservations, "errors need at least one row")
  }
}
