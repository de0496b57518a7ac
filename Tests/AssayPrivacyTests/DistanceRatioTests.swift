import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

@testable import AssayPrivacy

@Suite struct `Nearest-neighbour distance ratio` {
  private let simulator = Simulator(seed: 71)

  private func numbers(_ name: String, _ values: [Double]) -> RawTable {
    TableBuilder(name).numbers("x", values).table()
  }

  private func score(
    _ training: RawTable, _ synthetic: RawTable, _ holdout: RawTable?
  ) async throws -> Score {
    let trial = try Trial(training: training, synthetic: synthetic, holdout: holdout)
    return try #require(try await trial.scores(of: DistanceRatio()).table())
  }

  @Test func `is that of the two smallest of all distances`() async throws {
    // Mid-ranks of 1, 2, 4, 8, 16 and 3 in one column are 1/12, 3/12, 7/12, 9/12, 11/12 and 5/12.
    let score = try await score(
      numbers("t", [1, 2, 4, 8, 16]), numbers("s", [2]), numbers("h", [3]))
    // From 2: 0 to itself, 2/12 to 1, so that ε is all that is left.
    let value = try #require(score.value)
    #expect(abs(value - 1e-6 / (1.0 / 6 + 1e-6)) < 1e-12)
    // From 3: 2/12 to 2 and to 4.
    #expect(abs(try #require(score.floor?.value) - 1) < 1e-12)
  }

  @Test func `agrees with looking at all pairs, with and without a holdout`() async throws {
    let training = simulator.table(rows: 60, stream: "t")
    let synthetic = simulator.table(rows: 40, stream: "s")
    for holdout in [simulator.table(rows: 30, stream: "h"), nil] {
      let trial = try Trial(training: training, synthetic: synthetic, holdout: holdout)
      let score = try #require(try await trial.scores(of: DistanceRatio()).table())
      let frame = trial.comparison.exchangeable
      let columns = frame.schema.featureIndices
      let space = try MixedSpace(frame, columns: columns, threads: 1)
      let own = try space.points(frame.synthetic, rows: nil)
      let base = space.pooled[0]
      func median(_ queries: MixedPoints, leavingOut: Bool) -> Double {
        var ratios: [Double] = []
        for query in 0..<queries.count {
          var distances: [Double] = []
          for row in 0..<60 where !leavingOut || row != query {
            var sum = 0.0
            for (mine, theirs) in zip(queries.dimensions, base.dimensions) {
              sum += Self.gap(mine, query, theirs, row)
            }
            distances.append(sum / Double(columns.count))
          }
          distances.sort()
          ratios.append((distances[0] + 1e-6) / (distances[1] + 1e-6))
        }
        ratios.sort()
        return (ratios[(ratios.count - 1) / 2] + ratios[ratios.count / 2]) / 2
      }
      #expect(abs(try #require(score.value) - median(own, leavingOut: false)) < 1e-9)
      let control =
        space.pooled.count > 1
        ? median(space.pooled[1], leavingOut: false) : median(space.pooled[0], leavingOut: true)
      #expect(abs(try #require(score.floor?.value) - control) < 1e-9)
    }
  }

  private static func gap(
    _ first: MixedDimension, _ row: Int, _ second: MixedDimension, _ other: Int
  ) -> Double {
    if let own = first.codes, let theirs = second.codes {
      return own[row] == theirs[other] ? 0 : 1
    }
    switch (first.position(row), second.position(other)) {
    case (nil, nil): return 0
    case (let own?, let theirs?): return abs(own - theirs)
    default: return 1
    }
  }

  private static func curve(_ score: Score, _ side: String) -> [Double] {
    (score.details["quantiles"]?[side]?.arrayValue ?? []).compactMap(\.doubleValue)
  }

  @Test func `is next to nothing for copies, and what holdout rows get for a fresh sample`()
    async throws
  {
    let training = simulator.table(rows: 300, stream: "t")
    let holdout = simulator.table(rows: 300, stream: "h")
    let copied = try await score(training, training, holdout)
    #expect(try #require(copied.value) < 0.01)
    let fresh = try await score(training, simulator.table(rows: 300, stream: "f"), holdout)
    let floor = try #require(fresh.floor)
    #expect(abs(try #require(fresh.value) - floor.value) < 3 * floor.spread)
    #expect(fresh.interval?.method == "order-statistics")
    for side in ["syntheticToTraining", "syntheticToHoldout", "holdoutToTraining"] {
      let curve = Self.curve(fresh, side)
      #expect(curve.count == 19 && curve == curve.sorted())
    }
    // Copies hug their row along the whole curve, and the median is that of the score.
    let hugging = Self.curve(copied, "syntheticToTraining")
    let unseen = Self.curve(copied, "holdoutToTraining")
    try #require(hugging.count == 19 && unseen.count == 19)
    #expect(zip(hugging, unseen).allSatisfy { $0 < $1 })
    let median = try #require(copied.value)
    #expect(hugging[9] == Published.rounded(median))
  }

  @Test func `a curve ends where fewer than k rows of a side would lie beyond it`() {
    func ends(_ counts: [Int], _ k: Int) -> [Double?] {
      let probabilities = PublishedCurve(counts: counts, k: k).probabilities
      return [probabilities.first, probabilities.last, Double(probabilities.count)]
    }
    #expect(ends([2_000, 1_000], 10) == [0.01, 0.99, 23])
    #expect(ends([2_000, 999], 10) == [0.025, 0.975, 21])
    #expect(ends([200, 300], 10) == [0.05, 0.95, 19])
    #expect(ends([199, 300], 10) == [0.1, 0.9, 17])
    #expect(ends([20], 10) == [0.5, 0.5, 1])
    #expect(ends([19], 10) == [nil, nil, 0])
    #expect(ends([], 10) == [nil, nil, 0])
    #expect(PublishedCurve(counts: [200], k: 10).quantiles([]) == .null)
    // Type 7 at ½ of an even number of rows is the middle of the two in the middle.
    #expect(
      PublishedCurve(counts: [20], k: 10).quantiles((1...20).map(Double.init)) == .numbers([10.5]))
  }

  @Test func `needs two other rows`() async throws {
    let score = try await score(numbers("t", [1, 2]), numbers("s", [1]), nil)
    #expect(score.status == .notApplicable)
  }

  @Test func `keeps the laws of the catalogue`() async throws {
    #expect(try await OrderLaws.violations(DistanceRatio()).isEmpty)
    for tables in EdgeTables.small {
      #expect(await EdgeLaws.violations([DistanceRatio()], on: tables).map(\.description) == [])
    }
    let laws = try await DamageLaws(
      [DistanceRatio()],
      over: SimulatedTrials(
        seeds: 8, training: 300, synthetic: 300, holdout: 200,
        simulator: Simulator(seed: 900, key: "id"), plan: .brief(replicates: 8)))
    for damage in [MetricDescriptor.Damage.copy, .jitteredCopy] {
      #expect(try await laws.violations(damage).map(\.description) == [])
    }
    #expect(laws.calibrationViolations().map(\.description) == [])
  }
}
