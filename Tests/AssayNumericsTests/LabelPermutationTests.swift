@testable import AssayNumerics
import Foundation
import Testing

@Suite struct `Label permutation test` {
  private func run(
    _ weights: [Double], _ training: Int, _ permutations: Int, seed: UInt64 = 1,
    isSharp: Bool = false
  ) throws -> LabelPermutationTest {
    let labels = weights.indices.map { $0 < training }
    var stream = RandomStream(seed: seed, name: "labels")
    return try labelPermutationTest(
      weights: weights.span, isTraining: labels.span, permutations: permutations, isSharp: isSharp,
      stream: &stream)
  }

  /// All labellings: mean and variance of W, and the shares that reach the observed W.
  private func enumerate(
    _ weights: [Double], _ training: Int
  ) -> (mean: Double, variance: Double, greater: Double, either: Double) {
    let n = weights.count
    var sums: [Double] = []
    for mask in 0..<(1 << n) where mask.nonzeroBitCount == training {
      sums.append((0..<n).reduce(0) { mask >> $1 & 1 == 1 ? $0 + weights[$1] : $0 })
    }
    let count = Double(sums.count)
    let mean = sums.reduce(0, +) / count
    let observed = weights.prefix(training).reduce(0, +)
    return (
      mean, sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count,
      Double(sums.count { $0 >= observed - 1e-9 }) / count,
      Double(sums.count { abs($0 - mean) >= abs(observed - mean) - 1e-9 }) / count
    )
  }

  @Test(
    arguments: [
      ([3.0, 1, 0, 0, 0.5, 0, 0, 2], 3), ([1, 1, 1, 0, 0, 0, 0, 0, 0, 0], 4), ([2, 0], 1),
      ([0.25, 0, 0, 0.75, 1, 0, 1, 0, 0], 6),
    ] as [([Double], Int)])
  func `moments and p-values are those of all labellings`(
    _ weights: [Double], _ training: Int
  ) throws {
    // Slow twin.
    let all = enumerate(weights, training)
    let test = try run(weights, training, 20_000)
    #expect(abs(test.expectation - all.mean) < 1e-12)
    #expect(abs(test.variance - all.variance) < 1e-12)
    // Four standard errors of a share over 20,000 draws.
    #expect(abs(test.pValueGreater - all.greater) < 0.0145)
    #expect(abs(test.pValueTwoSided - all.either) < 0.0145)
  }

  @Test func `a p-value is never 0`() throws {
    let weights = (0..<40).map { $0 < 20 ? 1.0 : 0 }
    let test = try run(weights, 20, 99)
    #expect(test.pValueGreater == 0.01)
    #expect(test.z > 6)
  }

  @Test(
    arguments: [
      ([5.0, 1, 1, 0, 0, 0, 2, 9], 3), ([1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0], 5),
      ([40, 0, 0, 0, 0, 0, 1, 1, 1, 1], 2), ([-3, -1, 4, 1, -5, 9, -2, 6], 5),
    ] as [([Double], Int)])
  func `the bound of a tail is no less than the tail`(_ weights: [Double], _ chosen: Int) {
    // Slow twin: all choices, each of them as the observed one.
    var sums: [Double] = []
    for mask in 0..<(1 << weights.count) where mask.nonzeroBitCount == chosen {
      sums.append(weights.indices.reduce(0) { $0 + (mask >> $1 & 1 == 1 ? weights[$1] : 0) })
    }
    let share = Double(chosen) / Double(weights.count)
    var previous = 1.0
    for sum in sums.sorted() {
      let tail = Double(sums.count { $0 >= sum }) / Double(sums.count)
      let bound = labelSumBound(weights: weights.span, chosen: chosen, atLeast: sum)
      #expect(bound >= tail * (1 - 1e-9))
      #expect(bound <= previous * (1 + 1e-6))
      previous = bound
    }
    // Closed form: nothing is known of a sum that is no more than expected.
    let expected = weights.reduce(0, +) * share
    #expect(labelSumBound(weights: weights.span, chosen: chosen, atLeast: expected) == 1)
  }

  @Test func `far out the bound is near the tail of the normal law`() {
    // 5,000 of 10,000 equal weights and as many without: eight deviations of a hypergeometric law.
    let weights = (0..<20_000).map { $0 < 10_000 ? 1.0 : 0 }
    let deviation = (10_000.0 * 10_000 * 10_000 * 10_000 / 4e8 / 19_999).squareRoot()
    let bound = labelSumBound(
      weights: weights.span, chosen: 10_000, atLeast: 5_000 + 8 * deviation)
    let normal = normalSurvival(8)
    #expect(bound > normal)
    #expect(bound < 1e4 * normal)
  }

  @Test func `a tail that few labellings cannot resolve is resolved by more`() throws {
    // Closed form: two of C(14, 7) = 3432 labellings take as much as the seven largest but for 1.
    let weights = [6.0, 8, 9, 10, 11, 12, 13, 0, 1, 2, 3, 4, 5, 7]
    var sharp: [Double] = []
    for seed in 0..<60 {
      let test = try run(weights, 7, 99, seed: UInt64(seed), isSharp: true)
      guard test.pValueGreater == 0.01 else {
        #expect(test.sharpPValueGreater == test.pValueGreater)
        continue
      }
      #expect(test.sharpPValueGreater <= 0.01)
      #expect(test.sharpPValueGreater >= 1 / 50_000.0)
      // The draw, after the first 99, at which the tenth labelling reaches it.
      sharp.append(10 / test.sharpPValueGreater - 99)
    }
    // Waiting times of a negative binomial law: 9/(l − 1) has the mean p and a variance of p²/8.
    #expect(sharp.count > 40)
    let p = 2.0 / 3_432
    let mean = sharp.reduce(0) { $0 + 9 / ($1 - 1) } / Double(sharp.count)
    #expect(abs(mean - p) < 4 * p / (8 * Double(sharp.count)).squareRoot())
    // The largest sum of all, one of C(20, 10) = 184756: the bound is the tail itself, and far below
    // what is drawn.
    let largest = (0..<20).map { Double(19 - $0) }
    let most = try run(largest, 10, 99, isSharp: true)
    #expect(abs(most.sharpPValueGreater * 184_756 - 1) < 0.05)
    // Who does not ask gets what was drawn, and does not pay for more.
    #expect(try run(largest, 10, 99).sharpPValueGreater == 0.01)
  }

  @Test func `draws on until ten reach it, or 50,000 tell`() {
    func pValue(from drawn: Int, _ isReached: (Int) -> Bool) -> Double {
      var sharp = SequentialPValue(drawn: drawn)
      while sharp.isOpen { sharp.add(isReached(sharp.drawn + 1)) }
      return sharp.pValue
    }
    // Besag and Clifford's h/l: the tenth hundredth draw is the thousandth.
    #expect(pValue(from: 0) { $0.isMultiple(of: 100) } == 0.01)
    #expect(pValue(from: 99) { $0.isMultiple(of: 200) } == 0.005)
    #expect(pValue(from: 999) { _ in false } == 1 / 50_000.0)
    #expect(pValue(from: 999) { $0.isMultiple(of: 12_500) } == 4 / 50_000.0)
    // Whoever has drawn more than that already has the answer.
    #expect(pValue(from: 99_999) { _ in true } == 1 / 100_000.0)
  }

  @Test func `weights that are all equal say nothing`() throws {
    let test = try run([Double](repeating: 0.1, count: 30), 10, 99)
    #expect(test.pValueGreater == 1 && test.pValueTwoSided == 1)
    #expect(test.normalPValueGreater <= 1)
    let none = try run([0, 0, 0], 1, 9)
    #expect(none.statistic == 0 && none.pValueGreater == 1 && none.z == 0)
  }

  @Test func `one label alone is an error`() {
    #expect(throws: NumericsError.self) { try run([1, 2], 2, 9) }
    #expect(throws: NumericsError.self) { try run([1, 2], 0, 9) }
  }

  @Test func `the level is kept when labels are fair`() throws {
    // Law: under fair labels P(p ≤ 0.05) ≤ 0.05. 400 runs have a standard error of 1.1 %.
    var stream = RandomStream(seed: 91, name: "level")
    var rejected = 0
    for round in 0..<400 {
      let weights = (0..<60).map { _ in Double(max(0, stream.below(6) - 2)) }
      if try run(weights, 25, 199, seed: UInt64(round)).pValueGreater <= 0.05 { rejected += 1 }
    }
    #expect(rejected <= 33)
    #expect(rejected >= 4)
  }
}

@Suite(.enabled(if: Reference.isPresent, Reference.explanation))
struct `Label permutation against the reference` {
  @Test(arguments: Reference.cases("privacy", "dcr_nndr_ims_share"))
  func `the exact permutation of neighbour counts is met`(_ reference: ReferenceCase) throws {
    let weights = reference.expected("nearest_counts_pooled").numbers
    let training = reference.rows("train").count
    let labels = weights.indices.map { $0 < training }
    var stream = RandomStream(seed: 1, name: "dcr", reference.id)
    let test = try labelPermutationTest(
      weights: weights.span, isTraining: labels.span, permutations: 40_000, stream: &stream)
    reference.expect(test.expectation, "perm_mean")
    reference.expect(test.variance, "perm_var")
    reference.expect(test.z, "perm_z")
    reference.expect(test.normalPValueGreater, "perm_p_normal")
    // Monte Carlo: four standard errors of a share over 40,000 draws.
    #expect(abs(test.pValueGreater - reference.expected("perm_p_exact").number) < 0.01)
  }
}

@Suite struct `Bootstrap replicates` {
  @Test func `counts are what adding up the drawn groups gives`() {
    // Slow twin.
    var stream = RandomStream(seed: 81, name: "shards")
    let (b, g, k) = (7, 50, 13)
    let shards = (0..<g * k).map { _ in Float(stream.below(90)) }
    let drawn = bootstrapMultiplicities(replicates: b, groups: g, seed: 5, role: "training")
    let counts = replicateCounts(
      multiplicities: drawn.span, shardCounts: shards.span, replicates: b, groups: g, cells: k)
    for replicate in 0..<b {
      for cell in 0..<k {
        var sum: Float = 0
        for group in 0..<g { sum += drawn[replicate * g + group] * shards[group * k + cell] }
        #expect(counts[replicate * k + cell] == sum)
      }
    }
  }

  @Test func `replicates draw as many groups as there are, by seed and role`() {
    let drawn = bootstrapMultiplicities(replicates: 4, groups: 100, seed: 5, role: "training")
    for replicate in 0..<4 {
      let row: Float = drawn[replicate * 100..<replicate * 100 + 100].reduce(0, +)
      #expect(row == 100)
    }
    let more = bootstrapMultiplicities(replicates: 6, groups: 100, seed: 5, role: "training")
    #expect(Array(more.prefix(400)) == drawn)
    let other = bootstrapMultiplicities(replicates: 4, groups: 100, seed: 5, role: "synthetic")
    #expect(other != drawn)
  }
}
