import Foundation

/// The penalised partial likelihood of proportional hazards and its derivatives.
struct PartialLikelihood {
  /// λ of each slope, in the units of the scaled predictors.
  private let weights: [Double]
  /// The scaled predictors, rows from the latest time to the earliest.
  private let values: [Double]
  private let isEvent: [Bool]
  /// Where each distinct time begins, and where the last one ends.
  private let starts: [Int]
  private let width: Int
  private let isEfron: Bool

  /// Everything at one set of slopes.
  struct State {
    var coefficients: [Double]
    var likelihood: Double
    /// The likelihood less the penalty.
    var target: Double
    var gradient: [Double]
    /// What each row weighs in the sum of squares of the information.
    var rowWeights: [Double]
    /// The weighted means of the predictors among the rows at risk, one row an event.
    var means: [Double]
  }

  init(
    design: DesignMatrix, times: Span<Double>, events: Span<Bool>, ties: CoxRegression.Ties,
    penalty: Double
  ) {
    width = design.predictors
    isEfron = ties == .efron
    weights = design.scales.map { penalty / ($0 * $0) }
    let order = sortPermutation(times).reversed().map { Int($0) }
    var values: [Double] = []
    values.reserveCapacity(order.count * width)
    var starts: [Int] = []
    for (place, row) in order.enumerated() {
      if place == 0 || times[row] != times[order[place - 1]] { starts.append(place) }
      values += design.values[row * design.width + 1..<(row + 1) * design.width]
    }
    self.values = values
    self.starts = starts + [order.count]
    isEvent = order.map { events[$0] }
  }

  func evaluate(_ coefficients: [Double]) -> State {
    let rows = isEvent.count
    let linear = LinearAlgebra.doublePrecisionProduct(
      values.span, coefficients.span, rows: rows, inner: width, columns: 1)
    // The likelihood does not change where all risks are multiplied.
    let top = linear.max() ?? 0
    let risks = linear.map { exp($0 - top) }
    var state = State(
      coefficients: coefficients, likelihood: 0, target: 0,
      gradient: [Double](repeating: 0, count: width),
      rowWeights: [Double](repeating: 0, count: rows), means: [])
    var sum = 0.0
    var sums = [Double](repeating: 0, count: width)
    // By time: what its events add to the weight of all rows at risk, and take off that of their own.
    var added = [Double](repeating: 0, count: starts.count - 1)
    var taken = added
    for group in added.indices {
      let own = starts[group]..<starts[group + 1]
      var tied = 0.0
      var tiedSums = [Double](repeating: 0, count: width)
      var died = 0
      for row in own {
        sum += risks[row]
        for column in 0..<width { sums[column] += risks[row] * values[row * width + column] }
        guard isEvent[row] else { continue }
        died += 1
        tied += risks[row]
        state.likelihood += linear[row] - top
        for column in 0..<width {
          tiedSums[column] += risks[row] * values[row * width + column]
          state.gradient[column] += values[row * width + column]
        }
      }
      for turn in 0..<died {
        let off = isEfron ? Double(turn) / Double(died) : 0
        let left = sum - off * tied
        state.likelihood -= log(left)
        added[group] += 1 / left
        taken[group] += off / left
        for column in 0..<width {
          let mean = (sums[column] - off * tiedSums[column]) / left
          state.means.append(mean)
          state.gradient[column] -= mean
        }
      }
    }
    var hazard = 0.0
    for group in added.indices.reversed() {
      hazard += added[group]
      for row in starts[group]..<starts[group + 1] {
        state.rowWeights[row] = risks[row] * (hazard - (isEvent[row] ? taken[group] : 0))
      }
    }
    state.target = state.likelihood
    for column in 0..<width {
      let pull = weights[column] * coefficients[column]
      state.target -= pull * coefficients[column] / 2
      state.gradient[column] -= pull
    }
    return state
  }

  /// Newton's step and the inverse of the penalised information; `nil` where it has none.
  func step(_ state: State) throws(NumericsError) -> (solution: [Double], inverse: [Double])? {
    let squares = gram(values, weights: state.rowWeights)
    let means = gram(
      state.means, weights: [Double](repeating: 1, count: state.means.count / width))
    var matrix = zip(squares, means).map { $0 - $1 }
    for column in 0..<width { matrix[column * width + column] += weights[column] }
    guard matrix.allSatisfy(\.isFinite),
      let solved = try GSL.solvePositiveDefinite(matrix, state.gradient),
      wellConditioned(matrix, solved.inverse, width)
    else { return nil }
    // Where all that is left of a predictor is rounding, its slope is not known.
    for column in 0..<width
    where matrix[column * width + column] <= 1e-12 * squares[column * width + column] {
      return nil
    }
    return solved
  }

  /// Σ wᵢ·xᵢxᵢᵀ.
  private func gram(_ rows: [Double], weights: [Double]) -> [Double] {
    let count = weights.count
    var left = [Double](repeating: 0, count: rows.count)
    for row in 0..<count {
      for column in 0..<width {
        left[column * count + row] = rows[row * width + column] * weights[row]
      }
    }
    return LinearAlgebra.doublePrecisionProduct(
      left.span, rows.span, rows: width, inner: count, columns: width)
  }

  func moved(_ state: State, _ step: [Double], by size: Double) -> [Double] {
    zip(state.coefficients, step).map { $0 + size * $1 }
  }
}
