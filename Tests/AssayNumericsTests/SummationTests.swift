import AssayNumerics
import Foundation
import Testing

@Suite struct `Sums, means and variances` {
  @Test func `a pairwise sum of a million tenths is right to the last digits`() {
    // Closed form. A plain loop is off by 1.3e-6.
    let tenths = [Double](repeating: 0.1, count: 1_000_000)
    #expect(abs(pairwiseSum(tenths.span) - 1e5) < 1e-9)
    #expect(abs(pairwiseSum(over: 0..<1_000_000) { _ in 0.1 } - 1e5) < 1e-9)
  }

  @Test(arguments: [0, 1, 3, 127, 128, 129, 256, 257, 1000, 4097])
  func `both sums are exact for integers of any count`(_ count: Int) {
    let values = (0..<count).map(Double.init)
    let exact = Double(count * (count - 1) / 2)
    #expect(pairwiseSum(values.span) == exact)
    #expect(pairwiseSum(over: 0..<count) { values[$0] } == exact)
  }

  @Test func `the variance of large numbers does not cancel`() throws {
    // Closed form: the variance of 1, 2, 3, 4 is 5/3 wherever they lie.
    let values = [1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4]
    #expect(abs(try variance(values.span) - 5.0 / 3) < 1e-12)
    #expect(try variance(values.span, correction: 0) == 1.25)
    #expect(try variance([7.1, 7.1, 7.1].span) == 0)
  }

  @Test func `no values, or one, are an error`() {
    let none: [Double] = []
    #expect(throws: NumericsError.self) { try mean(none.span) }
    #expect(throws: NumericsError.self) { try variance([1.0].span) }
    #expect(throws: NumericsError.self) { try quantile(sorted: none.span, probability: 0.5) }
    let outside = #expect(throws: NumericsError.self) {
      try quantile(sorted: [1.0].span, probability: 1.5)
    }
    #expect(outside?.code == .domain)
  }
}

@Suite(.enabled(if: Reference.isPresent, Reference.explanation))
struct `Moments and quantiles against the reference` {
  @Test(arguments: Reference.cases("univariate", "moments_quantiles"))
  func `numpy's moments and type 7 quantiles are met`(_ reference: ReferenceCase) throws {
    let given = reference.numbers("x")
    let x = sortedCopy(given.span)
    reference.expect(try mean(x.span), "mean")
    reference.expect(try variance(x.span).squareRoot(), "sd_ddof1")
    reference.expect(try variance(x.span, correction: 0), "var_ddof0")
    for (key, want) in reference.expected("q_type7").object {
      let p = try #require(Double(key))
      reference.expect(try quantile(sorted: x.span, probability: p), want.number, "q \(p)")
    }
  }
}
