import AssayNumerics
import Foundation
import Testing

@Suite struct `Propensity scores` {
  @Test func `a fresh sample has a ratio near one`() throws {
    // Law: the mean over samples of one law; 60 fits of three predictors.
    var stream = RandomStream(seed: 71, name: "pmse")
    var sum = 0.0
    for _ in 0..<60 {
      let rows = (0..<450).map { _ in stream.normal() }
      let labels = (0..<150).map { $0 < 50 }
      let fit = try LogisticRegression(predictors: rows.span, response: labels.span, columns: 3)
      let fitted = fit.fitted
      let scores = try PropensityScores(probabilities: fitted.span, isSynthetic: labels.span)
      sum += try scores.errorRatio(parameters: 4) / 60
    }
    // A χ² of 3 over 3 has variance ⅔: four standard errors of the mean.
    #expect(abs(sum - 1) < 4 * (2.0 / 3 / 60).squareRoot())
  }

  @Test func `a model without predictors has no error to compare`() throws {
    let scores = try PropensityScores(
      probabilities: [0.5, 0.5].span, isSynthetic: [true, false].span)
    #expect(scores.meanSquaredError == 0 && scores.kolmogorovSmirnov == 0)
    #expect(throws: NumericsError.self) { try scores.errorRatio(parameters: 1) }
    #expect(throws: NumericsError.self) {
      _ = try PropensityScores(probabilities: [0.5].span, isSynthetic: [true].span)
    }
  }
}

@Suite(.enabled(if: Reference.isPresent, Reference.explanation))
struct `Propensity against the reference` {
  @Test(arguments: Reference.cases("multivariate", "pmse_and_specks"))
  func `synthpop's measures are met`(_ reference: ReferenceCase) throws {
    let p = reference.numbers("propensity")
    let labels = reference.numbers("is_synthetic").map { $0 == 1 }
    let k = reference.count("k_params_including_intercept")
    let scores = try PropensityScores(probabilities: p.span, isSynthetic: labels.span)
    reference.expect(scores.meanSquaredError, "pMSE")
    reference.expect(try scores.expectedError(parameters: k), "null_two_independent_samples")
    reference.expect(try scores.synthpopRatio(parameters: k), "S_pMSE_synthpop")
    reference.expect(scores.kolmogorovSmirnov, "SPECKS")
    reference.expect(scores.percentageOverFifty, "PO50")
  }

  @Test(arguments: Reference.cases("multivariate", "pmse_logistic"))
  func `a logistic propensity model is met from the rows on`(_ reference: ReferenceCase) throws {
    let (real, made) = (reference.rows("X"), reference.rows("Y"))
    let rows = (made + real).flatMap { $0 }
    let labels = (0..<(made.count + real.count)).map { $0 < made.count }
    let fit = try LogisticRegression(predictors: rows.span, response: labels.span, columns: 3)
    #expect(fit.outcome == .converged)
    for (got, want) in zip(fit.coefficients, reference.expected("coef").numbers) {
      reference.expect(got, want, "coef")
    }
    for (got, want) in zip(fit.standardErrors, reference.expected("se").numbers) {
      reference.expect(got, want, "se")
    }
    reference.expect(fit.logLikelihood, "loglik")
    reference.expect(2 * (fit.logLikelihood - fit.nullLogLikelihood), "lr_chi2")
    let fitted = fit.fitted
    let scores = try PropensityScores(probabilities: fitted.span, isSynthetic: labels.span)
    reference.expect(scores.meanSquaredError, "pMSE")
    reference.expect(try scores.synthpopRatio(parameters: 4), "S_pMSE_synthpop")
    reference.expect(try scores.errorRatio(parameters: 4), "ratio_to_two_sample_null")
  }
}
