import AssayNumerics
import Foundation
import Testing

/// The law of a quantile of further samples.
@Suite struct `The law of a quantile` {
  /// Closed form: the median of 99 uniform values is Beta(50, 50), with variance ¼/101; near a normal
  /// law two draws are 2σ/√π apart on average.
  @Test func `is the beta law for uniform values`() throws {
    let grid = (1...9_999).map { Double($0) / 10_000 }
    let law = try QuantileLaw(sorted: grid.span, probability: 0.5, size: 99)
    #expect(abs(law.mean - 0.5) < 1e-3)
    #expect(abs(law.variance / (0.25 / 101) - 1) < 0.02)
    let apart = law.meanDifference(from: law)
    #expect(abs(apart / (2 * (0.25 / 101 / Double.pi).squareRoot()) - 1) < 0.02)
  }

  /// Slow twin: quantiles of samples drawn with replacement, in a skewed tail.
  @Test func `is that of samples drawn again`() throws {
    var stream = RandomStream(seed: 2, name: "quantile law")
    let sample = (0..<200).map { _ in pow(stream.openUniform(), -0.5) }.sorted()
    let law = try QuantileLaw(sorted: sample.span, probability: 0.95, size: 200)
    var drawn: [Double] = []
    for _ in 0..<2_000 {
      var again: [Double] = []
      for times in stream.multinomial(count: 200, categories: 200).enumerated() {
        again += Array(repeating: sample[times.offset], count: Int(times.element))
      }
      drawn.append(try quantile(sorted: again.span, probability: 0.95))
    }
    let half = drawn.count / 2
    let apart = (0..<half).reduce(0) { $0 + abs(drawn[$1] - drawn[half + $1]) } / Double(half)
    // A thousand pairs: the mean is known to 3 %, and interpolation narrows it a little.
    #expect(abs(law.meanDifference(from: law) / apart - 1) < 0.15, "\(apart)")
  }

  @Test func `of one value does not vary`() throws {
    let law = try QuantileLaw(sorted: [3.0, 3, 3].span, probability: 0.5, size: 10)
    #expect(law.mean == 3 && law.variance == 0 && law.meanDifference(from: law) == 0)
    let other = try QuantileLaw(sorted: [5.0].span, probability: 0.5, size: 10)
    #expect(law.meanDifference(from: other) == 2)
    #expect(throws: NumericsError.self) {
      try QuantileLaw(sorted: [1.0].span, probability: 1, size: 10)
    }
  }
}
