public import AssayDocument
import AssayNumerics
public import AssayTable

/// The Kolmogorov–Smirnov distance of the propensities of synthetic and real rows (SPECKS).
///
/// ```
/// max over p of |F_synthetic(p) − F_real(p)|
/// ```
///
/// over fitted probabilities of a logistic regression on main effects. What a fresh real sample gets
/// comes from fits with labels at random, since the model is judged on the rows that it was fitted
/// on. `percentageOverFifty` (PO50) is the share of rows that the model tells rightly, less 50.
///
/// It sees single columns only: relations do not enter a model of main effects.
///
/// - Complexity: O(relabellings·iterations·rows·predictors²), with 2,000 rows a side at most.
///
/// Source: Bowen & Snoke (2021), Comparative study of differentially private synthetic data algorithms
/// from the NIST PSCR challenge, doi:10.29012/jpc.748; Raab, Nowok & Dibben (2021), arXiv:2109.12717.
public struct Specks: Metric {
  /// Makes the metric.
  public init() {}

  private static let relabellings = 19

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.specks", title: "Distance of propensities (SPECKS)", dimension: .fidelity,
      summary:
        "How far apart a logistic regression's probabilities of synthetic and real rows are.",
      formula: "max over p of |F_synthetic(p) − F_real(p)| of fitted probabilities",
      lowerLimit: 0, upperLimit: 1, direction: .lowerIsBetter, anchor: .none,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shift, .missing], blindTo: [.shuffledColumns],
      cannotSee: "relations of columns; differences in shape that leave means as they are",
      defaults: [
        "model": "logistic, main effects, ten commonest levels",
        "relabellings": "19: each is a fit of its own; enough for a mean and a deviation",
      ],
      howToRead:
        "0 means that propensities cannot tell the sides apart. A fresh real sample does not get 0, "
        + "because the model has seen the rows.",
      citations: [
        .init(
          "Bowen & Snoke (2021), Comparative study of differentially private synthetic data "
            + "algorithms from the NIST PSCR differential privacy synthetic data challenge",
          doi: "10.29012/jpc.748"),
        .init(
          "Raab, Nowok & Dibben (2021), Assessing, visualizing and improving the utility of "
            + "synthetic data, arXiv:2109.12717"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let scores = PropensityScoring(descriptor: descriptor, workspace: workspace)
    // A plan for tests draws fewer.
    let relabellings = min(Self.relabellings, workspace.plan.permutations / 10)
    return try await scores.result(relabellings: relabellings) {
      score, found throws(NumericsError) in
      let value = found.observed.kolmogorovSmirnov
      let others = found.relabelled.map(\.kolmogorovSmirnov)
      guard others.count > 1 else {
        score.outcome = .notApplicable(reason: "no fit with labels at random has an end")
        return 0
      }
      score.outcome = .measured(value)
      let spread = try variance(others.span).squareRoot()
      score.floor = ScoreFloor(
        value: try mean(others.span), spread: spread, method: "relabelling")
      score.test = TestResult(
        statistic: value,
        pValue: try permutationPValue(
          exceedances: others.count { $0 >= value }, of: others.count),
        method: "\(others.count) relabellings, exact")
      score.details["percentageOverFifty"] = .finite(found.observed.percentageOverFifty)
      score.details["percentageOverFiftyFresh"] = .finite(
        others.isEmpty
          ? .nan
          : found.relabelled.reduce(0) { $0 + $1.percentageOverFifty } / Double(others.count))
      // Two distribution functions, each a share of its rows.
      return max(spread, (value * (1 - value) / Double(found.rowsPerSide)).squareRoot())
    }
  }
}
