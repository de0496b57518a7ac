import AssayDocument
import Foundation

/// Draws how many training rows attacks find at a given share of false alarms, both on a logarithmic
/// scale: what counts is the left end, where an attacker is hardly ever wrong.
enum AttackChart {
  /// The curve of the strongest attack and that of guessing; `nil` where a score has no curve.
  static func make(_ scores: [Score]) -> (chart: Chart, table: ChartTable)? {
    let curves = scores.compactMap { score -> (title: String, points: [(Double, Double)])? in
      guard let title = score.details["title"]?.stringValue,
        let list = score.details["curve"]?.arrayValue
      else { return nil }
      let points = list.compactMap { point -> (Double, Double)? in
        guard let pair = point.arrayValue, pair.count == 2, let x = pair[0].doubleValue,
          let y = pair[1].doubleValue, x > 0
        else { return nil }
        return (x, y)
      }
      return points.count > 1 ? (title, points) : nil
    }
    guard let first = curves.first else { return nil }
    let least = min(0.001, curves.flatMap { $0.points.map(\.0) }.min() ?? 0.001)
    let low = log10(least).rounded(.down)
    func place(_ share: Double) -> Double { max(low, log10(max(share, 1e-12))) }
    let format = NumberText.page
    let ticks = stride(from: low, through: 0, by: 1).map {
      Axis.Tick(value: $0, label: format.percent(pow(10, $0)))
    }
    let plot = Chart.Plot(
      x: Axis(low, 0, ticks: ticks, title: "false alarms: unseen rows called training rows"),
      y: Axis(low, 0, ticks: ticks, title: "training rows that are found"),
      paths: [
        Chart.Plot.Path(
          series: .synthetic, label: first.title,
          points: first.points.map { .init(x: place($0.0), y: place($0.1)) }, isSteps: false),
        Chart.Plot.Path(
          series: .yardstick, label: "guessing",
          points: [.init(x: low, y: low), .init(x: 0, y: 0)], isSteps: false),
      ])
    let rates = first.points.map(\.0)
    let chart = Chart(
      title: "Training rows found by the strongest attack, by its false alarms",
      summary:
        "A curve above the line of guessing finds training rows; at its left end an attacker "
        + "is hardly ever wrong.",
      body: .plot(plot),
      legend: [(.synthetic, first.title), (.yardstick, "guessing")])
    let table = ChartTable(
      caption: "Training rows found at so many false alarms",
      headers: ["False alarms", first.title],
      rows: zip(rates, first.points).map { [format.percent($0), format.percent($1.1)] },
      note: "Shares are those of the last threshold within the false alarms, never between two.",
      places: (.x, first.points.map { .init(x: place($0.0), y: place($0.1)) }))
    return (chart, table)
  }
}
