import AssayDocument

/// Turns the quantiles of the nearest-neighbour distance ratio into rows of dots.
enum DistanceRatioChart {
  /// The dots and their table; `nil` where the score has no quantiles.
  static func make(_ score: Score) -> (chart: Chart, table: ChartTable)? {
    guard score.metric == "privacy.distance-ratio",
      let quantiles = DistanceQuantiles(score.details["quantiles"])
    else { return nil }
    let format = NumberText.page
    let least = quantiles.curves.flatMap(\.values).min() ?? 0
    let chart = Chart(
      title: "How close the closest real row is beside the second closest",
      summary:
        "Near 0 a row hugs one record, near 1 it lies between several. Rows that hug single real "
        + "records would stand to the left of the others.",
      body: .dots(
        Chart.Dots(
          rows: quantiles.shares.indices.map { place in
            Chart.Dots.Row(
              label: label(quantiles.shares[place], format),
              marks: quantiles.curves.map {
                .init(series: $0.series, value: $0.values[place], label: $0.label)
              })
          },
          axis: Axis(
            least < 0.5 ? 0 : 0.5, 1, format: .number,
            title: "distance to the closest row / to the second closest", count: 5))),
      legend: quantiles.curves.map { ($0.series, $0.label) })
    let table = ChartTable(
      caption: "Ratio at most which so many rows have",
      headers: ["Share of rows"] + quantiles.curves.map { $0.label.capitalizedFirst },
      rows: quantiles.shares.indices.map { place in
        [format.percent(quantiles.shares[place])]
          + quantiles.curves.map { format.number($0.values[place]) }
      }, note: nil)
    return (chart, table)
  }

  private static func label(_ share: Double, _ format: NumberText) -> String {
    share == 0.5 ? "half of the rows" : "lowest \(format.percent(share))"
  }
}

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

  private static func numbers(_ value: DetailValue?) -> [Double]? {
    guard let list = value?.arrayValue else { return nil }
    let numbers = list.compactMap(\.doubleValue)
    return numbers.count == list.count ? numbers : nil
  }
}
