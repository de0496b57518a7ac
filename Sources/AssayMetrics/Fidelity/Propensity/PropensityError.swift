public import AssayDocument
import AssayNumerics
public import AssayTable

/// The propensity mean squared error of a logistic regression on main effects.
///
/// ```
/// pMSE = mean of (pᵢ − ½)²
/// ```
///
/// with pᵢ the fitted probability that row i is synthetic, equally many rows of both sides. The model
/// is judged on the rows that it was fitted on, so that pMSE is above 0 for a fresh real sample:
/// (k − 1)/(4·N) on average with k coefficients and N rows, and N·pMSE·4 has a χ² law of k − 1 degrees
/// of freedom. `ratio` is pMSE over that mean; `synthpop` is synthpop's S_pMSE, whose null is half as
/// large.
///
/// It sees single columns only: relations do not enter a model of main effects.
///
/// - Complexity: O(iterations·rows·predictors²), with 2,000 rows a side at most.
///
/// Source: Snoke, Raab, Nowok, Dibben & Slavkovic (2018), doi:10.1111/rssa.12358; Woo, Reiter, Oganian
/// & Karr (2009), doi:10.29012/jpc.v1i1.568.
public struct PropensityError: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.propensity-mse", title: "Propensity mean squared error",
      dimension: .fidelity,
      summary: "How far a logistic regression's probabilities of being synthetic are from a half.",
      formula: "mean of (pᵢ − ½)² over all rows, pᵢ fitted on main effects",
      lowerLimit: 0, upperLimit: 0.25, direction: .lowerIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shift, .missing], blindTo: [.shuffledColumns],
      cannotSee: "relations of columns; differences in shape that leave means as they are",
      defaults: [
        "model": "logistic, main effects, ten commonest levels: what official statistics report",
        "rows": "2,000 a side: more change the null, not the reading",
      ],
      howToRead:
        "Read the ratio in the details: 1 is a fresh real sample; official statistics call synthetic "
        + "data good below 3 and fair below 10.",
      citations: [
        .init(
          "Snoke, Raab, Nowok, Dibben & Slavkovic (2018), General and specific utility measures for "
            + "synthetic data", doi: "10.1111/rssa.12358"),
        .init(
          "Woo, Reiter, Oganian & Karr (2009), Global measures of data utility for microdata masked "
            + "for disclosure limitation", doi: "10.29012/jpc.v1i1.568"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let scores = PropensityScoring(descriptor: descriptor, workspace: workspace)
    return try await scores.result(relabellings: 0) { score, found throws(NumericsError) in
      let error = found.observed.meanSquaredError
      let expected = try found.observed.expectedError(parameters: found.parameters)
      let degrees = Double(found.parameters - 1)
      let unit = expected / degrees
      score.outcome = .measured(error)
      score.floor = ScoreFloor(
        value: expected, spread: unit * (2 * degrees).squareRoot(), method: FloorMethod.closedForm)
      score.test = TestResult(
        statistic: error / unit,
        pValue: try chiSquareSurvival(error / unit, degreesOfFreedom: degrees),
        method: "χ² of \(found.parameters - 1) degrees of freedom, asymptotic")
      score.details["ratio"] = .finite(
        try found.observed.errorRatio(parameters: found.parameters))
      score.details["synthpop"] = .finite(
        try found.observed.synthpopRatio(parameters: found.parameters))
      score.details["percentageOverFifty"] = .finite(found.observed.percentageOverFifty)
      // A χ² that is not central: variance 2·(degrees + 2·excess).
      let excess = max(0, error / unit - degrees)
      return unit * (2 * (degrees + 2 * excess)).squareRoot()
    }
  }
}
