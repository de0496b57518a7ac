import Foundation

/// The penalised likelihood of a logistic regression and its derivatives.
struct PenalisedLikelihood {
  var design: DesignMatrix
  var penalty: Double
  /// 1 for yes, 0 for no.
  var response: [Double] = []

  /// Everything at one set of coefficients.
  struct State {
    var coefficients: [Double]
    var fitted: [Double]
    var linear: [Double]
    var likelihood: Double
    /// The likelihood less the penalty.
    var target: Double
    var gradient: [Double]

    /// Whether the plane has every row on its side, and by so much that more makes no difference.
    func isSeparated(_ response: [Double]) -> Bool {
      guard likelihood > -1e-6 * Double(response.count) else { return false }
      return zip(linear, response).allSatisfy { $0 == 0 ? false : ($0 > 0) == ($1 > 0.5) }
    }
  }

  /// λ in the scaled units of a coefficient.
  private func weight(_ column: Int) -> Double {
    guard column > 0 else { return 0 }
    let scale = design.scales[column - 1]
    return penalty / (scale * scale)
  }

  func evaluate(_ coefficients: [Double]) -> State {
    let linear = design.product(coefficients)
    let fitted = linear.map { 1 / (1 + exp(-$0)) }
    let likelihood = pairwiseSum(over: 0..<linear.count) { row in
      let eta = linear[row]
      // ln(1 + e^η) without overflow.
      return response[row] * eta - max(eta, 0) - log1p(exp(-abs(eta)))
    }
    var target = likelihood
    var gradient = design.crossProduct(zip(response, fitted).map { $0 - $1 })
    for column in coefficients.indices {
      let pull = weight(column) * coefficients[column]
      target -= pull * coefficients[column] / 2
      gradient[column] -= pull
    }
    return State(
      coefficients: coefficients, fitted: fitted, linear: linear, likelihood: likelihood,
      target: target, gradient: gradient)
  }

  /// The inverse of the penalised information.
  func invert(_ state: State) throws(NumericsError) -> [Double] {
    let width = design.width
    var matrix = design.gram(weights: state.fitted.map { $0 * (1 - $0) })
    for column in 0..<width { matrix[column * width + column] += weight(column) }
    let zeros = [Double](repeating: 0, count: width)
    guard let solved = try GSL.solvePositiveDefinite(matrix, zeros),
      wellConditioned(matrix, solved.inverse, width)
    else { throw dependentPredictors }
    return solved.inverse
  }

  func step(_ state: State, _ inverse: [Double]) -> [Double] {
    let width = design.width
    return (0..<width).map { row in
      var sum = 0.0
      for column in 0..<width { sum += inverse[row * width + column] * state.gradient[column] }
      return sum
    }
  }

  func moved(_ state: State, _ step: [Double], by size: Double) -> [Double] {
    zip(state.coefficients, step).map { $0 + size * $1 }
  }
}
