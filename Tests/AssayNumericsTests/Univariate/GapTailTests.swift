import AssayNumerics
import Testing

@Suite struct `Laws of squared gaps` {
  /// Closed form: the tables of Anderson & Darling (1954), doi:10.1080/01621459.1954.10501232, to
  /// their three digits.
  @Test(arguments: [(1.933, 0.10), (2.492, 0.05), (3.857, 0.01)])
  func `Anderson–Darling has the published critical values`(_ x: Double, _ tail: Double) {
    #expect(abs(andersonDarlingSurvival(x) - tail) < 0.03 * tail)
  }

  /// Law: the mean of the limit is 1, the area under its tail.
  @Test func `the tail of Anderson–Darling has area one`() {
    let step = 0.01
    let area = (0..<3_000).reduce(0.0) {
      $0 + andersonDarlingSurvival((Double($1) + 0.5) * step) * step
    }
    #expect(abs(area - 1) < 1e-4)
    #expect(andersonDarlingSurvival(60) > 0 && andersonDarlingSurvival(60) < 1e-26)
  }

  /// Closed form: two runs leave one gap, whose square over its variance is chi-square with one
  /// degree of freedom.
  @Test(arguments: [0.5, 0.9]) func `two runs are chi-square`(_ share: Double) throws {
    let shares = [share, 1 - share]
    let tail = GapTail(shares: shares.span, ties: shares.span, weight: .inverseVariance)
    #expect(abs(tail.mean - 1) < 1e-12 && abs(tail.variance - 2) < 1e-12)
    let expected = try chiSquareSurvival(3.2, degreesOfFreedom: 1)
    #expect(abs(try tail.survival(3.2) - expected) < 1e-9)
  }

  /// Closed form: means and variances of the limits, 1/6 and 1/45, 1 and 2(π² − 9)/3.
  @Test func `many small runs are continuous`() throws {
    let shares = [Double](repeating: 1, count: 80)
    let ties = [Double](repeating: 0, count: 80)
    let even = GapTail(shares: shares.span, ties: ties.span, weight: .even)
    #expect(abs(even.mean - 1.0 / 6) < 1e-4 && abs(even.variance - 1.0 / 45) < 1e-4)
    let weighted = GapTail(shares: shares.span, ties: ties.span, weight: .inverseVariance)
    let limit = 2 * (Double.pi * Double.pi - 9) / 3
    #expect(abs(weighted.mean - 1) < 1e-9 && abs(weighted.variance - limit) < 2e-2)
    #expect(abs(try even.survival(0.461) - cramerVonMisesSurvival(0.461)) < 0.003)
    #expect(abs(try weighted.survival(2.492) - andersonDarlingSurvival(2.492)) < 0.004)
  }

  @Test func `one run says nothing`() throws {
    let shares = [12.0]
    #expect(
      try GapTail(shares: shares.span, ties: shares.span, weight: .inverseVariance).survival(0) == 1
    )
  }
}
