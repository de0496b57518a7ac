import AssayNumerics
import Foundation
import Testing

@Suite struct `Divergences on cells` {
  @Test func `counts, weights and shares give the same distances`() throws {
    let (a, b) = ([30.0, 12, 8, 50], [25.0, 20, 5, 50])
    let (sharesA, sharesB) = (a.map { $0 / 100 }, b.map { $0 / 100 })
    let floats = (a.map(Float.init), b.map(Float.init))
    // Closed form.
    #expect(abs(try totalVariationDistance(a.span, b.span) - 0.08) < 1e-15)
    #expect(abs(try totalVariationDistance(sharesA.span, sharesB.span) - 0.08) < 1e-15)
    #expect(
      try totalVariationDistance(floats.0.span, floats.1.span)
        == totalVariationDistance(a.span, b.span))
    #expect(
      abs(
        try jensenShannonNats(sharesA.span, sharesB.span) - jensenShannonNats(a.span, b.span))
        < 1e-15)
  }

  @Test func `close distributions do not lose their digits`() throws {
    // Closed form: to second order the divergence is Σ (p − q)²/(8·½) = ε²/2.
    let epsilon = 1e-9
    let (a, b) = ([0.5 + epsilon, 0.5 - epsilon], [0.5, 0.5])
    let divergence = try jensenShannonNats(a.span, b.span)
    #expect(abs(divergence / (epsilon * epsilon / 2) - 1) < 1e-6)
  }

  @Test func `an empty side is an error`() {
    let (a, b) = ([1.0, 2], [0.0, 0])
    for distance in [0, 1, 2, 3] {
      #expect(throws: NumericsError.self) {
        switch distance {
        case 0: try totalVariationDistance(a.span, b.span)
        case 1: try jensenShannonDistance(a.span, b.span)
        case 2: try hellingerDistance(b.span, a.span)
        default: try populationStabilityIndex(a.span, b.span)
        }
      }
    }
    #expect(throws: NumericsError.self) { try chiSquareTwoSample([3.0].span, [4.0].span) }
  }
}

@Suite(.enabled(if: Reference.isPresent, Reference.explanation))
struct `Divergences against the reference` {
  @Test(arguments: Reference.cases("divergence", "divergences_from_counts"))
  func `scipy's divergences and tests are met`(_ reference: ReferenceCase) throws {
    let (a, b) = (reference.numbers("a"), reference.numbers("b"))
    reference.expect(try totalVariationDistance(a.span, b.span), "tvd")
    reference.expect(try jensenShannonBits(a.span, b.span), "jsd_bits")
    reference.expect(try jensenShannonNats(a.span, b.span), "jsd_nats")
    reference.expect(try jensenShannonDistance(a.span, b.span), "js_distance_base2")
    reference.expect(try hellingerDistance(a.span, b.span), "hellinger")
    reference.expect(try populationStabilityIndex(a.span, b.span), "psi_jeffreys_half")
    if reference.expected["chi2"] != nil {
      let test = try chiSquareTwoSample(a.span, b.span)
      reference.expect(test.statistic, "chi2")
      reference.expect(Double(test.degreesOfFreedom), "df")
      reference.expect(test.pValue, "chi2_p")
      reference.expect(test.minimumExpected, "min_expected")
    }
  }

  @Test(arguments: Reference.cases("divergence", "null_expectation_closed_forms"))
  func `the expected total variation is near its normal closed form`(
    _ reference: ReferenceCase
  ) throws {
    let (k, n, m) = (reference.count("K"), reference.count("n"), reference.count("m"))
    let each = try expectedAbsoluteProportionDifference(p: 1 / Double(k), n: n, m: m)
    let total = Double(k) * each / 2
    // The closed form is a limit; at counts of 25 and more a cell it is within 1 %.
    #expect(abs(total / reference.expected("E_tvd").number - 1) < 0.01)
    let reject = try chiSquareCritical(probability: 0.05, degreesOfFreedom: Double(k - 1))
    reference.expect(reject * (1 / Double(n) + 1 / Double(m)), "psi_reject_5pct")
  }
}
