import Foundation

/// Proportional hazards regression of times that may be censored, with an optional penalty on the
/// slopes.
///
/// ```
/// hazard of row i at t = h₀(t)·e^ηᵢ,   ηᵢ = xᵢβ
/// maximise Σ over events of [ηᵢ − ln S(r)] − ½·λ·Σ βⱼ²
/// ```
///
/// with S the sum of e^η over the rows at risk; of d events at one time the r-th (from 0) has r/d of
/// these events taken off, as Efron has it, or none, as Breslow has it. Without a penalty a predictor
/// that orders all events has no finite slope; that is reported, and a small λ mends it.
public struct CoxRegression: Sendable, Hashable {
  /// How events at one time are counted.
  public enum Ties: Sendable, Hashable {
    /// Each event at one time takes part of the others off the rows at risk.
    case efron
    /// All events at one time see the same rows at risk.
    case breslow
  }

  /// How the iteration ended.
  public enum Outcome: Sendable, Hashable {
    /// The gradient vanished.
    case converged
    /// Some slope heads for infinity: without a penalty it has no finite value.
    case unbounded
    /// The limit of iterations came first.
    case iterationLimit
  }

  /// One slope a predictor, in the units of the data.
  public var coefficients: [Double]
  /// Their standard errors, from the inverse of the penalised information.
  public var standardErrors: [Double]
  /// The inverse of the penalised information, row-major.
  public var covariance: [Double]
  /// The logarithm of the partial likelihood, without the penalty.
  public var logLikelihood: Double
  /// The same with all slopes 0.
  public var nullLogLikelihood: Double
  /// How the iteration ended; use the numbers with care unless it is `converged`.
  public var outcome: Outcome
  /// The number of iterations.
  public var iterations: Int

  /// Fits the model by Newton's method with halved steps.
  ///
  /// - Parameters:
  ///   - predictors: The predictors, `rows` × `columns`, row-major; finite.
  ///   - times: The times; finite.
  ///   - events: Whether the event happened then.
  ///   - columns: The number of predictors; at least 1.
  ///   - ties: How events at one time are counted.
  ///   - penalty: λ; at least 0.
  ///   - iterationLimit: The most iterations; at least 1.
  /// - Throws: ``NumericsError`` `.tooFewObservations` without a predictor or an event, `.undefined`
  ///   where predictors determine one another or do not vary among rows at risk and λ is 0, `.domain`
  ///   for a negative penalty or numbers that are not finite.
  /// - Complexity: O(iterations · (*n*·*p*² + *p*³)).
  /// Source: Cox (1972), doi:10.1111/j.2517-6161.1972.tb00899.x; Efron (1977),
  /// doi:10.1080/01621459.1977.10480613; Breslow (1974), doi:10.2307/2529620.
  public init(
    predictors: Span<Double>, times: Span<Double>, events: Span<Bool>, columns: Int,
    ties: Ties = .efron, penalty: Double = 0, iterationLimit: Int = 50
  ) throws(NumericsError) {
    guard penalty >= 0, penalty < .infinity else {
      throw NumericsError(.domain, "a penalty of at least 0 is expected, not \(penalty)")
    }
    precondition(
      iterationLimit >= 1, "at least 1 iteration is expected, not \(iterationLimit)")
    precondition(
      events.count == times.count, "one event a time is expected, not \(events.count)")
    guard columns > 0, (0..<events.count).contains(where: { events[$0] }) else {
      throw NumericsError(
        .tooFewObservations, "proportional hazards need a predictor and an event")
    }
    for row in 0..<times.count where !times[row].isFinite {
      throw NumericsError(.domain, "finite times are expected")
    }
    let design = try DesignMatrix(predictors, rows: times.count, columns: columns)
    let problem = PartialLikelihood(
      design: design, times: times, events: events, ties: ties, penalty: penalty)
    var state = problem.evaluate([Double](repeating: 0, count: columns))
    nullLogLikelihood = state.likelihood
    guard var step = try problem.step(state) else { throw dependentPredictors }
    var done = 0
    outcome = .iterationLimit
    while done < iterationLimit {
      done += 1
      // Half the decrement is what the target can still gain, to second order.
      let decrement = zip(step.solution, state.gradient).reduce(0) { $0 + $1.0 * $1.1 }
      if decrement <= 1e-18 * max(1, abs(state.target)) {
        outcome = .converged
        break
      }
      var size = 1.0
      var next = problem.evaluate(problem.moved(state, step.solution, by: size))
      // A likelihood that is not a number is no gain either.
      while !(next.target >= state.target - 1e-13 * abs(state.target)), size > 1e-10 {
        size /= 2
        next = problem.evaluate(problem.moved(state, step.solution, by: size))
      }
      state = next
      guard let following = try problem.step(state) else {
        // The information was fine at the start and has run out on the way.
        outcome = .unbounded
        break
      }
      step = following
      if decrement < 1e-15 * max(1, abs(state.target)) {
        outcome = .converged
        break
      }
    }
    if outcome == .converged, penalty == 0,
      state.coefficients.contains(where: { abs($0) > Self.boundless })
    {
      outcome = .unbounded
    }
    coefficients = zip(state.coefficients, design.scales).map { $0 / $1 }
    var unscaled: [Double] = []
    for row in 0..<columns {
      for column in 0..<columns {
        unscaled.append(
          step.inverse[row * columns + column] / (design.scales[row] * design.scales[column]))
      }
    }
    covariance = unscaled
    standardErrors = (0..<columns).map { max(0, unscaled[$0 * columns + $0]).squareRoot() }
    logLikelihood = state.likelihood
    iterations = done
  }

  /// A slope so far from 0, for a deviation of its predictor, that it has no end: e²⁰ times the hazard.
  private static let boundless = 20.0
}
