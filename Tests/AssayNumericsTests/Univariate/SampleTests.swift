import AssayNumerics
import Foundation
import Testing

@Suite struct `Distances between samples of numbers` {
  @Test func `copies of a sample leave the distances alone`() throws {
    // Law.
    let (x, y) = ([0.0, 1, 4, 4, 9], [1.0, 1, 2])
    let (twice, thrice) = (x.flatMap { [$0, $0] }, y.flatMap { [$0, $0, $0] })
    let w = try wasserstein2(sorted: x.span, y.span)
    #expect(abs(try wasserstein2(sorted: twice.span, thrice.span) - w) < 1e-14)
    let e = try energyDistance(sorted: x.span, y.span)
    #expect(abs(try energyDistance(sorted: twice.span, thrice.span) - e) < 1e-14)
    #expect(w >= (try wasserstein1(sorted: x.span, y.span)))
    let far = [Double.infinity]
    #expect(throws: NumericsError.self) { try wasserstein2(sorted: x.span, far.span) }
    #expect(throws: NumericsError.self) { try energyDistance(sorted: x.span, far.span) }
    let none: [Double] = []
    #expect(throws: NumericsError.self) { try wasserstein2(sorted: none.span, far.span) }
  }
}

@Suite struct `Shapes of samples` {
  @Test func `a constant has no shape`() throws {
    let moments = try SampleMoments([0.1, 0.1, 0.1, 0.1].span)
    #expect(throws: NumericsError.self) { try moments.skewness() }
    #expect(throws: NumericsError.self) { try moments.excessKurtosis() }
    let linear = try LMoments(sorted: [0.1, 0.1, 0.1, 0.1].span)
    #expect(throws: NumericsError.self) { try linear.ratios() }
    #expect(throws: NumericsError.self) { _ = try LMoments(sorted: [0.1, 0.2, 0.3].span) }
    #expect(throws: NumericsError.self) { _ = try SampleMoments([1.0].span) }
  }

  @Test func `L-moments of even steps are those of the uniform law`() throws {
    // Closed form: skewness 0, kurtosis 0, λ₂ = (n + 1)/6.
    let steps = (1...50).map(Double.init)
    let moments = try LMoments(sorted: steps.span)
    let shape = try moments.ratios()
    #expect(abs(moments.scale - 51.0 / 6) < 1e-12)
    #expect(abs(shape.skewness) < 1e-13 && abs(shape.kurtosis) < 1e-13)
  }

  @Test func `the tail index of exact Pareto quantiles is close`() throws {
    // Planted truth: ξ = ½.
    let values = (1...4000).map { pow(1 - (Double($0) - 0.5) / 4000, -0.5) }
    let hill = try HillEstimate(sorted: values.span, exceedances: 200)
    #expect(abs(hill.index - 0.5) < 0.01)
    // Over the threshold that it found the same values count, and scatter by ξ.
    let over = try HillEstimate(sorted: values.span, above: hill.threshold)
    #expect(over == hill)
    #expect(abs(over.logDeviation - 0.5) < 0.03)
    #expect(throws: NumericsError.self) {
      _ = try HillEstimate(sorted: values.span, exceedances: 4000)
    }
    // Closed form: ln 2 and ln 4 over 1, the value on the threshold left out.
    let few = try HillEstimate(sorted: [0.5, 1, 2, 4].span, above: 1)
    #expect(few.exceedances == 2)
    #expect(abs(few.index - 1.5 * log(2.0)) < 1e-15)
    #expect(abs(few.logDeviation - log(2.0) / 2.0.squareRoot()) < 1e-15)
    let none = try HillEstimate(sorted: [0.5, 1].span, above: 1)
    #expect(none.exceedances == 0 && none.index == 0 && none.logDeviation == 0)
    let negative = [-3.0, -2, 5]
    #expect(throws: NumericsError.self) {
      _ = try HillEstimate(sorted: negative.span, exceedances: 1)
    }
  }

  @Test func `an interval for a quantile covers as often as it says`() throws {
    // Closed form: of 10 values the median lies within the 2nd and 9th with 1 − 22/1024.
    let ten = (1...10).map(Double.init)
    let median = try QuantileInterval(sorted: ten.span, probability: 0.5)
    #expect(median.limits == ConfidenceInterval(lower: 2, upper: 9))
    #expect(abs(median.coverage - (1 - 22.0 / 1024)) < 1e-12)
    let tail = try QuantileInterval(sorted: ten.span, probability: 0.99)
    #expect(tail.limits.upper == .infinity && tail.limits.lower < 10)
    #expect(throws: NumericsError.self) {
      _ = try QuantileInterval(sorted: ten.span, probability: 1)
    }
  }

  @Test func `directions that cancel have no mean`() throws {
    let moment = try TrigonometricMoment([0.0, 6, 12, 18].span, period: 24)
    #expect(moment.length < 1e-15)
    #expect(throws: NumericsError.self) { try moment.direction() }
    #expect(throws: NumericsError.self) { _ = try TrigonometricMoment([1.0].span, period: 0) }
  }

  @Test func `p-values on an even grid are as uniform as can be`() throws {
    // Closed form: D = 1/(2n).
    let grid = (0..<20).map { (Double($0) + 0.5) / 20 }
    #expect(abs(try kolmogorovSmirnovOneSample(sorted: grid.span).statistic - 0.025) < 1e-15)
    #expect(try kolmogorovOneSampleSurvival(0.025, count: 20) == 1)
    let outside = [1.5]
    #expect(throws: NumericsError.self) { try kolmogorovSmirnovOneSample(sorted: outside.span) }
    // The ways to the value meet where one takes over from another: values of scipy 1.17.1.
    for (n, d, want) in Self.seams {
      let got = try kolmogorovOneSampleSurvival(d, count: n)
      #expect(abs(got - want) < 2e-8, "\(n) \(d): \(got) is not \(want)")
    }
  }

  static let seams: [(Int, Double, Double)] = [
    (2, 0.5, 0.5),
    (2, 0.6, 0.3200000000000001),
    (3, 0.34, 0.7599146666666666),
    (5, 0.2, 0.9616),
    (5, 0.21, 0.94460128),
    (20, 0.05, 0.9999999767980384),
    (20, 0.06, 0.9999938473060527),
    (50, 0.1, 0.6623112704658186),
    (140, 0.05, 0.8576480297656114),
    (140, 0.1, 0.1135365729009095),
    (140, 0.165, 0.0008458071085063383),
    (140, 0.17, 0.0005246108687519814),
    (141, 0.05, 0.854845693009663),
    (141, 0.1, 0.1112844551646793),
    (141, 0.12, 0.03160060527758468),
    (141, 0.13, 0.0154493463084545),
    (300, 0.03, 0.9424664972633843),
    (300, 0.08, 0.04064402562448788),
    (2000, 0.02, 0.3953133626892044),
    (100000, 0.003, 0.3284563327726956),
  ]
}

@Suite(.enabled(if: Reference.isPresent, Reference.explanation))
struct `Samples against the reference` {
  @Test(arguments: Reference.cases("univariate", "wasserstein_1d"))
  func `the Wasserstein-2 distance is met`(_ reference: ReferenceCase) throws {
    let (x, y) = (reference.numbers("x").sorted(), reference.numbers("y").sorted())
    reference.expect(try wasserstein2(sorted: x.span, y.span), "W2")
  }

  @Test(arguments: Reference.cases("univariate", "energy_distance_1d"))
  func `scipy's energy distance is met`(_ reference: ReferenceCase) throws {
    let (x, y) = (reference.numbers("x").sorted(), reference.numbers("y").sorted())
    let distance = try energyDistance(sorted: x.span, y.span)
    reference.expect(distance.squareRoot(), "sqrt_2_int_sq")
    reference.expect(distance / 2, "cvm_like_integral")
  }

  @Test(arguments: Reference.cases("univariate", "moments_quantiles"))
  func `moments and L-moments are met`(_ reference: ReferenceCase) throws {
    let x = reference.numbers("x")
    let moments = try SampleMoments(x.span)
    reference.expect(moments.mean, "mean")
    reference.expect(moments.variance.squareRoot(), "sd_ddof1")
    reference.expect(moments.central.second, "var_ddof0")
    let pairs: [(String, () throws -> Double)] = [
      ("skew_biased", { try moments.skewness() }),
      ("skew_unbiased", { try moments.skewness(biasCorrected: true) }),
      ("exkurt_biased", { try moments.excessKurtosis() }),
      ("exkurt_unbiased", { try moments.excessKurtosis(biasCorrected: true) }),
    ]
    for (key, value) in pairs {
      if reference.expected(key).number.isNaN {
        #expect(throws: NumericsError.self) { try value() }
      } else {
        reference.expect(try value(), key)
      }
    }
    let want = Dictionary(
      uniqueKeysWithValues: reference.expected("L_moments").object.map { ($0.key, $0.value.number) }
    )
    guard let l1 = want["l1"], let l2 = want["l2"], let t3 = want["t3"], let t4 = want["t4"] else {
      return
    }
    let sorted = x.sorted()
    let linear = try LMoments(sorted: sorted.span)
    reference.expect(linear.location, l1, "l1")
    reference.expect(linear.scale, l2, "l2")
    if t3.isNaN {
      #expect(throws: NumericsError.self) { try linear.ratios() }
    } else {
      reference.expect(try linear.ratios().skewness, t3, "t3")
      reference.expect(try linear.ratios().kurtosis, t4, "t4")
    }
  }

  @Test(arguments: Reference.cases("univariate", "hill_tail_index"))
  func `Hill's estimate is met`(_ reference: ReferenceCase) throws {
    let x = reference.numbers("x").sorted()
    let k = Int(reference.params["k"]?.number ?? 0)
    let hill = try HillEstimate(sorted: x.span, exceedances: k)
    reference.expect(hill.index, "xi")
    reference.expect(hill.standardError, "se_xi")
  }

  @Test(arguments: Reference.cases("univariate", "kolmogorov_one_sample_exact"))
  func `scipy's one-sample distribution is met`(_ reference: ReferenceCase) throws {
    let (n, d) = (reference.count("n"), reference.number("D"))
    let got = try kolmogorovOneSampleSurvival(d, count: n)
    reference.expect(got, "sf")
  }

  @Test(arguments: Reference.cases("univariate", "kolmogorov_one_sided_exact"))
  func `scipy's one-sided distribution is met`(_ reference: ReferenceCase) throws {
    let got = try smirnovSurvival(reference.number("Dplus"), count: reference.count("n"))
    reference.expect(got, "sf")
  }
}
