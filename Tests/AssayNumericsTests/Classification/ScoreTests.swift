import AssayNumerics
import Foundation
import Testing

@Suite struct `Scores of predictions` {
  @Test func `the parts of the Brier score add up when each prediction is a group`() throws {
    var stream = RandomStream(seed: 6, name: "brier")
    let p = (0..<300).map { _ in Double(stream.below(11)) / 10 }
    let y = p.map { stream.uniform() < $0 * $0 }
    let score = try BrierScore(probabilities: p.span, isPositive: y.span)
    #expect(abs(score.reliability - score.resolution + score.uncertainty - score.value) < 1e-12)
    let one = try BrierScore(probabilities: [0.3].span, isPositive: [true].span)
    #expect(one.skill == nil)
    #expect(throws: NumericsError.self) {
      _ = try BrierScore(probabilities: [1.3].span, isPositive: [true].span)
    }
  }

  @Test func `a certain mistake costs much but not everything`() throws {
    let loss = try logarithmicLoss(probabilities: [1.0].span, isPositive: [false].span)
    // Closed form: −ln 2⁻⁵².
    #expect(abs(loss - 52 * log(2.0 as Double)) < 1e-12)
    #expect(throws: NumericsError.self) {
      try logarithmicLoss(probabilities: [1.0].span, isPositive: [false].span, floor: 0)
    }
  }

  @Test func `a calibrated forecast has no debiased error and an overconfident one has`() throws {
    // Planted truth.
    var stream = RandomStream(seed: 12, name: "ece")
    let p = (0..<2000).map { _ in stream.uniform() }
    let fair = p.map { stream.uniform() < $0 }
    let error = try CalibrationError(probabilities: p.span, isPositive: fair.span, stream: &stream)
    #expect(error.debiased < 0.015 && error.value > 0.015)
    #expect(abs(error.value - error.expectedWhenCalibrated) < 0.015)
    let shy = p.map { stream.uniform() < 0.25 + $0 / 2 }
    let off = try CalibrationError(probabilities: p.span, isPositive: shy.span, stream: &stream)
    // Closed form: the mean of |½ − p|/2 over uniform p is ⅛.
    #expect(abs(off.debiased - 0.125) < 0.02)
    #expect(off.pValue == 0.005)
    #expect(throws: NumericsError.self) {
      _ = try CalibrationError(
        probabilities: [0.5].span, isPositive: [true].span, stream: &stream)
    }
  }

  @Test func `a calibration line says when it has no slope`() throws {
    let (p, y) = ([0.1, 0.2, 0.8, 0.9], [false, false, true, true])
    let error = #expect(throws: NumericsError.self) {
      _ = try CalibrationLine(probabilities: p.span, isPositive: y.span)
    }
    #expect(error?.code == .undefined)
    #expect(throws: NumericsError.self) {
      _ = try CalibrationLine(
        probabilities: [0.5, 0.5, 0.5].span, isPositive: [true, false, true].span)
    }
  }

  @Test func `a class that does not occur is left out`() throws {
    let truth = [0, 0, 1, 1]
    let guess = [0, 1, 1, 1]
    let matrix = try ConfusionMatrix(truth: truth.span, prediction: guess.span, classes: 3)
    // Closed form.
    #expect(matrix.balancedAccuracy == 0.75)
    #expect(matrix.f1(2) == nil)
    #expect(abs(matrix.macroF1 - (2.0 / 3 + 0.8) / 2) < 1e-15)
    let constant = try ConfusionMatrix(
      truth: truth.span, prediction: [0, 0, 0, 0].span, classes: 2)
    #expect(throws: NumericsError.self) { try constant.matthewsCorrelation() }
    #expect(throws: NumericsError.self) {
      _ = try ConfusionMatrix(truth: [2].span, prediction: [0].span, classes: 2)
    }
  }

  @Test func `a constant truth has no explained share`() throws {
    let errors = try RegressionErrors(truth: [2.0, 2].span, prediction: [1.0, 2].span)
    #expect(errors.meanAbsolute == 0.5)
    #expect(throws: NumericsError.self) { try errors.determination() }
    #expect(throws: NumericsError.self) {
      _ = try RegressionErrors(truth: [Double.infinity].span, prediction: [1.0].span)
    }
  }
}

@Suite(.enabled(if: Reference.isPresent, Reference.explanation))
struct `Scores against the reference` {
  @Test(arguments: Reference.cases("utility", "binary_classification_metrics"))
  func `scikit-learn's and statsmodels' scores are met`(_ reference: ReferenceCase) throws {
    let labels = reference.numbers("y").map { $0 == 1 }
    let p = reference.numbers("p")
    let curve = try OperatingCurve(scores: p.span, isPositive: labels.span)
    reference.expect(curve.averagePrecision, "average_precision")
    reference.expect(curve.maximumAdvantage, "ks_separation")
    let (a, b) = split(p, labels)
    let area = try AreaUnderCurve(positives: a.span, negatives: b.span)
    reference.expect(area.value, "auroc")
    let brier = try BrierScore(probabilities: p.span, isPositive: labels.span)
    reference.expect(brier.value, "brier")
    reference.expect(
      try logarithmicLoss(probabilities: p.span, isPositive: labels.span), "log_loss")
    var stream = RandomStream(seed: 1, name: "ece")
    let error = try CalibrationError(
      probabilities: p.span, isPositive: labels.span, groups: 4, stream: &stream)
    reference.expect(error.value, "ece_4_equal_mass")
    let line = try CalibrationLine(probabilities: p.span, isPositive: labels.span)
    reference.expect(line.intercept, "calibration_intercept")
    reference.expect(line.slope, "calibration_slope")
    reference.expect(
      abs(line.rateExcess), abs(reference.expected("calibration_in_the_large").number), "large")
    let truth = labels.map { $0 ? 1 : 0 }
    let guess = p.map { $0 >= 0.5 ? 1 : 0 }
    let matrix = try ConfusionMatrix(truth: truth.span, prediction: guess.span, classes: 2)
    reference.expect(matrix.accuracy, "accuracy")
    reference.expect(matrix.balancedAccuracy, "balanced_accuracy")
    reference.expect(try #require(matrix.f1(1)), "f1")
    reference.expect(try matrix.matthewsCorrelation(), "mcc")
    reference.expect(try matrix.kappa(), "kappa")
  }

  @Test(arguments: Reference.cases("utility", "multiclass_metrics"))
  func `scores of three classes are met`(_ reference: ReferenceCase) throws {
    let truth = reference.numbers("y").map { Int($0) }
    let guess = reference.numbers("pred").map { Int($0) }
    let matrix = try ConfusionMatrix(truth: truth.span, prediction: guess.span, classes: 3)
    reference.expect(matrix.accuracy, "accuracy")
    reference.expect(matrix.macroF1, "f1_macro")
    reference.expect(try matrix.matthewsCorrelation(), "mcc")
    let want = reference.expected("confusion").array.flatMap(\.numbers).map { Int($0) }
    #expect(matrix.counts == want)
  }

  @Test(arguments: Reference.cases("utility", "regression_metrics"))
  func `errors of numeric predictions are met`(_ reference: ReferenceCase) throws {
    let (y, guess) = (reference.numbers("y"), reference.numbers("pred"))
    let errors = try RegressionErrors(truth: y.span, prediction: guess.span)
    reference.expect(try errors.determination(), "r2")
    reference.expect(errors.rootMeanSquare, "rmse")
    reference.expect(errors.meanAbsolute, "mae")
    reference.expect(
      try pinballLoss(truth: y.span, prediction: guess.span, probability: 0.9), "pinball_0.9")
  }
}
