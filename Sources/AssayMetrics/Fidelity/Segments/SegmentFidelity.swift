public import AssayDocument
import AssayNumerics
public import AssayTable

/// Fidelity inside parts of the rows: one condition on a column, or two on two columns.
///
/// ```
/// mean over segments of the mean over other columns of ½ Σ_c |p_c − q_c|, inside the segment
/// ```
///
/// A table can be right on the whole and wrong among the women over sixty. Segments are the cells of
/// a column (levels, quantile ranges) and pairs of coarse cells of two columns, with at least 30 rows
/// of either side. In each, the shares of the coarse cells of every other column are compared.
///
/// A segment is *accused* of a difference of its own: a share differs inside it, and differs by more
/// than in each part of the rows around it, in the same direction. So a defect of a whole column, which
/// other metrics show, accuses no segment for being part of the table. All comparisons of all segments
/// are one family: a difference is held against the largest one inside any segment when the labels real
/// and synthetic are given out anew, on the same 199 labellings (full preset 999) for all. The chance
/// that a fresh real sample has any segment accused is 5 % at most, whatever depends on what (exactly so
/// below 2,048 rows of both sides together, see `SegmentRelabelling`). Where no
/// labelling reaches a difference, Holm's procedure over Fisher's exact tests says how small its
/// p-value is. Rows of declared entities are not exchangeable: then segments are measured, and none is
/// accused.
///
/// - Complexity: O((pairs + triples) · (rows + cells · labellings · 1,024)), with the rows of the plan at
/// most.
///
/// Source: Westfall & Young (1993), Resampling-based multiple testing; Holm (1979), A simple
/// sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 65–70; slices
/// by one or two conditions: Chung et al. (2019), Slice Finder, arXiv:1807.06068.
public struct SegmentFidelity: Metric {
  /// Segments that are listed beyond those that are accused or given.
  private static let others = 10

  /// Makes the metric.
  public init() {}

  /// What the metric is.
  public var descriptor: MetricDescriptor {
    MetricDescriptor(
      id: "fidelity.segments", revision: 2, title: "Parts of the rows", dimension: .fidelity,
      summary: "How far columns are off inside parts of the rows, and which parts are worst.",
      formula: "mean over segments and other columns of ½ Σ |p_c − q_c| inside the segment",
      direction: .lowerIsBetter, anchor: .shuffledColumns,
      invariances: ["order of rows", "order of columns", "names of levels"],
      sees: [.shuffledColumns], blindTo: [],
      cannotSee:
        "parts that take three conditions or have under 30 rows of a side; differences inside a "
        + "cell; copied rows",
      defaults: [
        "segments": "up to ten cells a column, and pairs of up to five cells",
        "support": "30 rows of either side: fewer could not show a difference",
        "triples": "500 (quick 60, full 2,000), those of two sensitive columns first",
        "rows": "200,000 of a side (quick 50,000, full all)",
        "level": "5 % over all comparisons, by the largest of 199 relabellings (full 999)",
      ],
      howToRead:
        "Segments come worst first, with the share that differs inside and what it is among the "
        + "rows around. Sensitive columns are listed whatever was found.",
      citations: [
        .init("Westfall & Young (1993), Resampling-based multiple testing"),
        .init(
          "Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian "
            + "Journal of Statistics 6, 65–70"),
        .init(
          "Chung, Kraska, Polyzotis, Tae & Whang (2019), Automated data slicing for model "
            + "validation, arXiv:1807.06068"),
      ])
  }

  /// Measures.
  public func measure(
    _ frame: ReferenceFrame, in workspace: Workspace<ReferenceFrame>
  ) async throws(MetricError) -> MetricResult {
    let role: TableRole = frame.rowCount(.holdout) == nil ? .training : .holdout
    let scores = SegmentScores(descriptor: descriptor, role: role, workspace: workspace)
    guard PairPlan.columns(frame).count >= 2 else {
      return scores.nothing("fewer than two columns vary")
    }
    let found = try await workspace.value(of: SegmentSearch(role: role))
    guard !found.segments.isEmpty else {
      return scores.nothing(
        "no part of the rows has \(SegmentSearch.support) rows of either side")
    }
    return try scores.result(found, others: Self.others)
  }
}
