import AssayDocument
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

@testable import AssayMetrics

@Suite struct `Measures of association` {
  /// The table and values of `catcat.3x4` of the reference values: scikit-learn, dython.
  static let table: [Float] = [5, 0, 2, 1, 3, 8, 1, 0, 0, 1, 9, 4]

  @Test func `of a table agree with the reference`() throws {
    let shape = PairStatistics.Shape(start: 0, rows: 3, columns: 4)
    let found = TableAssociation(Self.table.span, shape)
    let plain = 0.4971609401643812
    let corrected = 0.4530432931055577
    #expect(abs(found.cramersV - 0.6048803322425398) < 1e-9)
    // Published without the correction of the bias: U and the norm scale with the information.
    #expect(abs(found.firstGivenSecond - 0.4631717223414693 * corrected / plain) < 1e-9)
    #expect(abs(found.secondGivenFirst - 0.37053062754467536 * corrected / plain) < 1e-9)
    #expect(abs(found.information - 0.411704030733679 * corrected / plain) < 1e-9)
  }

  @Test func `of cells are unbiased where the kernel is`() throws {
    let other: [Float] = [3, 1, 1, 2, 2, 9, 3, 1, 1, 1, 4, 7]
    let own = CellDistance(Self.table.span, other.span)
    let first = Self.table.map(Double.init)
    let second = other.map(Double.init)
    let kernel = try MarginalDistance(first.span, second.span)
    #expect(abs(own.normalised - kernel.normalised) < 1e-12)
    #expect(abs(own.variation - (try totalVariationDistance(first.span, second.span))) < 1e-12)
  }

  @Test func `of a number and its level agree with the reference`() throws {
    // catnum.basic of the reference values: dython, scipy.
    let levels: [UInt8] = [0, 0, 1, 1, 1, 2, 2, 2]
    let values = [1.0, 2, 4, 5, 4.5, 9, 8.5, 10]
    let shape = CategorySums.Shape(start: 0, cells: 3)
    var sums = [Double](repeating: 0, count: shape.width)
    let none: [Float] = []
    CategorySums.add(values.span, levels.span, none.span, 0..<8, shape, at: 0, to: &sums)
    let ratio = try #require(CategorySums.ratio(shape) { sums[$0] })
    #expect(abs(ratio * ratio - 0.9555175363558593) < 1e-9)
  }

  @Test func `of ranks agree with the reference`() throws {
    // numnum.ties of the reference values: scipy, dcor.
    let x = [1.0, 1, 2, 2, 2, 3, 5, 5]
    let y = [1.0, 2, 2, 3, 3, 3, 4, 4]
    let kendall = KendallTau()
    let found = try #require(
      kendall.measure(kendall.column(x), kendall.column(y), weights: []))
    #expect(abs(found.value - 0.8695652173913044) < 1e-9)
    let distance = SquaredDistanceCorrelation()
    let squared = try #require(
      distance.measure(distance.column(x), distance.column(y), weights: []))
    #expect(abs(squared.value - 0.7423231393832188) < 1e-9)
  }

  @Test func `leave missing rows out of a pair`() throws {
    let x = [1, 2, .nan, 4, 5, 6, 7, 3.5]
    let y = [2, 1, 5, .nan, 4, 7, 6, 3.0]
    let (a, b) = ([1, 2, 5, 6, 7, 3.5], [2, 1, 4, 7, 6, 3.0])
    let kendall = KendallTau()
    let found = try #require(
      kendall.measure(kendall.column(x), kendall.column(y), weights: []))
    #expect(abs(found.value - (try kendallTau(a.span, b.span))) < 1e-12)
    let distance = SquaredDistanceCorrelation()
    let squared = try #require(
      distance.measure(distance.column(x), distance.column(y), weights: []))
    let plain = try DistanceCorrelation(a.span, b.span).correctedSquaredCorrelation()
    #expect(abs(squared.value - plain) < 1e-10)
  }
}

@Suite struct `Planted relations` {
  static let plan = EvaluationPlan.brief(replicates: 24)

  /// x, a parabola of it, a number that is tied to it and levels that tell both.
  static func table(_ seed: UInt64, rows: Int = 600, broken: Bool = false) -> RawTable {
    var stream = RandomStream(seed: seed, name: "relations")
    let x = (0..<rows).map { _ in stream.normal() }
    let source = broken ? (0..<rows).map { _ in stream.normal() } : x
    let parabola = source.map { $0 * $0 + 0.2 * stream.normal() }
    let line = x.map { 0.8 * $0 + 0.6 * stream.normal() }
    let part = x.map { $0 < -0.5 ? "a" : $0 < 0 ? "b" : $0 < 0.7 ? "c" : "d" }
    let whole = part.map { $0 < "c" ? "low" : "high" }
    return TableBuilder().numbers("x", x).numbers("parabola", parabola).numbers("line", line)
      .levels("part", part).levels("whole", whole).table()
  }

  static func trial(broken: Bool, plan: EvaluationPlan = plan) throws -> Trial {
    try Trial(
      training: table(1), synthetic: table(2, broken: broken), plan: plan)
  }

  /// How far a pair is from a fresh real sample, in its spreads.
  static func excess(_ score: Score?) throws -> Double {
    let score = try #require(score)
    let floor = try #require(score.floor)
    return (try #require(score.value) - floor.value) / max(floor.spread, 1e-9)
  }

  @Test func `that rise and fall are seen by distance correlation and information alone`()
    async throws
  {
    let trial = try Self.trial(broken: true)
    let distance = try await trial.scores(of: DistanceCorrelationDifference())
    let information = try await trial.scores(of: MutualInformation())
    #expect(try Self.excess(distance.of("x", "parabola")) > 8)
    #expect(try Self.excess(information.of("x", "parabola")) > 8)
    // The pair is the first of its list.
    #expect(distance.first { !$0.subject.isTable }?.subject.columns == ["x", "parabola"])
    for metric in [SpearmanDifference() as any Metric, KendallDifference()] {
      let scores = try await trial.scores(of: metric)
      #expect(try Self.excess(scores.of("x", "parabola")) < 4)
    }
  }

  @Test func `of a fresh sample are not accused`() async throws {
    let trial = try Self.trial(broken: false)
    for metric in [
      TheilsU() as any Metric, MutualInformation(), CorrelationRatioDifference(),
      KendallDifference(), DistanceCorrelationDifference(), MarginalSquaredDistance(),
      Conjunctions(),
    ] {
      let scores = try await trial.scores(of: metric)
      #expect(try abs(Self.excess(scores.table())) < 5, "\(metric.descriptor.id)")
    }
  }

  @Test func `of a part and its whole are directed`() async throws {
    let scores = try await Self.trial(broken: false).scores(of: TheilsU())
    let whole = try #require(scores.of("whole", "part"))
    let part = try #require(scores.of("part", "whole"))
    #expect(whole.subject.given == "part")
    #expect(try #require(whole.details["real"]?.doubleValue) > 0.999)
    #expect(try #require(part.details["real"]?.doubleValue) < 0.6)
  }

  @Test func `that are shuffled are as far as the far end of the scale`() async throws {
    var stream = RandomStream(seed: 7, name: "shuffle")
    let training = Self.table(1)
    let shuffled = PlantedDamage(.shuffledColumns, strength: 1, seed: stream.next())
      .applied(to: Self.table(2), training: training)
    let trial = try Trial(training: training, synthetic: shuffled, plan: Self.plan)
    for metric in [
      TheilsU() as any Metric, MutualInformation(), CorrelationRatioDifference(),
      KendallDifference(), DistanceCorrelationDifference(), KMarginal(),
      MarginalSquaredDistance(), Conjunctions(),
    ] {
      let score = try #require(try await trial.scores(of: metric).table())
      let (value, far) = (try #require(score.value), try #require(score.baseline?.value))
      let near = try #require(score.floor?.value)
      #expect(abs(value - far) < 0.25 * abs(near - far), "\(metric.descriptor.id)")
    }
  }

  @Test func `tests of pairs are adjusted for their number`() async throws {
    let scores = try await Self.trial(broken: true).scores(of: KendallDifference())
    let tests = scores.compactMap(\.test)
    #expect(tests.count == 3)
    #expect(tests.allSatisfy { ($0.adjusted ?? 0) >= $0.pValue && $0.family != nil })
  }
}
