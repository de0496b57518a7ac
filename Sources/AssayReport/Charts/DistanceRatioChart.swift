import AssayDocument

/// Turns the quantiles of the nearest-neighbour distance ratio into cumulated curves.
enum DistanceRatioChart {
  /// The curves and their table; `nil` where the score has too few quantiles for a curve.
  static func make(_ score: Score) -> (chart: Chart, table: ChartTable)? {
    guard score.metric == "privacy.distance-ratio",
      let quantiles = DistanceQuantiles(score.details["quantiles"])
    else { return nil }
    return quantiles.drawn(
      title: "How close the closest real row is beside the second closest",
      summary:
        "Near 0 a row hugs one record, near 1 it lies between several. Rows that hug single real "
        + "records would pull the curve from synthetic to real to the left of the others.",
      axis: Axis(
        0, 1, format: .number, title: "distance to the closest row / to the second closest",
        count: 5),
      shares: "share of rows with at most this ratio",
      caption: "Ratio at most which so many rows have")
  }
}
