/// Linear regression by least squares, with an optional penalty on the slopes.
///
/// ```
/// minimise Σ (yᵢ − β₀ − xᵢβ)² + λ·Σ βⱼ²
/// ```
///
/// The intercept is never penalised. With λ above 0 the slopes depend on the units of the
/// predictors: scale them first.
public struct RidgeRegression: Sendable, Hashable {
  /// The intercept, then one slope a predictor.
  public var coefficients: [Double]
  /// Their standard errors for λ = 0; with a penalty those of the penalised estimate, bias left out.
  public var standardErrors: [Double]
  /// Their covariance, row-major, intercept first; its diagonal is the squares of the standard errors.
  public var covariance: [Double]
  /// 1 − Σ residual²/Σ (y − ȳ)², on the rows fitted.
  public var determination: Double
  /// The deviation of the residuals, √(Σ residual²/(n − p)).
  public var residualDeviation: Double

  /// Fits the model.
  ///
  /// - Parameters:
  ///   - predictors: The predictors, `rows` × `columns`, row-major; finite.
  ///   - response: The response, `rows` numbers; finite.
  ///   - columns: The number of predictors; at least 0.
  ///   - penalty: λ; at least 0.
  /// - Throws: ``NumericsError`` `.tooFewObservations` when there are no more rows than
  ///   coefficients, `.undefined` when predictors depend on each other and λ is 0 or when the
  ///   response is constant, `.domain` for a negative penalty or numbers that are not finite.
  /// - Complexity: O(*n*·*p*² + *p*³).
  /// Source: Hoerl & Kennard (1970), doi:10.1080/00401706.1970.10488634.
  public init(
    predictors: Span<Double>, response: Span<Double>, columns: Int, penalty: Double = 0
  ) throws(NumericsError) {
    guard penalty >= 0, penalty < .infinity else {
      throw NumericsError(.domain, "a penalty of at least 0 is expected, not \(penalty)")
    }
    let rows = response.count
    let design = try DesignMatrix(predictors, rows: rows, columns: columns)
    guard rows > design.width else {
      throw NumericsError(
        .tooFewObservations, "\(design.width) coefficients need more than \(rows) rows")
    }
    let centre = try mean(response)
    let spread = try variance(response, correction: 0) * Double(rows)
    guard spread.isFinite else { throw NumericsError(.domain, "a finite response is expected") }
    guard spread > 0 else {
      throw NumericsError(.undefined, "the regression of a constant is undefined")
    }
    let ones = [Double](repeating: 1, count: rows)
    var matrix = design.gram(weights: ones)
    let plain = matrix
    for column in 1..<max(1, design.width) {
      let scale = design.scales[column - 1]
      matrix[column * design.width + column] += penalty / (scale * scale)
    }
    let centred = (0..<rows).map { response[$0] - centre }
    guard let fit = try GSL.solvePositiveDefinite(matrix, design.crossProduct(centred)),
      wellConditioned(matrix, fit.inverse, design.width)
    else { throw dependentPredictors }
    let fitted = design.product(fit.solution)
    let squares = pairwiseSum(over: 0..<rows) { row in
      let residual = centred[row] - fitted[row]
      return residual * residual
    }
    let sigma2 = squares / Double(rows - design.width)
    let covariance = sandwich(fit.inverse, plain, design.width).map { $0 * sigma2 }
    let back = design.inDataUnits(fit.solution, covariance: covariance)
    self.covariance = design.covarianceInDataUnits(covariance)
    coefficients = back.coefficients
    coefficients[0] += centre
    standardErrors = back.standardErrors
    determination = 1 - squares / spread
    residualDeviation = sigma2.squareRoot()
  }

  /// The predicted response of one row.
  ///
  /// - Parameter row: One value a predictor.
  /// - Returns: β₀ + xβ.
  public func prediction(_ row: Span<Double>) -> Double {
    linearPrediction(coefficients, row)
  }
}

/// β₀ + xβ.
func linearPrediction(_ coefficients: [Double], _ row: Span<Double>) -> Double {
  precondition(
    row.count == coefficients.count - 1,
    "\(coefficients.count - 1) predictors are expected, not \(row.count)")
  var sum = coefficients[0]
  for column in 0..<row.count { sum += coefficients[column + 1] * row[column] }
  return sum
}

let dependentPredictors = NumericsError(
  .undefined, "predictors that determine one another leave their slopes undefined")

/// Whether a factorisation can be trusted: scaled columns leave diagonals near one another.
func wellConditioned(_ matrix: [Double], _ inverse: [Double], _ width: Int) -> Bool {
  // The product of the diagonals is 1/(1 − R²) of a column on the others.
  (0..<width).allSatisfy { matrix[$0 * width + $0] * inverse[$0 * width + $0] < 1e12 }
}

/// M·G·M for symmetric M.
func sandwich(_ outer: [Double], _ inner: [Double], _ width: Int) -> [Double] {
  let left = LinearAlgebra.doublePrecisionProduct(
    outer.span, inner.span, rows: width, inner: width, columns: width)
  return LinearAlgebra.doublePrecisionProduct(
    left.span, outer.span, rows: width, inner: width, columns: width)
}
