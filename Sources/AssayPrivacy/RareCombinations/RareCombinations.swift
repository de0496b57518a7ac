public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// The share of synthetic rows that replay rare combinations of values of one training record, less what
/// the holdout shows to be chance.
///
/// A combination is the cells of two, three or four columns, and it is rare where one row alone of the
/// pooled real rows holds it, though each cell by itself is held by at least k of them. A fresh row meets
/// a few by chance. How many, the pooled rows say of each other: each is looked at as if it were not in
/// the pool, and t is the least number of rare combinations with one record that at most one pooled row in
/// a hundred shares with another. A synthetic row that shares t or more with a record replays it.
///
/// ```
/// (W_T − W_H · n_T/n_H) / n_synthetic
/// ```
///
/// with W the synthetic rows that replay training and holdout records, a row that replays several split
/// evenly. A generator that puts rows where real ones are sparse meets rare combinations more often than
/// a fresh real sample, but as often those of records that it never saw: W_H counts them. The test
/// permutes the training labels of the records; t and what each attracts do not depend on them, so it is
/// exact. It sees copies of which some columns were drawn anew, which equal no row and lie near none. It
/// cannot see values with noise beyond their cell, nor records that are rare by a single value.
///
/// - Complexity: O(combinations · rows); of more than 200,000 rows of a side a stated choice.
///
/// Source: unique combinations as marks of a record are those of special uniques detection, Elliot,
/// Manning & Ford (2002); permutation of labels as in Phipson & Smyth (2010),
/// doi:10.2202/1544-6115.1585.
public struct RareCombinations: Metric {
  /// Makes the metric.
  public init() {}

  /// Labels of training and holdout rows stay exchangeable whatever was drawn.
  public var holdsUnderReweighting: Bool { true }

  /// The share of pooled rows that may replay another by chance.
  static let chance = 0.01

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "privacy.rare-combinations", title: "Replayed rare combinations", dimension: .privacy,
      summary:
        "The share of synthetic rows that repeat combinations of values which only one training "
        + "record has, less as many as repeat those of holdout records.",
      formula:
        "(W_T − W_H·n_T/n_H) / n_synthetic, W = synthetic rows that share ≥ t rare combinations with one "
        + "record, t = least number that ≤ 1 % of the real rows share with another",
      lowerLimit: -1, direction: .lowerIsBetter, frame: .exchangeable, anchor: .copiedRows,
      invariances: [
        "order of rows", "order of columns", "increasing transforms of a column on all sides",
      ],
      sees: [.copy, .jitteredCopy, .leak], blindTo: [.shuffledColumns],
      cannotSee:
        "copies with noise beyond a cell in most numbers; records that are rare by one value alone; "
        + "tables of a few coarse columns, where no combination is rare",
      defaults: [
        "combinations":
          "two, three or four columns, a seeded choice of 60 of each (200 in the full "
          + "preset, 20 in the quick one)",
        "cells": "levels, and numbers in at most 100 cells; each of at least k real rows",
        "rare": "held by one of the real rows alone",
      ],
      howToRead:
        "0 is chance. Above: rows are put together from parts of single training records, even where "
        + "none is copied as a whole.",
      citations: [
        .init(
          "Elliot, Manning & Ford (2002), A computational algorithm for handling the special uniques "
            + "problem"),
        .init(
          "Phipson & Smyth (2010), Permutation p-values should never be zero",
          doi: "10.2202/1544-6115.1585"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    try await workspace.value(of: ResultOf(RareCombinationsMeasurement()))
  }
}

/// Measures once, for the score and for the verdict.
struct RareCombinationsMeasurement: SharedMeasurement {
  private let descriptor = RareCombinations().descriptor
  var id: MetricID { descriptor.id }

  func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    guard frame.table(.holdout) != nil else {
      return absent("there is no holdout: nothing shows what unseen rows would get")
    }
    guard let rows = CombinationRows(frame, plan: workspace.plan) else {
      return absent("fewer than two features can be compared")
    }
    let search = rows.search(frame, plan: workspace.plan)
    let shared = try search.shared(probes: rows.probes, threads: workspace.threads)
    let threshold = Self.threshold(shared.pool)
    let replayed = shared.synthetic.map { own in
      own.filter { $0.combinations >= threshold }.map { Int($0.row) }
    }
    do throws(NumericsError) {
      var score = try score(replayed, rows, frame, workspace.plan)
      score.details["combinations"] = .integer(search.combinationCount)
      score.details["sharedCombinations"] = .integer(threshold)
      return MetricResult(scores: [score])
    } catch {
      throw MetricError(error)
    }
  }

  private func absent(_ reason: String) -> MetricResult {
    MetricResult(scores: [
      Score(
        metric: descriptor.id, dimension: .privacy, against: .both,
        outcome: .notApplicable(reason: reason))
    ])
  }

  /// The least number of shared combinations that at most one row in a hundred reaches.
  static func threshold(_ pool: [[CombinationSearch.Shared]]) -> Int {
    let most = pool.map { Double($0.map(\.combinations).max() ?? 0) }
    let sorted = sortedCopy(most.span)
    guard !sorted.isEmpty else { return 1 }
    let allowed = Int(RareCombinations.chance * Double(sorted.count))
    return Int(sorted[sorted.count - 1 - allowed]) + 1
  }

  private func score(
    _ replayed: [[Int]], _ rows: CombinationRows, _ frame: ExchangeableFrame, _ plan: EvaluationPlan
  ) throws(NumericsError) -> Score {
    let members = rows.training.count
    let others = rows.holdout.count
    var weights = [Double](repeating: 0, count: members + others)
    for own in replayed {
      for row in own { weights[row] += 1 / Double(own.count) }
    }
    let pooled = EntityPooling(weights, frame, training: rows.training, holdout: rows.holdout)
    var stream = RandomStream(seed: plan.seed, name: descriptor.id.rawValue, "labels")
    let test = try labelPermutationTest(
      weights: pooled.weights.span, isTraining: pooled.isTraining.span,
      permutations: plan.permutations, isSharp: true, stream: &stream)
    let total = Double(replayed.count)
    let units = Double(pooled.isTraining.count { $0 })
    let ratio = units / Double(max(1, pooled.isTraining.count - Int(units)))
    let chance = (pooled.weights.reduce(0, +) - test.statistic) * ratio
    let value = max(-1, min(1, (test.statistic - chance) / total))
    // Records are independent, and each attracts what it attracts: sums of squares by side.
    let squares = zip(pooled.weights, pooled.isTraining).reduce(0.0) { sum, unit in
      sum + unit.0 * unit.0 * (unit.1 ? 1 : ratio * ratio)
    }
    let spread = max(test.variance.squareRoot() * (1 + ratio), 1e-9) / total
    let deviation = max(squares.squareRoot() / total, spread)
    let two = try normalQuantile((1 + plan.level) / 2) * deviation
    return Score(
      metric: descriptor.id, dimension: .privacy, against: .both, outcome: .measured(value),
      interval: ScoreInterval(
        lower: max(-1, value - two), upper: min(1, value + two), level: plan.level,
        method: "clustered-normal"),
      bounds: try ScoreBounds(
        value: value, level: plan.level,
        law: .normal(
          .init(
            lowerCentre: value, upperCentre: value, deviation: deviation, lowest: -1,
            highest: 1))),
      floor: ScoreFloor(value: 0, spread: spread, method: FloorMethod.closedForm),
      baseline: ScoreBaseline(value: 1, method: "copied-rows"),
      test: TestResult(
        statistic: test.statistic, pValue: test.pValueGreater,
        method: "label permutation, \(test.permutations) relabellings"),
      n: RowCounts(training: members, synthetic: replayed.count, holdout: others),
      details: [
        "count": .integer(replayed.count { $0.contains { $0 < members } }),
        "expectedCount": .finite(Published.rounded(chance)),
        "relabellings": .integer(test.permutations),
        "sharpPValue": .finite(test.sharpPValueGreater),
        "records": ReplayedRecords(pooled).detail,
      ])
  }
}
