import AssayDocument
import AssayNumerics
import AssayTable
import Foundation

/// Makes the score of the classifier two-sample test against one real side.
struct ClassifierScore {
  let descriptor: MetricDescriptor
  let against: Against
  let role: TableRole
  let rows: PooledHalves
  let pair: BoostedPair
  /// What shuffled columns get.
  let anchor: Double?
  let encoding: RowEncoding
  let workspace: Workspace<ReferenceFrame>

  private var names: [String] { encoding.columns.map(\.name) }

  /// The score, and the part of fidelity where there is an anchor.
  ///
  /// `withPlaces` says whether columns, slices and peeling are looked for.
  func made(
    withPlaces: Bool
  ) throws(NumericsError) -> (score: Score, facet: FacetResult?) {
    let fit = pair.fit
    let value = fit.value
    let deviation = try fit.deviation
    let level = workspace.plan.level
    let linear = try LogisticPair.fit(rows, encoding, threads: workspace.threads)
    var score = Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: against,
      outcome: .measured(value), unit: descriptor.unit,
      floor: ScoreFloor(value: 0.5, spread: fit.spread, method: FloorMethod.closedForm),
      baseline: anchor.map { ScoreBaseline(value: $0, method: "shuffled-columns") },
      test: TestResult(
        statistic: value, pValue: min(1, 2 * min(fit.pValue, linear?.pValue ?? 1)),
        method: "mean area of both held-out halves, normal; two learners by Bonferroni"),
      n: counts)
    try Self.bound(&score, value, deviation, level: level)
    score.details = [
      "rowsPerSide": .integer(rows.rowsPerSide), "columns": .integer(rows.width),
      "boostedTrees": .object(["area": .finite(value), "pValue": .finite(fit.pValue)]),
      "effectiveShare": .finite(CellLabels.share(effectiveShare)),
    ]
    if let linear {
      score.details["logisticRegression"] = .object([
        "area": .finite(linear.value), "pValue": .finite(linear.pValue),
      ])
    }
    var worst: [String] = []
    if withPlaces, value > 0.5 + 2 * fit.spread { worst = try describe(&score) }
    let facet = anchor.map { anchor in
      FacetResult(
        facet: "joint", against: against, value: value - 0.5,
        floor: ScoreFloor(value: 0, spread: fit.spread, method: FloorMethod.closedForm),
        baseline: ScoreBaseline(value: anchor - 0.5, method: "shuffled-columns"),
        deviation: deviation, subjects: rows.width, worst: worst)
    }
    return (score, facet)
  }

  /// What the synthetic rows would be worth, as a share of their number, if they were weighed to the
  /// real law by what the trees say: `(Σ w)² / (m Σ w²)` with `w = (1 − p)/p` on held-out rows.
  private var effectiveShare: Double {
    var sum = 0.0
    var squares = 0.0
    var count = 0.0
    for half in 0..<2 {
      for (row, score) in zip(rows.halves[half], pair.fit.scores[half])
      where rows.isSynthetic[row] {
        let probability = min(max(score, 1e-6), 1 - 1e-6)
        let weight = (1 - probability) / probability
        sum += weight
        squares += weight * weight
        count += 1
      }
    }
    return squares > 0 ? sum * sum / (count * squares) : 0
  }

  private var counts: RowCounts {
    var counts = RowCounts(synthetic: rows.rowsPerSide)
    if role == .training { counts.training = rows.rowsPerSide }
    if role == .holdout { counts.holdout = rows.rowsPerSide }
    return counts
  }

  /// Gives an area its interval and its bounds.
  static func bound(
    _ score: inout Score, _ value: Double, _ deviation: Double, level: Double
  ) throws(NumericsError) {
    score.interval = try interval(value, deviation, level: level)
    score.bounds = try ScoreBounds(
      value: value, level: level,
      law: .normal(
        .init(
          lowerCentre: value, upperCentre: value, deviation: deviation, lowest: 0, highest: 1)),
      excess: .normal(
        .init(lowerCentre: value - 0.5, upperCentre: value - 0.5, deviation: deviation)))
  }

  /// DeLong's interval on the logit scale; on the scale of areas where the logit is infinite.
  private static func interval(
    _ value: Double, _ deviation: Double, level: Double
  ) throws(NumericsError) -> ScoreInterval {
    let reach = try normalQuantile(1 - (1 - level) / 2) * deviation
    guard value > 0, value < 1 else {
      return ScoreInterval(
        lower: max(0, value - reach), upper: min(1, value + reach), level: level,
        method: "normal")
    }
    let centre = log(value / (1 - value))
    let margin = reach / (value * (1 - value))
    return ScoreInterval(
      lower: min(value, 1 / (1 + exp(margin - centre))),
      upper: max(value, 1 / (1 + exp(-margin - centre))), level: level, method: "delong-logit")
  }

  /// Says by what rows were told apart.
  ///
  /// - Returns: The most telling column.
  private func describe(_ score: inout Score) throws(NumericsError) -> [String] {
    let plan = workspace.plan
    let found = try GiveAways(
      rows, pair, names: names, seed: plan.seed, threads: workspace.threads)
    score.details["gaveAway"] = found.details(names)
    if plan.peelingLimit > 0 {
      let peeling = try Peeling(
        rows, pair, trees: plan.classifierTrees, limit: plan.peelingLimit)
      score.details["peeling"] = .object([
        "depth": .integer(peeling.columns.count), "isDone": .boolean(peeling.isDone),
        "columns": .strings(peeling.columns.map { names[$0] }),
        "areas": .numbers(peeling.areas), "until": .number(Peeling.end),
      ])
    }
    let frame = workspace.frame
    let cells = rows.pairCells(encoding, frame, real: role)
    let least = max(plan.k, rows.halves[0].count / 50)
    if let slice = try WorstSlice(
      rows, pair.fit, columns: cells.columns, codes: cells.codes, least: least)
    {
      let labels = CellLabels(frame, k: plan.k)
      score.details["slice"] = .object([
        "cells": .array(
          slice.cells.map { entry in
            let list = labels.cells(entry.column, map: frame.fits[entry.column]?.pairCells)
            return .object([
              "column": .string(frame.schema.columns[entry.column].name),
              "cell": .string(entry.cell < list.count ? list[entry.cell].label : "other"),
            ])
          }),
        "synthetic": .finite(CellLabels.share(slice.synthetic)),
        "real": .finite(CellLabels.share(slice.real)), "pValue": .finite(slice.pValue),
      ])
    }
    return found.telling.first.map { [names[$0.column]] } ?? []
  }
}
