@testable import AssayNumerics
import Foundation
import Testing

@Suite struct `Kolmogorov–Smirnov` {
  @Test func `the supremum and its place are found`() throws {
    // Closed form.
    let result = try KolmogorovSmirnov(sorted: [1.0, 2].span, [1.0, 2, 3].span)
    #expect(abs(result.statistic - 1.0 / 3) < 1e-15)
    #expect(result.location == 2)
    #expect(abs(result.positive - 1.0 / 3) < 1e-15)
    #expect(result.negative == 0)
    let equal = try KolmogorovSmirnov(sorted: [1.0, 1, 1].span, [1.0, 1].span)
    #expect(equal.statistic == 0)
    let apart = try KolmogorovSmirnov(sorted: [5.0].span, [4.0].span)
    #expect(apart.statistic == 1 && apart.negative == 1 && apart.location == 4)
  }

  @Test func `an empty sample is an error, not NaN`() {
    let none: [Double] = []
    let error = #expect(throws: NumericsError.self) {
      _ = try KolmogorovSmirnov(sorted: none.span, [1.0].span)
    }
    #expect(error?.code == .tooFewObservations)
  }

  /// The recursion as published, over all cells.
  private func slowPValue(_ x: [Double], _ y: [Double], _ d: Double) -> Double {
    let pooled = (x + y).sorted()
    let (n, m) = (x.count, y.count)
    if d == 0 { return 1 }
    let bound = d * Double(n * m) - 0.5
    var u = [Double](repeating: 0, count: m + 1)
    for i in 0...n {
      for j in 0...m where i + j > 0 {
        let k = i + j
        let ends = k == n + m || pooled[k] != pooled[k - 1]
        if ends && Double(abs(i * m - j * n)) >= bound {
          u[j] = 1
        } else if i == 0 {
          u[j] = u[j - 1]
        } else if j > 0 {
          u[j] = Double(i) / Double(k) * u[j] + Double(j) / Double(k) * u[j - 1]
        }
      }
    }
    return u[m]
  }

  @Test func `the banded exact p-value agrees with the recursion over all cells`() throws {
    var stream = RandomStream(seed: 21, name: "ks")
    for round in 0..<400 {
      let n = 1 + stream.below(40)
      let m = 1 + stream.below(40)
      let levels = [2, 3, 6, 20, 1000][round % 5]
      let shift = stream.below(levels / 2 + 1)
      let x = (0..<n).map { _ in Double(stream.below(levels)) }.sorted()
      let y = (0..<m).map { _ in Double(stream.below(levels) + shift) }.sorted()
      let result = try KolmogorovSmirnov(sorted: x.span, y.span)
      let (p, method) = result.pValue(sorted: x.span, y.span)
      let slow = slowPValue(x, y, result.statistic)
      #expect(method == .exact)
      #expect(abs(p - slow) <= 1e-12 * slow, "\(x) \(y): \(p) is not \(slow)")
    }
  }

  @Test(arguments: [(700, 500, 3, 0), (600, 900, 2, 0), (800, 400, 4, 1), (1000, 20, 2, 0)])
  func `long runs of equal values are crossed as if step by step`(
    _ n: Int, _ m: Int, _ levels: Int, _ shift: Int
  ) throws {
    var stream = RandomStream(seed: 22, name: "runs")
    let x = (0..<n).map { _ in Double(max(0, stream.below(levels + 2) - 2)) }.sorted()
    let y = (0..<m).map { _ in Double(max(0, stream.below(levels + 2) - 2 + shift)) }.sorted()
    let result = try KolmogorovSmirnov(sorted: x.span, y.span)
    let (p, method) = result.pValue(sorted: x.span, y.span)
    let slow = slowPValue(x, y, result.statistic)
    #expect(method == .exact)
    #expect(abs(p - slow) <= 1e-10 * slow, "\(p) is not \(slow)")
  }

  @Test func `a tiny exact p-value keeps its relative accuracy`() throws {
    // Closed form: two separate samples of 100 have p = 2 / C(200, 100).
    let x = (0..<100).map(Double.init)
    let y = (100..<200).map(Double.init)
    let p = try KolmogorovSmirnov(sorted: x.span, y.span).pValue(sorted: x.span, y.span).pValue
    let want = 2 * exp(2 * lgamma(101.0) - lgamma(201.0))
    #expect(abs(p / want - 1) < 1e-11)
  }

  @Test func `samples that cost too much get the asymptotic p-value`() throws {
    let x = (0..<2000).map(Double.init)
    let y = (0..<2000).map { Double($0) + 100.5 }
    let result = try KolmogorovSmirnov(sorted: x.span, y.span)
    let cheap = result.pValue(sorted: x.span, y.span, costLimit: 1000)
    #expect(cheap.method == .asymptotic)
    #expect(cheap.pValue == result.asymptoticPValue)
    let exact = result.pValue(sorted: x.span, y.span)
    #expect(exact.method == .exact)
    // The limit is within a few percent at this size.
    #expect(abs(exact.pValue / cheap.pValue - 1) < 0.05)
  }

  @Test func `weights on cells give what repeated values give`() throws {
    let x = [1.0, 1, 2, 5, 5, 5]
    let y = [1.0, 2, 2, 3, 5]
    let a: [Float] = [2, 1, 0, 3]
    let b: [Float] = [1, 2, 1, 1]
    let direct = try KolmogorovSmirnov(sorted: x.span, y.span)
    let cells = try kolmogorovSmirnov(cells: a.span, b.span)
    #expect(abs(cells.statistic - direct.statistic) < 1e-15)
    #expect(abs(cells.positive - direct.positive) < 1e-15)
    #expect(abs(cells.negative - direct.negative) < 1e-15)
    #expect([1.0, 2, 3, 5][cells.cell] == direct.location)
    let empty: [Float] = [0, 0, 0, 0]
    #expect(throws: NumericsError.self) { try kolmogorovSmirnov(cells: a.span, empty.span) }
  }
}

@Suite(.enabled(if: Reference.isPresent, Reference.explanation))
struct `Kolmogorov–Smirnov against the reference` {
  @Test(arguments: Reference.cases("univariate", "ks_two_sample"))
  func `scipy's statistic and the enumerated p-value are met`(_ reference: ReferenceCase) throws {
    let (x, y) = (reference.numbers("x").sorted(), reference.numbers("y").sorted())
    let result = try KolmogorovSmirnov(sorted: x.span, y.span)
    reference.expect(result.statistic, "D")
    reference.expect(result.positive, "Dplus")
    reference.expect(result.negative, "Dminus")
    reference.expect(result.asymptoticPValue, "p_stephens")
    let (p, method) = result.pValue(sorted: x.span, y.span)
    #expect(method == .exact)
    reference.expect(p, "p_exact_conditional_on_ties")
  }

  @Test(arguments: Reference.cases("univariate", "ks_two_sample_sf"))
  func `scipy's path counts are met`(_ reference: ReferenceCase) {
    let (n, m) = (reference.count("n"), reference.count("m"))
    let d = reference.number("D")
    let paths = LatticePaths(n: n, m: m, boundary: Int((d * Double(n * m)).rounded()))
    let p = paths.touchingProbability(tieEnds: Array(1...(n + m)), costLimit: .infinity)
    reference.expect(p ?? .nan, "p_exact")
    let e = Double(n * m) / Double(n + m)
    reference.expect(kolmogorovSurvival(e.squareRoot() * d), "p_kolmogorov_limit")
  }

  @Test(arguments: Reference.cases("univariate", "kolmogorov_limit_distribution"))
  func `the limiting distribution is met`(_ reference: ReferenceCase) {
    reference.expect(kolmogorovSurvival(reference.number("lambda")), "sf")
  }

  @Test(arguments: Reference.cases("univariate", "missingness"))
  func `observed values are compared where some are missing`(_ reference: ReferenceCase) throws {
    let x = reference.numbers("x").filter { !$0.isNaN }.sorted()
    let y = reference.numbers("y").filter { !$0.isNaN }.sorted()
    let result = try KolmogorovSmirnov(sorted: x.span, y.span)
    reference.expect(result.statistic, "ks_D_on_observed")
    let p = result.pValue(sorted: x.span, y.span).pValue
    reference.expect(p, "ks_p_exact_conditional_on_ties")
  }

  @Test(arguments: Reference.cases("discipline", "ks_null_moments_and_power"))
  func `the moments of D for one law are met`(_ reference: ReferenceCase) throws {
    let expected = try expectedKolmogorovSmirnov(reference.count("n"), reference.count("m"))
    reference.expect(expected.mean, "E_D")
    reference.expect(expected.standardDeviation, "sd_D")
  }

  @Test(arguments: Reference.cases("discipline", "dkw_band"))
  func `the distribution band is met`(_ reference: ReferenceCase) throws {
    reference.expect(
      try distributionBand(count: reference.count("n"), alpha: reference.number("alpha")),
      "epsilon_two_sided")
  }
}
