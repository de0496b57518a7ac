import Foundation

/// How far predicted probabilities lie from the rates that come true, over equal groups of rows.
///
/// ```
/// ECE = Σ over groups (n_g/n)·|mean of y − mean of p|
/// ```
///
/// The plain value is above 0 even for perfect probabilities, because rates fluctuate. What a
/// calibrated forecast gets on average is found by drawing outcomes from the very predictions.
///
/// Source: Naeini, Cooper & Hauskrecht (2015), doi:10.1609/aaai.v29i1.9602; Roelofs et al. (2022),
/// arXiv:2012.08668.
public struct CalibrationError: Sendable, Hashable {
  /// The plain value, in 0...1.
  public var value: Double
  /// What calibrated predictions get on average on these rows.
  public var expectedWhenCalibrated: Double
  /// The share of draws of a calibrated forecast that reach the plain value: (1 + b)/(1 + B).
  public var pValue: Double
  /// The groups from the lowest predictions up: rows, mean prediction and rate.
  public var groups: [Group]

  /// One group of rows with similar predictions.
  public struct Group: Sendable, Hashable {
    /// The number of rows.
    public var rows: Int
    /// The mean prediction.
    public var prediction: Double
    /// The share of rows that are yes.
    public var rate: Double
  }

  /// The plain value less what calibrated predictions get, and at least 0.
  public var debiased: Double { max(0, value - expectedWhenCalibrated) }

  /// Compares predictions with outcomes.
  ///
  /// - Parameters:
  ///   - probabilities: The predicted probability of yes of each row, in 0...1.
  ///   - isPositive: Which rows are yes.
  ///   - groups: The number of groups; at least 1. Their sizes differ by one at most.
  ///   - draws: The number of draws of a calibrated forecast, B; at least 1.
  ///   - stream: The random numbers.
  /// - Throws: ``NumericsError`` `.tooFewObservations` when there are fewer rows than groups,
  ///   `.domain` for a probability outside 0...1.
  /// - Complexity: O(*n* log *n* + B·*n*).
  /// - Note: Equal predictions on the border of two groups are dealt in the order given.
  public init(
    probabilities: Span<Double>, isPositive: Span<Bool>, groups: Int = 10, draws: Int = 199,
    stream: inout RandomStream
  ) throws(NumericsError) {
    precondition(groups >= 1 && draws >= 1, "at least 1 group and 1 draw are expected")
    try checkProbabilities(probabilities, isPositive)
    let count = probabilities.count
    guard count >= groups else {
      throw NumericsError(.tooFewObservations, "\(groups) groups need at least as many rows")
    }
    let order = sortPermutation(probabilities)
    var made: [Group] = []
    var start = 0
    for index in 0..<groups {
      // The first groups take the rows that do not divide evenly.
      let size = count / groups + (index < count % groups ? 1 : 0)
      let rows = start..<(start + size)
      let sum = pairwiseSum(over: rows) { probabilities[Int(order[$0])] }
      let hits = rows.reduce(0) { isPositive[Int(order[$1])] ? $0 + 1 : $0 }
      made.append(
        Group(rows: size, prediction: sum / Double(size), rate: Double(hits) / Double(size)))
      start += size
    }
    let total = made.reduce(0) { $0 + Double($1.rows) * abs($1.rate - $1.prediction) }
    value = total / Double(count)
    self.groups = made

    var sum = CompensatedSum()
    var reached = 0
    for _ in 0..<draws {
      var place = 0
      var drawn = 0.0
      for group in made {
        var hits = 0
        for _ in 0..<group.rows {
          if stream.uniform() < probabilities[Int(order[place])] { hits += 1 }
          place += 1
        }
        drawn += abs(Double(hits) - Double(group.rows) * group.prediction)
      }
      sum.add(drawn / Double(count))
      if drawn >= total * (1 - 1e-12) { reached += 1 }
    }
    expectedWhenCalibrated = sum.total / Double(draws)
    pValue = Double(1 + reached) / Double(1 + draws)
  }
}

/// The straight line that turns predicted log-odds into the best log-odds.
///
/// ```
/// logit P(y = 1) = intercept + slope·logit p
/// ```
///
/// 0 and 1 are calibrated; a slope below 1 says that predictions are too extreme.
///
/// Source: Cox (1958), doi:10.1093/biomet/45.3-4.562.
public struct CalibrationLine: Sendable, Hashable {
  /// The intercept; 0 when calibrated.
  public var intercept: Double
  /// The slope; 1 when calibrated.
  public var slope: Double
  /// The standard errors of the intercept and the slope.
  public var standardErrors: (intercept: Double, slope: Double) {
    (interceptError, slopeError)
  }
  /// The rate of yes less the mean prediction: calibration in the large.
  public var rateExcess: Double
  private var interceptError: Double
  private var slopeError: Double

  /// Fits the line.
  ///
  /// - Parameters:
  ///   - probabilities: The predicted probability of yes of each row, in 0...1.
  ///   - isPositive: Which rows are yes.
  ///   - floor: Probabilities are kept this far from 0 and 1, where the log-odds are infinite.
  /// - Throws: ``NumericsError`` `.tooFewObservations` below two rows, `.undefined` when all
  ///   predictions are equal, when one answer alone occurs or when the predictions separate the
  ///   answers, `.noConvergence` when the iteration does not end, `.domain` for a probability
  ///   outside 0...1.
  /// - Complexity: O(*n*) an iteration.
  public init(
    probabilities: Span<Double>, isPositive: Span<Bool>, floor: Double = 1e-9
  ) throws(NumericsError) {
    precondition(floor > 0 && floor < 0.5, "a floor in 0 ..< 0.5 is expected, not \(floor)")
    try checkProbabilities(probabilities, isPositive)
    let odds = (0..<probabilities.count).map { row in
      let p = min(max(probabilities[row], floor), 1 - floor)
      return log(p) - log1p(-p)
    }
    let fit = try LogisticRegression(predictors: odds.span, response: isPositive, columns: 1)
    switch fit.outcome {
    case .converged: break
    case .separated:
      throw NumericsError(.undefined, "predictions that separate the answers have no finite slope")
    case .iterationLimit:
      throw NumericsError(.noConvergence, "the calibration line did not converge")
    }
    intercept = fit.coefficients[0]
    slope = fit.coefficients[1]
    interceptError = fit.standardErrors[0]
    slopeError = fit.standardErrors[1]
    let yes = (0..<isPositive.count).reduce(0) { isPositive[$1] ? $0 + 1 : $0 }
    rateExcess = (Double(yes) - pairwiseSum(probabilities)) / Double(probabilities.count)
  }
}
