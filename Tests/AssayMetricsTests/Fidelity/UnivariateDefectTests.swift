import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import Foundation
import Testing

/// Planted truth: each metric says what was done, by how much, and where.
@Suite struct `Defects of single columns` {
  private func levels(_ counts: [(String, Int)]) -> [String] {
    counts.flatMap { Array(repeating: $0.0, count: $0.1) }
  }

  private func normal(_ count: Int, _ seed: UInt64) -> [Double] {
    var stream = RandomStream(seed: seed, name: "defects")
    return (0..<count).map { _ in stream.normal() }
  }

  private func score(
    _ metric: some Metric, _ training: RawTable, _ synthetic: RawTable
  ) async throws -> Score {
    let scores = try await Trial(training: training, synthetic: synthetic).scores(of: metric)
    return try #require(scores.first { !$0.subject.isTable })
  }

  @Test func `missed levels count with their mass`() async throws {
    let found = try await score(
      CategoryCoverage(),
      TableBuilder().levels("c", levels([("a", 60), ("b", 25), ("c", 15)])).table(),
      TableBuilder().levels("c", levels([("a", 70), ("b", 20), ("z", 10)])).table())
    #expect(abs(try #require(found.value) - 0.15) < 1e-12)
    #expect(found.details["missed"] == .strings(["c"]))
    #expect(found.details["inventedMass"] == .number(0.1))
    #expect(try #require(found.floor?.value) < 1e-6)
  }

  /// Closed form: of as many rows as there are others a fresh sample misses Good and Turing's f₁/n.
  @Test func `a fresh sample misses what Good and Turing say`() async throws {
    let real = levels([("a", 50), ("b", 40)]) + (0..<11).map { "once \($0)" }
    let found = try await score(
      CategoryCoverage(), TableBuilder().levels("c", real).table(),
      TableBuilder().levels("c", levels([("a", 60), ("b", 40)])).table())
    #expect(abs(try #require(found.floor?.value) - 11.0 / 101) < 1e-12)
    #expect(abs(try #require(found.value) - 11.0 / 101) < 1e-12)
  }

  @Test func `rare levels that are lacking score one`() async throws {
    let real = levels([("a", 3_000), ("b", 900), ("c", 30), ("d", 25), ("e", 15)])
    let found = try await score(
      RareLevels(), TableBuilder().levels("c", real).table(),
      TableBuilder().levels("c", levels([("a", 3_100), ("b", 870)])).table())
    #expect(abs(try #require(found.value) - 1) < 1e-12)
    #expect(try #require(found.test?.pValue) < 1e-10)
    let worst = try #require(found.details["worst"]?.arrayValue?.first)
    guard case .object(let level) = worst else {
      Issue.record("the worst level is no object")
      return
    }
    #expect(level["level"] == "c" && level["ratio"]?.doubleValue == 0)
  }

  @Test func `tails that are cut off score one and say which`() async throws {
    let real = normal(2_000, 1)
    let fresh = normal(2_000, 2)
    let cut = fresh.map { min(2, $0) }
    let training = TableBuilder().numbers("x", real).table()
    let plain = try await score(TailMass(), training, TableBuilder().numbers("x", fresh).table())
    let found = try await score(TailMass(), training, TableBuilder().numbers("x", cut).table())
    #expect(try #require(plain.test?.pValue) > 0.01)
    #expect(try #require(found.test?.pValue) < 1e-4)
    guard case .object(let tails)? = found.details["tails"],
      case .object(let above)? = tails["above0.99"], case .object(let below)? = tails["below0.01"]
    else {
      Issue.record("the tails are not listed")
      return
    }
    #expect(above["synthetic"]?.doubleValue == 0)
    #expect(try #require(below["p"]?.doubleValue) > 0.01)
    let extreme = try await score(
      ExtremeQuantiles(), training, TableBuilder().numbers("x", cut).table())
    #expect(try #require(extreme.value) > 1.5 * #require(extreme.floor?.value))
  }

  /// Closed form: a Pareto law has the index 1/α, an exponential one none.
  @Test func `light tails for heavy ones are seen`() async throws {
    var stream = RandomStream(seed: 3, name: "pareto")
    let real = (0..<4_000).map { _ in pow(stream.openUniform(), -0.8) }
    let light = (0..<4_000).map { _ in 1 - log(stream.openUniform()) }
    let found = try await score(
      TailIndex(), TableBuilder().numbers("x", real).table(),
      TableBuilder().numbers("x", light).table())
    guard case .object(let upper)? = found.details["upper"] else {
      Issue.record("the upper tail is lacking")
      return
    }
    #expect(abs(try #require(upper["real"]?.doubleValue) - 0.8) < 0.3)
    #expect(try #require(found.value) > 0.3)
    #expect(try #require(found.test?.pValue) < 0.01)
    #expect(found.details["lower"] == nil)
  }

  /// Law: p-values of a fresh real sample are at most as often small as they say, heaped values too.
  @Test func `rounded tails of a fresh sample are not accused`() async throws {
    var small = 0
    let trials = 200
    for trial in 0..<trials {
      var stream = RandomStream(seed: UInt64(trial), name: "heaped tails")
      // Minutes of delay, told in steps of five: gamma-like, not a power.
      func table() -> RawTable {
        TableBuilder().numbers(
          "x",
          (0..<400).map { _ in
            (-20 * log(stream.openUniform() * stream.openUniform()) / 5).rounded() * 5
          }
        ).table()
      }
      let found = try await score(TailIndex(), table(), table())
      if let p = found.test?.pValue, p <= 0.05 { small += 1 }
    }
    // Binomial(200, 0.05) exceeds 20 with a chance of 1 in 700.
    #expect(small <= 20)
  }

  @Test func `a tail of one value alone has no index`() async throws {
    // Beyond eleven months there is the twelfth alone, and its logarithms differ by rounding.
    let months = (0..<600).map { Double($0 % 12 + 1) }
    let found = try await score(
      TailIndex(), TableBuilder().numbers("x", months).table(),
      TableBuilder().numbers("x", months.map { $0 == 5 ? 12 : $0 }).table())
    #expect(found.value == nil && found.test == nil)
  }

  @Test func `values that are missing together are told from ones that are not`() async throws {
    func table(_ together: Bool) -> RawTable {
      let first: [Double?] = (0..<400).map { $0 % 4 == 0 ? nil : Double($0 % 13) }
      let second: [Double?] = (0..<400).map {
        $0 % 4 == (together ? 0 : 1) ? nil : Double($0 % 17)
      }
      return TableBuilder().numbers("x", first).numbers("y", second).table()
    }
    let trial = try Trial(training: table(true), synthetic: table(false))
    let rates = try #require(try await trial.scores(of: MissingRate()).table())
    #expect(rates.value == 0)
    // ½(|¼ − 0| + |0 − ¼| + |0 − ¼| + |¾ − ½|) = ½: both, first, second and none missing.
    let patterns = try #require(try await trial.scores(of: MissingPatterns()).table())
    #expect(abs(try #require(patterns.value) - 0.5) < 1e-12)
    #expect(try #require(patterns.test?.pValue) < 1e-10)
    let none = try Trial(
      training: TableBuilder().numbers("x", normal(50, 4)).table(),
      synthetic: TableBuilder().numbers("x", normal(50, 5)).table())
    #expect(try await none.scores(of: MissingPatterns()).table()?.reason != nil)
  }

  @Test func `heaping that is lost is seen`() async throws {
    var stream = RandomStream(seed: 6, name: "heaping")
    let real = (0..<1_000).map { _ in Double(stream.below(40)) * 5 }
    let smooth = (0..<1_000).map { _ in Double(stream.below(200)) }
    let found = try await score(
      LastDigit(), TableBuilder().numbers("x", real).table(),
      TableBuilder().numbers("x", smooth).table())
    // Eight digits of ten never end a real value.
    #expect(abs(try #require(found.value) - 0.8) < 0.05)
    guard case .object(let five)? = found.details["multiplesOfFive"] else {
      Issue.record("multiples of five are lacking")
      return
    }
    #expect(five["real"]?.doubleValue == 1)
    #expect(try #require(found.floor?.value) < 0.05)
  }

  @Test func `days that nobody works are seen`() async throws {
    // 2024-01-01 was a Monday: day 19,723.
    func table(_ days: [Int]) -> RawTable {
      TableBuilder().days("d", days.map { 19_723 + $0 }).table()
    }
    let workdays = (0..<700).filter { $0 % 7 < 5 }
    let trial = try Trial(training: table(workdays), synthetic: table(Array(0..<500)))
    let scores = try await trial.scores(of: DatetimePeriodicity())
    let weekday = try #require(
      scores.first { $0.parameters["period"] == "weekday" && $0.against == .training })
    #expect(abs(try #require(weekday.value) - 2.0 / 7) < 0.01)
    #expect(try #require(weekday.test?.pValue) < 1e-10)
    #expect(!scores.contains { $0.parameters["period"] == "hour" })
  }

  @Test func `quantiles move with a shift`() async throws {
    let real = normal(800, 7)
    let deviation = try variance(real.span).squareRoot()
    let found = try await score(
      QuantileDifference(), TableBuilder().numbers("x", real).table(),
      TableBuilder().numbers("x", real.map { $0 + 2 * deviation }).table())
    #expect(abs(try #require(found.value) - 2) < 1e-9)
  }

  /// Slow twin: the kernels; the jackknife of the mean by single rows is s/√n exactly.
  @Test func `moments agree with the kernels`() async throws {
    let real = normal(64, 8)
    let synthetic = normal(50, 9).map { 1 + $0 * $0 }
    let trial = try Trial(
      training: TableBuilder().numbers("x", real).table(),
      synthetic: TableBuilder().numbers("x", synthetic).table())
    let scores = try await trial.scores(of: MomentDifference())
    func moment(_ name: String) throws -> Score {
      try #require(scores.first { $0.parameters["moment"] == .string(name) })
    }
    let own = try SampleMoments(real.span)
    let other = try SampleMoments(synthetic.span)
    let deviation = own.variance.squareRoot()
    let mean = try moment("mean")
    #expect(abs(try #require(mean.value) - abs(own.mean - other.mean) / deviation) < 1e-10)
    #expect(
      abs(try #require(mean.details["realError"]?.doubleValue) - 1 / 64.0.squareRoot()) < 1e-10)
    let spread = try #require(try moment("standardDeviation").value)
    #expect(abs(spread - abs(log(other.variance / own.variance)) / 2) < 1e-10)
    let skewness = try #require(try moment("skewness").value)
    #expect(abs(skewness - abs(try own.skewness() - other.skewness())) < 1e-9)
    let kurtosis = try #require(try moment("kurtosis").value)
    #expect(abs(kurtosis - abs(try own.excessKurtosis() - other.excessKurtosis())) < 1e-9)
    let first = try LMoments(sorted: real.sorted().span).ratios()
    let second = try LMoments(sorted: synthetic.sorted().span).ratios()
    let ratio = try #require(try moment("lSkewness").value)
    #expect(abs(ratio - abs(first.skewness - second.skewness)) < 1e-12)
  }

  @Test func `weighted rows have moments and no rank test`() async throws {
    let x = normal(100, 10)
    let training = TableBuilder().numbers("x", x).numbers("w", x.map { $0 > 0 ? 3 : 1 }).table()
    let trial = try Trial(
      training: training, synthetic: training,
      declared: SchemaDeclaration([ColumnDeclaration(name: "w", roles: [.weight])]))
    let moments = try await trial.scores(of: MomentDifference())
    #expect(moments.contains { $0.parameters["moment"] == "mean" && abs($0.value ?? 1) < 1e-9 })
    #expect(!moments.contains { $0.parameters["moment"] == "lSkewness" })
    let darling = try #require(try await trial.scores(of: AndersonDarlingDistance()).of("x"))
    #expect(darling.value == 0 && darling.test == nil)
  }
}
