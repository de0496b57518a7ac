public import AssayDocument
import AssayNumerics
public import AssayTable

/// NIST's k-marginal score of the tables of two and of three columns.
///
/// ```
/// 1000·(1 − mean ½ Σ_c |p_c − q_c|)
/// ```
///
/// over all pairs of columns, and over triples: all or a seeded choice. 1000 means equal tables. A
/// fresh real sample does not get it, and the fewer the rows and the more the cells, the less it
/// gets: the score says nothing without what such a sample gets, which stands beside it. The
/// details say of which random share of the real rows the triples are as good: as far from all
/// training rows as a random subsample of that share is.
///
/// - Complexity: O((pairs + triples) · (rows + replicates · groups · cells)); the pairs are those
///   of ``CramersV``.
///
/// Source: Task, Bhagat & Howarth (2023), SDNist v2: Deidentified Data Report Tool,
/// doi:10.18434/mds2-2943.
public struct KMarginal: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.k-marginal", title: "k-marginal score", dimension: .fidelity,
      summary: "How close the tables of two and of three columns are to the real ones.",
      formula: "1000·(1 − mean total variation of the tables)",
      unit: "points", upperLimit: 1000, direction: .higherIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shuffledColumns, .modeCollapse], blindTo: [],
      cannotSee: "relations of four columns; differences inside a cell; copied rows",
      defaults: [
        "pairs": "all, up to the limit of the plan; up to ten cells a column",
        "triples": "all up to 200 (quick 24, full 2,000), a seeded choice above",
        "cells": "five a column in triples, and one for missing: 216 cells that rows can fill",
      ],
      howToRead:
        "Compare with what a fresh real sample gets, never with 1000. With the binning of other "
        + "tools the same data get another score.",
      citations: [
        .init(
          "Task, Bhagat & Howarth (2023), SDNist v2: Deidentified Data Report Tool",
          doi: "10.18434/mds2-2943")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let pairs = try await workspace.value(of: PairCalibration())
    let scores = PairScores(
      descriptor: descriptor, workspace: workspace, anchor: "shuffled-columns")
    guard !pairs.isEmpty else { return scores.nothing() }
    let pairPlan = try await workspace.value(of: PairPlan())
    let triples = try await workspace.value(of: TripleCalibration())
    var result = MetricResult(scores: [])
    for against in [Against.training, .holdout] {
      guard let side = pairs[against] else { continue }
      var ofPairs = try score(.table, side[.cells], against, workspace)
      ofPairs.details = [
        "columns": 2, "tables": .integer(side.pairs.count),
        "possibleTables": .integer(pairPlan.total),
        "worst": worst(
          side.pairs.map { ($0.columns, $0[.cells]) }, frame),
      ]
      result.scores.append(ofPairs)
      guard let side = triples.sides[against] else { continue }
      var ofTriples = try score(Subject(facet: "triples"), side.cells, against, workspace)
      ofTriples.details = [
        "columns": 3, "tables": .integer(side.triples.count),
        "possibleTables": .integer(triples.possible),
        "worst": worst(side.triples.map { ($0.columns, $0.cells) }, frame),
      ]
      if against == .training { ladder(triples.ladder, side, into: &ofTriples) }
      result.scores.append(ofTriples)
    }
    return result
  }

  private func score(
    _ subject: Subject, _ found: PairCalibration.Calibrated, _ against: Against,
    _ workspace: Workspace<ReferenceFrame>
  ) throws(MetricError) -> Score {
    let frame = workspace.frame
    let level = workspace.plan.level
    let distance = PairCalibration.Calibrated(
      value: 1000 * found.value, deviation: 1000 * found.deviation,
      floor: ScoreFloor(
        value: 1000 * found.floor.value, spread: 1000 * found.floor.spread,
        method: found.floor.method), baseline: 1000 * found.baseline)
    let lost = try TwoBound.interval(
      value: distance.value, deviation: distance.deviation, floor: distance.floor.value,
      level: level, upperLimit: 1000)
    let value = 1000 - distance.value
    var counts = RowCounts(synthetic: frame.rowCount(.synthetic))
    if against == .training { counts.training = frame.rowCount(.training) }
    if against == .holdout { counts.holdout = frame.rowCount(.holdout) }
    var score = Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: against, subject: subject,
      outcome: .measured(value), unit: descriptor.unit,
      floor: ScoreFloor(
        value: 1000 - distance.floor.value, spread: distance.floor.spread,
        method: distance.floor.method),
      baseline: ScoreBaseline(value: 1000 - distance.baseline, method: "shuffled-columns"),
      n: counts)
    score.interval = ScoreInterval(
      lower: min(value, 1000 - lost.upper), upper: max(value, 1000 - lost.lower), level: level,
      method: lost.method)
    let excess = distance.value - distance.floor.value
    do throws(NumericsError) {
      score.bounds = try ScoreBounds(
        value: value, level: level,
        law: .normal(
          .init(
            lowerCentre: value, upperCentre: 1000 - excess, deviation: distance.deviation,
            lowest: 0, highest: 1000)),
        excess: .normal(
          .init(lowerCentre: excess, upperCentre: excess, deviation: distance.deviation)))
    } catch {
      throw MetricError(error)
    }
    return score
  }

  /// The ten tables that are furthest from a fresh real sample.
  private func worst(
    _ tables: [(columns: [Int], cells: PairCalibration.Calibrated)], _ frame: ReferenceFrame
  ) -> DetailValue {
    let ranked = tables.enumerated().sorted {
      (PairScores.evidence($0.element.cells), $1.offset)
        > (PairScores.evidence($1.element.cells), $0.offset)
    }
    return .array(
      ranked.prefix(10).map { _, table in
        .object([
          "columns": .strings(table.columns.map { frame.schema.columns[$0].name }),
          "score": .finite(1000 * (1 - table.cells.value)),
          "freshSample": .finite(1000 * (1 - table.cells.floor.value)),
        ])
      })
  }

  private func ladder(
    _ ladder: SubsampleLadder, _ side: TripleCalibration.Side, into score: inout Score
  ) {
    guard !ladder.shares.isEmpty else { return }
    score.details["subsample"] = .object([
      "share": ladder.share(of: side.cells.value).map { .finite($0) } ?? .null,
      "freshSample": ladder.share(of: side.cells.floor.value).map { .finite($0) } ?? .null,
      "words": .string(
        "as good as \(ladder.words(side.cells.value)); a fresh real sample is as good as "
          + ladder.words(side.cells.floor.value)),
      "shares": .numbers(ladder.shares),
      "scores": .numbers(ladder.distances.map { 1000 * (1 - $0) }),
    ])
  }
}
