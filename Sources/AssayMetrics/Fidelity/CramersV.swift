public import AssayDocument
public import AssayTable

/// The absolute difference of the bias-corrected Cramér's V of every pair of columns, and its mean:
/// the *dependence* facet of fidelity.
///
/// ```
/// |V_real − V_synthetic|,  V = √( max(0, φ² − (r−1)(c−1)/(n−1)) / (min(r̃, c̃) − 1) )
/// ```
///
/// over tables of up to ten cells a column, an atom, a level and missing values having cells of
/// their own. Any kind of column can be paired with any other. It sees the strength of an
/// association, not its direction: two columns that are tied in another way but as strongly score
/// 0 here and are seen by ``ContingencySimilarity``.
///
/// - Complexity: O(pairs · (rows + replicates · groups · cells)).
///
/// Source: Bergsma (2013), A bias-correction for Cramér's V and Tschuprow's T,
/// doi:10.1016/j.jkss.2012.10.002.
public struct CramersV: Metric {
  /// Makes the metric.
  public init() {}

  /// Rows count by their weight.
  public var honoursWeights: Bool { true }

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.cramers-v", revision: 2, title: "Difference of Cramér's V",
      dimension: .fidelity,
      summary: "How far the strength of association of each pair of columns is from the real one.",
      formula: "|V_real − V_synthetic|, bias-corrected, over tables of up to ten cells a column",
      direction: .lowerIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shuffledColumns], blindTo: [],
      cannotSee: "the direction of an association; relations of three columns; copied rows",
      defaults: ["cells": "10 a column: tables that a thousand rows can fill"],
      howToRead:
        "0 means associations as strong as the real ones. A fresh real sample does not get 0, and "
        + "shuffled columns get the strength of the real associations.",
      citations: [
        .init(
          "Bergsma (2013), A bias-correction for Cramér's V and Tschuprow's T",
          doi: "10.1016/j.jkss.2012.10.002")
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let scores = PairScores(
      descriptor: descriptor, workspace: workspace, anchor: "shuffled-columns")
    let plan = try await workspace.value(of: PairPlan())
    let sides = try await workspace.value(of: PairCalibration())
    guard !sides.isEmpty else { return scores.nothing() }
    var result = MetricResult(scores: [])
    for against in [Against.training, .holdout] {
      guard let side = sides[against] else { continue }
      let entries = side.pairs.map { pair in
        PairScores.Entry(
          columns: pair.columns, calibrated: pair[.association],
          details: [
            "real": .finite(pair.real.cramersV), "synthetic": .finite(pair.synthetic.cramersV),
            "shuffled": .finite(pair.shuffled.cramersV),
          ])
      }
      let made = try scores.scores(
        entries, mean: side[.association], against: against, planned: plan.pairs.count,
        possible: plan.total)
      result.scores += made.scores
      result.unlisted += made.unlisted
      result.facets.append(
        FacetResult(
          facet: "dependence", against: against, value: side[.association].value,
          floor: side[.association].floor,
          baseline: ScoreBaseline(
            value: side[.association].baseline, method: "shuffled-columns"),
          deviation: side[.association].deviation,
          replicates: side[.association].replicates, subjects: side.pairs.count,
          worst: made.worst))
    }
    return result
  }
}
