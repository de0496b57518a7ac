public import AssayDocument
public import AssayMetrics
import AssayNumerics
public import AssayTable

/// What is lost by training on rows of this generator instead of real ones: *like a fresh sample*.
///
/// The gap is that of `utility.prediction-gap`. Its interval takes in that the real and the synthetic
/// rows could have been others of the same kind: models are trained again on random subsets of either
/// side, and their variance is added to that over holdout rows. With both models fixed the interval
/// of a fresh real sample would leave out 0 in a fifth of all cases.
///
/// - Complexity: O(refits · trees · depth · rows · columns) for each target, with the rows of refits.
///
/// Source: Politis, Romano & Wolf (1999), Subsampling; Welch (1947), doi:10.1093/biomet/34.1-2.28.
public struct FreshSampleGap: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "utility.fresh-sample-gap", title: "Prediction gap of the generator",
      dimension: .utility,
      summary: "What a model loses that is trained on rows of this generator instead of real ones.",
      formula:
        "M(trained on real) − M(trained on synthetic); variance over holdout rows + variance over "
        + "the rows of both sides that models are trained on",
      lowerLimit: -.infinity, upperLimit: nil, direction: .lowerIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [], blindTo: [],
      cannotSee:
        "what another training of the generator would give: synthetic rows come from one; relations "
        + "that the target has no part in",
      defaults: [
        "refits": "20 a side (50 in the full preset): the deviation is then known to a sixth",
        "rows of a refit": "half of a side, fewer where the preset asks for speed",
      ],
      howToRead:
        "If the interval holds 0, a model trained on a fresh real sample could have differed as "
        + "much.",
      citations: [
        .init("Politis, Romano & Wolf (1999), Subsampling, Springer"),
        .init(
          "Welch (1947), The generalization of Student's problem when several different population "
            + "variances are involved", doi: "10.1093/biomet/34.1-2.28"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    var listing = TargetListing(descriptor, frame)
    let targets = try await workspace.value(of: Targets())
    for (found, gap) in try await listing.gaps(targets, in: workspace) {
      let problem = found.problem
      guard found.rows.role == .holdout else {
        listing.refuse(
          problem.name, "no holdout: synthetic rows are judged by rows that the generator saw",
          found.rows.against)
        continue
      }
      guard let spread = try await workspace.value(of: RefitSpreads(target: problem.column)) else {
        listing.refuse(
          problem.name, "too few rows of a side to train models on subsets of them",
          found.rows.against)
        continue
      }
      do throws(NumericsError) {
        let level = workspace.plan.level
        let deviation = try spread.deviation(fixed: gap.deviation, level: level)
        let judged = JudgedGap(
          value: gap.gap, deviation: deviation,
          spread: spread.freshSample(fixed: gap.deviation), gap: gap, level: level,
          method: "\(gap.method) and refits on subsets")
        var score = try judged.score(descriptor, found)
        score.details["refits"] = .integer(spread.refits)
        score.details["refitRows"] = .integer(spread.rowsEach)
        score.details["deviationOfRows"] = .finite(Published.rounded4(gap.deviation))
        score.details["deviationOfRealRefits"] = .finite(
          Published.rounded4(spread.real.squareRoot()))
        score.details["deviationOfSyntheticRefits"] = .finite(
          Published.rounded4(spread.synthetic.squareRoot()))
        listing.add(score)
      } catch {
        throw MetricError(error)
      }
    }
    return listing.result(targets)
  }
}

extension RefitSpread {
  /// The standard deviation of the gap of a fresh real sample: both models are trained on real rows.
  func freshSample(fixed: Double) -> Double { (fixed * fixed + 2 * real).squareRoot() }
}
