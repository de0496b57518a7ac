import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import AssayUtility
import Testing

/// The prediction gap where it is known what is lost.
@Suite struct `The prediction gap` {
  private static func scores(
    _ target: String, training: RawTable, synthetic: RawTable, holdout: RawTable?,
    plan: EvaluationPlan = TargetTables.plan
  ) async throws -> MetricResult {
    try await Trial(
      training: training, synthetic: synthetic, holdout: holdout,
      declared: TargetTables.declared(target), plan: plan
    ).result(of: PredictionGap())
  }

  /// Planted truth: a fresh sample loses nothing, shuffled columns lose all that there is.
  @Test(arguments: [("yes", "auc"), ("three", "macro-auc"), ("number", "r2")])
  func `is nothing for fresh rows and everything for shuffled columns`(
    _ target: String, _ measure: String
  ) async throws {
    let tables = TargetTables()
    let training = tables.rows(800, "training")
    let holdout = tables.rows(600, "holdout")
    let fresh = try await Self.scores(
      target, training: training, synthetic: tables.rows(800, "fresh"), holdout: holdout)
    let score = try #require(fresh.scores.first { $0.subject.target == target })
    #expect(score.details["measure"]?.stringValue == measure)
    #expect(abs(score.value ?? 1) < 0.05)
    let shuffled = PlantedDamage(.shuffledColumns, strength: 1, seed: 4).applied(
      to: tables.rows(800, "fresh"), training: training)
    let lost = try await Self.scores(
      target, training: training, synthetic: shuffled, holdout: holdout)
    let worse = try #require(lost.scores.first { $0.subject.target == target })
    let anchor = try #require(worse.baseline?.value)
    // A model of shuffled columns guesses: it keeps nothing, and with numbers does worse than that.
    #expect((worse.value ?? 0) > anchor - 0.12)
    #expect((worse.interval?.lower ?? 0) > 0.2)
    #expect(try #require(lost.scores.table(.holdout)).value == worse.value)
  }

  @Test func `is absent without a target, and says how one is named`() async throws {
    let tables = TargetTables()
    let result = try await Trial(
      training: tables.rows(60, "a"), synthetic: tables.rows(60, "b"), plan: TargetTables.plan
    ).result(of: PredictionGap())
    #expect(result.scores.count == 1)
    #expect(
      result.scores.first?.reason?.hasPrefix("no target is named; try --target ") == true)
  }

  @Test func `is average precision for a rare class and absent for a handful, with the count`()
    async throws
  {
    var tables = TargetTables()
    tables.offset = -6
    let training = tables.rows(1_500, "training")
    let rare = try await Self.scores(
      "yes", training: training, synthetic: tables.rows(1_500, "fresh"),
      holdout: tables.rows(700, "holdout"))
    let score = try #require(rare.scores.first { $0.subject.target == "yes" })
    #expect(score.details["measure"]?.stringValue == "average-precision")
    #expect(score.interval?.method == "paired bootstrap within classes")
    let few = try await Self.scores(
      "yes", training: training, synthetic: tables.rows(1_500, "fresh"),
      holdout: tables.rows(60, "few"))
    let reason = try #require(few.scores.first { $0.subject.target == "yes" }?.reason)
    #expect(reason.contains("rarer class of yes in the holdout rows"))
  }

  @Test func `without a holdout shows a loss but is given no bounds`() async throws {
    let tables = TargetTables()
    let result = try await Self.scores(
      "yes", training: tables.rows(600, "training"), synthetic: tables.rows(600, "fresh"),
      holdout: nil)
    let score = try #require(result.scores.first { $0.subject.target == "yes" })
    #expect(score.against == .training && score.bounds == nil && score.interval != nil)
    #expect(result.facets.isEmpty)
  }

  @Test func `is all that there is where no synthetic row has the target`() async throws {
    let tables = TargetTables()
    let bare = tables.rows(300, "fresh").columns(["x", "z", "c"])
    let result = try await Self.scores(
      "yes", training: tables.rows(300, "training"), synthetic: bare,
      holdout: tables.rows(300, "holdout"))
    let score = try #require(result.scores.first { $0.subject.target == "yes" })
    let real = try #require(score.details["real"]?.doubleValue)
    // Closed form: a constant has an area of ½.
    #expect(abs((score.value ?? 0) - (real - 0.5)) < 1e-4)
  }
}
