import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

@Suite struct `Distances of single columns` {
  /// Normal and tied numbers of two sizes.
  static func samples(tied: Bool) -> (real: [Double], synthetic: [Double]) {
    var stream = RandomStream(seed: 31, name: tied ? "tied" : "plain")
    func draw(_ count: Int, _ shift: Double) -> [Double] {
      (0..<count).map { _ in
        let z = stream.normal() + shift
        return tied ? (2 * z).rounded() : z
      }
    }
    return (draw(160, 0), draw(130, 0.3))
  }

  static func scores(
    _ metric: some Metric, _ real: [Double], _ synthetic: [Double]
  ) async throws -> [Score] {
    try await Trial(
      training: TableBuilder().numbers("x", real).table(),
      synthetic: TableBuilder().numbers("x", synthetic).table()
    ).scores(of: metric)
  }

  static func score(
    _ metric: some Metric, _ real: [Double], _ synthetic: [Double]
  ) async throws -> Score {
    try #require(try await scores(metric, real, synthetic).of("x"))
  }

  /// Slow twin: the kernels, which have reference values of their own.
  @Test(arguments: [false, true])
  func `distances of distribution functions agree with the kernels`(_ tied: Bool) async throws {
    let (real, synthetic) = Self.samples(tied: tied)
    let a = real.sorted()
    let b = synthetic.sorted()
    let ranks = try PooledRanks(sorted: a.span, b.span)
    let deviation = try variance(a.span).squareRoot()

    let darling = try await Self.score(AndersonDarlingDistance(), real, synthetic)
    let expected = try ranks.andersonDarling().statistic
    #expect(abs(try #require(darling.test?.statistic) - expected) < 1e-10 * expected)

    let kuiper = try await Self.score(KuiperDistance(), real, synthetic)
    let smirnov = try KolmogorovSmirnov(sorted: a.span, b.span)
    #expect(abs(try #require(kuiper.value) - smirnov.kuiperStatistic) < 1e-12)
    #expect(abs(try #require(kuiper.test?.pValue) - smirnov.kuiperPValue) < 1e-12)

    let energy = try await Self.score(EnergyDistance(), real, synthetic)
    let distance = try energyDistance(sorted: a.span, b.span) / deviation
    #expect(abs(try #require(energy.value) - distance) < 1e-12)

    let second = try await Self.score(Wasserstein2Distance(), real, synthetic)
    let moved = try wasserstein2(sorted: a.span, b.span) / deviation
    #expect(abs(try #require(second.value) - moved) < 1e-12)
  }

  /// Slow twin: gaps at every pooled value by counting.
  @Test(arguments: [false, true])
  func `the Cramér–von Mises distance is the mean squared gap`(_ tied: Bool) async throws {
    let (real, synthetic) = Self.samples(tied: tied)
    func middle(_ sample: [Double], _ x: Double) -> Double {
      let below = sample.count { $0 < x }
      let equal = sample.count { $0 == x }
      return (Double(below) + Double(equal) / 2) / Double(sample.count)
    }
    let pool = real + synthetic
    let mean =
      pool.reduce(0.0) {
        let gap = middle(real, $1) - middle(synthetic, $1)
        return $0 + gap * gap
      } / Double(pool.count)
    let score = try await Self.score(CramerVonMisesDistance(), real, synthetic)
    #expect(abs(try #require(score.value) - mean) < 1e-12)
    if !tied {
      // Without ties the p-value is that of the kernel but for terms of order 1/N.
      let ranks = try PooledRanks(sorted: real.sorted().span, synthetic.sorted().span)
      let p = try ranks.asymptoticCramerVonMises()
      #expect(abs(try #require(score.test?.pValue) - p) < 0.01)
    }
  }

  @Test func `few values are tested by permutation of labels`() async throws {
    let (real, synthetic) = Self.samples(tied: true)
    let score = try await Self.score(
      AndersonDarlingDistance(), Array(real.prefix(40)), synthetic.prefix(40).map { $0 + 3 })
    #expect(score.test?.method.contains("permutation") == true)
    #expect(try #require(score.test?.pValue) <= 0.011)
  }

  /// Reference: a slow twin and the formulas of the kernels, with their own reference values.
  @Test func `distances over cells agree with the kernels`() async throws {
    let real = [30.0, 12, 8, 50]
    let synthetic = [25.0, 20, 5, 30]
    func column(_ counts: [Double]) -> [String] {
      zip(["a", "b", "c", "d"], counts).flatMap { Array(repeating: $0.0, count: Int($0.1)) }
    }
    let trial = try Trial(
      training: TableBuilder().levels("c", column(real)).table(),
      synthetic: TableBuilder().levels("c", column(synthetic)).table())
    func value(_ metric: some Metric) async throws -> Score {
      try #require(try await trial.scores(of: metric).of("c"))
    }
    let hellinger = try await value(HellingerDistance())
    #expect(
      abs(try #require(hellinger.value) - hellingerDistance(real.span, synthetic.span)) < 1e-6)
    let information = try await value(KullbackLeiblerDivergence())
    #expect(
      abs(try #require(information.value) - kullbackLeiblerNats(real.span, synthetic.span)) < 1e-6)
    let stability = try await value(PopulationStability())
    let index = try populationStabilityIndex(real.span, synthetic.span)
    #expect(abs(try #require(stability.value) - index) < 1e-6)
    let scaled = try chiSquareSurvival(index / (1.0 / 100 + 1.0 / 80), degreesOfFreedom: 3)
    #expect(abs(try #require(stability.test?.pValue) - scaled) < 1e-6)
    let chi = try await value(ChiSquareDistance())
    let pearson = try chiSquareTwoSample(real.span, synthetic.span)
    #expect(abs(try #require(chi.test?.pValue) - pearson.pValue) < 1e-9)
    let triangular = (0..<4).reduce(0.0) {
      let p = real[$1] / 100
      let q = synthetic[$1] / 80
      return $0 + (p - q) * (p - q) / (p + q)
    }
    #expect(abs(try #require(chi.value) - (triangular / 2).squareRoot()) < 1e-6)
    #expect(chi.details["worst"] != .null)
  }

  /// Law: of fresh samples no more are called different than the level says, ties or none; the limit
  /// is the 99.9 % one of a binomial count.
  @Test func `fresh samples are not accused`() async throws {
    let metrics: [any Metric] = [
      CramerVonMisesDistance(), AndersonDarlingDistance(), KuiperDistance(), ChiSquareDistance(),
      PopulationStability(), TailMass(), MomentDifference(), LastDigit(), RareLevels(),
    ]
    var tested: [String: Int] = [:]
    var rejected: [String: Int] = [:]
    for seed in 0..<10 {
      let simulator = Simulator(seed: 4_000 + UInt64(seed))
      let trial = try Trial(
        training: simulator.table(rows: 400), synthetic: simulator.table(rows: 300, stream: "s"),
        plan: .brief(replicates: 4))
      for metric in metrics {
        let id = metric.descriptor.id.rawValue
        for score in try await trial.scores(of: metric) {
          guard let p = score.test?.pValue else { continue }
          // Errors of skewness and kurtosis of heavy tails are no normal variables.
          if let moment = score.parameters["moment"]?.stringValue,
            moment == "skewness" || moment == "kurtosis"
          {
            continue
          }
          tested[id, default: 0] += 1
          if p < 0.01 { rejected[id, default: 0] += 1 }
        }
      }
    }
    for (id, count) in tested {
      let many = rejected[id] ?? 0
      // Twice the level is allowed to laws that are limits.
      let tail = try binomialUpperTail(atLeast: many, trials: count, probability: 0.02)
      #expect(tail > 0.001, "\(id): \(many) of \(count)")
    }
  }

  @Test func `very many columns are listed by evidence`() async throws {
    var stream = RandomStream(seed: 5, name: "wide")
    func table(_ shifted: Int?) -> RawTable {
      var builder = TableBuilder()
      for column in 0..<120 {
        builder = builder.numbers(
          "x\(column)", (0..<30).map { _ in stream.normal() + (column == shifted ? 3 : 0) })
      }
      return builder.table()
    }
    let trial = try Trial(training: table(nil), synthetic: table(70), plan: .brief(replicates: 4))
    let result = try await trial.result(of: EnergyDistance())
    #expect(result.scores.count == 101 && result.unlisted == 20)
    #expect(result.scores.contains { $0.subject.columns == ["x70"] })
    #expect(result.scores.table()?.details["unlisted"] == 20)
    #expect(result.scores.table()?.details["columns"] == 120)
  }
}
