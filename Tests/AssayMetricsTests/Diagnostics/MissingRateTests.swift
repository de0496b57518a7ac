import AssayDocument
import AssayMetrics
import AssayTable
import AssayTestKit
import Testing

@Suite struct `Missing rates` {
  static func table(_ blank: Int, of rows: Int) -> RawTable {
    TableBuilder()
      .numbers("x", (0..<rows).map { $0 < blank ? nil : Double($0) })
      .levels("c", (0..<rows).map { ["a", "b"][$0 % 2] }).table()
  }

  @Test func `the difference of shares has Newcombe's limits`() async throws {
    // Newcombe (1998), table II, contrast (a): 56/70 against 48/80, method 10: 0.0524 to 0.3339.
    let scores = try await Trial(
      training: Self.table(56, of: 70), synthetic: Self.table(48, of: 80)
    )
    .scores(of: MissingRate())
    let score = try #require(scores.of("x"))
    #expect(abs((score.value ?? 0) - 0.2) < 1e-12)
    #expect(abs((score.interval?.lower ?? 0) - 0.0524) < 5e-5)
    #expect(abs((score.interval?.upper ?? 0) - 0.3339) < 5e-5)
    #expect(scores.of("c")?.value == 0)
    #expect(abs((scores.table()?.value ?? 0) - 0.1) < 1e-12)
    #expect(scores.table()?.details["worst"] == .strings(["x"]))
  }

  @Test func `limits on both sides of zero are folded`() async throws {
    // Newcombe (1998), contrast (b): 9/10 against 3/10 turned round, and equal shares for the fold.
    let turned = try await Trial(training: Self.table(3, of: 10), synthetic: Self.table(9, of: 10))
      .scores(of: MissingRate())
    #expect(abs((turned.of("x")?.interval?.lower ?? 0) - 0.1705) < 5e-5)
    #expect(abs((turned.of("x")?.interval?.upper ?? 0) - 0.8090) < 5e-5)
    let equal = try await Trial(training: Self.table(5, of: 50), synthetic: Self.table(5, of: 50))
      .scores(of: MissingRate())
    #expect(equal.of("x")?.value == 0 && equal.of("x")?.interval?.lower == 0)
    #expect(equal.of("x")?.test?.pValue == 1)
  }

  @Test func `the test is Fisher's`() async throws {
    // Oracle: 3 of 4 against 1 of 4 (the lady tasting tea): one tail 17/70, doubled 34/70.
    let scores = try await Trial(training: Self.table(3, of: 4), synthetic: Self.table(1, of: 4))
      .scores(of: MissingRate())
    #expect(abs((scores.of("x")?.test?.pValue ?? 0) - 34.0 / 70) < 1e-12)
  }

  @Test func `a blank column is compared, an absent one is not`() async throws {
    let blank = try await Trial(training: Self.table(5, of: 50), synthetic: Self.table(50, of: 50))
      .scores(of: MissingRate())
    #expect(abs((blank.of("x")?.value ?? 0) - 0.9) < 1e-12)
    let absent = try await Trial(
      training: Self.table(5, of: 50), synthetic: Self.table(5, of: 50).columns(["c"])
    ).scores(of: MissingRate())
    #expect(absent.of("x")?.reason?.contains("lacks") == true)
    #expect(absent.table()?.value == 0)
  }

  @Test func `against the holdout training is the reference`() async throws {
    let scores = try await Trial(
      training: Self.table(10, of: 100), synthetic: Self.table(30, of: 100),
      holdout: Self.table(4, of: 50)
    ).scores(of: MissingRate())
    let score = try #require(scores.of("x", against: .holdout))
    #expect(abs((score.value ?? 0) - 0.22) < 1e-12)
    #expect(abs((score.reference ?? 0) - 0.02) < 1e-12)
    #expect(score.n == RowCounts(synthetic: 100, holdout: 50))
  }

  @Test func `planted missing cells are found in their stated share`() async throws {
    let simulator = Simulator(seed: 62)
    let training = simulator.table(rows: 2_000)
    let damaged = PlantedDamage(.missing, strength: 0.3, columns: ["beta"]).applied(
      to: simulator.table(rows: 2_000, stream: "fresh"), training: training)
    let scores = try await Trial(training: training, synthetic: damaged).scores(of: MissingRate())
    #expect(abs((scores.of("beta")?.value ?? 0) - 0.15) < 4 * (0.1275 / 2_000).squareRoot())
    #expect(scores.of("normal")?.value == 0)
  }
}
