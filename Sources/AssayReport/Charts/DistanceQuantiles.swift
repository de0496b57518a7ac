import AssayDocument

/// Quantiles of something that was measured from rows of one side to rows of another.
struct DistanceQuantiles {
  /// From which rows to which.
  struct Curve {
    var series: Chart.Series
    var label: String
    var values: [Double]
  }

  /// The shares of rows.
  let shares: [Double]
  /// The quantile at each of them, for each pair of sides that was measured.
  let curves: [Curve]

  private static let kinds: [(key: String, series: Chart.Series, label: String)] = [
    ("syntheticToTraining", .synthetic, "synthetic to real"),
    ("syntheticToHoldout", .holdout, "synthetic to holdout"),
    ("holdoutToTraining", .yardstick, "holdout to real"),
    ("trainingToTraining", .yardstick, "real to other real rows"),
  ]

  /// Reads the details of a score; `nil` where they hold none.
  init?(_ details: DetailValue?) {
    guard case .object(let quantiles)? = details,
      let shares = Self.numbers(quantiles["probabilities"]), shares.count > 1
    else { return nil }
    self.shares = shares
    curves = Self.kinds.compactMap { key, series, label in
      guard let values = Self.numbers(quantiles[key]), values.count == shares.count else {
        return nil
      }
      return Curve(series: series, label: label, values: values)
    }
    if curves.isEmpty { return nil }
  }

  /// The curves as a chart of cumulated shares, and their table.
  func drawn(
    title: String, summary: String, axis: Axis, shares axisOfShares: String, caption: String
  ) -> (chart: Chart, table: ChartTable) {
    let plot = Chart.Plot(
      x: axis, y: Axis(0, 1, format: .share, title: axisOfShares, count: 4),
      paths: curves.map { curve in
        Chart.Plot.Path(
          series: curve.series, label: curve.label,
          points: zip(curve.values, shares).map { Chart.Plot.Point(x: $0, y: $1) }, isSteps: false)
      })
    let chart = Chart(
      title: title, summary: summary, body: .plot(plot),
      legend: curves.map { ($0.series, $0.label) })
    let format = NumberText.page
    let rows = shares.indices.map { index in
      [format.percent(shares[index])] + curves.map { format.number($0.values[index]) }
    }
    let table = ChartTable(
      caption: caption,
      headers: ["Share of rows"] + curves.map { $0.label.capitalizedFirst }, rows: rows, note: nil,
      places: (.y, zip(curves[0].values, shares).map { .init(x: $0, y: $1) }))
    return (chart, table)
  }

  private static func numbers(_ value: DetailValue?) -> [Double]? {
    guard let list = value?.arrayValue else { return nil }
    let numbers = list.compactMap(\.doubleValue)
    return numbers.count == list.count ? numbers : nil
  }
}
