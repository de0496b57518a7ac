import AssayNumerics
import Foundation
import Testing

@Suite struct `Rank statistics of two samples` {
  @Test func `listing all labellings and drawing them agree`() throws {
    // Law: the drawn p-value is within four standard errors of the exact one.
    let x = [1.0, 2, 2, 3, 5, 8].sorted()
    let y = [2.0, 4, 4, 6, 8, 9, 9].sorted()
    let ranks = try PooledRanks(sorted: x.span, y.span)
    var stream = RandomStream(seed: 2, name: "ranks")
    for statistic in [
      PooledRanks.Statistic.kuiper, .andersonDarling, .cramerVonMises, .watson,
    ] {
      let exact = ranks.pValue(of: statistic, stream: &stream)
      let drawn = ranks.pValue(of: statistic, permutations: 1999, stream: &stream, listLimit: 1)
      #expect(exact.method == .exact && drawn.method == .permutation)
      let error = (exact.pValue * (1 - exact.pValue) / 2000).squareRoot()
      #expect(abs(exact.pValue - drawn.pValue) < 4 * error + 0.001)
    }
  }

  @Test func `a few runs of many values are listed, and very many are drawn`() throws {
    // Slow twin: with two runs the labellings are hypergeometric, and each statistic grows with
    // the distance from the mean.
    var stream = RandomStream(seed: 5, name: "runs")
    let x = [Double](repeating: 0, count: 60) + [Double](repeating: 1, count: 40)
    let y = [Double](repeating: 0, count: 75) + [Double](repeating: 1, count: 45)
    let ranks = try PooledRanks(sorted: x.span, y.span)
    // 40 of 85 ones fall to the first sample, where 38.64 are expected: 40 or more, 37 or less.
    let up = try hypergeometricUpperTail(atLeast: 40, marked: 85, unmarked: 135, drawn: 100)
    let down = try 1 - hypergeometricUpperTail(atLeast: 38, marked: 85, unmarked: 135, drawn: 100)
    let (p, method) = ranks.pValue(of: .andersonDarling, stream: &stream)
    #expect(method == .exact && abs(p - up - down) < 1e-9)
    let many = (0..<600).map(Double.init)
    let long = try PooledRanks(sorted: many.span, many.span)
    #expect(long.pValue(of: .watson, permutations: 9, stream: &stream).method == .permutation)
  }

  @Test func `exact Cramér–von Mises counts the same labellings as the list`() throws {
    // Slow twin: the list of all labellings.
    var stream = RandomStream(seed: 3, name: "cvm")
    for round in 0..<12 {
      let levels = [3, 6, 100][round % 3]
      let x = (0..<(3 + round % 4)).map { _ in Double(stream.below(levels)) }.sorted()
      let y = (0..<(4 + round % 3)).map { _ in Double(stream.below(levels)) }.sorted()
      let ranks = try PooledRanks(sorted: x.span, y.span)
      let listed = ranks.pValue(of: .cramerVonMises, stream: &stream)
      let (p, isExact) = try ranks.cramerVonMisesPValue()
      #expect(isExact && abs(p - listed.pValue) < 1e-10)
    }
  }

  @Test func `Kuiper and Watson do not see where the circle is cut`() throws {
    // Law.
    var stream = RandomStream(seed: 4, name: "circle")
    let x = (0..<30).map { _ in stream.uniform() }
    let y = (0..<40).map { _ in stream.uniform() * stream.uniform() }
    func ranks(_ shift: Double) throws -> PooledRanks {
      let turn = { (v: Double) in (v + shift).truncatingRemainder(dividingBy: 1) }
      let (a, b) = (x.map(turn).sorted(), y.map(turn).sorted())
      return try PooledRanks(sorted: a.span, b.span)
    }
    let (here, there) = (try ranks(0), try ranks(0.37))
    #expect(abs(here.watsonStatistic - there.watsonStatistic) < 1e-12)
    let (a, b) = (x.sorted(), y.sorted())
    let (c, d) = (
      x.map { ($0 + 0.37).truncatingRemainder(dividingBy: 1) }.sorted(),
      y.map { ($0 + 0.37).truncatingRemainder(dividingBy: 1) }.sorted()
    )
    let first = try KolmogorovSmirnov(sorted: a.span, b.span)
    let second = try KolmogorovSmirnov(sorted: c.span, d.span)
    #expect(abs(first.kuiperStatistic - second.kuiperStatistic) < 1e-12)
    #expect(abs(try expectedKuiper(50, 50) - 0.2506628) < 1e-6)
  }

  @Test func `constants leave Anderson and Darling undefined`() throws {
    let ranks = try PooledRanks(sorted: [3.0, 3].span, [3.0, 3].span)
    let error = #expect(throws: NumericsError.self) { try ranks.andersonDarling() }
    #expect(error?.code == .undefined)
    let none: [Double] = []
    #expect(throws: NumericsError.self) { _ = try PooledRanks(sorted: none.span, [3.0].span) }
  }
}

@Suite(.enabled(if: Reference.isPresent, Reference.explanation))
struct `Rank statistics against the reference` {
  private func ranks(_ reference: ReferenceCase) throws -> PooledRanks {
    let (x, y) = (reference.numbers("x").sorted(), reference.numbers("y").sorted())
    return try PooledRanks(sorted: x.span, y.span)
  }

  @Test(arguments: Reference.cases("univariate", "kuiper_two_sample"))
  func `Kuiper's statistic and p-values are met`(_ reference: ReferenceCase) throws {
    let (x, y) = (reference.numbers("x").sorted(), reference.numbers("y").sorted())
    let compared = try KolmogorovSmirnov(sorted: x.span, y.span)
    reference.expect(compared.kuiperStatistic, "V")
    // astropy leaves the expansion for other forms below e·V = 3.
    let e = Double(x.count * y.count) / Double(x.count + y.count)
    if reference.expected["p_astropy"] != nil, e * compared.kuiperStatistic >= 3 {
      reference.expect(compared.kuiperPValue, "p_astropy")
    }
    if reference.expected["p_enumeration"] != nil {
      var stream = RandomStream(seed: 1, name: "p")
      let (p, _) = try ranks(reference).pValue(of: .kuiper, stream: &stream)
      reference.expect(p, "p_enumeration")
    }
  }

  @Test(arguments: Reference.cases("univariate", "cramer_von_mises_two_sample"))
  func `scipy's Cramér–von Mises test is met`(_ reference: ReferenceCase) throws {
    let ranks = try ranks(reference)
    reference.expect(ranks.cramerVonMises, "T_exactcall")
    reference.expect(try ranks.asymptoticCramerVonMises(), "p_asymptotic")
    if reference.expected["p_enumeration"] != nil {
      reference.expect(try ranks.cramerVonMisesPValue().pValue, "p_enumeration")
    }
    let noTies = ranks.runSizes.count == ranks.count
    if noTies, !reference.expected("p_exact_no_ties").number.isNaN {
      reference.expect(try ranks.cramerVonMisesPValue().pValue, "p_exact_no_ties")
    }
  }

  @Test(arguments: Reference.cases("univariate", "anderson_darling_k_sample"))
  func `scipy's Anderson–Darling test is met`(_ reference: ReferenceCase) throws {
    let ranks = try ranks(reference)
    let got = try ranks.andersonDarling()
    reference.expect(got.statistic, "A2kN_midrank")
    reference.expect(got.standardised, "standardised_midrank")
    if reference.expected["p_enumeration"] != nil {
      var stream = RandomStream(seed: 1, name: "p")
      let (p, method) = ranks.pValue(of: .andersonDarling, stream: &stream)
      #expect(method == .exact)
      reference.expect(p, "p_enumeration")
    }
  }

  @Test(arguments: Reference.cases("univariate", "circular_time_of_day"))
  func `times of day are compared on the circle`(_ reference: ReferenceCase) throws {
    let (x, y) = (reference.numbers("x_hours"), reference.numbers("y_hours"))
    let (a, b) = (x.sorted(), y.sorted())
    let ranks = try PooledRanks(sorted: a.span, b.span)
    var stream = RandomStream(seed: 1, name: "p")
    reference.expect(
      ranks.pValue(of: .kuiper, stream: &stream).pValue, "kuiper_p_enumeration")
    reference.expect(ranks.watsonStatistic, "watson_U2")
    reference.expect(
      ranks.pValue(of: .watson, stream: &stream).pValue, "watson_U2_p_enumeration")
    let compared = try KolmogorovSmirnov(sorted: a.span, b.span)
    reference.expect(compared.kuiperStatistic, "kuiper_V")
    for order in [1, 2] {
      let first = try TrigonometricMoment(x.span, period: 24, order: order)
      let second = try TrigonometricMoment(y.span, period: 24, order: order)
      reference.expect(first.distance(to: second), "trig_moment_diff_k\(order)")
      if order == 1 {
        reference.expect(first.length, "R_x")
        reference.expect(second.length, "R_y")
        reference.expect(try first.direction() * 24, "circmean_x")
        reference.expect(try second.direction() * 24, "circmean_y")
      }
    }
  }
}
