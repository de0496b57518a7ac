import AssayDocument
import Testing

@Suite struct `The position between the anchor and a fresh real sample` {
  private func position(
    _ value: Double, fresh: Double, spread: Double = 0, anchor: Double
  ) -> Double? {
    Score.normalise(
      value, floor: ScoreFloor(value: fresh, spread: spread, method: "m"), baseline: anchor)
  }

  /// Closed form, with binary fractions so that each quotient is exact.
  @Test(
    "is 0 at the anchor, 1 at a fresh sample, unclipped, whichever end is larger",
    arguments: [
      (0.5, 0.25, 0.5, 0.0), (0.25, 0.25, 0.5, 1.0), (0.375, 0.25, 0.5, 0.5),
      (0.125, 0.25, 0.5, 1.5), (0.75, 0.25, 0.5, -1.0),
      (0.25, 0.5, 0.25, 0.0), (0.5, 0.5, 0.25, 1.0), (0.375, 0.5, 0.25, 0.5),
      (0.625, 0.5, 0.25, 1.5), (-0.25, 0.0, 0.75, 4 / 3.0),
    ])
  func isLinear(value: Double, fresh: Double, anchor: Double, expected: Double) {
    #expect(position(value, fresh: fresh, anchor: anchor) == expected)
  }

  @Test func `does not change when the scale is turned round`() {
    for value in stride(from: -1.0, through: 2, by: 0.125) {
      #expect(
        position(value, fresh: 0.25, spread: 0.0625, anchor: 0.75)
          == position(-value, fresh: -0.25, spread: 0.0625, anchor: -0.75))
    }
  }

  @Test func `is there from a distance of three spreads on, in both directions`() {
    for sign in [1.0, -1.0] {
      #expect(position(0, fresh: 0, spread: 0.25, anchor: sign * 0.75) == 1)
      #expect(position(0, fresh: 0, spread: 0.25, anchor: sign * 0.75.nextDown) == nil)
    }
  }

  @Test func `is absent where the ends are one or are not numbers`() {
    #expect(position(0.5, fresh: 0.25, anchor: 0.25) == nil)
    for odd in [Double.nan, .infinity, -.infinity] {
      #expect(position(odd, fresh: 0.25, anchor: 0.5) == nil)
      #expect(position(0.5, fresh: odd, anchor: 0.5) == nil)
      #expect(position(0.5, fresh: 0.25, anchor: odd) == nil)
    }
    #expect(position(0.5, fresh: 0.25, spread: .nan, anchor: 0.5) == nil)
    #expect(position(0.5, fresh: 0.25, spread: .infinity, anchor: 0.5) == nil)
    #expect(position(1e308, fresh: 0, anchor: .leastNonzeroMagnitude) == nil)
  }

  @Test func `follows the score and is not read from a document`() throws {
    var score = FullDocument.scores[0]
    #expect(score.normalised == 0.8)
    score.floor = nil
    #expect(score.normalised == nil)
    score = FullDocument.scores[0]
    score.baseline = nil
    #expect(score.normalised == nil)
    score = FullDocument.scores[0]
    score.outcome = .notApplicable(reason: "r")
    #expect(score.normalised == nil)
  }
}
