import AssayDocument
import AssayMetrics
import AssayNumerics
import AssayTable
import AssayTestKit
import Testing

@testable import AssayUtility

/// Learners on rows whose best prediction is known.
@Suite struct `Learners` {
  /// The rows of a target, as its models see them.
  private static func rows(
    _ target: String, strength: Double = 2, holdout: Int? = 500
  ) async throws -> TargetRows.Found {
    let tables = TargetTables(strength: strength)
    let trial = try Trial(
      training: tables.rows(1_000, "training"), synthetic: tables.rows(1_000, "fresh"),
      holdout: holdout.map { tables.rows($0, "holdout") },
      declared: TargetTables.declared(target), plan: TargetTables.plan)
    let workspace = Workspace(trial.comparison.reference, plan: trial.plan, threads: 1)
    let targets = try await workspace.value(of: Targets())
    let column = try #require(targets.problems.first).column
    return try #require(try await workspace.value(of: TargetRows(target: column)))
  }

  /// Planted truth: whatever learns, learns; what sees nothing gets the trivial value.
  @Test(arguments: Learner.allCases, ["yes", "three", "number"])
  func `learn what there is, and a constant nothing`(
    _ learner: Learner, _ target: String
  ) async throws {
    let rows = try await Self.rows(target)
    let fit = try LearnerFits.fit(
      rows, learner: learner, settings: TargetTables.plan.utility, threads: 1)
    let measure = try HeadlineMeasure.choose(rows.problem, fit.test, roleWord: "holdout").get()
    let value = try measure.value(fit.real, fit.test, task: rows.problem.task)
    let trivial = measure.trivial(fit.test)
    if learner == .constant {
      // The mean of other rows explains a little less than nothing.
      #expect(abs(value - trivial) < 0.01)
    } else {
      #expect(value > trivial + 0.2, "\(learner) on \(target): \(value)")
    }
    let probabilities = rows.problem.task != .regression
    #expect(fit.real.allSatisfy { !probabilities || $0 >= 0 && $0 <= 1 })
  }

  /// Slow twin: the mean label of the rows that a plain search finds nearest.
  @Test func `of neighbours are what a plain search finds`() async throws {
    let rows = try await Self.rows("number")
    let base = rows.training.prefix(200)
    let queries = rows.test.prefix(40)
    let found = try NeighbourModel(base, task: .regression).predictions(queries)
    let features = DenseFeatures(base.columns)
    let side = 0.5.squareRoot()
    let own = features.values(base, indicator: side)
    let other = features.values(queries, indicator: side)
    for row in 0..<queries.count {
      let distances = (0..<base.count).map { index in
        (0..<features.width).reduce(0.0) { sum, column in
          let gap = own[index * features.width + column] - other[row * features.width + column]
          return sum + gap * gap
        }
      }
      let nearest = distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
      let mean = nearest.prefix(25).reduce(0.0) { $0 + Double(base.labels[$1]) } / 25
      // Single precision can exchange two rows that are as far away to seven digits.
      #expect(abs(mean - found[row]) < 0.05)
    }
  }

  @Test func `say what they saw where there is one class or no row`() async throws {
    let rows = try await Self.rows("yes")
    let ones = rows.training.rows(
      rows.training.labels.indices.filter { rows.training.labels[$0] == 1 })
    for learner in Learner.allCases {
      let sure = try learner.train(ones, task: .binary, trees: 5).predictions(rows.test.prefix(3))
      #expect(sure == [1, 1, 1])
      let empty = try learner.train(ones.prefix(0), task: .binary, trees: 5)
        .predictions(rows.test.prefix(2))
      #expect(empty == [0.5, 0.5])
    }
  }

  /// Law: whoever judges a row has not seen it or its like.
  @Test func `without a holdout judge rows of parts that hold all alike rows`() async throws {
    let rows = try await Self.rows("yes", holdout: nil)
    let folds = try #require(rows.folds)
    var parts: [UInt64: Int] = [:]
    for (row, key) in rows.training.keys.enumerated() {
      if let known = parts[key] { #expect(known == folds[row]) }
      parts[key] = folds[row]
    }
    #expect(Set(folds) == [0, 1, 2])
    #expect(rows.role == .training && rows.size < rows.training.count)
  }
}

/// The parts that numbers of rows and intervals are made of.
@Suite struct `Curves of models` {
  /// Closed form: two points out of order become their mean.
  @Test func `are made monotone by means`() {
    #expect(
      LearningCurve.monotone([1, 3, 2, 4], weights: [1, 1, 1, 1]) == [1, 2.5, 2.5, 4])
    #expect(LearningCurve.monotone([3, 1], weights: [1, 3]) == [1.5, 1.5])
  }

  /// Closed form: halfway on the logarithm between 100 and 400 lies 200.
  @Test func `are read between on the logarithm and end where they end`() {
    let curve = (sizes: [100, 400], values: [0.5, 0.9])
    #expect(abs(LearningCurve.inverse(0.7, curve) - 200) < 1e-9)
    #expect(LearningCurve.inverse(0.4, curve) == 100)
    #expect(LearningCurve.inverse(0.95, curve) == 400)
  }

  /// Closed form: a class's area has the influence whose squares are DeLong's variance.
  @Test func `have influences whose squares are DeLong's variance`() throws {
    var random = RandomStream(seed: 8, name: "areas")
    let labels = (0..<300).map { _ in random.uniform() < 0.4 }
    let scores = labels.map { ($0 ? 0.8 : 0) + random.normal() }
    let area = try HeadlineMeasure.area(scores, labels)
    let exact = try area.deLongVariance().squareRoot()
    let positives = Double(area.positives)
    let negatives = Double(area.negatives)
    let above = area.positivePlacements.map { ($0 - area.value) / positives }
    let below = area.negativePlacements.map { ($0 - area.value) / negatives }
    let spread = MeasureInfluence.spread(above + below)
    // DeLong divides by one less in either class, this by one less in all.
    #expect(abs(spread - exact) < 0.01 * exact)
  }

  /// Closed form: for what is a mean, subsets of half vary as the whole does.
  @Test func `vary over subsets as the formula says`() throws {
    var random = RandomStream(seed: 5, name: "values")
    let values = (0..<400).map { _ in random.normal() }
    let whole = try variance(values.span) / 400
    var means: [Double] = []
    for draw in 0..<2_000 {
      var stream = RandomStream(seed: 6, path: ["subset", String(draw)])
      var order = Array(0..<400)
      stream.shuffle(&order)
      means.append(order.prefix(100).reduce(0) { $0 + values[$1] } / 100)
    }
    let scaled = try variance(means.span) * 100 / 300
    // 2,000 subsets know a variance to 3 %.
    #expect(abs(scaled / whole - 1) < 0.12)
  }
}
