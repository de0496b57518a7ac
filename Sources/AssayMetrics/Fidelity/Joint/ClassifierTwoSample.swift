public import AssayDocument
import AssayNumerics
public import AssayTable

/// How well a classifier tells synthetic rows from real ones: the *joint* facet of fidelity.
///
/// ```
/// AUC = P(score of a synthetic row > score of a real row), on rows that the classifier has not seen
/// ```
///
/// As many rows of each side, alike rows together, are cut into two halves; boosted trees are
/// trained on each half and tried on the other, and the value is the mean of both areas. It sees
/// whatever trees can see: columns, pairs and relations of many columns. ½ is what a fresh real sample
/// gets. Less than ½ against training by more than chance means that synthetic rows lie beside
/// training rows of the other half: a sign of copying.
///
/// The test is one-sided and that of the mean of both areas. Given the learner each area is Mann &
/// Whitney's statistic of rows that took no part in training, whose mean and variance under random
/// labels are exact; the mean of two has at most the mean of their standard deviations, whatever their
/// dependence, and the normal tail is taken of that. Trees and a logistic regression are joined by
/// Bonferroni, which costs little as they hardly go together.
///
/// A single artefact (numbers that are rounded otherwise) can bring the area to 1 while everything
/// else is right: `peeling` says how many columns have to go until rows can no longer be told apart.
///
/// - Complexity: O(trees · depth · rows · columns), with the rows of the plan at most.
///
/// Source: Lopez-Paz & Oquab (2017), arXiv:1610.06545; Kim, Ramdas, Singh & Wasserman (2021),
/// doi:10.1214/20-AOS1962.
public struct ClassifierTwoSample: Metric {
  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.classifier-two-sample", revision: 2, title: "Classifier two-sample test",
      dimension: .fidelity,
      summary: "How well boosted trees tell synthetic from real rows that they have not seen.",
      formula: "AUC on held-out rows, the mean of two halves; ½ = cannot be told apart",
      lowerLimit: 0, upperLimit: 1, direction: .closerToFreshSample, anchor: .shuffledColumns,
      invariances: [
        "order of rows", "order of columns", "names of levels",
        "linear transforms of a number on all sides",
      ],
      sees: [.shift, .shuffledColumns, .missing], blindTo: [],
      cannotSee:
        "how grave a difference is: a trivial artefact and a wrong relation can both give 1; exact "
        + "copies",
      defaults: [
        "trees": "100 of depth 6 (50 in the quick preset): enough for relations of six columns",
        "rows": "5,000 a side: areas are then known to about one in a hundred",
        "folds": "2: a test that is valid needs rows that took no part in training",
      ],
      howToRead:
        "½ means that rows cannot be told from real ones, 1 that each can. Look at what gave rows "
        + "away and how many columns had to go; below ½ against training means copying.",
      citations: [
        .init("Lopez-Paz & Oquab (2017), Revisiting classifier two-sample tests, arXiv:1610.06545"),
        .init(
          "Kim, Ramdas, Singh & Wasserman (2021), Classification accuracy as a proxy for "
            + "two-sample testing", doi: "10.1214/20-AOS1962"),
        .init(
          "DeLong, DeLong & Clarke-Pearson (1988), Comparing the areas under two or more correlated "
            + "receiver operating characteristic curves", doi: "10.2307/2531595"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    var result = MetricResult(scores: [])
    let hasHoldout = frame.rowCount(.holdout) != nil
    for (against, role) in [(Against.training, TableRole.training), (.holdout, .holdout)]
    where frame.rowCount(role) != nil {
      guard let rows = try await workspace.value(of: TwoSampleRows(against: role)),
        let pair = try await workspace.value(
          of: BoostedPairs(rows: TwoSampleRows(against: role)))
      else {
        result.scores.append(
          Score(
            metric: descriptor.id, dimension: descriptor.dimension, against: against,
            outcome: .notApplicable(
              reason: "too few different rows: each half needs five of either side")))
        continue
      }
      let anchor = try await workspace.value(
        of: BoostedPairs(rows: TwoSampleRows(against: role, isAnchor: true)))
      let encoding = try await workspace.value(of: RowEncodings())
      let isMain = against == .holdout || !hasHoldout
      do throws(NumericsError) {
        let measured = ClassifierScore(
          descriptor: descriptor, against: against, role: role, rows: rows, pair: pair,
          anchor: anchor?.fit.value, encoding: encoding, workspace: workspace)
        let made = try measured.made(withPlaces: isMain)
        result.scores.append(made.score)
        if let facet = made.facet { result.facets.append(facet) }
      } catch {
        throw MetricError(error)
      }
    }
    return result
  }
}
