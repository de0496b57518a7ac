import AssayDocument

/// Turns the quantiles of a distance metric into cumulated curves.
enum DistanceChart {
  /// The curves and their table; `nil` where the score has no quantiles.
  static func make(_ score: Score) -> (chart: Chart, table: ChartTable)? {
    guard case .object(let quantiles)? = score.details["quantiles"],
      let shares = numbers(quantiles["probabilities"]), shares.count > 1
    else { return nil }
    let kinds: [(String, Chart.Series, String)] = [
      ("syntheticToTraining", .synthetic, "synthetic to real"),
      ("syntheticToHoldout", .holdout, "synthetic to holdout"),
      ("holdoutToTraining", .yardstick, "holdout to real"),
    ]
    let curves = kinds.compactMap { key, series, label -> (Chart.Series, String, [Double])? in
      guard let values = numbers(quantiles[key]), values.count == shares.count else { return nil }
      return (series, label, values)
    }
    guard !curves.isEmpty else { return nil }
    let most = curves.flatMap(\.2).max() ?? 1
    let plot = Chart.Plot(
      x: Axis(0, max(most, 1e-9), format: .number, title: "distance to the closest row", count: 6),
      y: Axis(0, 1, format: .share, title: "share of rows at most so close", count: 4),
      paths: curves.map { series, label, values in
        Chart.Plot.Path(
          series: series, label: label,
          points: zip(values, shares).map { Chart.Plot.Point(x: $0, y: $1) }, isSteps: false)
      })
    let chart = Chart(
      title: "Distances to the closest real row",
      summary: "Copied rows would pull the curve from synthetic to real to the left of the others.",
      body: .plot(plot), legend: curves.map { ($0.0, $0.1) })
    let format = NumberText.page
    let rows = shares.indices.map { index in
      [format.percent(shares[index])] + curves.map { format.number($0.2[index]) }
    }
    let table = ChartTable(
      caption: "Distance within which so many rows lie",
      headers: ["Share of rows"] + curves.map { $0.1.prefix(1).uppercased() + $0.1.dropFirst() },
      rows: rows, note: nil,
      places: (.y, zip(curves[0].2, shares).map { .init(x: $0, y: $1) }))
    return (chart, table)
  }

  private static func numbers(_ value: DetailValue?) -> [Double]? {
    guard let list = value?.arrayValue else { return nil }
    let numbers = list.compactMap(\.doubleValue)
    return numbers.count == list.count ? numbers : nil
  }
}
