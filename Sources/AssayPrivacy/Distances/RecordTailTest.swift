public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// Whether the real records that lie closest to a synthetic row are training records too often.
///
/// ```
/// hits / n_training − (c − hits) / n_holdout    among the c most suspicious records
/// ```
///
/// Records are ordered by their distance to the closest synthetic row, by that distance over the
/// distance to the closest other real record, and by the synthetic rows that they attract; looked at are
/// the whole order and its top, over all records, the most isolated tenth and fiftieth, the fiftieth with
/// the most extreme numbers, carriers of rare levels and declared groups. One permutation of labels over all of them.
///
/// - Complexity: that of the neighbour search shared with the attacks.
///
/// Source: Yao et al. (2025), Guépin, Meeus et al. (2023) on why summaries of distances miss leaks;
/// Phipson & Smyth (2010), doi:10.2202/1544-6115.1585.
public struct RecordTailTest: Metric {
  /// Makes the metric.
  public init() {}

  /// Labels of training and holdout rows stay exchangeable whatever was drawn.
  public var holdsUnderReweighting: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "privacy.record-tails", revision: 2, title: "Closest records", dimension: .privacy,
      summary: "Whether the real records that lie closest to a synthetic row are training records "
        + "more often than chance allows.",
      formula: "hits/n_training − (c − hits)/n_holdout among the c most suspicious records",
      lowerLimit: -1, direction: .lowerIsBetter, frame: .exchangeable, anchor: .copiedRows,
      invariances: ["order of rows", "order of columns"], sees: [.copy, .jitteredCopy, .leak],
      blindTo: [.shuffledColumns],
      cannotSee: "attributes that can be guessed; attackers with other knowledge than distances",
      defaults: [
        "distance": "rank-Gower, and the same with rare levels weighing more",
        "strata":
          "all records; the most isolated 10 % and 2 %; the 2 % with the most extreme numbers; the rarest "
          + "levels; declared groups",
      ],
      howToRead: "0 is chance. The p-value is for all orders and groups together, and exact.",
      citations: [
        .init("Yao et al. (2025), The DCR delusion"),
        .init("Meeus et al. (2023), Achilles' heels: vulnerable record identification"),
        .init(
          "Phipson & Smyth (2010), Permutation p-values should never be zero",
          doi: "10.2202/1544-6115.1585"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    guard frame.table(.holdout) != nil, let found = try await workspace.value(of: RecordTails())
    else {
      return MetricResult(scores: [
        Score(
          metric: descriptor.id, dimension: .privacy, against: .both,
          outcome: .notApplicable(
            reason: frame.table(.holdout) == nil
              ? "there is no holdout: nothing shows what unseen rows would get"
              : "no feature can be compared, under 5 real rows on a side, or all rows are one entity"
          ))
      ])
    }
    do throws(NumericsError) {
      return MetricResult(
        scores: [try table(found, workspace.plan)]
          + found.strata.indices.dropFirst().compactMap { stratum($0, found) })
    } catch {
      throw MetricError(error)
    }
  }

  private func table(_ found: RecordTails.Found, _ plan: EvaluationPlan) throws(NumericsError)
    -> Score
  {
    guard let leading = Self.leading(found, 0) else {
      throw NumericsError(.tooFewObservations, "no statistic over all records")
    }
    let strongest = found.cells[found.strongest]
    let evidence = try normalQuantile(1 - min(0.999, max(1e-15, found.pValue)))
    let law = BoundLaw.Normal(
      lowerCentre: min(leading.advantage, evidence * leading.deviation),
      upperCentre: leading.advantage, deviation: leading.deviation, lowest: -1, highest: 1)
    let excess = BoundLaw.Normal(
      lowerCentre: law.lowerCentre, upperCentre: leading.advantage, deviation: leading.deviation)
    return Score(
      metric: descriptor.id, dimension: .privacy, against: .both,
      outcome: .measured(leading.advantage),
      bounds: try ScoreBounds(
        value: leading.advantage, level: plan.level, law: .normal(law), excess: .normal(excess)),
      floor: ScoreFloor(
        value: min(1, found.maximum.mean * leading.deviation),
        spread: max(1e-12, found.maximum.deviation * leading.deviation),
        method: "label-permutation"),
      baseline: ScoreBaseline(value: 1, method: "copied-rows"),
      test: TestResult(
        statistic: strongest.z, pValue: found.pValue, adjusted: found.pValue,
        family: "orders × groups of records (\(found.cells.count))",
        method: "joint label permutation, maximum statistic, \(found.permutations) relabellings"),
      n: RowCounts(
        training: found.members, synthetic: found.searched, holdout: found.others),
      details: [
        "permutationPValue": .finite(found.permutationPValue),
        "order": .string(found.names[strongest.cell.attack]),
        "stratum": .string(found.strata[strongest.cell.stratum].title),
        "statistic": .string(strongest.cell.statistic.id),
        "certain": .finite(Published.rounded(found.certain)),
      ])
  }

  private func stratum(_ stratum: Int, _ found: RecordTails.Found) -> Score? {
    guard let leading = Self.leading(found, stratum) else { return nil }
    let group = found.strata[stratum]
    return Score(
      metric: descriptor.id, dimension: .privacy, against: .both,
      subject: Subject(
        columns: group.column.map { [$0] } ?? [], segment: group.level ?? group.id),
      outcome: .measured(leading.advantage),
      floor: ScoreFloor(
        value: 0, spread: max(1e-12, leading.deviation), method: FloorMethod.closedForm),
      baseline: ScoreBaseline(value: 1, method: "copied-rows"),
      test: TestResult(
        statistic: leading.z, pValue: leading.adjusted, adjusted: leading.adjusted,
        family: "orders × groups of records",
        method: "joint label permutation, step-down maximum statistic"),
      n: RowCounts(training: leading.members, holdout: leading.others),
      details: [
        "order": .string(found.names[leading.cell.attack]), "stratum": .string(group.title),
        "statistic": .string(leading.cell.statistic.id),
      ])
  }

  private static func leading(
    _ found: RecordTails.Found, _ stratum: Int
  ) -> MembershipBattery.Cell? {
    MembershipBattery.Cell.leading(
      found.cells.filter { $0.cell.stratum == stratum && $0.cell.statistic != .sum })
  }
}
