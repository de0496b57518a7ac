import AssayMetrics
import AssayNumerics
import AssayTable

/// A regression fitted to the rows of one side.
struct RegressionFit: Sendable {
  /// The terms that this side can estimate, as positions in the design.
  var terms: [Int]
  /// Their coefficients, without the intercept.
  var coefficients: [Double]
  /// Their standard errors, as an analyst's program prints them.
  var errors: [Double]
  /// Their covariance whether or not the model is right, row-major.
  var covariance: [Double]
  /// Rows that were fitted.
  var rows: Int

  /// λ: a normal prior of deviation 10 on each slope, which keeps levels of one answer finite and
  /// moves others by next to nothing.
  static let penalty = 0.01

  /// Fits the terms that these rows can estimate; `nil` where they are too few or answer alike.
  init?(
    _ design: RegressionDesign, _ rows: LabelledRows, response: [Double], isLogistic: Bool
  ) throws(NumericsError) {
    let free = design.independent(rows)
    var own = design
    own.terms = free.map { design.terms[$0] }
    let places = own.complete(rows)
    let width = free.count
    guard width > 0, places.count > 5 * (width + 1) else { return nil }
    let answers = places.map { response[$0] }
    guard let first = answers.first, answers.contains(where: { $0 != first }) else { return nil }
    let matrix = own.matrix(rows, places)
    let fit: Fit?
    do throws(NumericsError) {
      fit =
        isLogistic
        ? try Self.logistic(matrix, answers, width) : try Self.linear(matrix, answers, width)
    } catch  where error.code == .undefined || error.code == .tooFewObservations {
      // What these rows cannot estimate is said by its absence.
      return nil
    }
    guard let fit else { return nil }
    terms = free
    coefficients = Array(fit.coefficients.dropFirst())
    errors = Array(fit.errors.dropFirst())
    self.rows = places.count
    covariance = Self.sandwich(matrix, fit.residuals, fit.bread, width: width)
    guard errors.allSatisfy({ $0 > 0 && $0.isFinite }), covariance.allSatisfy(\.isFinite) else {
      return nil
    }
  }

  private struct Fit {
    var coefficients, errors, bread, residuals: [Double]
  }

  private static func logistic(
    _ matrix: [Double], _ answers: [Double], _ width: Int
  ) throws(NumericsError) -> Fit? {
    let yes = answers.map { $0 > 0.5 }
    let fit = try LogisticRegression(
      predictors: matrix.span, response: yes.span, columns: width, penalty: penalty)
    guard fit.outcome == .converged else { return nil }
    return Fit(
      coefficients: fit.coefficients, errors: fit.standardErrors, bread: fit.covariance,
      residuals: zip(answers, fit.fitted).map { $0 - $1 })
  }

  private static func linear(
    _ matrix: [Double], _ answers: [Double], _ width: Int
  ) throws(NumericsError) -> Fit? {
    let fit = try RidgeRegression(
      predictors: matrix.span, response: answers.span, columns: width, penalty: penalty)
    let variance = fit.residualDeviation * fit.residualDeviation
    guard variance > 0 else { return nil }
    let residuals = answers.indices.map { row in
      var sum = fit.coefficients[0]
      for column in 0..<width { sum += fit.coefficients[column + 1] * matrix[row * width + column] }
      return answers[row] - sum
    }
    return Fit(
      coefficients: fit.coefficients, errors: fit.standardErrors,
      bread: fit.covariance.map { $0 / variance }, residuals: residuals)
  }

  /// B·(Σ rᵢ²·xᵢxᵢᵀ)·B · n/(n − p), without the intercept.
  ///
  /// Source: White (1980), doi:10.2307/1912934; MacKinnon & White (1985),
  /// doi:10.1016/0304-4076(85)90158-7, for the factor.
  private static func sandwich(
    _ matrix: [Double], _ residuals: [Double], _ bread: [Double], width: Int
  ) -> [Double] {
    let full = width + 1
    let count = residuals.count
    var scores = [Double](repeating: 0, count: full * count)
    for row in 0..<count {
      scores[row] = residuals[row]
      for column in 0..<width {
        scores[(column + 1) * count + row] = residuals[row] * matrix[row * width + column]
      }
    }
    let meat = LinearAlgebra.doublePrecisionProduct(
      scores.span, byTransposed: scores.span, rows: full, inner: count, columns: full)
    let left = LinearAlgebra.doublePrecisionProduct(
      bread.span, meat.span, rows: full, inner: full, columns: full)
    let whole = LinearAlgebra.doublePrecisionProduct(
      left.span, bread.span, rows: full, inner: full, columns: full)
    let factor = Double(count) / Double(max(1, count - full))
    var out: [Double] = []
    for row in 1..<full {
      for column in 1..<full { out.append(whole[row * full + column] * factor) }
    }
    return out
  }
}
