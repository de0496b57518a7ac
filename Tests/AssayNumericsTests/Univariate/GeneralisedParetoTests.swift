import AssayNumerics
import Foundation
import Testing

/// The generalised Pareto law against scipy and closed forms.
@Suite struct `The generalised Pareto law` {
  @Test(arguments: Reference.cases("univariate", "gpd_probability_weighted_moments"))
  func `has the moments that Hosking and Wallis give`(_ reference: ReferenceCase) throws {
    let excesses = reference.numbers("exceedances").sorted()
    let law = try #require(try GeneralisedPareto(probabilityWeightedMoments: excesses.span))
    reference.expect(law.shape, "xi")
    reference.expect(law.scale, "sigma")
    reference.expect(excesses.reduce(0) { $0 + law.logDensity($1) }, "loglik_at_estimate")
    reference.expect(try law.excess(exceededWith: 0.01), "q99_exceedance")
    reference.expect(try law.excess(exceededWith: 0.001), "q999_exceedance")
  }

  @Test(arguments: Reference.cases("univariate", "gpd_survival"))
  func `has scipy's survival function`(_ reference: ReferenceCase) throws {
    let law = try GeneralisedPareto(
      shape: reference.number("xi"), scale: reference.number("sigma"))
    reference.expect(law.survival(reference.number("x")), "sf")
  }

  /// Reference values: scipy.stats.genpareto of scipy 1.17.1; the last law's are next to those of ξ = 0.
  @Test(arguments: [
    (
      0.3, 2.0, [1.5409627556327752, 19.873811370233145, 413.9715629867954],
      [0.7857875058209371, 0.41705067231414605], [-1.0065367140716586, -1.8300589932524067]
    ),
    (
      0, 1.5, [1.0397207708399179, 6.907755278982137, 20.72326583694641],
      [0.7165313105737893, 0.26359713811572677], [-0.7387984414414976, -1.7387984414414976]
    ),
    (
      -0.4, 1, [0.6053542918620023, 2.1037767018847213, 2.4900473207361626],
      [0.5724334022399462, 0.01788854381999832], [-0.3347153269713146, -2.4141568686511503]
    ),
  ])
  func `has scipy's quantiles, tails and densities`(
    _ shape: Double, _ scale: Double, _ quantiles: [Double], _ tails: [Double],
    _ densities: [Double]
  ) throws {
    let law = try GeneralisedPareto(shape: shape, scale: scale)
    for (probability, expected) in zip([0.5, 0.01, 1e-6], quantiles) {
      let found = try law.excess(exceededWith: probability)
      #expect(abs(found - expected) < 1e-12 * expected)
      #expect(abs(law.survival(found) / probability - 1) < 1e-9)
    }
    for (index, y) in [0.5, 2].enumerated() {
      #expect(abs(law.survival(y) - tails[index]) < 1e-13)
      #expect(abs(law.logDensity(y) - densities[index]) < 1e-12)
    }
  }

  /// Closed form: near ξ = 0 the law is exponential to first order in ξ.
  @Test func `goes over into the exponential law`() throws {
    let near = try GeneralisedPareto(shape: 1e-9, scale: 1)
    #expect(abs(try near.excess(exceededWith: 0.5) - log(2) * (1 + 0.5e-9 * log(2))) < 1e-14)
    #expect(abs(near.survival(2) - exp(-2) * (1 + 0.5e-9 * 4)) < 1e-14)
  }

  /// Planted truth: the estimate from the quantiles of a law is near that law.
  @Test(arguments: [-0.3, 0.0, 0.2, 0.45]) func `is found again`(_ shape: Double) throws {
    let law = try GeneralisedPareto(shape: shape, scale: 3)
    var excesses: [Double] = []
    for rank in 1...20_000 {
      excesses.append(try law.excess(exceededWith: 1 - (Double(rank) - 0.5) / 20_000))
    }
    let found = try #require(try GeneralisedPareto(probabilityWeightedMoments: excesses.span))
    #expect(abs(found.shape - shape) < 0.02 && abs(found.scale - 3) < 0.05)
  }

  @Test func `has ends and refuses what is no sample`() throws {
    let law = try GeneralisedPareto(shape: -0.5, scale: 1)
    // Closed form: the end is at −σ/ξ = 2.
    #expect(law.survival(2) == 0 && law.survival(1.9) > 0 && law.survival(-1) == 1)
    #expect(law.logDensity(2.1) == -.infinity && law.logDensity(-1) == -.infinity)
    #expect(try GeneralisedPareto(probabilityWeightedMoments: [2.0, 2, 2].span) == nil)
    #expect(throws: NumericsError.self) {
      try GeneralisedPareto(probabilityWeightedMoments: [1.0].span)
    }
    #expect(throws: NumericsError.self) {
      try GeneralisedPareto(probabilityWeightedMoments: [-1.0, 2].span)
    }
    #expect(throws: NumericsError.self) { try GeneralisedPareto(shape: 0, scale: 0) }
    #expect(throws: NumericsError.self) { try law.excess(exceededWith: 0) }
  }
}
