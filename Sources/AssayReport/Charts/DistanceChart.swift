import AssayDocument

/// Turns the quantiles of distances to the closest row into cumulated curves.
enum DistanceChart {
  /// The curves and their table; `nil` where the score has no quantiles of distances.
  static func make(_ score: Score) -> (chart: Chart, table: ChartTable)? {
    guard score.metric != "privacy.distance-ratio",
      let quantiles = DistanceQuantiles(score.details["quantiles"])
    else { return nil }
    let (shares, curves) = (quantiles.shares, quantiles.curves)
    let most = curves.flatMap(\.values).max() ?? 1
    let plot = Chart.Plot(
      x: Axis(0, max(most, 1e-9), format: .number, title: "distance to the closest row", count: 6),
      y: Axis(0, 1, format: .share, title: "share of rows at most so close", count: 4),
      paths: curves.map { curve in
        Chart.Plot.Path(
          series: curve.series, label: curve.label,
          points: zip(curve.values, shares).map { Chart.Plot.Point(x: $0, y: $1) }, isSteps: false)
      })
    let chart = Chart(
      title: "Distances to the closest real row",
      summary: "Copied rows would pull the curve from synthetic to real to the left of the others.",
      body: .plot(plot), legend: curves.map { ($0.series, $0.label) })
    let format = NumberText.page
    let rows = shares.indices.map { index in
      [format.percent(shares[index])] + curves.map { format.number($0.values[index]) }
    }
    let table = ChartTable(
      caption: "Distance within which so many rows lie",
      headers: ["Share of rows"] + curves.map { $0.label.capitalizedFirst }, rows: rows, note: nil,
      places: (.y, zip(curves[0].values, shares).map { .init(x: $0, y: $1) }))
    return (chart, table)
  }
}
