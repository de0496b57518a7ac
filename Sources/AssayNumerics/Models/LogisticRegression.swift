import Foundation

/// Logistic regression of a yes-or-no response, with an optional penalty on the slopes.
///
/// ```
/// maximise Σ [yᵢ·ηᵢ − ln(1 + e^ηᵢ)] − ½·λ·Σ βⱼ²,   ηᵢ = β₀ + xᵢβ
/// ```
///
/// The intercept is never penalised. Without a penalty, data that a plane separates have no
/// finite maximum; that is reported, and a small λ mends it.
public struct LogisticRegression: Sendable, Hashable {
  /// How the iteration ended.
  public enum Outcome: Sendable, Hashable {
    /// The gradient vanished.
    case converged
    /// A plane separates the two classes: without a penalty the slopes have no finite value.
    case separated
    /// The limit of iterations came first.
    case iterationLimit
  }

  /// The intercept, then one slope a predictor, in the units of the data.
  public var coefficients: [Double]
  /// Their standard errors, from the inverse of the penalised information.
  public var standardErrors: [Double]
  /// The inverse of the penalised information, row-major, intercept first.
  public var covariance: [Double]
  /// The logarithm of the likelihood of the response, without the penalty.
  public var logLikelihood: Double
  /// The logarithm of the likelihood with the intercept alone.
  public var nullLogLikelihood: Double
  /// The fitted probability of each row.
  public var fitted: [Double]
  /// How the iteration ended; use the numbers with care unless it is `converged`.
  public var outcome: Outcome
  /// The number of iterations.
  public var iterations: Int

  /// Fits the model by iteratively reweighted least squares with halved steps.
  ///
  /// - Parameters:
  ///   - predictors: The predictors, `rows` × `columns`, row-major; finite.
  ///   - response: Which rows answer yes.
  ///   - columns: The number of predictors; at least 0.
  ///   - penalty: λ; at least 0. scikit-learn's C is 1/λ.
  ///   - iterationLimit: The most iterations; at least 1.
  /// - Throws: ``NumericsError`` `.tooFewObservations` when there are fewer rows than
  ///   coefficients, `.undefined` when only one answer occurs or when predictors determine one
  ///   another and λ is 0, `.domain` for a negative penalty or numbers that are not finite.
  /// - Complexity: O(iterations · (*n*·*p*² + *p*³)).
  /// Source: McCullagh & Nelder (1989), Generalized linear models, 2nd ed., § 4.4; le Cessie & van
  /// Houwelingen (1992), doi:10.2307/2347628.
  public init(
    predictors: Span<Double>, response: Span<Bool>, columns: Int, penalty: Double = 0,
    iterationLimit: Int = 50
  ) throws(NumericsError) {
    guard penalty >= 0, penalty < .infinity else {
      throw NumericsError(.domain, "a penalty of at least 0 is expected, not \(penalty)")
    }
    precondition(
      iterationLimit >= 1, "at least 1 iteration is expected, not \(iterationLimit)")
    let rows = response.count
    let design = try DesignMatrix(predictors, rows: rows, columns: columns)
    guard rows >= design.width else {
      throw NumericsError(
        .tooFewObservations, "\(design.width) coefficients need at least as many rows, not \(rows)")
    }
    let yes = (0..<rows).reduce(0) { response[$1] ? $0 + 1 : $0 }
    guard yes > 0, yes < rows else {
      throw NumericsError(.undefined, "a response with one answer leaves the slopes undefined")
    }
    let share = Double(yes) / Double(rows)
    var problem = PenalisedLikelihood(design: design, penalty: penalty)
    for row in 0..<rows { problem.response.append(response[row] ? 1 : 0) }

    var state = problem.evaluate(
      [log(share / (1 - share))] + [Double](repeating: 0, count: columns))
    nullLogLikelihood = state.likelihood
    var inverse = try problem.invert(state)
    var done = 0
    outcome = .iterationLimit
    while done < iterationLimit {
      done += 1
      let step = problem.step(state, inverse)
      // Half the decrement is what the target can still gain, to second order.
      let decrement = zip(step, state.gradient).reduce(0) { $0 + $1.0 * $1.1 }
      if decrement <= 1e-18 * max(1, abs(state.target)) {
        outcome = .converged
        break
      }
      var size = 1.0
      var next = problem.evaluate(problem.moved(state, step, by: size))
      while !(next.target >= state.target - 1e-13 * abs(state.target)), size > 1e-10 {
        size /= 2
        next = problem.evaluate(problem.moved(state, step, by: size))
      }
      state = next
      if penalty == 0, state.isSeparated(problem.response) {
        outcome = .separated
        break
      }
      do {
        inverse = try problem.invert(state)
      } catch  where error.code == .undefined && penalty == 0 {
        // The information was fine at the start and has run out on the way: some slope is
        // heading for infinity, with a few rows on the plane itself.
        outcome = .separated
        break
      }
      if decrement < 1e-15 * max(1, abs(state.target)) {
        outcome = .converged
        break
      }
    }
    let back = design.inDataUnits(state.coefficients, covariance: inverse)
    coefficients = back.coefficients
    standardErrors = back.standardErrors
    covariance = design.covarianceInDataUnits(inverse)
    logLikelihood = state.likelihood
    fitted = state.fitted
    iterations = done
  }

  /// The probability of yes for one row.
  ///
  /// - Parameter row: One value a predictor.
  /// - Returns: A probability in 0...1.
  public func probability(_ row: Span<Double>) -> Double {
    1 / (1 + exp(-linearPrediction(coefficients, row)))
  }
}
