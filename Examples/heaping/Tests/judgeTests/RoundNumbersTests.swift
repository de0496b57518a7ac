import AssayDocument
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

@testable import judge

@Suite struct `Round numbers` {
  /// Ages of which a share is rounded to tens, as people give them.
  private static func ages(_ rows: Int, rounded share: Double, stream: String) -> RawTable {
    var random = RandomStream(seed: 1, name: stream)
    let ages = (0..<rows).map { _ -> Double? in
      let age = 18 + (random.uniform() * 63).rounded(.down)
      return random.uniform() < share ? (age / 10).rounded() * 10 : age
    }
    return TableBuilder().numbers("age", ages).table()
  }

  /// Planted truth: 0.4 + 0.6 · 7/63 of the real ages are round, and 7/63 of the synthetic ones.
  @Test func `that a generator smooths away are missed`() async throws {
    let trial = try Trial(
      training: Self.ages(4_000, rounded: 0.4, stream: "training"),
      synthetic: Self.ages(4_000, rounded: 0, stream: "synthetic"))
    let scores = try await trial.scores(of: RoundNumbers())
    let table = try #require(scores.first { $0.subject.isTable })
    let value = try #require(table.value)
    #expect(abs(value - 0.4 * 56 / 63) < 0.03)
    #expect(try #require(table.bounds).lower > 0.3)
  }

  /// Law: over fresh samples the value is what it is said to be, and bounds hold the truth, 0.
  @Test func `of a fresh real sample accuse nobody`() async throws {
    var excess: [Double] = []
    var accused = 0
    for run in 0..<200 {
      let trial = try Trial(
        training: Self.ages(300, rounded: 0.4, stream: "training \(run)"),
        synthetic: Self.ages(200, rounded: 0.4, stream: "synthetic \(run)"))
      let score = try #require(try await trial.scores(of: RoundNumbers()).first)
      excess.append(try #require(score.value) - (try #require(score.floor).value))
      if try #require(score.bounds).lower > 0 { accused += 1 }
    }
    let error = (try variance(excess.span) / Double(excess.count)).squareRoot()
    #expect(abs(try mean(excess.span)) < 4 * error)
    #expect(accused <= 20, "5 % of 200, and what chance adds")
  }

  /// The laws that every metric keeps: threads, order, odd tables.
  @Test func `keep the laws`() async throws {
    var violations = try await OrderLaws.violations(RoundNumbers())
    for tables in EdgeTables.small {
      violations += await EdgeLaws.violations([RoundNumbers()], on: tables)
    }
    #expect(violations.isEmpty, "\(violations.map(\.trace))")
  }
}
