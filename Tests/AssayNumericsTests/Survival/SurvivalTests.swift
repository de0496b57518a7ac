import AssayNumerics
import Foundation
import Testing

/// The remission times of Freireich and others, 1963; reference values of lifelines 0.30.3.
@Suite struct `Survival curves` {
  private let treated: [Double] = [
    6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35,
  ]
  private let relapsed = [Bool](repeating: true, count: 9) + [Bool](repeating: false, count: 12)
  private let placebo: [Double] = [
    1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23,
  ]
  private let all = [Bool](repeating: true, count: 21)

  @Test func `meet lifelines`() throws {
    let curve = try SurvivalCurve(times: treated.span, events: relapsed.span)
    for (time, want) in [
      (6.0, 0.857142857142857), (10, 0.7529411764705878), (16, 0.6274509803921566),
      (23, 0.44817927170868327),
    ] { #expect(abs(curve.survival(at: time) - want) < 1e-12) }
    #expect(curve.survival(at: 5.9) == 1)
    #expect(abs(curve.restrictedMean(until: 10).mean - 9.277310924369745) < 1e-12)
    #expect(abs(curve.restrictedMean(until: 23).mean - 17.909243697478985) < 1e-12)
    let test = try LogRankTest((treated.span, relapsed.span), (placebo.span, all.span))
    #expect(abs(test.statistic - 16.792940989216547) < 1e-9)
    #expect(abs(test.pValue - 4.168809109334511e-05) < 1e-12)
    #expect(test.difference < 0)
  }

  /// Closed form: without censoring the mean time is that of min(t, τ), its variance that over n.
  @Test func `without censoring are shares of rows`() throws {
    let curve = try SurvivalCurve(times: placebo.span, events: all.span)
    for time in [0.5, 4, 12, 30] {
      let share = Double(placebo.count { $0 > time }) / 21
      #expect(abs(curve.survival(at: time) - share) < 1e-12)
    }
    for limit in [10.0, 23] {
      let cut = placebo.map { min($0, limit) }
      let mean = cut.reduce(0, +) / 21
      let variance = cut.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 21 / 21
      let found = curve.restrictedMean(until: limit)
      #expect(abs(found.mean - mean) < 1e-12 && abs(found.variance - variance) < 1e-12)
    }
  }

  /// Closed form: two single rows differ between their times.
  @Test func `have a distance that is the area between them`() throws {
    let (one, four) = ([1.0], [4.0])
    let yes = [true]
    let first = try SurvivalCurve(times: one.span, events: yes.span)
    let second = try SurvivalCurve(times: four.span, events: yes.span)
    #expect(abs(first.distance(to: second, until: 5) - 3.0 / 5) < 1e-12)
    #expect(first.distance(to: first, until: 5) == 0)
    #expect(first.distance(to: second, until: 0) == 0)
    #expect(abs(second.distance(to: first, until: 2) - 0.5) < 1e-12)
  }

  @Test func `need rows, and times of at least 0`() {
    let none: [Double] = []
    let nothing: [Bool] = []
    #expect(throws: NumericsError.self) {
      try SurvivalCurve(times: none.span, events: nothing.span)
    }
    let (negative, yes) = ([-1.0], [true])
    #expect(throws: NumericsError.self) {
      try SurvivalCurve(times: negative.span, events: yes.span)
    }
  }
}
