public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// The share of synthetic rows that replay rare combinations of values of one training record.
///
/// A combination is the cells of two, three or four columns, and it is rare where one row alone of the
/// pooled real rows holds it, though each cell by itself is held by at least k of them. A fresh row meets
/// a few by chance. How many, the pooled rows say of each other: each is looked at as if it were not in
/// the pool, and t is the least number of rare combinations with one record that at most one pooled row in
/// a hundred shares with another. A synthetic row that shares t or more with a training record replays it.
///
/// ```
/// #{synthetic rows that share ≥ t rare combinations with one training record} / #{synthetic rows}
/// ```
///
/// The holdout is the control: the share of holdout rows that meet t combinations of a training record is
/// what a fresh real sample gets. The test gives every pooled row the synthetic rows that replay it, ties
/// split, and permutes the training labels; t and the weights do not depend on them, so it is exact. It
/// sees copies of which some columns were drawn anew, which equal no row and lie near none. It cannot see
/// values with noise beyond their cell, nor records that are rare by a single value.
///
/// - Complexity: O(combinations · rows).
///
/// Source: unique combinations as marks of a record are those of special uniques detection, Elliot,
/// Manning & Ford (2002); permutation of labels as in Phipson & Smyth
/// (2010), doi:10.2202/1544-6115.1585.
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
      summary: "The share of synthetic rows that repeat more combinations of values which only one "
        + "training record has than chance explains.",
      formula:
        "#{synthetic rows that share ≥ t rare combinations with one training record} / "
        + "#{synthetic rows}, t = least number that ≤ 1 % of the real rows share with another",
      direction: .lowerIsBetter, frame: .exchangeable, anchor: .copiedRows,
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
        "Compare with what a fresh real sample gets. Higher: rows are put together from parts of "
        + "single training records, even where none is copied as a whole.",
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
    guard let rows = CombinationRows(frame, plan: workspace.plan) else {
      return absent("fewer than two features can be compared")
    }
    let search = rows.search(frame, plan: workspace.plan)
    let shared = try search.shared(probes: rows.probes, threads: workspace.threads)
    let threshold = Self.threshold(shared.pool)
    let members = rows.training.count
    let replayed = shared.synthetic.map { own in
      own.filter { $0.combinations >= threshold }.map { Int($0.row) }
    }
    // Without a holdout training rows say how often one replays another.
    let hasHoldout = !rows.holdout.isEmpty
    let control = zip(rows.probes, shared.pool).filter { !hasHoldout || $0.0 >= members }
    let known = control.count { pair in
      pair.1.contains { $0.combinations >= threshold && $0.row < members }
    }
    do throws(NumericsError) {
      var score = try score(
        replayed.count { $0.contains { $0 < members } }, of: replayed.count,
        chance: (known, control.count), hasHoldout: hasHoldout, workspace.plan)
      score.n = RowCounts(
        training: members, synthetic: replayed.count,
        holdout: hasHoldout ? rows.holdout.count : nil)
      score.details["combinations"] = .integer(search.combinationCount)
      score.details["sharedCombinations"] = .integer(threshold)
      if hasHoldout { try test(replayed, rows, frame, workspace.plan, &score) }
      return MetricResult(scores: [score])
    } catch {
      throw MetricError(error)
    }
  }

  private func absent(_ reason: String) -> MetricResult {
    MetricResult(scores: [
      Score(
        metric: descriptor.id, dimension: .privacy, against: .training,
        outcome: .notApplicable(reason: reason))
    ])
  }

  /// The least number of shared combinations that at most one row in a hundred reaches.
  static func threshold(_ pool: [[CombinationSearch.Shared]]) -> Int {
    let most = pool.map { Double($0.map(\.combinations).max() ?? 0) }
    let sorted = sortedCopy(most.span)
    guard !sorted.isEmpty else { return 1 }
    let allowed = Int(chance * Double(sorted.count))
    return Int(sorted[sorted.count - 1 - allowed]) + 1
  }

  private func score(
    _ matched: Int, of total: Int, chance: (matched: Int, total: Int), hasHoldout: Bool,
    _ plan: EvaluationPlan
  ) throws(NumericsError) -> Score {
    let value = Double(matched) / Double(total)
    let interval = try clopperPearsonInterval(successes: matched, trials: total, level: plan.level)
    let share = Double(chance.matched) / Double(chance.total)
    let smooth = (Double(chance.matched) + 1) / (Double(chance.total) + 2)
    return Score(
      metric: descriptor.id, dimension: .privacy, against: .training, outcome: .measured(value),
      interval: ScoreInterval(
        lower: interval.lower, upper: interval.upper, level: plan.level,
        method: "clopper-pearson"),
      bounds: try ScoreBounds(
        value: value, level: plan.level, law: .binomial(successes: matched, trials: total),
        excess: .difference(
          successes: matched, trials: total, subtracted: chance.matched, of: chance.total)),
      floor: ScoreFloor(
        value: share,
        spread: (smooth * (1 - smooth) * (1 / Double(total) + 1 / Double(chance.total)))
          .squareRoot(), method: hasHoldout ? "holdout" : "training-twins"),
      baseline: ScoreBaseline(value: 1, method: "copied-rows"),
      details: [
        "count": .integer(matched),
        "expectedCount": .finite(Published.rounded(share * Double(total))),
      ])
  }

  /// Permutes the labels of the rows that are replayed.
  private func test(
    _ replayed: [[Int]], _ rows: CombinationRows, _ frame: ExchangeableFrame,
    _ plan: EvaluationPlan, _ score: inout Score
  ) throws(NumericsError) {
    var weights = [Double](repeating: 0, count: rows.training.count + rows.holdout.count)
    for own in replayed {
      for row in own { weights[row] += 1 / Double(own.count) }
    }
    let pooled = EntityPooling(weights, frame, training: rows.training, holdout: rows.holdout)
    var stream = RandomStream(seed: plan.seed, name: descriptor.id.rawValue, "labels")
    let found = try labelPermutationTest(
      weights: pooled.weights.span, isTraining: pooled.isTraining.span,
      permutations: plan.permutations, stream: &stream)
    score.test = TestResult(
      statistic: found.statistic, pValue: found.pValueGreater,
      method: "label permutation, \(found.permutations) relabellings")
    score.details["normalPValue"] = .finite(found.normalPValueGreater)
    score.details["relabellings"] = .integer(found.permutations)
  }
}
