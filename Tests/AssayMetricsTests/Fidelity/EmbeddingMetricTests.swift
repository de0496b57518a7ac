import AssayDocument
import AssayEvaluation
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

/// Metrics of embedded rows on rows whose truth is known.
@Suite struct `Metrics of embedded rows` {
  static let metrics: [any Metric] = [
    FrechetDistanceScore(), KernelDistanceScore(), NeighbourPrecision(), NeighbourRecall(),
    NeighbourDensity(), NeighbourCoverage(), ImprovedPrecision(), ImprovedRecall(),
    AlphaPrecision(), BetaRecall(), Authenticity(), ClippedDensity(), ClippedCoverage(),
  ]

  static var plan: EvaluationPlan {
    var plan = EvaluationPlan.brief()
    plan.classifierRows = 240
    plan.embeddingRows = 120
    return plan
  }

  /// Relations, a skewed number, blank cells and levels.
  static func rows(_ count: Int, seed: UInt64) -> RawTable {
    var random = RandomStream(seed: seed, name: "rows")
    var columns: [[Double?]] = [[], [], [], []]
    var level: [String?] = []
    for _ in 0..<count {
      let first = random.normal()
      columns[0].append(first)
      columns[1].append(0.9 * first + 0.44 * random.normal())
      columns[2].append(random.uniform() < 0.1 ? nil : random.normal() + first)
      columns[3].append(random.exponential())
      level.append(first + random.normal() > 0 ? "a" : random.uniform() < 0.7 ? "b" : "c")
    }
    return TableBuilder().numbers("x", columns[0]).numbers("y", columns[1])
      .numbers("z", columns[2]).numbers("w", columns[3]).levels("c", level).table()
  }

  static func scores(
    _ synthetic: RawTable, training: RawTable, holdout: RawTable? = nil
  ) async throws -> [String: Score] {
    let trial = try Trial(
      training: training, synthetic: synthetic, holdout: holdout, plan: plan)
    var found: [String: Score] = [:]
    for metric in metrics {
      found[metric.descriptor.id.rawValue] = try await trial.scores(of: metric).table()
    }
    return found
  }

  @Test func `get what is said of a fresh real sample`() async throws {
    // Simulation: 16 fresh samples; the mean standardised excess of each metric.
    var excess: [String: [Double]] = [:]
    for seed in 0..<16 as Range<UInt64> {
      let found = try await Self.scores(
        Self.rows(240, seed: 200 + 2 * seed), training: Self.rows(240, seed: 201 + 2 * seed))
      for (id, score) in found {
        let value = try #require(score.value, "\(id): \(score.outcome)")
        let floor = try #require(score.floor)
        #expect(floor.spread > 0, "\(id)")
        excess[id, default: []].append((value - floor.value) / max(floor.spread, 1e-12))
      }
    }
    #expect(excess.count == Self.metrics.count)
    for (id, own) in excess.sorted(by: { $0.key < $1.key }) {
      let mean = own.reduce(0, +) / Double(own.count)
      // Four standard errors of 16 are 1.
      #expect(abs(mean) < 1, "\(id) lies \(mean) deviations from what is said")
      #expect(own.count { abs($0) > 4 } <= 1, "\(id): \(own)")
    }
  }

  @Test func `see copies, noise, collapse, shuffled columns and uniform values`() async throws {
    // Planted truth, against training.
    let training = Self.rows(240, seed: 1)
    func moved(_ rows: RawTable, _ damage: MetricDescriptor.Damage, _ strength: Double)
      -> RawTable
    {
      PlantedDamage(damage, strength: strength).applied(to: rows, training: training)
    }
    let rows = Self.rows(240, seed: 2)
    let fresh = try await Self.scores(rows, training: training)
    func value(_ scores: [String: Score], _ id: String) throws -> Double {
      try #require(scores["fidelity." + id]?.value, "\(id)")
    }
    func floor(_ scores: [String: Score], _ id: String) throws -> Double {
      try #require(scores["fidelity." + id]?.floor?.value, "\(id)")
    }
    // All 240 training rows are candidates for 120 of each side: half of the copies are seen.
    let copy = try await Self.scores(training, training: training)
    #expect(try value(copy, "authenticity") < floor(copy, "authenticity") - 0.15)
    #expect(try value(copy, "beta-recall") > floor(copy, "beta-recall"))
    let jittered = try await Self.scores(
      moved(rows, .jitteredCopy, 1), training: training)
    #expect(try value(jittered, "authenticity") < floor(jittered, "authenticity") - 0.1)
    let collapsed = try await Self.scores(moved(rows, .modeCollapse, 1), training: training)
    for id in ["coverage", "recall", "clipped-coverage"] {
      #expect(try value(collapsed, id) < value(fresh, id) - 0.1, "\(id)")
    }
    #expect(try value(collapsed, "frechet-distance") > 3 * floor(collapsed, "frechet-distance"))
    let shuffled = try await Self.scores(
      moved(rows, .shuffledColumns, 1), training: training)
    // Rows of shuffled columns still lie in some ball: precision and density hardly fall.
    for (id, margin) in [("precision", 0), ("density", 0), ("clipped-density", 0.05)] {
      let (far, near) = (try value(shuffled, id), try value(fresh, id))
      #expect(far < near - margin, "\(id): \(far), fresh \(near)")
    }
    #expect(
      try value(shuffled, "frechet-distance") > 2 * floor(shuffled, "frechet-distance"))
    let shifted = try await Self.scores(moved(rows, .shift, 1), training: training)
    for id in ["frechet-distance", "kernel-distance"] {
      let score = try #require(shifted["fidelity." + id])
      let floor = try #require(score.floor)
      #expect(try value(shifted, id) > floor.value + 4 * floor.spread, "\(id)")
    }
  }

  @Test func `name their embedding and try others in the full preset`() async throws {
    var plan = Self.plan
    plan.preset = .full
    let trial = try Trial(
      training: Self.rows(240, seed: 5), synthetic: Self.rows(240, seed: 6), plan: plan)
    let scores = try await trial.scores(of: FrechetDistanceScore())
    #expect(
      scores.compactMap { $0.details["embedding"]?.stringValue } == [
        "rank-one-hot/1+pca-95", "rank-one-hot/1+pca-95+random-fourier/1",
        "boosted-leaves/1+pca-95",
      ])
    #expect(scores.allSatisfy { $0.status == .measured })
    #expect(Set(scores.compactMap { $0.details["embeddingDigest"]?.stringValue }).count == 2)
    #expect(scores[0].details["extrapolated"]?["value"]?.doubleValue != nil)
    let shuffled = PlantedDamage(.shuffledColumns, strength: 1).applied(
      to: Self.rows(240, seed: 6), training: Self.rows(240, seed: 5))
    let far = try await Trial(
      training: Self.rows(240, seed: 5), synthetic: shuffled, plan: plan
    ).scores(of: FrechetDistanceScore())
    for (near, far) in zip(scores, far) {
      let name = near.details["embedding"]?.stringValue ?? ""
      #expect(try #require(far.value) > 1.5 * #require(near.value), "\(name) \(far.value ?? 0)")
    }
  }

  @Test func `of leaves see broken relations, and take fresh rows for fresh`() async throws {
    // Planted truth: of 30 fresh samples about one in twenty is beyond what is said; shuffled columns,
    // whose single columns are right, always are.
    var plan = Self.plan
    plan.preset = .full
    var beyond = 0
    for seed in 0..<30 {
      let training = Self.rows(300, seed: UInt64(100 + seed))
      let fresh = Self.rows(300, seed: UInt64(200 + seed))
      func leaves(_ synthetic: RawTable) async throws -> Score {
        let trial = try Trial(training: training, synthetic: synthetic, plan: plan)
        return try #require(
          try await trial.scores(of: KernelDistanceScore()).first {
            $0.details["embedding"]?.stringValue == "boosted-leaves/1+pca-95"
          })
      }
      let own = try await leaves(fresh)
      let floor = try #require(own.floor)
      if try #require(own.value) > floor.value + 1.645 * floor.spread { beyond += 1 }
      if seed < 5 {
        let shuffled = PlantedDamage(.shuffledColumns, strength: 1).applied(
          to: fresh, training: training)
        let far = try await leaves(shuffled)
        #expect(try #require(far.value) > floor.value + 4 * floor.spread, "\(seed)")
      }
    }
    #expect(beyond <= 6)
  }

  @Test func `take vectors that are given`() async throws {
    // Planted truth: the tables are alike, and the given vectors of the synthetic rows are moved.
    let training = Self.rows(150, seed: 7)
    let synthetic = Self.rows(140, seed: 8)
    var random = RandomStream(seed: 9, name: "vectors")
    func vectors(_ rows: Int, shift: Double) -> EmbeddingTable {
      EmbeddingTable(
        name: "vectors.npy", rowCount: rows, dimensions: 3,
        values: (0..<rows * 3).map { _ in random.normal() + shift })
    }
    let real = vectors(150, shift: 0)
    for (shift, isSeen) in [(0.0, false), (1.0, true)] {
      let trial = try Trial(
        training: training, synthetic: synthetic,
        embeddings: GivenEmbeddings(
          training: real, synthetic: vectors(140, shift: shift)), plan: Self.plan)
      let score = try #require(try await trial.scores(of: FrechetDistanceScore()).table())
      #expect(score.details["embedding"]?.stringValue == "given")
      #expect(score.baseline?.method == "shuffled-coordinates")
      let (value, floor) = (try #require(score.value), try #require(score.floor))
      #expect((value > floor.value + 6 * floor.spread) == isSeen, "\(value) \(floor)")
      let precision = try #require(try await trial.scores(of: NeighbourPrecision()).table())
      #expect(precision.details["dimensions"]?.integerValue == 3)
    }
  }

  @Test func `rows that are all alike have no embedding`() async throws {
    let same = TableBuilder().levels("c", (0..<60).map { _ in "a" })
      .numbers("x", (0..<60).map { _ in 1 }).table()
    let trial = try Trial(training: same, synthetic: same, plan: Self.plan)
    for metric in Self.metrics {
      let scores = try await trial.scores(of: metric)
      #expect(scores.allSatisfy { $0.status == .notApplicable }, "\(metric.descriptor.id)")
    }
  }
}
