import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

/// Shares of the difference of rows, where it is known which part is wrong.
@Suite struct `The repair ladder` {
  /// x and y with a correlation, and z the sign of their product where `tied` and a coin otherwise.
  private static func rows(
    _ count: Int, seed: UInt64, correlation: Double = 0, tied: Bool = true, shift: Double = 0
  ) -> RawTable {
    var random = RandomStream(seed: seed, name: "rows")
    var x: [Double?] = []
    var y: [Double?] = []
    var z: [String?] = []
    for _ in 0..<count {
      let first = random.normal()
      let second =
        correlation * first + (1 - correlation * correlation).squareRoot() * random.normal()
      x.append(first + shift)
      y.append(second)
      z.append((tied ? first * second > 0 : random.uniform() < 0.5) ? "same" : "other")
    }
    return TableBuilder().numbers("x", x).numbers("y", y).levels("z", z).table()
  }

  private static var plan: EvaluationPlan {
    var plan = EvaluationPlan.brief()
    plan.classifierRows = 400
    plan.classifierTrees = 30
    return plan
  }

  private static func score(_ synthetic: RawTable) async throws -> Score {
    let trial = try Trial(
      training: rows(400, seed: 1), synthetic: synthetic, holdout: rows(400, seed: 2), plan: plan)
    return try #require(try await trial.scores(of: RepairLadder()).table(.holdout))
  }

  private static func share(_ score: Score, _ name: String) throws -> Double {
    try #require(score.details["shares"]?[name]?.doubleValue)
  }

  @Test func `gives a moved column to single columns`() async throws {
    // The sign of the product is taken before the move, so ranks are right.
    let score = try await Self.score(Self.rows(400, seed: 3, shift: 3))
    #expect(try Self.share(score, "singleColumns") > 0.8)
    #expect(abs(try Self.share(score, "moreColumns")) < 0.2)
  }

  @Test func `gives a relation of three columns to more columns`() async throws {
    // Every pair of columns is independent on both sides.
    let score = try await Self.score(Self.rows(400, seed: 3, tied: false))
    #expect(try Self.share(score, "moreColumns") > 0.7)
  }

  @Test func `gives a correlation to pairs`() async throws {
    func pair(_ seed: UInt64, _ correlation: Double) -> RawTable {
      Self.rows(400, seed: seed, correlation: correlation).columns(["x", "y"])
    }
    let trial = try Trial(
      training: pair(1, 0.9), synthetic: pair(3, 0), holdout: pair(2, 0.9), plan: Self.plan)
    let score = try #require(try await trial.scores(of: RepairLadder()).table(.holdout))
    #expect(try Self.share(score, "pairs") > 0.7)
    #expect(abs(try #require(score.value) - 0.5) < 0.1)
  }
}

/// Skill of every column, where it is known in closed form.
@Suite struct `Predictability of all columns` {
  private static func rows(_ count: Int, seed: UInt64, noise: Double) -> RawTable {
    var random = RandomStream(seed: seed, name: "rows")
    let x = (0..<count).map { _ in random.normal() }
    let y = x.map { $0 + noise * random.normal() }
    return TableBuilder().numbers("x", x.map { $0 }).numbers("y", y.map { $0 })
      .levels("c", x.map { $0 > 0 ? "high" : "low" }).table()
  }

  private static var plan: EvaluationPlan {
    var plan = EvaluationPlan.brief()
    plan.classifierRows = 600
    plan.classifierTrees = 40
    return plan
  }

  @Test func `is one for fresh rows and nothing for shuffled columns`() async throws {
    let training = Self.rows(600, seed: 1, noise: 0.2)
    let holdout = Self.rows(300, seed: 2, noise: 0.2)
    func score(_ synthetic: RawTable) async throws -> Score {
      let trial = try Trial(
        training: training, synthetic: synthetic, holdout: holdout, plan: Self.plan)
      return try #require(try await trial.scores(of: GlobalUtility()).table(.holdout))
    }
    let fresh = try await score(Self.rows(600, seed: 3, noise: 0.2))
    #expect(abs(try #require(fresh.value) - 1) < 0.1)
    let broken = PlantedDamage(.shuffledColumns, strength: 1).applied(
      to: Self.rows(600, seed: 3, noise: 0.2), training: training)
    let shuffled = try await score(broken)
    #expect(try #require(shuffled.value) < 0.25)
    #expect(shuffled.details["columns"]?.arrayValue?.count == 3)
  }

  @Test func `says so where no column follows from another`() async throws {
    func independent(_ seed: UInt64) -> RawTable {
      var random = RandomStream(seed: seed, name: "rows")
      return TableBuilder().numbers("x", (0..<300).map { _ in random.normal() })
        .numbers("y", (0..<300).map { _ in random.normal() }).table()
    }
    let trial = try Trial(
      training: independent(1), synthetic: independent(2), holdout: independent(3),
      plan: Self.plan)
    let score = try #require(try await trial.scores(of: GlobalUtility()).table(.holdout))
    #expect(score.reason?.contains("do not follow") == true)
  }
}
