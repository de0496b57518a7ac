public import AssayDocument
public import AssayMetrics
public import AssayTable

/// The overlap of the confidence intervals of regression coefficients on real and on synthetic
/// rows.
///
/// ```
/// mean over coefficients of ½·[shared/(U_R − L_R) + shared/(U_S − L_S)],
/// shared = min(U_R, U_S) − max(L_R, L_S), at least −1
/// ```
///
/// A logistic regression of the target (of two classes the rarer one, of several the commonest) or
/// a linear one of a number, on all other columns: numbers in training deviations, levels of at
/// least 1 % of the training rows beside the commonest. A fresh real sample does not reach 1: of
/// equal sizes it gets about 0.712, since both estimates vary. Coefficients that the synthetic rows
/// cannot estimate count as 0. The joint Wald test of all differences uses covariances that hold
/// whether or not the model is right. It cannot see what a linear model does not.
///
/// - Complexity: O(iterations · rows · terms²) for each target and side, rows of the plan at most.
///
/// Source: Karr, Kohnen, Oganian, Reiter & Sanil (2006), doi:10.1198/000313006X124640; White
/// (1980), doi:10.2307/1912934.
public struct CoefficientOverlap: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "utility.coefficient-overlap", title: "Overlap of coefficient intervals",
      dimension: .utility,
      summary: "How much confidence intervals of a regression overlap on real and synthetic rows.",
      formula: "mean of ½·[shared/length_R + shared/length_S] of the 95 % intervals, at least −1",
      lowerLimit: -1, direction: .higherIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "names of levels"], sees: [], blindTo: [],
      cannotSee: "what a linear model does not see; targets that nobody declared",
      defaults: [
        "level": "95 %, as analysts print",
        "prior": "a deviation of 10 on each slope, so that levels of one answer stay finite",
        "terms": "60 at most; levels of at least 1 % of the training rows",
      ],
      howToRead:
        "A fresh real sample of the same size gets about 0.71, not 1. Below 0 intervals lie apart: an "
        + "analyst would report other effects.",
      citations: [
        .init(
          "Karr, Kohnen, Oganian, Reiter & Sanil (2006), A framework for evaluating the utility of data "
            + "altered to protect confidentiality", doi: "10.1198/000313006X124640"),
        .init(
          "White (1980), A heteroskedasticity-consistent covariance matrix estimator and a direct test "
            + "for heteroskedasticity", doi: "10.2307/1912934"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await CoefficientScoring(descriptor: descriptor, summary: .overlap, isDetailed: true)
      .result(frame, workspace)
  }
}

/// How many standard errors regression coefficients on synthetic rows are from the real ones.
///
/// ```
/// mean over coefficients of |b_S − b_R| / se_R
/// ```
///
/// with the regression of ``CoefficientOverlap``. A fresh real sample of m rows gets √(2/π·(1 +
/// n/m)), about 1.13 at equal sizes. A coefficient that the synthetic rows cannot estimate counts
/// as 0.
///
/// - Complexity: that of the regressions.
///
/// Source: Nowok, Raab & Dibben (2016), synthpop: bespoke creation of synthetic data in R,
/// doi:10.18637/jss.v074.i11.
public struct CoefficientDifference: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "utility.coefficient-difference", title: "Standardised difference of coefficients",
      dimension: .utility,
      summary: "How many standard errors regression coefficients are from the real ones.",
      formula: "mean of |b_S − b_R|/se_R over coefficients", unit: "standard errors",
      upperLimit: nil, direction: .lowerIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "names of levels"], sees: [], blindTo: [],
      cannotSee: "what a linear model does not see; it grows with the rows where anything is off",
      defaults: ["model": "that of the overlap of coefficient intervals"],
      howToRead:
        "A fresh real sample of the same size gets about 1.1. Ten means that effects are clearly "
        + "others, however small: read the coefficients themselves.",
      citations: [
        .init(
          "Nowok, Raab & Dibben (2016), synthpop: bespoke creation of synthetic data in R",
          doi: "10.18637/jss.v074.i11")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await CoefficientScoring(descriptor: descriptor, summary: .difference)
      .result(frame, workspace)
  }
}

/// The share of regression coefficients that lead to the same conclusion on real and on synthetic
/// rows.
///
/// ```
/// share of coefficients that are above 0 in both, below 0 in both, or not told from 0 in both
/// ```
///
/// at the level of the intervals, with the regression of ``CoefficientOverlap``. Coefficients on
/// the edge of telling change sides in fresh real samples as well: what these get is drawn from the
/// real estimates and their covariance.
///
/// - Complexity: that of the regressions.
///
/// Source: Karr, Kohnen, Oganian, Reiter & Sanil (2006), doi:10.1198/000313006X124640, for agreement of
/// inferences as utility.
public struct ConclusionAgreement: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "utility.conclusions", title: "Agreement of conclusions", dimension: .utility,
      summary: "How many coefficients have the same sign and significance as on real rows.",
      formula: "share of coefficients above 0, below 0 or not told from 0 on both sides",
      direction: .higherIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "names of levels"], sees: [], blindTo: [],
      cannotSee: "how large effects are; what a linear model does not see",
      defaults: ["model": "that of the overlap of coefficient intervals", "level": "95 %"],
      howToRead:
        "0.8 means that one conclusion in five would be another. A fresh real sample is below 1 where "
        + "effects are on the edge of significance.",
      citations: [
        .init(
          "Karr, Kohnen, Oganian, Reiter & Sanil (2006), A framework for evaluating the utility of data "
            + "altered to protect confidentiality", doi: "10.1198/000313006X124640")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    try await CoefficientScoring(descriptor: descriptor, summary: .agreement)
      .result(frame, workspace)
  }
}
