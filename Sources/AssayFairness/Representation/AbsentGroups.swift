public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable
import Foundation

/// The groups that no synthetic row is in, beside those that a fresh real sample would lack.
///
/// ```
/// number of groups with s = 0        a fresh real sample: Σ (1 − p)^m
/// ```
///
/// with p the share of a group among the real rows and m the synthetic rows. For each absent group
/// the chance (1 − p)^m is its p-value, adjusted by Holm over all groups. Groups of several columns
/// are counted apart from those of single ones. It cannot see groups that are merely rarer.
///
/// - Complexity: O(groups) after the counts.
///
/// Source: Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian
/// Journal of Statistics 6, 65–70.
public struct AbsentGroups: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fairness.absent-groups", title: "Absent groups", dimension: .fairness,
      summary: "How many groups of real rows have no synthetic row at all.",
      formula: "number of groups without a synthetic row; a fresh real sample lacks Σ (1 − p)^m",
      unit: "groups", upperLimit: nil, direction: .lowerIsBetter, anchor: .none,
      invariances: ["order of rows", "names of levels"], sees: [], blindTo: [],
      cannotSee: "groups that are rarer than in the real rows but there; groups below the support",
      defaults: ["support": "groups of at least k training rows, of several columns at least 30"],
      howToRead:
        "0 is what a fresh real sample gets where groups are not tiny. The details name the groups "
        + "and how likely each would be absent by chance.",
      citations: [
        .init("Holm (1979), A simple sequentially rejective multiple test procedure")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let scores = FairnessScores(descriptor: descriptor, frame: frame)
    let found = try await workspace.value(of: Groupings())
    // The share of a group is that among all real rows: one score, against both.
    if let absence = found.absence {
      return MetricResult(scores: [
        scores.score(.table, .notApplicable(reason: absence), against: .both)
      ])
    }
    var groups: [(grouping: Grouping, group: GroupShares.Group)] = []
    for (place, grouping) in found.groupings.enumerated() {
      let shares = try await workspace.value(of: GroupSharesOf(grouping: place))[.training]
      groups += (shares?.groups ?? []).map { (grouping, $0) }
    }
    let absent = groups.filter { $0.group.synthetic == 0 }
    let chances = groups.map { $0.group.synthetic == 0 ? $0.group.absence : 1 }
    let adjusted: [Double]
    do throws(NumericsError) {
      adjusted = try holmAdjustedPValues(chances.span)
    } catch {
      throw MetricError(error)
    }
    let expected = groups.reduce(0) { $0 + $1.group.absence }
    let variance = groups.reduce(0) { $0 + $1.group.absence * (1 - $1.group.absence) }
    var table = scores.score(.table, .measured(Double(absent.count)), against: .both)
    table.bounds = ScoreBounds(counted: Double(absent.count), level: workspace.plan.level)
    table.floor = ScoreFloor(
      value: expected, spread: variance.squareRoot(), method: FloorMethod.closedForm)
    if let least = adjusted.min() {
      table.test = TestResult(
        statistic: Double(absent.count), pValue: chances.min() ?? 1,
        adjusted: max(least, chances.min() ?? 1),
        family: "groups, Holm", method: "chance that a fresh real sample lacks the group")
    }
    table.details["groups"] = .integer(groups.count)
    table.details["absent"] = .array(
      groups.indices.filter { groups[$0].group.synthetic == 0 }.map { index in
        .object([
          "columns": .strings(groups[index].grouping.columns),
          "group": .string(groups[index].group.label),
          "realShare": .finite(CellLabels.share(groups[index].group.pooledShare)),
          "expectedAbsence": .finite(groups[index].group.absence),
          "adjusted": .finite(adjusted[index]),
        ])
      })
    return MetricResult(scores: [table])
  }
}
