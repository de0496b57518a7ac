import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import AssayUtility
import Foundation
import Testing

@Suite struct `Distance of survival curves` {
  private func rows(_ count: Int, _ stream: String, mean: Double = 10, seed: UInt64 = 1) -> RawTable
  {
    var random = RandomStream(seed: seed, name: "survival-rows", stream)
    var times: [Double?] = []
    var events: [Double?] = []
    for _ in 0..<count {
      let (event, censored) = (random.exponential(mean: mean), random.exponential(mean: 20))
      times.append((min(event, censored) * 100).rounded() / 100)
      events.append(event <= censored ? 1 : 0)
    }
    return TableBuilder().numbers("months", times).numbers("died", events).table()
  }

  private let declared = SchemaDeclaration([
    ColumnDeclaration(name: "months", roles: [.time]),
    ColumnDeclaration(name: "died", roles: [.event]),
  ])

  /// Planted truth: fresh rows are as said, rows that live half as long are seen.
  @Test func `sees shorter lives and accuses no fresh sample`() async throws {
    var excess = 0.0
    var rejected = 0
    let rounds = 12
    for seed in 0..<rounds {
      let trial = try Trial(
        training: rows(300, "training", seed: UInt64(seed)),
        synthetic: rows(250, "fresh", seed: UInt64(seed)), declared: declared)
      let score = try #require(try await trial.scores(of: SurvivalDistance()).table())
      let floor = try #require(score.floor)
      excess += ((score.value ?? 0) - floor.value) / floor.spread
      if (score.test?.pValue ?? 0) < 0.05 { rejected += 1 }
    }
    #expect(abs(excess / Double(rounds)) < 1 && rejected <= 3, "\(excess) \(rejected)")
    let trial = try Trial(
      training: rows(300, "training"), synthetic: rows(250, "short", mean: 5),
      holdout: rows(200, "holdout"), declared: declared)
    for against in [Against.training, .holdout] {
      let score = try #require(try await trial.scores(of: SurvivalDistance()).table(against))
      #expect((score.bounds?.lower ?? 0) > 0.05 && (score.test?.pValue ?? 1) < 0.001)
      #expect((score.details["meanTimeChangeUpper"]?.doubleValue ?? 1) < 0)
    }
  }

  @Test func `says which roles it needs`() async throws {
    let trial = try Trial(training: rows(50, "a"), synthetic: rows(50, "b"))
    let score = try #require(try await trial.scores(of: SurvivalDistance()).table())
    #expect(score.reason?.contains("--role COLUMN=time") == true)
  }
}
