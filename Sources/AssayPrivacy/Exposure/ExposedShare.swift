public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// How many training records lie nearer to the synthetic rows than unseen records ever do.
///
/// ```
/// #{training records above the cut} / #{training records},   cut: at most 1 in 1,000 unseen records above
/// ```
///
/// It says how far a leak reaches and whom: the table of groups is published with counts of at least k
/// only. Whether there is a leak at all is for ``AnyLeak`` to say.
///
/// - Complexity: that of the neighbours shared with the attacks.
///
/// Source: the true positive rate at a fixed false positive rate, Carlini et al. (2022).
public struct ExposedShare: Metric {
  /// Makes the metric.
  public init() {}

  /// Labels of training and holdout rows stay exchangeable whatever was drawn.
  public var holdsUnderReweighting: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "privacy.exposed-share", title: "Exposed records", dimension: .privacy,
      summary: "The share of training records that lie nearer to a synthetic row than all but a "
        + "thousandth of the unseen records.",
      formula: "#{training records above the cut} / #{training records}; cut: at most 0.1 % of the "
        + "holdout above",
      direction: .lowerIsBetter, frame: .exchangeable, anchor: .copiedRows,
      invariances: ["order of rows", "order of columns"], sees: [.copy, .jitteredCopy, .leak],
      blindTo: [.shuffledColumns],
      cannotSee: "who they are: row numbers go into a file of their own (--exposure)",
      howToRead: "Read it where a leak was seen: it says how far it reaches and in which groups.",
      citations: [
        .init("Carlini et al. (2022), Membership inference attacks from first principles")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ExchangeableFrame, in workspace: Workspace<ExchangeableFrame>
  ) async throws(MetricError) -> MetricResult {
    guard frame.table(.holdout) != nil, let found = try await workspace.value(of: ExposedRecords()),
      found.looked > 0
    else {
      return MetricResult(scores: [
        Score(
          metric: descriptor.id, dimension: .privacy, against: .both,
          outcome: .notApplicable(
            reason: frame.table(.holdout) == nil
              ? "there is no holdout: nothing shows what unseen rows would get"
              : "no feature can be compared"))
      ])
    }
    let k = workspace.plan.k
    let holdout = min(frame.rowCount(.holdout) ?? 0, workspace.plan.membershipRows)
    let exposed = found.records.count
    let share = Double(exposed) / Double(found.looked)
    // Of one order at most a thousandth lie above; of two, twice as many.
    let chance = 2 * max(0.001, 1 / Double(holdout + 1))
    let spread =
      (chance * (1 - chance) * (1 / Double(found.looked) + 1 / Double(max(1, holdout))))
      .squareRoot()
    let level = workspace.plan.level
    do throws(NumericsError) {
      let interval = try clopperPearsonInterval(
        successes: exposed, trials: found.looked, level: level)
      return MetricResult(scores: [
        Score(
          metric: descriptor.id, dimension: .privacy, against: .both, outcome: .measured(share),
          interval: ScoreInterval(
            lower: interval.lower, upper: interval.upper, level: level, method: "clopper-pearson"),
          bounds: try ScoreBounds(
            value: share, level: level, law: .binomial(successes: exposed, trials: found.looked)),
          floor: ScoreFloor(
            value: chance / 2, spread: max(spread, 1e-9), method: FloorMethod.closedForm),
          baseline: ScoreBaseline(value: 1, method: "copied-rows"),
          n: RowCounts(
            training: found.looked, synthetic: frame.synthetic.rowCount, holdout: holdout),
          details: [
            "cohorts": .array(
              found.cohorts.filter { $0.records >= k }.map { cohort in
                .object([
                  "group": .string(cohort.title), "records": .integer(cohort.records),
                  "exposed": cohort.exposed == 0 || cohort.exposed >= k
                    ? .integer(cohort.exposed) : .string("fewer than \(k)"),
                ])
              })
          ])
      ])
    } catch {
      throw MetricError(error)
    }
  }
}
