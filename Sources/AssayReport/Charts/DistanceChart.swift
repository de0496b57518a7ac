import AssayDocument

/// Turns the quantiles of distances to the closest row into cumulated curves.
enum DistanceChart {
  /// The curves and their table; `nil` where the score has no quantiles of distances.
  static func make(_ score: Score) -> (chart: Chart, table: ChartTable)? {
    guard score.metric != "privacy.distance-ratio",
      let quantiles = DistanceQuantiles(score.details["quantiles"])
    else { return nil }
    let most = quantiles.curves.flatMap(\.values).max() ?? 1
    return quantiles.drawn(
      title: "Distances to the closest real row",
      summary: "Copied rows would pull the curve from synthetic to real to the left of the others.",
      axis: Axis(
        0, max(most, 1e-9), format: .number, title: "distance to the closest row", count: 6),
      shares: "share of rows at most so close", caption: "Distance within which so many rows lie")
  }
}
