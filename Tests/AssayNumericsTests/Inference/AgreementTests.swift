import AssayNumerics
import Foundation
import Testing

@Suite struct `Overlap of intervals` {
  /// Closed form: 1 − √2·√(2/π)/(2·1.96).
  @Test func `of a fresh sample of the same size is 0.712 on average`() throws {
    let equal = try expectedIntervalOverlap(errors: (0.3, 0.3))
    let z = try normalQuantile(0.975)
    #expect(abs(equal.mean - (1 - 2 / Double.pi.squareRoot() / (2 * z))) < 1e-12)
    #expect(abs(equal.mean - 0.712) < 5e-4)
  }

  /// Law: the closed form is what independent estimates show, with equal errors and with unequal ones.
  @Test(arguments: [1.0, 0.4, 3.0]) func `is on average what the closed form says`(
    _ other: Double
  ) throws {
    var stream = RandomStream(seed: 8, name: "overlap", String(other))
    let z = try normalQuantile(0.975)
    let rounds = 20_000
    var sum = 0.0
    var squares = 0.0
    for _ in 0..<rounds {
      let a = stream.normal()
      let b = other * stream.normal()
      let overlap = try #require(
        try confidenceIntervalOverlap(
          ConfidenceInterval(lower: a - z, upper: a + z),
          ConfidenceInterval(lower: b - z * other, upper: b + z * other)))
      sum += overlap
      squares += overlap * overlap
    }
    let mean = sum / Double(rounds)
    let deviation = (squares / Double(rounds) - mean * mean).squareRoot()
    let expected = try expectedIntervalOverlap(errors: (1, other))
    #expect(abs(mean - expected.mean) < 5 * deviation / Double(rounds).squareRoot())
    #expect(abs(deviation - expected.deviation) < 0.02)
  }

  @Test func `of a point with an interval has no value`() throws {
    let point = ConfidenceInterval(lower: 2, upper: 2)
    #expect(
      try confidenceIntervalOverlap(point, ConfidenceInterval(lower: 1, upper: 3)) == nil)
    #expect(throws: NumericsError.self) {
      try confidenceIntervalOverlap(point, ConfidenceInterval(lower: 3, upper: 1))
    }
  }
}

@Suite(.enabled(if: Reference.isPresent, Reference.explanation))
struct `Agreement against the reference` {
  @Test(arguments: Reference.cases("utility", "confidence_interval_overlap"))
  func `Karr's overlap is met`(_ reference: ReferenceCase) throws {
    let real = reference.numbers("real")
    let synthetic = reference.numbers("syn")
    let overlap = try #require(
      try confidenceIntervalOverlap(
        ConfidenceInterval(lower: real[0], upper: real[1]),
        ConfidenceInterval(lower: synthetic[0], upper: synthetic[1])))
    reference.expect(overlap, "overlap_signed")
    reference.expect(max(0, overlap), "overlap_truncated")
  }

  @Test(arguments: Reference.cases("utility", "multiple_synthesis_combining_rules"))
  func `the combining rules are met`(_ reference: ReferenceCase) throws {
    let q = reference.numbers("q")
    let u = reference.numbers("u")
    let combined = try CombinedEstimates(estimates: q.span, variances: u.span)
    reference.expect(combined.estimate, "q_bar")
    reference.expect(combined.fullySyntheticVariance, "T_fully_rubin")
    reference.expect(combined.partiallySyntheticVariance(), "T_partial_reiter")
    reference.expect(
      combined.singleModelVariance(rowRatio: reference.number("n_syn_over_n_real")),
      "T_raab_simple_pp")
  }

  @Test func `one table cannot be combined`() {
    #expect(throws: NumericsError.self) {
      let one = [1.0]
      return try CombinedEstimates(estimates: one.span, variances: one.span)
    }
  }
}

@Suite struct `Comparisons of coefficients` {
  @Test(
    .enabled(if: Reference.isPresent, Reference.explanation),
    arguments: Reference.cases("utility", "standardised_coefficient_difference"))
  func `meet synthpop's differences`(_ reference: ReferenceCase) throws {
    let (a, u) = (reference.numbers("b_real"), reference.numbers("var_real"))
    let (b, v) = (reference.numbers("b_syn"), reference.numbers("var_syn"))
    var covariance = [Double](repeating: 0, count: 9)
    for index in 0..<3 { covariance[4 * index] = u[index] + v[index] }
    let found = try CoefficientComparison(
      a, errors: u.map { $0.squareRoot() }, b, otherErrors: v.map { $0.squareRoot() },
      covariance: covariance.span)
    for (got, want) in zip(
      found.standardisedDifferences, reference.expected("std_abs_diff").numbers)
    {
      reference.expect(got, want, "difference")
    }
    reference.expect(found.overlaps.reduce(0, +) / 3, "mean_ci_overlap_95")
    reference.expect(found.waldStatistic, "wald_two_sample_chi2_diag")
    reference.expect(found.waldPValue, "wald_p")
  }

  /// Closed form: the quadratic form of a two by two matrix by hand, and of one without full rank.
  @Test func `use the whole covariance`() throws {
    let matrix = [2.0, 1, 1, 3]
    let x = [1.0, -2]
    let factor = try TriangularFactor(matrix.span, width: 2)
    // (3·1 + 2·1·2 + 2·4)/5
    #expect(abs(factor.quadraticForm(x.span) - 15.0 / 5) < 1e-12 && factor.rank == 2)
    let flat = [1.0, 1, 1, 1]
    let poor = try TriangularFactor(flat.span, width: 2)
    let same = [2.0, 2]
    #expect(poor.rank == 1 && abs(poor.quadraticForm(same.span) - 4) < 1e-12)
  }

  /// Law: a regression's covariance has the squares of its standard errors on the diagonal.
  @Test func `find covariances beside standard errors`() throws {
    var stream = RandomStream(seed: 9, name: "covariance")
    let x = (0..<120).map { _ in 3 + 2 * stream.normal() }
    let y = (0..<60).map { x[2 * $0] - 0.5 * x[2 * $0 + 1] + stream.normal() }
    let linear = try RidgeRegression(predictors: x.span, response: y.span, columns: 2)
    let yes = y.map { $0 > 1 }
    let logistic = try LogisticRegression(
      predictors: x.span, response: yes.span, columns: 2, penalty: 0.1)
    for (errors, covariance) in [
      (linear.standardErrors, linear.covariance), (logistic.standardErrors, logistic.covariance),
    ] {
      for index in 0..<3 {
        #expect(abs(covariance[4 * index].squareRoot() - errors[index]) < 1e-10 * errors[index])
        #expect(abs(covariance[3 * index] - covariance[index]) < 1e-12)
      }
    }
  }
}
