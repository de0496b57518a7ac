/// The predictors of a linear model with its intercept, ready for least squares.
///
/// Columns are shifted and scaled to mean 0 and deviation 1 inside, so that the normal equations
/// stay well conditioned; coefficients are brought back to the units of the data.
struct DesignMatrix {
  /// The number of rows.
  var rows: Int
  /// The number of predictors, without the intercept.
  var predictors: Int
  /// 1 and the scaled predictors of each row, row-major.
  var values: [Double]
  /// The means of the predictors.
  var centres: [Double]
  /// The deviations of the predictors; 1 for a constant.
  var scales: [Double]

  /// The number of coefficients.
  var width: Int { predictors + 1 }

  init(_ predictors: Span<Double>, rows: Int, columns: Int) throws(NumericsError) {
    precondition(
      rows >= 0 && columns >= 0 && predictors.count == rows * columns,
      "\(rows) × \(columns) predictors are expected, not \(predictors.count)")
    self.rows = rows
    self.predictors = columns
    centres = []
    scales = []
    for column in 0..<columns {
      let sum = pairwiseSum(over: 0..<rows) { predictors[$0 * columns + column] }
      let centre = sum / Double(max(1, rows))
      let squares = pairwiseSum(over: 0..<rows) { row in
        let difference = predictors[row * columns + column] - centre
        return difference * difference
      }
      guard squares.isFinite else {
        throw NumericsError(.domain, "predictor \(column) has values that are not finite")
      }
      let deviation = (squares / Double(max(1, rows))).squareRoot()
      centres.append(centre)
      // A constant differs from its mean by rounding at most.
      scales.append(deviation > abs(centre) * 0x1p-45 ? deviation : 1)
    }
    values = []
    values.reserveCapacity(rows * (columns + 1))
    for row in 0..<rows {
      values.append(1)
      for column in 0..<columns {
        values.append((predictors[row * columns + column] - centres[column]) / scales[column])
      }
    }
  }

  /// XᵀWX, row-major.
  func gram(weights: [Double]) -> [Double] {
    var left = [Double](repeating: 0, count: values.count)
    for row in 0..<rows {
      for column in 0..<width {
        left[column * rows + row] = values[row * width + column] * weights[row]
      }
    }
    let right = values
    return LinearAlgebra.doublePrecisionProduct(
      left.span, right.span, rows: width, inner: rows, columns: width)
  }

  /// Xᵀr.
  func crossProduct(_ residuals: [Double]) -> [Double] {
    (0..<width).map { column in
      pairwiseSum(over: 0..<rows) { values[$0 * width + column] * residuals[$0] }
    }
  }

  /// Xβ.
  func product(_ coefficients: [Double]) -> [Double] {
    (0..<rows).map { row in
      var sum = 0.0
      for column in 0..<width { sum += values[row * width + column] * coefficients[column] }
      return sum
    }
  }

  /// The covariance of coefficients in the units of the data, row-major, intercept first.
  func covarianceInDataUnits(_ covariance: [Double]) -> [Double] {
    // The map of ``inDataUnits(_:covariance:)`` on both sides.
    var map = [Double](repeating: 0, count: width * width)
    map[0] = 1
    for column in 0..<predictors {
      map[column + 1] = -centres[column] / scales[column]
      map[(column + 1) * width + column + 1] = 1 / scales[column]
    }
    let left = LinearAlgebra.doublePrecisionProduct(
      map.span, covariance.span, rows: width, inner: width, columns: width)
    return LinearAlgebra.doublePrecisionProduct(
      left.span, byTransposed: map.span, rows: width, inner: width, columns: width)
  }

  /// Brings coefficients and their covariance back to the units of the data, intercept first.
  func inDataUnits(
    _ coefficients: [Double], covariance: [Double]
  ) -> (coefficients: [Double], standardErrors: [Double]) {
    // The rows of the map: β₀ = γ₀ − Σ γⱼ·cⱼ/sⱼ, βⱼ = γⱼ/sⱼ.
    var first = [1.0]
    for column in 0..<predictors { first.append(-centres[column] / scales[column]) }
    var back = [0.0]
    var errors = [0.0]
    for a in 0..<width {
      back[0] += first[a] * coefficients[a]
      for b in 0..<width { errors[0] += first[a] * covariance[a * width + b] * first[b] }
    }
    for column in 0..<predictors {
      let scale = scales[column]
      back.append(coefficients[column + 1] / scale)
      errors.append(covariance[(column + 1) * width + column + 1] / (scale * scale))
    }
    return (back, errors.map { max(0, $0).squareRoot() })
  }
}
