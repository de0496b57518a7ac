public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// How far the columns are from the real ones within each group.
///
/// ```
/// mean over columns of ½ Σ_c |p_c|g − q_c|g|
/// ```
///
/// over the cells of the columns in pairs (up to ten and one for missing), within one group. The
/// table's value is the mean over groups, each counting alike whatever its size: what a table gets
/// right for most rows alone shows here. It cannot see relations between columns within a group,
/// nor how many rows a group has. Where a table has more than 60 columns, 60 are chosen by the
/// plan's seed.
///
/// - Complexity: O(rows · columns + replicates · groups · cells).
///
/// Source: Levin, Peres & Wilmer (2009), Markov Chains and Mixing Times, section 4.1, for the
/// distance.
public struct GroupFidelity: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fairness.group-fidelity", title: "Likeness within groups", dimension: .fairness,
      summary:
        "How far the shares of the columns' values are from the real ones within each group.",
      formula: "mean over columns of ½ Σ_c |p_c|g − q_c|g|; of the table the mean over groups g",
      direction: .lowerIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "names of levels"], sees: [], blindTo: [],
      cannotSee: "relations between columns within a group; how many rows a group has",
      defaults: [
        "cells": "those of pairs: up to ten and one for missing",
        "columns": "all up to 60, otherwise 60 chosen by the plan's seed",
      ],
      howToRead:
        "0.05 means that five rows in a hundred of a group would have to change their value. Small "
        + "groups are further off by chance: compare with what a fresh real sample gets.",
      citations: [
        .init("Levin, Peres & Wilmer (2009), Markov Chains and Mixing Times, section 4.1")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let scores = FairnessScores(descriptor: descriptor, frame: frame)
    let found = try await workspace.value(of: Groupings())
    if let absence = found.absence { return scores.nothing(absence) }
    var result = MetricResult(scores: [])
    for (against, _) in FairnessScores.sides(frame) {
      var own: [Score] = []
      var parts: [(grouping: Grouping, cells: GroupCells)] = []
      for place in found.single {
        guard let cells = try await workspace.value(of: GroupCellsOf(grouping: place))[against]
        else { continue }
        let grouping = found.groupings[place]
        parts.append((grouping, cells))
        own.append(
          try whole(
            Subject(columns: grouping.columns), [(grouping, cells)], against, scores, workspace)
        )
        for (group, name) in grouping.groups.enumerated() {
          var score = scores.score(
            Subject(columns: grouping.columns, segment: name.label),
            .measured(cells.block.values[group]), against: against)
          score.floor = cells.floor(group)
          score.baseline = ScoreBaseline(value: cells.anchors[group], method: "shuffled-columns")
          try judge(&score, deviation: cells.block.deviation(group), workspace)
          score.details["worst"] = .strings([cells.worst[group]])
          own.append(score)
        }
      }
      let table = try whole(.table, parts, against, scores, workspace)
      result.scores.append(table)
      result.scores += own
      if let value = table.value, let floor = table.floor, let baseline = table.baseline,
        case .normal(let law)? = table.bounds?.law
      {
        result.facets.append(
          FacetResult(
            dimension: .fairness, facet: "groups", against: against, value: value, floor: floor,
            baseline: baseline, deviation: law.deviation,
            subjects: parts.reduce(0) { $0 + $1.grouping.groups.count },
            worst: table.details["worst"]?["columns"]?.arrayValue?.compactMap(\.stringValue) ?? []))
      }
    }
    return result
  }

  /// The mean over all groups of one column or of several.
  private func whole(
    _ subject: Subject, _ parts: [(grouping: Grouping, cells: GroupCells)], _ against: Against,
    _ scores: FairnessScores, _ workspace: Workspace<ReferenceFrame>
  ) throws(MetricError) -> Score {
    let count = Double(parts.reduce(0) { $0 + $1.grouping.groups.count })
    guard count > 0 else {
      return scores.score(
        subject, .notApplicable(reason: "no other column can be compared within groups"),
        against: against)
    }
    func mean(_ value: (GroupCells) -> [Double]) -> Double {
      parts.reduce(0) { $0 + value($1.cells).reduce(0, +) } / count
    }
    var score = scores.score(
      subject, .measured(min(1, mean { $0.block.values })), against: against)
    var values: [[Double]] = []
    var splits: [[Double]] = []
    for part in parts {
      let groups = Array(part.grouping.groups.indices)
      let weight = Double(groups.count) / count
      values.append(part.cells.means(part.cells.block.replicates, groups).map { $0 * weight })
      splits.append(
        part.cells.means(part.cells.block.splits, groups, factors: part.cells.splitFactors)
          .map { $0 * weight })
    }
    func summed(_ rows: [[Double]]) -> [Double] {
      (0..<(rows.map(\.count).min() ?? 0)).map { row in rows.reduce(0) { $0 + $1[row] } }
    }
    let split = CalibratedBlock.moments(summed(splits), subject: 0, of: 1)
    score.floor = ScoreFloor(value: split.mean, spread: split.deviation, method: FloorMethod.splits)
    score.baseline = ScoreBaseline(value: mean { $0.anchors }, method: "shuffled-columns")
    try judge(
      &score, deviation: CalibratedBlock.moments(summed(values), subject: 0, of: 1).deviation,
      workspace)
    score.details["groups"] = .integer(Int(count))
    score.details["columns"] = .integer(parts.map(\.cells.columns).max() ?? 0)
    var worst: (excess: Double, grouping: Grouping, group: Int)?
    for part in parts {
      for group in part.grouping.groups.indices {
        let excess = part.cells.block.values[group] - part.cells.floor(group).value
        if excess > worst?.excess ?? -.infinity { worst = (excess, part.grouping, group) }
      }
    }
    if let worst {
      score.details["worst"] = .object([
        "columns": .strings(worst.grouping.columns),
        "group": .string(worst.grouping.groups[worst.group].label),
      ])
    }
    return score
  }

  private func judge(
    _ score: inout Score, deviation: Double, _ workspace: Workspace<ReferenceFrame>
  ) throws(MetricError) {
    guard let value = score.value, let floor = score.floor else { return }
    let level = workspace.plan.level
    score.interval = try TwoBound.interval(
      value: value, deviation: deviation, floor: floor.value, level: level, upperLimit: 1)
    score.bounds = try TwoBound.bounds(
      value: value, deviation: deviation, floor: floor.value, level: level, upperLimit: 1)
  }
}
