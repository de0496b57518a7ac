import AssayDocument
@testable import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

@Suite struct `Duplicate rows` {
  static func coarse(_ rows: Int, seed: UInt64, levels: Int) -> RawTable {
    var random = RandomStream(seed: seed, name: "coarse")
    return TableBuilder()
      .numbers("x", (0..<rows).map { _ in random.below(4) == 0 ? nil : Double(random.below(3)) })
      .levels("c", (0..<rows).map { _ in "l\(random.below(levels))" })
      .levels("d", (0..<rows).map { _ in ["a", "b", nil][random.below(3)] }).table()
  }

  static func lines(_ table: RawTable) -> [Substring] {
    table.delimitedText().split(separator: "\n").dropFirst().map { $0 }
  }

  @Test(arguments: [1, 2, 20, 400]) func `repeats are what a slow count finds`(_ rows: Int)
    async throws
  {
    let training = Self.coarse(400, seed: 1, levels: 30)
    let synthetic = Self.coarse(rows, seed: 2, levels: 30)
    let score = try #require(
      try await Trial(training: training, synthetic: synthetic).scores(of: DuplicateRows()).table())
    let distinct = Set(Self.lines(synthetic)).count
    #expect(score.value == Double(rows - distinct) / Double(rows))
    #expect(score.details["repeats"] == .integer(rows - distinct))
  }

  @Test func `groups of rows are those of equal texts`() throws {
    // Slow twin: a dictionary of lines. −0 and 0 are one number, blanks are alike.
    let table = Self.coarse(300, seed: 9, levels: 5)
    let trial = try Trial(training: table, synthetic: table)
    let groups = RowGroups(trial.comparison.real.training.columns, rows: 300)
    let counts = Dictionary(Self.lines(table).map { ($0, 1) }, uniquingKeysWith: +)
    #expect(groups.sizes.sorted() == counts.values.sorted())
    let zeros = NumericValues(values: [0, -0.0, 1], validity: nil)
    #expect(RowGroups([.numeric(zeros)], rows: 3).sizes == [2, 1])
    #expect(RowGroups([], rows: 3).sizes == [3])
  }

  @Test func `the expected repeats of a smaller sample are the mean over all samples`() {
    // Oracle: all 20 samples of 3 rows out of 6 rows of groups 3, 2, 1.
    let rows = [0, 0, 0, 1, 1, 2]
    var sum = 0.0
    var samples = 0.0
    for a in 0..<6 {
      for b in (a + 1)..<6 {
        for c in (b + 1)..<6 {
          sum += Double(3 - Set([rows[a], rows[b], rows[c]]).count)
          samples += 1
        }
      }
    }
    let rarefaction = Rarefaction([3, 2, 1])
    #expect(samples == 20)
    #expect(abs(rarefaction.repeats(in: 3) - sum / samples) < 1e-12)
    #expect(rarefaction.repeats(in: 6) == 3)
    #expect(rarefaction.repeats(in: 1) == 0 && rarefaction.repeats(in: 0) == 0)
  }

  @Test func `more synthetic than training rows are compared at the size of training`()
    async throws
  {
    // Law: at the same size a table repeated in full scores close to one of that size, while its
    // own share of repeats is far higher.
    let training = Self.coarse(200, seed: 3, levels: 60)
    let one = Self.coarse(200, seed: 4, levels: 60)
    let many = Self.coarse(2_000, seed: 4, levels: 60)
    let small = try #require(
      try await Trial(training: training, synthetic: one).scores(of: DuplicateRows()).table())
    let large = try #require(
      try await Trial(training: training, synthetic: many).scores(of: DuplicateRows()).table())
    #expect(large.details["share"]?.doubleValue ?? 0 > 2 * (large.value ?? 1))
    #expect(abs((large.value ?? 0) - (small.value ?? 0)) < 0.08)
    #expect(large.floor == small.floor)
  }

  @Test func `what a fresh sample gets, and its spread, are right where repeats are natural`()
    async throws
  {
    // Law, by simulation: 60 fresh samples of a table with many repeats. Eight standard errors of
    // the mean would be 0.03 here; the spread is told from half the size and may be a third off.
    var values: [Double] = []
    var floors: [Double] = []
    var spreads: [Double] = []
    for seed in 0..<60 {
      let training = Self.coarse(300, seed: 100 + UInt64(seed), levels: 40)
      let fresh = Self.coarse(300, seed: 500 + UInt64(seed), levels: 40)
      let score = try #require(
        try await Trial(training: training, synthetic: fresh).scores(of: DuplicateRows()).table())
      values.append(score.value ?? 0)
      floors.append(score.floor?.value ?? 0)
      spreads.append(score.floor?.spread ?? 0)
    }
    let found = Moments(values)
    let stated = Moments(floors)
    let error =
      (found.standardError * found.standardError
      + stated.standardError * stated.standardError).squareRoot()
    #expect(abs(found.mean - stated.mean) < 4 * error)
    let ratio = Moments(spreads).mean / found.deviation
    #expect(ratio > 0.7 && ratio < 1.6, "stated spread \(ratio) times the real one")
  }

  @Test func `planted repeats are found in their stated share`() async throws {
    let simulator = Simulator(seed: 63, key: "id")
    let training = simulator.table(rows: 800)
    let damaged = PlantedDamage(.duplicates, strength: 0.5).applied(
      to: simulator.table(rows: 800, stream: "fresh"), training: training)
    let score = try await Trial(training: training, synthetic: damaged)
      .scores(of: DuplicateRows()).table()
    // A quarter of the rows, and none by nature.
    #expect(score?.value == 0.25)
    #expect(score?.floor?.value == 0)
  }
}
