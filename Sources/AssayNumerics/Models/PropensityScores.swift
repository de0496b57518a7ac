/// How far a model can tell synthetic from real rows, from the probabilities that it gives them.
///
/// ```
/// pMSE = mean of (pᵢ − c)²,   c = the share of synthetic rows
/// ```
///
/// pMSE grows with the number of parameters of the model even for equal laws, so it is read against
/// what a model of as many parameters gets for two samples of one law.
///
/// Source: Woo, Reiter, Oganian & Karr (2009), doi:10.29012/jpc.v1i1.568; Snoke, Raab, Nowok,
/// Dibben & Slavkovic (2018), doi:10.1111/rssa.12358; Raab, Nowok & Dibben (2021),
/// arXiv:2109.12717.
public struct PropensityScores: Sendable, Hashable {
  /// The propensity mean squared error, in 0...¼.
  public var meanSquaredError: Double
  /// c, the share of synthetic rows.
  public var syntheticShare: Double
  /// The number of rows of both tables.
  public var rows: Int
  /// SPECKS: the Kolmogorov–Smirnov distance of the probabilities of both tables, in 0...1.
  public var kolmogorovSmirnov: Double
  /// PO50: the share of rows told rightly, in percent, less 50; a row above ½ is called synthetic.
  ///
  /// Made for equally many rows of both kinds; otherwise calling all rows the commoner kind
  /// already gets above 0.
  public var percentageOverFifty: Double

  /// Takes the probabilities of a fitted model.
  ///
  /// - Parameters:
  ///   - probabilities: The probability of being synthetic that the model gives each row.
  ///   - isSynthetic: Which rows are synthetic.
  /// - Throws: ``NumericsError`` `.tooFewObservations` when either kind is absent, `.domain` for a
  ///   probability outside 0...1.
  /// - Complexity: O(*N* log *N*) at most.
  public init(probabilities: Span<Double>, isSynthetic: Span<Bool>) throws(NumericsError) {
    try checkProbabilities(probabilities, isSynthetic)
    let curve = try OperatingCurve(scores: probabilities, isPositive: isSynthetic)
    let count = Double(probabilities.count)
    let share = Double(curve.positives) / count
    meanSquaredError =
      pairwiseSum(over: 0..<probabilities.count) { row in
        let difference = probabilities[row] - share
        return difference * difference
      } / count
    syntheticShare = share
    rows = probabilities.count
    // The largest gap either way: a model may also have it backwards.
    kolmogorovSmirnov = curve.points.reduce(0) {
      max($0, abs(curve.truePositiveRate($1) - curve.falsePositiveRate($1)))
    }
    var right = 0
    for row in 0..<probabilities.count where (probabilities[row] > 0.5) == isSynthetic[row] {
      right += 1
    }
    percentageOverFifty = 100 * Double(right) / count - 50
  }

  /// What pMSE is on average for a logistic model and two independent samples of one law.
  ///
  /// ```
  /// (k − 1)·c·(1 − c)/N
  /// ```
  ///
  /// - Parameter parameters: k, the number of coefficients with the intercept; at least 2.
  /// - Returns: The expectation in the limit of large samples.
  /// - Throws: ``NumericsError`` `.domain` below two parameters.
  public func expectedError(parameters: Int) throws(NumericsError) -> Double {
    guard parameters >= 2 else {
      throw NumericsError(.domain, "at least 2 parameters are expected, not \(parameters)")
    }
    return Double(parameters - 1) * syntheticShare * (1 - syntheticShare) / Double(rows)
  }

  /// pMSE over what two independent samples get: 1 on average for a fresh real sample.
  ///
  /// - Parameter parameters: k, the number of coefficients with the intercept; at least 2.
  /// - Returns: A ratio, at least 0.
  /// - Throws: ``NumericsError`` `.domain` below two parameters.
  public func errorRatio(parameters: Int) throws(NumericsError) -> Double {
    meanSquaredError / (try expectedError(parameters: parameters))
  }

  /// synthpop's S_pMSE, whose null is a synthesis from the fitted model.
  ///
  /// ```
  /// pMSE/[(k − 1)·(1 − c)²·c/N]
  /// ```
  ///
  /// - Parameter parameters: k, the number of coefficients with the intercept; at least 2.
  /// - Returns: A ratio, at least 0; 1/(1 − c), not 1, on average for a fresh real sample.
  /// - Throws: ``NumericsError`` `.domain` below two parameters.
  public func synthpopRatio(parameters: Int) throws(NumericsError) -> Double {
    try errorRatio(parameters: parameters) / (1 - syntheticShare)
  }
}
