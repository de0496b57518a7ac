import AssayNumerics
import Foundation
import Testing

/// Sixteen made-up rows with ties of times, of events and of risks.
private enum Made {
  static let times: [Double] = [2, 3, 3, 5, 5, 5, 7, 8, 8, 9, 11, 12, 12, 14, 15, 15]
  static let events = [
    true, true, false, true, true, false, true, false, true, true, true, false, true, true, false,
    true,
  ]
  static let risks: [Double] = [3, 2, 1, 3, 4, 1, 2, 2, 3, 1, 1, 2, 1, 2, 0, 1]
  static let x = [
    1.2, 0.4, -0.3, 0.9, 1.5, -1.1, 0.2, 0, 0.7, -0.6, -0.2, 0.3, -0.9, 0.5, -1.4, -0.8,
  ]
  static let z: [Double] = [0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 1, 0]
  static var predictors: [Double] { zip(x, z).flatMap { [$0, $1] } }
}

@Suite struct `Concordance of survival` {
  private func pairs(
    _ times: [Double], _ events: [Bool], _ risks: [Double]
  ) -> (concordant: Double, comparable: Double) {
    var (concordant, comparable) = (0.0, 0.0)
    for first in times.indices where events[first] {
      for second in times.indices {
        let isLater =
          times[second] > times[first] || (times[second] == times[first] && !events[second])
        guard isLater else { continue }
        comparable += 1
        concordant +=
          risks[first] > risks[second] ? 1 : risks[first] == risks[second] ? 0.5 : 0
      }
    }
    return (concordant, comparable)
  }

  private func rows(
    _ count: Int, _ stream: String, steps: Double = 5
  ) -> (times: [Double], events: [Bool], risks: [Double], others: [Double]) {
    var random = RandomStream(seed: 3, name: "concordance", stream)
    var made: (times: [Double], events: [Bool], risks: [Double], others: [Double]) = (
      [], [], [], []
    )
    for _ in 0..<count {
      let risk = random.normal()
      let event = random.exponential(mean: exp(-risk))
      let censored = random.exponential(mean: 2)
      made.times.append((min(event, censored) * steps).rounded())
      made.events.append(event <= censored)
      made.risks.append((risk * 4).rounded())
      made.others.append(((risk + random.normal()) * 4).rounded())
    }
    return made
  }

  /// Reference values of lifelines 0.30.3 and of scikit-survival 0.28.0: 59 concordant, 11 discordant
  /// and 16 pairs of tied risks.
  @Test func `meets lifelines and scikit-survival`() throws {
    let (times, events, risks) = (Made.times, Made.events, Made.risks)
    let found = try ConcordanceIndex(times: times.span, events: events.span, risks: risks.span)
    #expect(abs(found.value - 0.7790697674418605) < 1e-15)
    #expect(found.pairs == 86)
  }

  /// Slow twin: all pairs of rows, with many ties of times and of risks.
  @Test(arguments: [2, 3, 7, 40, 200])
  func `is that of all pairs of rows`(_ count: Int) throws {
    let own = rows(count, "twin \(count)")
    let twin = pairs(own.times, own.events, own.risks)
    guard twin.comparable > 0 else { return }
    let found = try ConcordanceIndex(
      times: own.times.span, events: own.events.span, risks: own.risks.span)
    #expect(abs(found.value - twin.concordant / twin.comparable) < 1e-15)
    #expect(found.pairs == Int(twin.comparable))
  }

  /// Slow twin: what a row adds is the derivative of the value by the row's weight; leaving the row
  /// out takes it off but for terms of the second order.
  @Test func `has parts of rows that are its derivatives`() throws {
    let own = rows(60, "derivatives")
    let found = try ConcordanceIndex(
      times: own.times.span, events: own.events.span, risks: own.risks.span)
    #expect(abs(found.influence.reduce(0, +)) < 1e-13)
    for row in [0, 7, 31, 59] {
      // With the row counted 1 + h times, all pairs of it count so.
      func weighted(_ h: Double) -> Double {
        var (concordant, comparable) = (0.0, 0.0)
        for first in own.times.indices where own.events[first] {
          for second in own.times.indices
          where own.times[second] > own.times[first]
            || (own.times[second] == own.times[first] && !own.events[second])
          {
            let weight = first == row || second == row ? 1 + h : 1
            comparable += weight
            concordant +=
              weight
              * (own.risks[first] > own.risks[second]
                ? 1 : own.risks[first] == own.risks[second] ? 0.5 : 0)
          }
        }
        return concordant / comparable
      }
      let slope = (weighted(1e-4) - weighted(-1e-4)) / 2e-4
      #expect(abs(slope - found.influence[row]) < 1e-7)
    }
  }

  /// Law: over samples the standard errors of a value and of a paired difference are their spread.
  @Test func `is as sure as samples of rows differ`() throws {
    var values: [Double] = []
    var gaps: [Double] = []
    var errors: [Double] = []
    var gapErrors: [Double] = []
    for round in 0..<300 {
      let own = rows(120, "law \(round)", steps: 50)
      let first = try ConcordanceIndex(
        times: own.times.span, events: own.events.span, risks: own.risks.span)
      let second = try ConcordanceIndex(
        times: own.times.span, events: own.events.span, risks: own.others.span)
      values.append(first.value)
      gaps.append(first.value - second.value)
      errors.append(first.standardError)
      gapErrors.append(try first.standardErrorOfDifference(to: second))
    }
    // The spread of 300 values is known to 1/√600 = 4 %; three times that, and the bias of order 1/n.
    let spread = try variance(values.span).squareRoot()
    #expect(abs(try mean(errors.span) / spread - 1) < 0.13, "\(spread)")
    let gapSpread = try variance(gaps.span).squareRoot()
    #expect(abs(try mean(gapErrors.span) / gapSpread - 1) < 0.13, "\(gapSpread)")
  }

  /// Closed form: without censoring and ties a perfect order is 1, its reverse 0, no order ½.
  @Test func `runs from 0 to 1`() throws {
    let times = [1.0, 2, 3, 4]
    let all = [Bool](repeating: true, count: 4)
    let (down, up, flat) = ([4.0, 3, 2, 1], [1.0, 2, 3, 4], [0.0, 0, 0, 0])
    for (risks, want) in [(down, 1.0), (up, 0), (flat, 0.5)] {
      let found = try ConcordanceIndex(times: times.span, events: all.span, risks: risks.span)
      #expect(found.value == want && found.pairs == 6)
    }
    let none = [Bool](repeating: false, count: 4)
    #expect(throws: NumericsError.self) {
      try ConcordanceIndex(times: times.span, events: none.span, risks: up.span)
    }
    let empty: [Double] = []
    let nothing: [Bool] = []
    #expect(throws: NumericsError.self) {
      try ConcordanceIndex(times: empty.span, events: nothing.span, risks: empty.span)
    }
  }
}

@Suite struct `Proportional hazards` {
  /// Reference values of lifelines 0.30.3 (Efron; its errors too) and scikit-survival 0.28.0 (both
  /// kinds of ties, alpha 0 and 1), whose own steps end near 10⁻⁷.
  @Test(arguments: [
    (CoxRegression.Ties.efron, 0.0, [1.5552744678, -0.5829164066]),
    (.efron, 1, [1.1500068519, -0.2647592652]),
    (.breslow, 0, [1.5045486745, -0.5923451510]),
    (.breslow, 1, [1.1170614245, -0.2741518177]),
  ])
  func `meet lifelines and scikit-survival`(
    _ ties: CoxRegression.Ties, _ penalty: Double, _ want: [Double]
  ) throws {
    let (predictors, times, events) = (Made.predictors, Made.times, Made.events)
    let fit = try CoxRegression(
      predictors: predictors.span, times: times.span, events: events.span, columns: 2, ties: ties,
      penalty: penalty)
    #expect(fit.outcome == .converged)
    for (found, wanted) in zip(fit.coefficients, want) { #expect(abs(found - wanted) < 5e-7) }
    if ties == .efron, penalty == 0 {
      #expect(abs(fit.logLikelihood + 17.616062289572902) < 1e-10)
      #expect(abs(fit.nullLogLikelihood + 22.169171600867315) < 1e-10)
      #expect(abs(fit.standardErrors[0] - 0.5933586349645635) < 1e-6)
      #expect(abs(fit.standardErrors[1] - 0.7198757431915056) < 1e-6)
    }
  }

  /// Slow twin: the partial likelihood as it is written down, whose derivatives vanish at the slopes
  /// and whose second differences are the inverse of the covariance.
  @Test func `are at the top of the likelihood`() throws {
    let (predictors, times, events) = (Made.predictors, Made.times, Made.events)
    let fit = try CoxRegression(
      predictors: predictors.span, times: times.span, events: events.span, columns: 2,
      penalty: 0.3)
    func target(_ b: [Double]) -> Double {
      let eta = times.indices.map { b[0] * Made.x[$0] + b[1] * Made.z[$0] }
      var sum = -0.15 * (b[0] * b[0] + b[1] * b[1])
      for time in Set(times).sorted() {
        let died = times.indices.filter { times[$0] == time && events[$0] }
        let risk = times.indices.filter { times[$0] >= time }.map { exp(eta[$0]) }.reduce(0, +)
        let tied = died.map { exp(eta[$0]) }.reduce(0, +)
        for (turn, row) in died.enumerated() {
          sum += eta[row] - log(risk - Double(turn) / Double(died.count) * tied)
        }
      }
      return sum
    }
    let b = fit.coefficients
    let h = 1e-4
    for j in 0..<2 {
      var (up, down) = (b, b)
      up[j] += h
      down[j] -= h
      #expect(abs((target(up) - target(down)) / (2 * h)) < 1e-6)
    }
    func at(_ i: Double, _ j: Double) -> Double { target([b[0] + i * h, b[1] + j * h]) }
    let second = [
      -(at(1, 0) - 2 * at(0, 0) + at(-1, 0)) / (h * h),
      -(at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * h * h),
      -(at(0, 1) - 2 * at(0, 0) + at(0, -1)) / (h * h),
    ]
    let determinant = second[0] * second[2] - second[1] * second[1]
    #expect(abs(fit.covariance[0] - second[2] / determinant) < 1e-5)
    #expect(abs(fit.covariance[1] + second[1] / determinant) < 1e-5)
    #expect(abs(fit.covariance[3] - second[0] / determinant) < 1e-5)
  }

  /// Law: hazards that are known are found, in units of their own.
  @Test func `find the slopes of rows that have them`() throws {
    var random = RandomStream(seed: 5, name: "cox-law")
    var predictors: [Double] = []
    var times: [Double] = []
    var events: [Bool] = []
    for _ in 0..<2_000 {
      let (a, b) = (random.normal(), random.uniform())
      predictors += [1_000 * a + 5, b]
      let event = random.exponential(mean: exp(-(0.7 * a - 1.2 * b)))
      times.append(min(event, 2))
      events.append(event <= 2)
    }
    let fit = try CoxRegression(
      predictors: predictors.span, times: times.span, events: events.span, columns: 2)
    #expect(abs(fit.coefficients[0] * 1_000 - 0.7) < 4 * fit.standardErrors[0] * 1_000)
    #expect(abs(fit.coefficients[1] + 1.2) < 4 * fit.standardErrors[1])
    #expect(fit.standardErrors[1] < 0.2 && fit.iterations < 12)
  }

  @Test func `say where a slope has no end, and a penalty gives it one`() throws {
    let x: [Double] = [5, 4, 3, 2, 1]
    let times: [Double] = [1, 2, 3, 4, 5]
    let events = [true, true, true, true, true]
    let free = try CoxRegression(
      predictors: x.span, times: times.span, events: events.span, columns: 1)
    #expect(free.outcome == .unbounded)
    let held = try CoxRegression(
      predictors: x.span, times: times.span, events: events.span, columns: 1, penalty: 1)
    #expect(held.outcome == .converged && held.coefficients[0] > 0.3)
  }

  @Test func `need an event, and predictors that vary`() throws {
    let (times, flat) = ([1.0, 2, 3], [1.0, 1, 1])
    let (some, none) = ([true, true, false], [false, false, false])
    let x = [0.5, -1, 2]
    func fit(_ x: [Double], _ events: [Bool], penalty: Double = 0) throws -> CoxRegression {
      try CoxRegression(
        predictors: x.span, times: times.span, events: events.span, columns: 1, penalty: penalty)
    }
    #expect(throws: NumericsError.self) { try fit(x, none) }
    #expect(throws: NumericsError.self) { try fit(flat, some) }
    #expect(throws: NumericsError.self) { try fit(x, some, penalty: -1) }
    #expect(try fit(flat, some, penalty: 1).coefficients == [0])
  }
}
