import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

@testable import AssayPrivacy

@Suite struct `Replayed rare combinations` {
  private static func tables(_ seed: UInt64, rows: Int) -> (
    training: RawTable, holdout: RawTable, fresh: RawTable
  ) { LeakSamples.tables(of: 23, seed, rows: rows) }

  private static func plan(_ permutations: Int = 999) -> EvaluationPlan {
    LeakSamples.plan(permutations)
  }

  private static func score(
    _ training: RawTable, _ synthetic: RawTable, _ holdout: RawTable?,
    _ plan: EvaluationPlan = plan(), declared: SchemaDeclaration = SchemaDeclaration()
  ) async throws -> Score {
    let trial = try Trial(
      training: training, synthetic: synthetic, holdout: holdout, declared: declared, plan: plan)
    return try #require(try await trial.scores(of: RareCombinations()).table(.both))
  }

  @Test func `agree with looking at every pair of rows`() throws {
    var stream = RandomStream(seed: 3, name: "cells")
    let columns = (0..<5).map { _ in
      CombinationSearch.Column(
        count: 3, pool: (0..<30).map { _ in Int32(stream.below(4)) - 1 },
        synthetic: (0..<20).map { _ in Int32(stream.below(4)) - 1 })
    }
    let search = CombinationSearch(columns: columns, limit: 100, entities: [], seed: 1)
    #expect(search.combinationCount == 10 + 10 + 5)
    let found = try search.shared(probes: Array(0..<30), threads: 2)
    let all = CombinationSearch.sizes.flatMap {
      ColumnCombinations.chosen($0, of: 5, limit: 100, seed: 1, name: "")
    }
    func slow(
      _ cell: (Int) -> Int32, leavingOut: Int?
    ) -> [CombinationSearch.Shared] {
      var counts = [Int](repeating: 0, count: 30)
      for combination in all where combination.allSatisfy({ cell($0) >= 0 }) {
        let holders = (0..<30).filter { row in
          row != leavingOut && combination.allSatisfy { columns[$0].pool[row] == cell($0) }
        }
        if holders.count == 1 { counts[holders[0]] += 1 }
      }
      return counts.indices.filter { counts[$0] > 0 }
        .map { CombinationSearch.Shared(row: Int32($0), combinations: counts[$0]) }
    }
    for row in 0..<30 {
      #expect(found.pool[row] == slow({ columns[$0].pool[row] }, leavingOut: row))
    }
    for row in 0..<20 {
      #expect(found.synthetic[row] == slow({ columns[$0].synthetic[row] }, leavingOut: nil))
    }
  }

  @Test func `cells hold enough real rows, and equal values share one`() {
    let values = (0..<40).map { Double($0 % 4 == 0 ? 7 : $0) }
    let side = ColumnData.numeric(NumericValues(values: values, validity: nil))
    let cells = CommonCells([side], smallest: 5)
    let own = cells.cells(side, rows: Array(0..<40))
    for cell in Set(own) { #expect(own.count { $0 == cell } >= 5) }
    let sevens = Set(stride(from: 0, to: 40, by: 4).map { own[$0] })
    #expect(sevens.count == 1)
    let outside = ColumnData.numeric(NumericValues(values: [-1, 100], validity: nil))
    #expect(cells.cells(outside, rows: [0, 1]) == [-1, -1])
    // Levels of fewer rows take part in no combination.
    let levels = CommonCells([.nominal([0, 0, 0, 1, -1, -1, -1])], smallest: 3)
    #expect(levels.count == 2)
    #expect(levels.cells(.nominal([0, 1, 2, -1]), rows: [0, 1, 2, 3]) == [0, -1, -1, 1])
  }

  @Test func `show rows of which a random half is copied, which nothing else does`() async throws {
    let (training, holdout, fresh) = Self.tables(1, rows: 500)
    let half = fresh.withPartialCopies(of: training, share: 0.3, seed: 4)
    let score = try await Self.score(training, half, holdout)
    #expect(try #require(score.test?.pValue) == 0.001)
    #expect(try #require(score.value) > 0.1)
    let lower = try #require(score.bounds?.lower)
    #expect(lower > 0.05)
    let trial = try Trial(training: training, synthetic: half, holdout: holdout, plan: Self.plan())
    #expect(try await trial.scores(of: ExactMatch()).table()?.value == 0)
  }

  @Test func `show a verbatim copy, and nothing without a holdout`() async throws {
    let (training, holdout, _) = Self.tables(2, rows: 300)
    let score = try await Self.score(training, training, holdout)
    #expect(try #require(score.value) > 0.7)
    let absent = try await Self.score(training, training, nil)
    #expect(absent.reason?.contains("holdout") == true)
  }

  @Test func `do not accuse rows that lie where real rows are sparse`() async throws {
    // Shuffled columns meet far more unique cells than fresh rows, of either side alike.
    let (training, holdout, fresh) = Self.tables(3, rows: 500)
    let shuffled = PlantedDamage(.shuffledColumns, strength: 1, seed: 3).applied(
      to: fresh, training: training)
    let score = try await Self.score(training, shuffled, holdout)
    #expect(try #require(score.test?.pValue) > 0.01)
    #expect(abs(try #require(score.value)) < 3 * (try #require(score.floor?.spread)))
  }

  @Test func `measure what is planted, whatever the sizes of the real sides`() async throws {
    let (training, _, fresh) = Self.tables(4, rows: 500)
    let holdout = Simulator(seed: 23).table(rows: 150, stream: "small")
    let leaky = PlantedDamage(.copy, strength: 0.3, seed: 3).applied(
      to: fresh, training: training)
    let score = try await Self.score(training, leaky, holdout)
    // Nearly all copies of records with rare combinations; all would be 0.3.
    let value = try #require(score.value)
    #expect(value > 0.2 && value < 0.33)
    let interval = try #require(score.interval)
    #expect(interval.lower > 0.1)
  }

  @Test func `accuse no fresh sample: the level holds over sixty of them`() async throws {
    var rejections = 0
    var excess = 0.0
    for seed in UInt64(10)..<70 {
      let (training, holdout, fresh) = Self.tables(seed, rows: 120)
      var plan = Self.plan(99)
      plan.seed = seed
      let score = try await Self.score(training, fresh, holdout, plan)
      if try #require(score.test?.pValue) <= 0.05 { rejections += 1 }
      excess += try #require(score.value)
    }
    // Binomial(60, 0.05) exceeds 9 with a chance of 0.1 %.
    #expect(rejections <= 9)
    // What is said of a fresh sample is what it gets: 60 means of 120 rows at a share of 1 %.
    #expect(abs(excess / 60) < 0.005)
  }

  @Test func `say nothing of tables in which no combination is rare`() async throws {
    func coarse(_ stream: String) -> RawTable {
      var random = RandomStream(seed: 5, name: stream)
      return TableBuilder(stream)
        .levels("a", (0..<300).map { _ in random.below(2) == 0 ? "x" : "y" })
        .levels("b", (0..<300).map { _ in random.below(2) == 0 ? "x" : "y" }).table()
    }
    let training = coarse("t")
    let score = try await Self.score(training, training, coarse("h"))
    #expect(score.value == 0)
    #expect(score.test?.pValue == 1)
    let one = try Trial(
      training: training.columns(["a"]), synthetic: training.columns(["a"]),
      holdout: training.columns(["a"]), plan: Self.plan())
    let absent = try #require(try await one.scores(of: RareCombinations()).table(.both))
    #expect(absent.status == .notApplicable)
  }

  @Test func `count an entity's own rows neither as chance nor as evidence`() async throws {
    let simulator = Simulator(seed: 29, entities: .init(meanRows: 3, similarity: 0.9))
    var declared = SchemaDeclaration()
    declared.add(.group, to: "entity")
    let training = simulator.table(rows: 240, stream: "t")
    let score = try await Self.score(
      training, simulator.table(rows: 240, stream: "s"), simulator.table(rows: 240, stream: "h"),
      declared: declared)
    #expect(try #require(score.test?.pValue) > 0.001)
  }
}
