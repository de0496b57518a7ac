import AssayNumerics
import Foundation
import Testing

@Suite struct `Counts of two samples` {
  @Test func `a divergence needs smoothing where the second sample is empty`() throws {
    let (a, b) = ([5.0, 5, 0], [5.0, 0, 5])
    let error = #expect(throws: NumericsError.self) {
      try kullbackLeiblerNats(a.span, b.span, smoothing: 0)
    }
    #expect(error?.code == .undefined)
    // Closed form: p = (5.5, 5.5, 0.5)/11.5, q = (5.5, 0.5, 5.5)/11.5.
    let want = 5.0 / 11.5 * log(11.0 as Double)
    #expect(abs(try kullbackLeiblerNats(a.span, b.span) - want) < 1e-14)
  }

  @Test func `rare cells are joined until the rule holds and no further`() throws {
    let (a, b) = ([50.0, 40, 2, 1, 0, 3, 0], [45.0, 44, 1, 2, 1, 3, 0])
    let pooling = try CellPooling(a.span, b.span)
    #expect(pooling.assignment[6] == nil)
    #expect(pooling.first.reduce(0, +) == 96 && pooling.second.reduce(0, +) == 96)
    // Cells of 1, 3, 3 and 6 are joined: 13 in both, 6.5 expected in each.
    #expect(pooling.count == 3 && pooling.joinedCells == 4)
    let test = try chiSquareTwoSample(pooling.first.span, pooling.second.span)
    #expect(test.minimumExpected >= 5)
    let full = try CellPooling([30.0, 20].span, [25.0, 25].span)
    #expect(full.count == 2 && full.joinedCells == 0)
    let tiny = try CellPooling([1.0, 0].span, [0.0, 1].span)
    #expect(tiny.count == 1)
  }

  @Test func `drawn tables and listed tables give the same p-value`() throws {
    // Law: within four standard errors.
    let (a, b) = ([6.0, 1, 8, 4, 3], [2.0, 5, 6, 9, 2])
    var stream = RandomStream(seed: 7, name: "tables")
    let listed = try ConditionalChiSquare(a.span, b.span, stream: &stream)
    let drawn = try ConditionalChiSquare(
      a.span, b.span, permutations: 3999, stream: &stream, listLimit: 1)
    #expect(listed.isExact && !drawn.isExact)
    let error = (listed.pValue * (1 - listed.pValue) / 4000).squareRoot()
    #expect(abs(listed.pValue - drawn.pValue) < 4 * error)
    #expect(throws: NumericsError.self) {
      _ = try ConditionalChiSquare([1.5, 2].span, [1.0, 2].span, stream: &stream)
    }
  }

  @Test func `hypergeometric draws have their mean and variance`() {
    // Closed form: mean 12, variance 12·0.7·(60/99); 4,000 draws, four standard errors.
    var stream = RandomStream(seed: 8, name: "hypergeometric")
    for drawn in [40, 60] {
      let draws = (0..<4000).map { _ in
        Double(stream.hypergeometric(marked: 30, unmarked: 70, drawn: drawn))
      }
      let mean = draws.reduce(0, +) / 4000
      let spread = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3999
      let want = 40 * 0.3 * 0.7 * 60 / 99
      #expect(abs(mean - Double(drawn) * 0.3) < 4 * (want / 4000).squareRoot())
      #expect(abs(spread / want - 1) < 0.1)
    }
  }

  @Test func `what a fresh sample misses is what it misses on average`() throws {
    // Law: the mean over fresh samples; 400 of them.
    var stream = RandomStream(seed: 9, name: "missed")
    let real = [60.0, 25, 10, 3, 1, 1]
    var missed = 0.0
    var expected = 0.0
    for _ in 0..<400 {
      var fresh = [Double](repeating: 0, count: 6)
      for _ in 0..<50 {
        var u = stream.uniform() * 100
        var level = 0
        while level < 5, u >= real[level] {
          u -= real[level]
          level += 1
        }
        fresh[level] += 1
      }
      let coverage = try LevelCoverage(real.span, fresh.span)
      missed += coverage.missedMass / 400
      expected = coverage.expectedMissedMass
    }
    #expect(abs(missed / expected - 1) < 0.15)
    let none = [0.0, 0]
    #expect(throws: NumericsError.self) { try goodTuringCoverage(none.span) }
    #expect(throws: NumericsError.self) { _ = try LevelCoverage(none.span, none.span) }
  }

  @Test func `a rare level is judged by the binomial law of its occurrences`() throws {
    // Closed form: 8 of 10 on one side of equal samples: 2·(1 + 10 + 45)/1024.
    let test = try RareLevelTest((2, 1000), (8, 1000))
    #expect(abs(test.pValue - 112.0 / 1024) < 1e-12)
    #expect(test.ratio == 4)
    let clopper = try clopperPearsonInterval(successes: 8, trials: 10)
    #expect(abs(test.interval.lower - clopper.lower / (1 - clopper.lower)) < 1e-12)
    let absent = try RareLevelTest((0, 1000), (5, 2000))
    #expect(absent.ratio == .infinity && absent.interval.upper == .infinity)
    let lost = try RareLevelTest((5, 1000), (0, 2000))
    #expect(lost.ratio == 0 && lost.interval.lower == 0)
    #expect(throws: NumericsError.self) { _ = try RareLevelTest((0, 10), (0, 10)) }
  }

  @Test func `the tails of a beta-binomial law add up to one`() throws {
    let law = BetaBinomial(trials: 12, a: 1.5, b: 4)
    for k in 0...12 {
      let sum = try law.upperTail(atLeast: k) + law.lowerTail(atMost: k - 1)
      #expect(abs(sum - 1) < 1e-12)
    }
    #expect(try law.probability(13) == 0)
  }
}

@Suite(.enabled(if: Reference.isPresent, Reference.explanation))
struct `Counts against the reference` {
  @Test(arguments: Reference.cases("divergence", "divergences_from_counts"))
  func `Kullback–Leibler, G and coverage are met`(_ reference: ReferenceCase) throws {
    let (a, b) = (reference.numbers("a"), reference.numbers("b"))
    for (key, p, q) in [("kl_p_q_nats", a, b), ("kl_q_p_nats", b, a)] {
      if reference.expected(key).number == .infinity {
        #expect(throws: NumericsError.self) {
          try kullbackLeiblerNats(p.span, q.span, smoothing: 0)
        }
      } else {
        reference.expect(try kullbackLeiblerNats(p.span, q.span, smoothing: 0), key)
      }
    }
    if reference.expected["g"] != nil {
      let test = try likelihoodRatioTwoSample(a.span, b.span)
      reference.expect(test.statistic, "g")
      reference.expect(test.pValue, "g_p")
    }
    let coverage = try LevelCoverage(a.span, b.span)
    reference.expect(coverage.coverage, "category_coverage")
    reference.expect(coverage.adherence, "category_adherence")
    reference.expect(coverage.inventedMass, "synthetic_only_mass")
    reference.expect(coverage.missedMass, "missed_real_mass")
  }

  @Test(arguments: Reference.cases("divergence", "chi2_two_sample_exact_permutation"))
  func `the exact chi-square test is met`(_ reference: ReferenceCase) throws {
    let (a, b) = (reference.numbers("a"), reference.numbers("b"))
    var stream = RandomStream(seed: 1, name: "exact")
    let test = try ConditionalChiSquare(a.span, b.span, stream: &stream)
    #expect(test.isExact)
    reference.expect(test.pValue, "p_exact")
  }

  @Test(arguments: Reference.cases("divergence", "fisher_exact_2x2"))
  func `in a two by two table it is Fisher's test`(_ reference: ReferenceCase) throws {
    // Both order tables by how unlikely they are, so they agree when the margins are as here.
    let table = reference.rows("table")
    let (top, bottom) = (table[0], table[1])
    var stream = RandomStream(seed: 1, name: "exact")
    let test = try ConditionalChiSquare(top.span, bottom.span, stream: &stream)
    reference.expect(test.pValue, "p_two_sided")
  }

  @Test(arguments: Reference.cases("divergence", "entropy_and_diversity"))
  func `Good and Turing's coverage is met`(_ reference: ReferenceCase) throws {
    let counts = reference.numbers("counts")
    reference.expect(try goodTuringCoverage(counts.span), "good_turing_coverage")
  }
}
