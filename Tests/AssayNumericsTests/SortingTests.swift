import AssayNumerics
import Foundation
import Testing

@Suite struct `Sorting and ranks` {
  private func samples(_ count: Int) -> [[Double]] {
    var stream = RandomStream(seed: 11, name: "sorting")
    return [
      (0..<count).map { _ in stream.normal() },
      (0..<count).map { _ in Double(stream.below(7)) - 3 },
      (0..<count).map { _ in exp(50 * stream.normal()) * (stream.below(2) == 0 ? 1 : -1) },
      (0..<count).map { _ in
        [
          0.0, -0.0, .infinity, -.infinity, Double.leastNonzeroMagnitude,
          -Double.leastNonzeroMagnitude,
        ][stream.below(6)]
      },
      [Double](repeating: 2.5, count: count),
    ]
  }

  @Test(arguments: [0, 1, 2, 1024, 1025, 5000])
  func `a sorted copy is what the standard library sorts`(_ count: Int) {
    for sample in samples(count) {
      #expect(sortedCopy(sample.span) == sample.sorted())
    }
  }

  @Test(arguments: [0, 1, 2, 1024, 1025, 5000])
  func `the permutation sorts and keeps ties in order`(_ count: Int) {
    for sample in samples(count) {
      let twin = (0..<count).sorted { (sample[$0], $0) < (sample[$1], $1) }
      #expect(sortPermutation(sample.span).map(Int.init) == twin)
    }
  }

  @Test func `ties share the mean of their places`() {
    // Closed form.
    #expect(midranks([3.0, 1, 3, 2].span) == [3.5, 1, 3.5, 2])
    #expect(midranks(ofSorted: [1.0, 1, 1, 4].span) == [2, 2, 2, 4])
    #expect(midranks([Double]().span).isEmpty)
    #expect(midranks([0.0, -0.0].span) == [1.5, 1.5])
  }

  @Test func `midranks add up whatever the ties`() {
    for sample in samples(3000) {
      let ranks = midranks(sample.span)
      #expect(pairwiseSum(ranks.span) == 4_501_500)
      let sorted = sortedCopy(sample.span)
      #expect(midranks(ofSorted: sorted.span) == ranks.sorted())
    }
  }

  @Test func `counts below a value are found by halving`() {
    let sorted = [1.0, 2, 2, 2, 5]
    #expect(counts(below: 2, inSorted: sorted.span) == (1, 4))
    #expect(counts(below: 0, inSorted: sorted.span) == (0, 0))
    #expect(counts(below: 3, inSorted: sorted.span) == (4, 4))
    #expect(counts(below: 9, inSorted: sorted.span) == (5, 5))
  }

  @Test func `a rank scale gives mid-ranks, interpolates and clamps`() throws {
    let scale = try RankScale(sorted: [1.0, 2, 2, 4].span)
    #expect(scale.position(of: 1) == 0.125)
    #expect(scale.position(of: 2) == 0.5)
    #expect(scale.position(of: 4) == 0.875)
    #expect(scale.position(of: 3) == 0.6875)
    #expect(scale.position(of: 0.9) == 0)
    #expect(scale.position(of: 5) == 1)
    #expect(throws: NumericsError.self) { try RankScale(sorted: [Double]().span) }
  }
}
