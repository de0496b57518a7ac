import AssayNumerics
import Foundation
import Testing

@Suite struct `Intervals and tails` {
  @Test func `impossible counts are errors`() {
    #expect(throws: NumericsError.self) { try wilsonInterval(successes: 0, trials: 0) }
    #expect(throws: NumericsError.self) { try clopperPearsonInterval(successes: 4, trials: 3) }
    #expect(throws: NumericsError.self) { try normalQuantile(1) }
    #expect(throws: NumericsError.self) { try chiSquareSurvival(1, degreesOfFreedom: 0) }
    #expect(throws: NumericsError.self) { try logGamma(-1) }
    #expect(throws: NumericsError.self) {
      try binomialUpperTail(atLeast: 1, trials: 3, probability: 1.5)
    }
    #expect(throws: NumericsError.self) {
      try hypergeometricUpperTail(atLeast: 1, marked: 2, unmarked: 2, drawn: 5)
    }
    #expect(throws: NumericsError.self) {
      try exceedancePredictionInterval(rank: 0, count: 10, fresh: 10)
    }
  }

  @Test func `tails at their ends are certain or impossible`() throws {
    #expect(try binomialUpperTail(atLeast: 0, trials: 5, probability: 0.2) == 1)
    #expect(try binomialUpperTail(atLeast: 6, trials: 5, probability: 0.2) == 0)
    // Four drawn of three marked and two others hold at least two marked ones.
    #expect(try hypergeometricUpperTail(atLeast: 2, marked: 3, unmarked: 2, drawn: 4) == 1)
    #expect(try hypergeometricUpperTail(atLeast: 4, marked: 3, unmarked: 2, drawn: 4) == 0)
    #expect(try chiSquareSurvival(-1, degreesOfFreedom: 2) == 1)
  }

  @Test func `with no success in n trials three in n remain possible`() throws {
    // Closed form: the one-sided upper limit is 1 − α^(1/n).
    let upper = try clopperPearsonUpper(successes: 0, trials: 300, tail: 0.05)
    #expect(abs(upper - (1 - pow(0.05, 1.0 / 300))) < 1e-12)
    let lower = try clopperPearsonLower(successes: 300, trials: 300, tail: 0.05)
    #expect(abs(lower - pow(0.05, 1.0 / 300)) < 1e-12)
  }

  @Test func `a fresh sample exceeds the maximum as the beta-binomial law says`() throws {
    // Slow twin: all orders of 6 real and 4 fresh values are equally likely; the number of fresh
    // ones above the real maximum is k with probability C(9 − k, 5)/C(10, 6).
    let choose = { (n: Int, k: Int) in
      exp(lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1)))
    }
    let masses = (0...4).map { choose(9 - $0, 5) / choose(10, 6) }
    #expect(abs(masses.reduce(0, +) - 1) < 1e-12)
    for level in [0.5, 0.8, 0.9, 0.95] {
      let range = try exceedancePredictionInterval(rank: 1, count: 6, fresh: 4, level: level)
      let above = masses[(range.upperBound + 1)...].reduce(0, +)
      #expect(above <= (1 - level) / 2)
      #expect(above + masses[range.upperBound] > (1 - level) / 2)
      #expect(range.lowerBound == 0)
    }
  }

  @Test func `prediction intervals cover by simulation`() throws {
    var stream = RandomStream(seed: 51, name: "exceedance")
    let range = try exceedancePredictionInterval(rank: 20, count: 400, fresh: 300, level: 0.9)
    var inside = 0
    for _ in 0..<2000 {
      let real = (0..<400).map { _ in stream.uniform() }.sorted()
      let threshold = real[400 - 20]
      var above = 0
      for _ in 0..<300 where stream.uniform() > threshold { above += 1 }
      if range.contains(above) { inside += 1 }
    }
    // At least 90 %; counts are discrete, so somewhat more. Three standard errors are 2 %.
    #expect((0.88...0.96).contains(Double(inside) / 2000))
  }

  @Test(arguments: [(0.3, 5, 7), (0.01, 30, 200), (0.5, 1, 1), (0.97, 12, 9), (0.2, 25, 25)])
  func `the expected difference of two proportions is a double sum`(
    _ p: Double, _ n: Int, _ m: Int
  ) throws {
    // Slow twin.
    let mass = { (k: Int, n: Int) in
      exp(
        lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1))
          + Double(k) * log(p) + Double(n - k) * log1p(-p))
    }
    var sum = 0.0
    for a in 0...n {
      for b in 0...m {
        sum += mass(a, n) * mass(b, m) * abs(Double(a) / Double(n) - Double(b) / Double(m))
      }
    }
    let got = try expectedAbsoluteProportionDifference(p: p, n: n, m: m)
    #expect(abs(got - sum) < 1e-12)
  }

  @Test(arguments: [0.5, 0.1, 0.01, 0.001], [1, 2, 7.3, 40])
  func `the exact and the normal expectation meet at the switch`(
    _ p: Double, _ ratio: Double
  ) throws {
    let n = Int(50 / p)
    let m = Int(Double(n) * ratio)
    let normal = { (n: Int) in
      (2 / Double.pi * p * (1 - p) * (1 / Double(n) + 1 / Double(m))).squareRoot()
    }
    // Just below the switch the sum is exact; it differs from the normal value by under 1 %.
    let below = try expectedAbsoluteProportionDifference(p: p, n: n - 1, m: m)
    #expect(abs(below / normal(n - 1) - 1) < 0.01)
    let above = try expectedAbsoluteProportionDifference(p: p, n: n + 1, m: m)
    #expect(abs(above / normal(n + 1) - 1) < 1e-12)
  }

  @Test func `certain outcomes never differ`() throws {
    #expect(try expectedAbsoluteProportionDifference(p: 0, n: 5, m: 5) == 0)
    #expect(try expectedAbsoluteProportionDifference(p: 1, n: 5, m: 5) == 0)
  }
}

@Suite(.enabled(if: Reference.isPresent, Reference.explanation))
struct `Intervals against the reference` {
  @Test(arguments: Reference.cases("privacy", "binomial_intervals"))
  func `scipy's intervals of a proportion are met`(_ reference: ReferenceCase) throws {
    let (n, k) = (reference.count("n"), reference.count("k"))
    let exact = try clopperPearsonInterval(successes: k, trials: n)
    let wilson = try wilsonInterval(successes: k, trials: n)
    let wantExact = reference.expected("clopper_pearson_95").numbers
    let wantWilson = reference.expected("wilson_95").numbers
    reference.expect(exact.lower, wantExact[0], "exact lower")
    reference.expect(exact.upper, wantExact[1], "exact upper")
    reference.expect(wilson.lower, wantWilson[0], "Wilson lower")
    reference.expect(wilson.upper, wantWilson[1], "Wilson upper")
    reference.expect(
      try clopperPearsonLower(successes: k, trials: n, tail: 0.05), "cp_one_sided_lower_95")
    reference.expect(
      try clopperPearsonUpper(successes: k, trials: n, tail: 0.05), "cp_one_sided_upper_95")
  }

  @Test(arguments: Reference.cases("privacy", "binomial_upper_tail"))
  func `scipy's binomial test is met`(_ reference: ReferenceCase) throws {
    let (n, k, p) = (reference.count("n"), reference.count("k"), reference.number("p0"))
    reference.expect(
      try binomialUpperTail(atLeast: k, trials: n, probability: p), "p_greater")
    reference.expect(
      try binomialTwoSidedPValue(count: k, trials: n, probability: p), "p_two_sided")
  }

  @Test(arguments: Reference.cases("privacy", "two_proportion_difference"))
  func `statsmodels' Newcombe interval is met`(_ reference: ReferenceCase) throws {
    let interval = try newcombeDifferenceInterval(
      (reference.count("k1"), reference.count("n1")),
      (reference.count("k2"), reference.count("n2")))
    let want = reference.expected("newcombe").numbers
    reference.expect(interval.lower, want[0], "lower")
    reference.expect(interval.upper, want[1], "upper")
  }

  @Test(arguments: Reference.cases("discipline", "special_functions"))
  func `special functions are met`(_ reference: ReferenceCase) throws {
    let rows = { (key: String) in reference.expected(key).array.map(\.numbers) }
    for row in rows("normal_quantile") {
      reference.expect(try normalQuantile(row[0]), row[1], "normal quantile \(row[0])")
    }
    for row in rows("t_quantile_975") {
      reference.expect(
        try studentQuantile(0.975, degreesOfFreedom: row[0]), row[1], "t quantile \(row[0])")
    }
    for row in rows("chi2_sf") {
      let got = try chiSquareSurvival(row[0], degreesOfFreedom: row[1])
      reference.expect(got, row[2], "chi-square tail \(row)")
      #expect(abs(got / row[2] - 1) < 1e-8)
    }
    for row in rows("chi2_isf_05") {
      let got = try chiSquareCritical(probability: 0.05, degreesOfFreedom: row[0])
      reference.expect(got, row[1], "chi-square critical value \(row)")
    }
    for row in rows("beta_quantile") {
      let got = try betaQuantile(row[0], row[1], row[2])
      reference.expect(got, row[3], "beta quantile \(row)")
      #expect(abs(got / row[3] - 1) < 1e-9, "\(row)")
    }
    for row in rows("binom_sf_k_n_p") {
      let got = try binomialUpperTail(
        atLeast: Int(row[0]) + 1, trials: Int(row[1]), probability: row[2])
      reference.expect(got, row[3], "binomial tail \(row)")
    }
    for row in rows("hypergeom_sf") {
      let got = try hypergeometricUpperTail(
        atLeast: Int(row[0]) + 1, marked: Int(row[2]), unmarked: Int(row[1] - row[2]),
        drawn: Int(row[3]))
      reference.expect(got, row[4], "hypergeometric tail \(row)")
    }
    for row in rows("lgamma") {
      reference.expect(try logGamma(row[0]), row[1], "ln gamma \(row[0])")
    }
  }
}
