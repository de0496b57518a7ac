import AssayDocument
import AssayNumerics
import AssayTable
import AssayTestKit
import Foundation
import Testing

@testable import AssayMetrics

/// Tails beyond a real quantile: planted truth, oracles and level.
@Suite struct `Shapes of tails` {
  private func table(_ values: [Double]) -> RawTable { TableBuilder().numbers("x", values).table() }

  private func exponential(_ count: Int, _ seed: UInt64, _ round: Double? = nil) -> [Double] {
    var stream = RandomStream(seed: seed, name: "tails")
    return (0..<count).map { _ in
      let value = -10 * log(stream.openUniform())
      return round.map { (value / $0).rounded() * $0 } ?? value
    }
  }

  private func score(
    _ metric: some Metric, _ training: [Double], _ synthetic: [Double]
  ) async throws -> Score {
    let scores = try await Trial(training: table(training), synthetic: table(synthetic))
      .scores(of: metric)
    return try #require(scores.of("x"))
  }

  /// Closed form of a shift within a tail.
  ///
  /// The upper tail of the quarters to 250 begins above 225. Moving its values into the first half
  /// of the tail leaves as many beyond and makes the distance ½; the lower tail is as it was.
  @Test func `values that are moved within a tail make the distance that they are moved by`()
    async throws
  {
    // Each number four times; whole numbers in such a row would be taken for a key.
    let real = (4...4_003).map { Double($0 / 4) / 4 }
    let moved = real.map { $0 > 225 ? 225 + ($0 - 225) / 2 : $0 }
    let found = try await score(TailKolmogorovSmirnov(), real, moved)
    #expect(abs(try #require(found.value) - 0.25) < 1e-12)
    #expect(abs(try #require(found.details["upper"]?["distance"]?.doubleValue) - 0.5) < 1e-12)
    #expect(found.details["upper"]?["location"]?.doubleValue == 237)
    #expect(found.details["lower"]?["distance"]?.doubleValue == 0)
    #expect(try #require(found.test?.pValue) < 1e-9)
    // The whole column hardly differs.
    let whole = try #require(
      try await Trial(training: table(real), synthetic: table(moved))
        .scores(of: KolmogorovSmirnovDistance()).of("x")?.value)
    #expect(whole < 0.06)
  }

  /// Planted truth: excesses of an exponential law are exponential with the same scale; of one that is
  /// twice as wide beyond the threshold the quantiles are twice as far.
  @Test func `a tail that reaches twice as far is off by ln 2`() async throws {
    let real = exponential(5_000, 1)
    let other = exponential(5_000, 2)
    let edge = real.sorted()[4_500]
    let far = other.map { $0 > edge ? edge + 2 * ($0 - edge) : $0 }
    let found = try await score(ParetoTail(), real, far)
    let upper = try #require(found.details["upper"])
    let lower = try #require(found.details["lower"])
    // 500 excesses: shapes are known to 0.07, quantiles to a tenth.
    #expect(abs(try #require(upper["real"]?.doubleValue)) < 0.15)
    #expect(abs(try #require(upper["synthetic"]?.doubleValue)) < 0.15)
    #expect(try #require(upper["p"]?.doubleValue) <= 0.01)
    #expect(try #require(lower["p"]?.doubleValue) > 0.05)
    #expect(abs(2 * (try #require(found.value)) - log(2)) < 0.35)
    #expect(try #require(found.test?.pValue) <= 0.02)
    // Closed form: what one row in 1,000 goes beyond is 10 ln 1,000 = 69; the doubled tail is at
    // 23 + 2·46 = 115.
    let levels = try #require(upper["levels"]?.arrayValue)
    let level = try #require(levels.first { $0["rows"]?.doubleValue == 1_000 })
    #expect(abs(try #require(level["real"]?.doubleValue) - 69) < 10)
    #expect(abs(try #require(level["synthetic"]?.doubleValue) - 115) < 20)
  }

  /// Slow twin: fits to labelled excesses are fits to each side on its own.
  @Test func `fits to labels are fits to their sides`() throws {
    let pooled = exponential(60, 5).sorted()
    let isReal = pooled.indices.map { $0 % 3 != 1 }
    var logs: [Double] = []
    for side in [true, false] {
      let own = pooled.indices.filter { isReal[$0] == side }.map { pooled[$0] }
      let law = try #require(try GeneralisedPareto(probabilityWeightedMoments: own.span))
      logs.append(log(try law.excess(exceededWith: ParetoTail.share)))
    }
    let found = TailFits(pooled: pooled.span, isReal: isReal.span).difference
    #expect(abs(found - abs(logs[0] - logs[1])) < 1e-12)
  }

  /// Level by simulation, continuous and heaped values: fresh real samples are accused as often as said
  /// at most, and get the floor.
  @Test(arguments: [nil, 5.0]) func `a fresh sample is not accused`(_ round: Double?) async throws {
    var small = [0, 0]
    var excess: [[Double]] = [[], []]
    let trials = 60
    for trial in 0..<UInt64(trials) {
      let (real, fresh) = (
        exponential(600, 2 * trial + 100, round), exponential(700, 2 * trial + 101, round)
      )
      for (place, metric) in ([TailKolmogorovSmirnov(), ParetoTail()] as [any Metric]).enumerated()
      {
        let found = try await score(metric, real, fresh)
        if try #require(found.test?.pValue) <= 0.05 { small[place] += 1 }
        let floor = try #require(found.floor)
        excess[place].append(try #require(found.value) - floor.value)
        #expect(floor.method == "relabellings")
      }
    }
    // P(Bin(60, 0.05) > 8) = 0.6 %.
    #expect(small.allSatisfy { $0 <= 8 }, "\(small)")
    for list in excess {
      let moments = AssayTestKit.Moments(list)
      #expect(abs(moments.mean) < 3.5 * moments.standardError, "\(moments)")
    }
  }

  @Test func `few values and constant tails have none`() async throws {
    let few = try await score(TailKolmogorovSmirnov(), exponential(300, 1), exponential(300, 2))
    #expect(few.reason == TailSample.reason)
    // Nine in ten rows are 0 and a tenth is 1: beyond the threshold nothing lies or nothing varies.
    let spike = (0..<1_000).map { $0 % 8 == 0 ? 1.0 : 0 }
    for metric in [TailKolmogorovSmirnov(), ParetoTail()] as [any Metric] {
      let found = try await score(metric, spike, spike)
      #expect(found.value == nil && found.reason != nil)
    }
    // A side that ends at the threshold has no tail.
    let cut = try await score(
      ParetoTail(), exponential(1_000, 3), exponential(1_000, 4).map { min(max($0, 2), 15) })
    #expect(cut.value == nil)
  }
}
