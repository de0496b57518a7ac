import AssayNumerics
import Foundation
import Testing

@Suite struct `Regressions` {
  @Test func `predictors that determine one another are an error without a penalty`() throws {
    let x = (0..<20).flatMap { [Double($0), 2 * Double($0) + 1] }
    let y = (0..<20).map { Double($0 * $0 % 7) }
    let error = #expect(throws: NumericsError.self) {
      _ = try RidgeRegression(predictors: x.span, response: y.span, columns: 2)
    }
    #expect(error?.code == .undefined)
    let ridge = try RidgeRegression(predictors: x.span, response: y.span, columns: 2, penalty: 1)
    #expect(ridge.coefficients.allSatisfy { $0.isFinite })
    let yes = y.map { $0 > 2 }
    #expect(throws: NumericsError.self) {
      _ = try LogisticRegression(predictors: x.span, response: yes.span, columns: 2)
    }
  }

  @Test func `a penalty shrinks one slope as the closed form says`() throws {
    // Closed form: β = Sxy/(Sxx + λ).
    let (x, y) = ([1.0, 2, 4, 7, 9], [2.0, 1, 5, 8, 8])
    let (mx, my) = (4.6, 4.8)
    let sxy = zip(x, y).reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) }
    let sxx = x.reduce(0) { $0 + ($1 - mx) * ($1 - mx) }
    for penalty in [0.0, 0.5, 10] {
      let fit = try RidgeRegression(
        predictors: x.span, response: y.span, columns: 1, penalty: penalty)
      #expect(abs(fit.coefficients[1] - sxy / (sxx + penalty)) < 1e-12)
      #expect(abs(fit.prediction([mx].span) - my) < 1e-12)
    }
    #expect(throws: NumericsError.self) {
      _ = try RidgeRegression(predictors: x.span, response: [1.0, 1, 1, 1, 1].span, columns: 1)
    }
    #expect(throws: NumericsError.self) {
      _ = try RidgeRegression(predictors: x.span, response: y.span, columns: 1, penalty: -1)
    }
  }

  @Test func `separated answers are reported and a penalty mends them`() throws {
    let x = [1.0, 2, 3, 4, 5, 6]
    let y = [false, false, false, true, true, true]
    let free = try LogisticRegression(predictors: x.span, response: y.span, columns: 1)
    #expect(free.outcome == .separated)
    let ridge = try LogisticRegression(
      predictors: x.span, response: y.span, columns: 1, penalty: 1)
    #expect(ridge.outcome == .converged)
    // A row on the plane itself leaves the likelihood away from 1, and the slope infinite.
    let touching = [1.0, 2, 3, 3, 5, 6]
    let quasi = try LogisticRegression(predictors: touching.span, response: y.span, columns: 1)
    #expect(quasi.outcome != .converged)
    let stopped = try LogisticRegression(
      predictors: x.span, response: y.span, columns: 1, penalty: 1, iterationLimit: 1)
    #expect(stopped.outcome == .iterationLimit)
  }

  @Test func `shifted and scaled predictors give the same fit`() throws {
    var stream = RandomStream(seed: 14, name: "scale")
    let x = (0..<80).map { _ in stream.normal() }
    let y = x.map { stream.uniform() < 1 / (1 + exp(-0.5 - $0)) }
    let far = x.map { 1e6 + 100 * $0 }
    let near = try LogisticRegression(predictors: x.span, response: y.span, columns: 1)
    let moved = try LogisticRegression(predictors: far.span, response: y.span, columns: 1)
    #expect(abs(moved.coefficients[1] * 100 - near.coefficients[1]) < 1e-7)
    #expect(abs(moved.standardErrors[1] * 100 - near.standardErrors[1]) < 1e-7)
    #expect(abs(moved.logLikelihood - near.logLikelihood) < 1e-8)
  }
}

@Suite(.enabled(if: Reference.isPresent, Reference.explanation))
struct `Regressions against the reference` {
  @Test(arguments: Reference.cases("utility", "ols_coefficients"))
  func `statsmodels' least squares are met`(_ reference: ReferenceCase) throws {
    let x = reference.rows("X").flatMap { $0 }
    let y = reference.numbers("y")
    let fit = try RidgeRegression(predictors: x.span, response: y.span, columns: 2)
    for (got, want) in zip(fit.coefficients, reference.expected("coef").numbers) {
      reference.expect(got, want, "coef")
    }
    for (got, want) in zip(fit.standardErrors, reference.expected("se").numbers) {
      reference.expect(got, want, "se")
    }
    reference.expect(fit.determination, "r2")
    reference.expect(fit.residualDeviation, "sigma")
  }

  @Test(arguments: Reference.cases("utility", "logistic_coefficients"))
  func `statsmodels' and scikit-learn's logistic fits are met`(
    _ reference: ReferenceCase
  ) throws {
    let x = reference.rows("X").flatMap { $0 }
    let y = reference.numbers("y").map { $0 == 1 }
    let fit = try LogisticRegression(predictors: x.span, response: y.span, columns: 2)
    #expect(fit.outcome == .converged)
    for (got, want) in zip(fit.coefficients, reference.expected("coef").numbers) {
      reference.expect(got, want, "coef")
    }
    for (got, want) in zip(fit.standardErrors, reference.expected("se").numbers) {
      reference.expect(got, want, "se")
    }
    reference.expect(fit.logLikelihood, "loglik")
    let ridge = try LogisticRegression(
      predictors: x.span, response: y.span, columns: 2, penalty: 1)
    reference.expect(ridge.coefficients[0], "l2_C1_intercept")
    for (got, want) in zip(ridge.coefficients.dropFirst(), reference.expected("l2_C1_coef").numbers)
    {
      reference.expect(got, want, "penalised")
    }
  }
}
