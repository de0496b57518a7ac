import AssayNumerics
import Foundation
import Testing

@Suite struct `Families of p-values` {
  @Test func `an adjusted p-value keeps its place`() throws {
    // Closed form: Holm 3·0.01, 2·0.02, then no less; Benjamini–Hochberg 3·0.01/1, 3·0.02/2, 0.5.
    let p = [0.5, 0.01, 0.02]
    let holm = try holmAdjustedPValues(p.span)
    #expect(zip(holm, [0.5, 0.03, 0.04]).allSatisfy { abs($0 - $1) < 1e-15 })
    let hochberg = try benjaminiHochbergAdjustedPValues(p.span)
    #expect(zip(hochberg, [0.5, 0.03, 0.03]).allSatisfy { abs($0 - $1) < 1e-15 })
    let none: [Double] = []
    #expect(try holmAdjustedPValues(none.span).isEmpty)
    #expect(throws: NumericsError.self) { try simesPValue(none.span) }
    for bad in [[0.1, .nan], [0.1, -0.1], [1.1]] {
      #expect(throws: NumericsError.self) { try benjaminiYekutieliAdjustedPValues(bad.span) }
    }
  }

  @Test func `a Cauchy combination keeps tiny values and does not drown in ones`() throws {
    // Closed form: one value combines to itself; K copies of it as well.
    for p in [1e-200, 1e-9, 0.03, 0.25, 0.7] {
      let (one, three) = ([p], [p, p, p])
      #expect(abs(try cauchyCombinedPValue(one.span) / p - 1) < 1e-12)
      #expect(abs(try cauchyCombinedPValue(three.span) / p - 1) < 1e-12)
    }
    let mixed = [1e-20, 1.0]
    #expect(try cauchyCombinedPValue(mixed.span) < 1e-19)
    let zero = [0.0, 0.4]
    #expect(try cauchyCombinedPValue(zero.span) == 0)
  }

  @Test func `a step-down family agrees with the maxima taken one by one`() throws {
    // Slow twin: for each statistic the maximum over all that are no larger, then made monotone.
    var stream = RandomStream(seed: 5, name: "max")
    let (count, rounds) = (6, 99)
    let observed = [2.5, -0.3, 1.4, 2.5, 0.2, 3.1]
    let permuted = (0..<(count * rounds)).map { _ in stream.normal() }
    let test = try MaximumStatisticTest(observed: observed.span, permuted: permuted.span)
    let order = observed.indices.sorted { (observed[$0], $0) < (observed[$1], $1) }
    var least = 0.0
    for rank in order.indices.reversed() {
      let members = order[...rank]
      var hits = 0
      for round in 0..<rounds {
        let largest = members.map { permuted[round * count + $0] }.max() ?? 0
        if largest >= observed[order[rank]] { hits += 1 }
      }
      least = max(least, Double(1 + hits) / Double(1 + rounds))
      #expect(test.stepDown[order[rank]] == least)
      #expect(test.stepDown[order[rank]] <= test.singleStep[order[rank]])
    }
    #expect(test.globalPValue == test.singleStep[5])
  }

  @Test func `the shares of an online allowance add up to just under one`() throws {
    // Law: the levels spent before any discovery never exceed the wealth. The tail of the sum is
    // the integral 2·e^−v·(v³ + 3v² + 6v + 6)·c with v = √ln T.
    let terms = 200_000
    let head = (1...terms).reversed().reduce(0.0) { $0 + OnlineDiscoveryRate.share($1) }
    let v = log(Double(terms) + 0.5).squareRoot()
    let tail = 0.07720838 * 2 * exp(-v) * (v * v * v + 3 * v * v + 6 * v + 6)
    // The published constant leaves 2.4 % unspent.
    #expect(abs(head + tail - 0.97631) < 1e-4)
  }

  @Test func `a discovery earns allowance`() throws {
    var series = try OnlineDiscoveryRate(rate: 0.05)
    let first = try series.test(1)
    // Closed form: γ₁·w₀, then γ₂·w₀, then γ₃·w₀ + γ₁·(α − w₀).
    #expect(first.level == OnlineDiscoveryRate.share(1) * 0.025 && !first.isDiscovery)
    #expect(try series.test(1e-9).isDiscovery)
    let third = OnlineDiscoveryRate.share(3) * 0.025 + OnlineDiscoveryRate.share(1) * 0.025
    #expect(abs(series.nextLevel - third) < 1e-18)
    #expect(throws: NumericsError.self) { try series.test(.nan) }
    #expect(series.tests == 2)
    #expect(throws: NumericsError.self) { try OnlineDiscoveryRate(rate: 0.05, initialWealth: 0.1) }
  }

  @Test func `a sequential test has a uniform p-value on its grid`() throws {
    // Law: P(p ≤ a) ≤ a for every attainable a, with equality; 4,000 runs, four standard errors.
    var stream = RandomStream(seed: 8, name: "sequential")
    var counts = [0.05: 0, 0.1: 0, 0.2: 0, 0.5: 0]
    for _ in 0..<4000 {
      let own = stream.uniform()
      let test = SequentialPermutationTest(limit: 5, permutations: 99) { stream.uniform() >= own }
      for level in counts.keys where test.pValue <= level + 1e-12 { counts[level, default: 0] += 1 }
    }
    for (level, hits) in counts {
      let share = Double(hits) / 4000
      #expect(abs(share - level) < 4 * (level * (1 - level) / 4000).squareRoot())
    }
    let never = SequentialPermutationTest(limit: 5, permutations: 99) { false }
    #expect(never.pValue == 0.01 && !never.stoppedEarly)
    let always = SequentialPermutationTest(limit: 5, permutations: 99) { true }
    #expect(always.pValue == 1 && always.permutations == 5 && always.stoppedEarly)
  }

  @Test func `a randomised p-value of a coin toss is uniform`() throws {
    // Closed form: a fair coin has P(T > t) = 0 or ½ and P(T = t) = ½.
    var stream = RandomStream(seed: 9, name: "coin")
    var below = 0
    for round in 0..<2000 {
      let beyond = round % 2 == 0 ? 0 : 0.5
      let p = try randomisedPValue(beyond: beyond, equal: 0.5, stream: &stream)
      if p < 0.25 { below += 1 }
    }
    #expect(abs(Double(below) / 2000 - 0.25) < 0.04)
    #expect(throws: NumericsError.self) {
      try randomisedPValue(beyond: 0.8, equal: 0.5, stream: &stream)
    }
  }
}

@Suite struct `Jackknife intervals` {
  @Test func `the jackknife of a mean is the standard error of the mean`() throws {
    // Closed form.
    let x = [0.3, 1.9, -0.4, 2.2, 5.0, 0.1]
    let all = try mean(x.span)
    let without = x.map { (6 * all - $0) / 5 }
    let jackknife = try Jackknife(estimate: all, withoutGroup: without.span)
    let want = (try variance(x.span) / 6).squareRoot()
    #expect(abs(jackknife.standardError - want) < 1e-14)
    #expect(abs(jackknife.bias) < 1e-14)
    let interval = try jackknife.interval()
    #expect(abs(interval.upper - all - 2.570581835636314 * want) < 1e-9)
    #expect(throws: NumericsError.self) {
      _ = try Jackknife(estimate: 1, withoutGroup: [1.0].span)
    }
  }

  @Test func `the jackknife takes the bias off the population variance`() throws {
    // Closed form: the corrected estimate is the unbiased variance.
    let x = [0.3, 1.9, -0.4, 2.2, 5.0, 0.1]
    var without: [Double] = []
    for index in x.indices {
      var rest = x
      rest.remove(at: index)
      without.append(try variance(rest.span, correction: 0))
    }
    let estimate = try variance(x.span, correction: 0)
    let jackknife = try Jackknife(estimate: estimate, withoutGroup: without.span)
    #expect(abs(jackknife.corrected - (try variance(x.span))) < 1e-13)
  }

  @Test func `groups of unequal size give the same spread for a mean as their rows`() throws {
    // Law: the mean of many independent rows, cut into uneven groups, keeps its standard error.
    var stream = RandomStream(seed: 31, name: "groups")
    let sizes = (0..<200).map { _ in 1 + stream.below(9) }
    let rows = sizes.reduce(0, +)
    let x = (0..<rows).map { _ in stream.normal() }
    let total = pairwiseSum(x.span)
    var start = 0
    var without: [Double] = []
    for size in sizes {
      let part = Array(x[start..<(start + size)])
      without.append((total - pairwiseSum(part.span)) / Double(rows - size))
      start += size
    }
    let weights = sizes.map(Double.init)
    let jackknife = try Jackknife(
      estimate: total / Double(rows), withoutGroup: without.span, groupSizes: weights.span)
    let want = (try variance(x.span) / Double(rows)).squareRoot()
    #expect(abs(jackknife.standardError / want - 1) < 0.15)
    #expect(abs(jackknife.bias) < 1e-12)
  }
}

@Suite(.enabled(if: Reference.isPresent, Reference.explanation))
struct `Multiplicity against the reference` {
  @Test(arguments: Reference.cases("discipline", "multiple_testing"))
  func `statsmodels' adjusted p-values are met`(_ reference: ReferenceCase) throws {
    let p = reference.numbers("p")
    let pairs = [
      ("holm", try holmAdjustedPValues(p.span)),
      ("fdr_bh", try benjaminiHochbergAdjustedPValues(p.span)),
      ("fdr_by", try benjaminiYekutieliAdjustedPValues(p.span)),
    ]
    for (key, values) in pairs {
      for (got, want) in zip(values, reference.expected(key).numbers) {
        reference.expect(got, want, key)
      }
    }
    reference.expect(try simesPValue(p.span), "simes_global_p")
    reference.expect(try cauchyCombinedPValue(p.span), "cauchy_combination_p")
  }

  @Test(arguments: Reference.cases("discipline", "monte_carlo_permutation_p"))
  func `a permutation p-value is never zero`(_ reference: ReferenceCase) throws {
    let p = try permutationPValue(
      exceedances: reference.count("exceedances"), of: reference.count("B"))
    reference.expect(p, "p")
  }

  @Test(arguments: Reference.cases("privacy", "max_statistic_label_permutation"))
  func `the family-wise p-values of eight attacks are met`(_ reference: ReferenceCase) throws {
    let ranks = reference.rows("ranks_by_attack")
    let members = reference.count("n_members")
    let n = Double(ranks[0].count)
    let n1 = Double(members)
    let z = { (row: [Double], chosen: [Int]) in
      let centre = row.reduce(0, +) / n
      let spread = row.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
      let deviation = (n1 * (n - n1) / (n * (n - 1)) * spread).squareRoot()
      return (chosen.reduce(0) { $0 + row[$1] } - n1 * (n + 1) / 2) / deviation
    }
    let observed = ranks.map { z($0, Array(0..<members)) }
    let sets = reference.rows("member_index_sets").map { $0.map { Int($0) } }
    let permuted = sets.flatMap { set in ranks.map { z($0, set) } }
    let test = try MaximumStatisticTest(observed: observed.span, permuted: permuted.span)
    reference.expect(test.globalPValue, "global_p")
    for (got, want) in zip(test.singleStep, reference.expected("adjusted_p").numbers) {
      reference.expect(got, want, "adjusted")
    }
  }
}
