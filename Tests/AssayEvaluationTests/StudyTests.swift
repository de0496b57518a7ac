import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayTable
import AssayTestKit
import Testing

@Suite struct `Rates of a calibration` {
  @Test func `independent events are tested by the binomial law`() throws {
    var rate = EventRate()
    for trial in 0..<100 { rate.add(hits: trial < 12 ? 1 : 0, of: 1) }
    #expect(rate.share == 0.12)
    #expect(abs(rate.effectiveCount - 100) < 1.01)
    // Closed form, R 4.3: pbinom(11, 100, 0.05, lower.tail = FALSE) = 0.004274; for 99 trials
    // pbinom(10, 99, 0.05, lower.tail = FALSE) = 0.0103.
    let tail = try rate.tail(above: 0.05)
    #expect(tail < 0.0111 && tail > 0.004)
    #expect(try rate.tail(above: 0.2) == 1)
  }

  @Test func `events that come together count as one`() throws {
    var together = EventRate()
    var apart = EventRate()
    for trial in 0..<100 {
      together.add(hits: trial < 10 ? 50 : 0, of: 50)
      apart.add(hits: 5, of: 50)
    }
    #expect(together.share == apart.share)
    #expect(together.effectiveCount < 101)
    #expect(apart.effectiveCount == 5_000)
    #expect(try together.tail(above: 0.05) > 0.01)
    #expect(try apart.tail(above: 0.05) < 1e-12)
  }

  @Test func `Holm runs over all rates`() throws {
    var bad = EventRate()
    var good = EventRate()
    for trial in 0..<200 {
      bad.add(hits: trial % 5 == 0 ? 1 : 0, of: 1)
      good.add(hits: trial % 25 == 0 ? 1 : 0, of: 1)
    }
    let tails = try EventRate.adjustedTails(
      [(bad, 0.05)] + (0..<99).map { _ in (good, 0.05) })
    #expect(tails[0] < 0.001)
    #expect(tails.dropFirst().allSatisfy { $0 == 1 })
  }
}

@Suite struct `Studies of a calibration` {
  private static let plan = EvaluationPlan.brief(replicates: 49)
  private static let real = Simulator(seed: 2_024).table(rows: 1_200, stream: "population")

  @Test func `a bound that is too tight is found, one that is right is not`() async throws {
    let population = StudyPopulation("simulated", real: Self.real, synthetic: nil)
    let study = CoverageStudy(rows: 150, trials: 10, plan: Self.plan)
    let rows = try await study.run(population, metrics: [TotalVariation()], threads: 2)
    let table = try #require(rows.first { $0.subjects == "table" })
    #expect(table.truth == 0)
    #expect(table.above.share <= 0.3 && table.above.trialCount == 10)
    let tight = try await study.run(population, metrics: [TooTight()], threads: 1)
    let tails = try EventRate.adjustedTails(tight.map { ($0.above, 0.05) })
    #expect(tails.contains { $0 < 0.001 })
    // The same for any number of threads.
    let again = try await study.run(population, metrics: [TotalVariation()], threads: 1)
    #expect(again == rows)
  }

  @Test func `exact p-values of a perfect generator are uniform`() async throws {
    let population = StudyPopulation("simulated", real: Self.real, synthetic: nil)
    let found = try await PValueStudy(rows: 120, trials: 30, plan: Self.plan)
      .run(population, metrics: [KolmogorovSmirnovDistance()], threads: 2)
    #expect(found.uniformity.count == 3)
    #expect(found.uniformity.allSatisfy { $0.pValue > 0.001 })
    #expect(!found.rows.isEmpty)
    #expect(found.rows.allSatisfy { $0.rates.count == 3 })
  }

  /// Total variation whose bounds are a hundredth of what they should be.
  private struct TooTight: Metric {
    private let inner = TotalVariation()
    var descriptor: MetricDescriptor { inner.descriptor }

    func measure(
      _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
    ) async throws(MetricError) -> MetricResult {
      var result = try await inner.measure(frame, in: workspace)
      for index in result.scores.indices {
        guard let value = result.scores[index].value else { continue }
        result.scores[index].bounds = ScoreBounds(lower: value * 0.99, upper: value * 1.01)
      }
      return result
    }
  }
}
