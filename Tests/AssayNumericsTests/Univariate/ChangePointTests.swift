import AssayNumerics
import Testing

@Suite struct `Change points` {
  private static func series(
    _ count: Int, seed: UInt64, shiftFrom: Int? = nil, by shift: Double = 0
  )
    -> [Double]
  {
    var stream = RandomStream(seed: seed, name: "change-point-test")
    return (0..<count).map { index in
      stream.normal() + (shiftFrom.map { index >= $0 } == true ? shift : 0)
    }
  }

  @Test func `a step is found where it is, with the levels on both sides`() throws {
    // Closed form: without noise the weighted means are the levels.
    let values = [1.0, 1, 1, 1, 5, 5, 5]
    let deviations = [0.5, 0.25, 0.5, 0.5, 0.5, 1, 0.5]
    let found = try changePoints(values: values.span, deviations: deviations.span)
    #expect(found.map(\.position) == [4])
    #expect(abs(found[0].before - 1) < 1e-12 && abs(found[0].after - 5) < 1e-12)
    let before = 1 / (3 / 0.25 + 1 / 0.0625)
    let after = 1 / (2 / 0.25 + 1)
    #expect(abs(found[0].statistic - 4 / (before + after).squareRoot()) < 1e-9)
  }

  @Test func `two values are a test of one difference`() throws {
    // Closed form: P(|Z| ≥ 2.5) = 0.01242, from simulation within four standard errors.
    let values = [0.0, 2.5 * 2.0.squareRoot()]
    let found = try changePoints(
      values: values.span, deviations: [1.0, 1.0].span, level: 0.05, draws: 20_000)
    let p = try #require(found.first?.pValue)
    #expect(abs(p - 2 * normalSurvival(2.5)) < 4 * (0.01242 / 20_000).squareRoot())
  }

  @Test func `several steps are found`() throws {
    let values = [0.0, 0, 0, 4, 4, 4, 4, -3, -3, -3]
    let deviations = [Double](repeating: 0.4, count: 10)
    let found = try changePoints(values: values.span, deviations: deviations.span)
    #expect(found.map(\.position) == [3, 7])
    // Closed form: the levels are those between changes, though the first cut lies over both others.
    try #require(found.count == 2)
    let levels = [found[0].before, found[0].after, found[1].before, found[1].after]
    for (level, known) in zip(levels, [0.0, 4, 4, -3]) { #expect(abs(level - known) < 1e-12) }
  }

  @Test func `a constant level is cut no more often than stated`() throws {
    // Law: 120 series at 10 %; 24 or more cuts have a probability below 0.001.
    let deviations = [Double](repeating: 1, count: 10)
    var cut = 0
    for trial in 0..<120 {
      let values = Self.series(10, seed: UInt64(trial))
      let found = try changePoints(
        values: values.span, deviations: deviations.span, level: 0.1, draws: 299)
      cut += found.isEmpty ? 0 : 1
    }
    #expect(cut < 24, "\(cut) of 120")
  }

  @Test func `variation between releases is no change of level`() throws {
    // Values vary by ten times their own deviations: from six on that is known.
    let deviations = [Double](repeating: 0.1, count: 12)
    var cut = 0
    for trial in 0..<40 {
      let values = Self.series(12, seed: 900 + UInt64(trial))
      let found = try changePoints(
        values: values.span, deviations: deviations.span, level: 0.05, draws: 299)
      cut += found.isEmpty ? 0 : 1
    }
    // What varies is estimated from eleven steps, so the level is kept roughly: at most one in four.
    #expect(cut <= 10, "\(cut) of 40")
    let moved = Self.series(12, seed: 1, shiftFrom: 6, by: 8)
    let found = try changePoints(values: moved.span, deviations: deviations.span)
    #expect(found.map(\.position).contains(6))
  }

  @Test func `counted values change where they change`() throws {
    let zeros = [Double](repeating: 0, count: 4)
    let constant = try changePoints(values: [1.0, 1, 1, 1].span, deviations: zeros.span)
    #expect(constant.isEmpty)
    let step = try changePoints(values: [1.0, 1, 0, 0].span, deviations: zeros.span)
    #expect(step.map(\.position) == [2])
  }

  @Test func `one value has no change, and what is no number is refused`() throws {
    #expect(try changePoints(values: [1.0].span, deviations: [1.0].span).isEmpty)
    #expect(throws: NumericsError.self) {
      try changePoints(values: [1.0, .nan].span, deviations: [1.0, 1].span)
    }
    #expect(throws: NumericsError.self) {
      try changePoints(values: [1.0, 2].span, deviations: [1.0].span)
    }
    #expect(throws: NumericsError.self) {
      try changePoints(values: [1.0, 2].span, deviations: [1.0, 1].span, level: 1)
    }
  }

  @Test func `equal input and seed give equal output`() throws {
    let values = Self.series(9, seed: 5, shiftFrom: 4, by: 2)
    let deviations = [Double](repeating: 1, count: 9)
    let first = try changePoints(values: values.span, deviations: deviations.span)
    let second = try changePoints(values: values.span, deviations: deviations.span)
    #expect(first == second)
  }
}
