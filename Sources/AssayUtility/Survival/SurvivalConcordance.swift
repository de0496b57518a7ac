public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// What is lost of the order of survival by training on the synthetic rows instead of real ones.
///
/// ```
/// gap = C(trained on real, judged on holdout) − C(trained on synthetic, judged on holdout)
/// ```
///
/// with Harrell's concordance C of proportional hazards regressions (Cox; Efron's ties, a small
/// penalty) of the columns whose roles are `time` and `event` on all other columns, trained on as
/// many rows of both. The interval is over holdout rows (the influence of each row on both
/// concordances) and, by models trained again on parts of the rows, over rows to train on: it is of the
/// generator. Where relations are lost a model orders rows at random, by luck sometimes rightly, and
/// the interval is wide; `deviationOfRows` in the details is that of these two models. Columns
/// whose missing cells are exactly those of rows with, or without, the event tell the event and are
/// left out. Synthetic rows without two events teach nothing: their model gets ½.
///
/// It cannot see how long rows live, only in which order; pairs that censoring makes incomparable; what
/// other models would lose.
///
/// - Complexity: O(iterations · rows · features² + holdout rows · log) and that of the refits, rows of
///   the plan at most.
///
/// Source: Harrell, Califf, Pryor, Lee & Rosati (1982), doi:10.1001/jama.1982.03320430047030; Cox
/// (1972), doi:10.1111/j.2517-6161.1972.tb00899.x; Esteban, Hyland & Rätsch (2017), arXiv:1706.02633,
/// for training on synthetic and testing on real rows.
public struct SurvivalConcordance: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "utility.concordance", title: "Gap in survival concordance", dimension: .utility,
      summary: "What a survival model loses that is trained on the synthetic rows.",
      formula: "C-index(trained on real) − C-index(trained on synthetic) on the same holdout rows",
      lowerLimit: -1, upperLimit: 1, direction: .lowerIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels", "unit of time"],
      sees: [], blindTo: [],
      cannotSee: "how long rows live, only in which order; what other models would lose",
      defaults: [
        "model": "proportional hazards, Efron's ties, a penalty of 1 on features of unit scale",
        "pairs": "Harrell's: the earlier row has the event; equal risks count as half",
        "features": "100 at most, a random choice of columns beyond",
      ],
      howToRead:
        "0 means that a model of the synthetic rows orders real rows by their survival as well as one "
        + "of real rows; a fresh real sample gets about 0. An interval that holds 0 says: no loss seen.",
      citations: [
        .init(
          "Harrell, Califf, Pryor, Lee & Rosati (1982), Evaluating the yield of medical tests",
          doi: "10.1001/jama.1982.03320430047030"),
        .init(
          "Cox (1972), Regression models and life-tables",
          doi: "10.1111/j.2517-6161.1972.tb00899.x"),
        .init(
          "Efron (1977), The efficiency of Cox's likelihood function for censored data",
          doi: "10.1080/01621459.1977.10480613"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let against: Against = frame.rowCount(.holdout) == nil ? .training : .holdout
    switch try await workspace.value(of: HazardTables()) {
    case .absent(let reason):
      return MetricResult(scores: [
        Score(
          metric: descriptor.id, dimension: descriptor.dimension, against: against,
          outcome: .notApplicable(reason: reason), unit: descriptor.unit)
      ])
    case .found(let found):
      do throws(NumericsError) {
        let gap = try HazardGap(
          found, settings: workspace.plan.utility, seed: workspace.plan.seed,
          threads: workspace.threads)
        var made = try score(gap, against, workspace.plan)
        made.details["time"] = .string(found.time)
        made.details["event"] = .string(found.event)
        return MetricResult(scores: [made])
      } catch  where error.code == .undefined {
        return MetricResult(scores: [
          Score(
            metric: descriptor.id, dimension: descriptor.dimension, against: against,
            outcome: .notApplicable(reason: "no pair of holdout rows can be compared"),
            unit: descriptor.unit)
        ])
      } catch {
        throw MetricError(error)
      }
    }
  }

  private func score(
    _ gap: HazardGap, _ against: Against, _ plan: EvaluationPlan
  ) throws(NumericsError) -> Score {
    let (value, level) = (gap.value, plan.level)
    let deviation = try gap.spread?.deviation(fixed: gap.fixed, level: level) ?? gap.fixed
    let anchor = gap.real.value - 0.5
    var made = Score(
      metric: descriptor.id, dimension: descriptor.dimension, against: against,
      outcome: .measured(value), unit: descriptor.unit,
      floor: ScoreFloor(
        value: 0, spread: gap.spread?.freshSample(fixed: gap.fixed) ?? gap.fixed,
        method: "refits"),
      baseline: anchor > 0 ? ScoreBaseline(value: anchor, method: "no-information") : nil,
      n: RowCounts(
        training: gap.size, synthetic: gap.syntheticRows,
        holdout: gap.testRows))
    let method = gap.spread == nil ? "paired influence" : "paired influence and refits on subsets"
    let reach = try normalQuantile(1 - (1 - level) / 2) * deviation
    made.interval = ScoreInterval(
      lower: max(-1, value - reach), upper: min(1, value + reach), level: level, method: method)
    let law = BoundLaw.normal(
      .init(
        lowerCentre: value, upperCentre: value, deviation: deviation, lowest: -1, highest: 1))
    made.bounds = try ScoreBounds(value: value, level: level, law: law, excess: law)
    made.details = [
      "real": .finite(Published.rounded4(gap.real.value)),
      "synthetic": .finite(Published.rounded4(gap.synthetic.value)),
      "model": "proportional hazards", "ties": "Efron",
      "deviationOfRows": .finite(Published.rounded4(gap.fixed)),
    ]
    // Events of few rows are not told: that of the real sides is no less than k.
    made.details["events"] = .object([
      "training": .integer(gap.events.training), "holdout": .integer(gap.events.holdout),
      "synthetic": gap.events.synthetic >= plan.k || gap.events.synthetic == 0
        ? .integer(gap.events.synthetic) : .null,
    ])
    if let spread = gap.spread {
      made.details["refits"] = .integer(spread.refits)
      made.details["refitRows"] = .integer(spread.rowsEach)
    } else {
      made.details["refits"] = "too few rows to train again: the interval is of these two models"
    }
    if !gap.isFitted {
      made.details["syntheticModel"] = "fewer than two synthetic events, or nothing that varies"
    }
    if !gap.leftOut.isEmpty { made.details["leftOut"] = .strings(gap.leftOut) }
    return made
  }
}
