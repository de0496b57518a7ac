import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

@Suite struct `Fidelity of single columns` {
  @Test func `total variation of levels is half the sum of differences`() async throws {
    // 60/40 against 30/50 and 20 invented: ½(.3 + .1 + .2) = 0.3, by hand.
    let training = TableBuilder().levels(
      "c", Array(repeating: "a", count: 60) + Array(repeating: "b", count: 40)
    ).table()
    let synthetic = TableBuilder().levels(
      "c",
      Array(repeating: "a", count: 30) + Array(repeating: "b", count: 50)
        + Array(repeating: "z", count: 20)
    ).table()
    let trial = try Trial(training: training, synthetic: synthetic)
    let score = try #require(try await trial.scores(of: TotalVariation()).of("c"))
    #expect(abs(try #require(score.value) - 0.3) < 1e-12)
  }

  @Test func `missing values are a cell of their own`() async throws {
    let training = TableBuilder().levels("c", Array(repeating: "a", count: 100)).levels(
      "d", (0..<100).map { $0 % 2 == 0 ? "x" : "y" }
    ).table()
    let synthetic = TableBuilder().levels(
      "c", (0..<100).map { $0 < 25 ? nil : "a" }
    ).levels("d", (0..<100).map { $0 % 2 == 0 ? "x" : "y" }).table()
    let trial = try Trial(training: training, synthetic: synthetic)
    let score = try #require(try await trial.scores(of: TotalVariation()).of("c"))
    #expect(abs(try #require(score.value) - 0.25) < 1e-12)
  }

  @Test func `Kolmogorov–Smirnov and Wasserstein agree with the kernels`() async throws {
    var stream = RandomStream(seed: 8, name: "columns")
    let x = (0..<300).map { _ in stream.normal() }
    let y = (0..<250).map { _ in stream.normal() * 1.3 + 0.2 }
    let trial = try Trial(
      training: TableBuilder().numbers("x", x).table(),
      synthetic: TableBuilder().numbers("x", y).table())
    let a = x.sorted()
    let b = y.sorted()
    let smirnov = try #require(try await trial.scores(of: KolmogorovSmirnovDistance()).of("x"))
    let exact = try KolmogorovSmirnov(sorted: a.span, b.span)
    #expect(smirnov.value == exact.statistic)
    #expect(smirnov.test?.pValue == exact.pValue(sorted: a.span, b.span).pValue)
    let wasserstein = try #require(try await trial.scores(of: WassersteinDistance()).of("x"))
    let deviation = try variance(x.span).squareRoot()
    let expected = try wasserstein1(sorted: a.span, b.span) / deviation
    #expect(abs(try #require(wasserstein.value) - expected) < 1e-12)
  }

  @Test func `Wasserstein by range is null where the middle half is one value`() async throws {
    let training = TableBuilder().numbers("x", (0..<100).map { $0 < 90 ? 0 : Double($0) }).table()
    let synthetic = TableBuilder().numbers("x", (0..<100).map { $0 < 80 ? 0 : 5 }).table()
    let trial = try Trial(training: training, synthetic: synthetic)
    let score = try #require(try await trial.scores(of: WassersteinDistance()).of("x"))
    #expect(score.details["byIQR"] == .null)
    #expect(try #require(score.value) > 0)
  }

  @Test func `a column times a thousand is as far as it can be`() async throws {
    var stream = RandomStream(seed: 9, name: "columns")
    let x = (0..<400).map { _ in 50 + 10 * stream.normal() }
    let trial = try Trial(
      training: TableBuilder().numbers("x", x).table(),
      synthetic: TableBuilder().numbers("x", x.map { $0 * 1000 }).table())
    #expect(try #require(try await trial.scores(of: TotalVariation()).of("x")?.value) > 0.8)
    #expect(
      try #require(try await trial.scores(of: KolmogorovSmirnovDistance()).of("x")?.value) == 1)
  }

  @Test func `a column that is lacking is as far as it can be`() async throws {
    let rows = (0..<200).map { Double($0 % 17) }
    let training = TableBuilder().numbers("x", rows).numbers("y", rows.reversed()).table()
    let trial = try Trial(training: training, synthetic: training.columns(["x"]))
    let score = try #require(try await trial.scores(of: TotalVariation()).of("y"))
    #expect(score.value == 1)
    #expect(score.details["unfit"] != nil)
  }
}

@Suite struct `Fidelity of pairs` {
  private func columns(_ seed: UInt64, rows: Int, missing: Bool) -> RawTable {
    var stream = RandomStream(seed: seed, name: "pairs")
    var x: [Double?] = []
    var y: [Double?] = []
    for _ in 0..<rows {
      let a = stream.normal()
      x.append(missing && stream.uniform() < 0.2 ? nil : (a * 3).rounded())
      y.append(missing && stream.uniform() < 0.1 ? nil : (a + stream.normal()).rounded())
    }
    return TableBuilder().numbers("x", x).numbers("y", y).table()
  }

  private func complete(_ table: RawTable) -> (x: [Double], y: [Double]) {
    guard case .numeric(let a) = table.columns[0].values,
      case .numeric(let b) = table.columns[1].values
    else { return ([], []) }
    let rows = (0..<a.count).filter { a[$0] != nil && b[$0] != nil }
    return (rows.map { a.values[$0] }, rows.map { b.values[$0] })
  }

  /// Slow twin: rows with both values, ranked anew.
  @Test(arguments: [false, true])
  func `correlations are those of the complete rows`(missing: Bool) async throws {
    let training = columns(21, rows: 200, missing: missing)
    let synthetic = columns(22, rows: 150, missing: missing)
    let trial = try Trial(training: training, synthetic: synthetic)
    let real = complete(training)
    let other = complete(synthetic)
    let spearman = try #require(try await trial.scores(of: SpearmanDifference()).of("x", "y"))
    let expected = abs(
      try spearmanCorrelation(real.x.span, real.y.span)
        - spearmanCorrelation(other.x.span, other.y.span))
    #expect(abs(try #require(spearman.value) - expected) < 1e-12)
    let pearson = try #require(try await trial.scores(of: PearsonDifference()).of("x", "y"))
    let linear = abs(
      try pearsonCorrelation(real.x.span, real.y.span)
        - pearsonCorrelation(other.x.span, other.y.span))
    #expect(abs(try #require(pearson.value) - linear) < 1e-12)
  }

  @Test func `shuffled columns get the anchor of dependence`() async throws {
    let simulator = Simulator(seed: 77)
    let training = simulator.table(rows: 1_500)
    let shuffled = PlantedDamage(.shuffledColumns, strength: 1, seed: 4).applied(
      to: training, training: training)
    let trial = try Trial(training: training, synthetic: shuffled)
    let score = try #require(try await trial.scores(of: CramersV()).table())
    #expect(abs(try #require(score.normalised)) < 0.1)
  }
}
