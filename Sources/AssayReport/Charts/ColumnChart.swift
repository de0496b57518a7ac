import AssayDocument
import Foundation

/// Turns a column's profile into a chart and a table.
enum ColumnChart {
  /// The most levels that are drawn; the rest is drawn together.
  static let levelLimit = 14
  /// The most rows of the table beside the chart.
  static let rowLimit = 40

  /// The chart of a profile; `nil` where the profile holds nothing that can be drawn.
  static func make(_ name: String, _ profile: ColumnProfile, gap: Double?) -> Chart? {
    let count = profile.cells.count
    guard count > 0, profile.training.count == count, profile.synthetic.count == count,
      profile.holdout.map({ $0.count == count }) ?? true
    else { return nil }
    let sides = Sides(profile)
    let shown = VisibleText.clipped(name)
    let title =
      "Shares of \(shown) in " + sides.names.joined(separator: ", ").replacingLast(", ", " and ")
    let body: Chart.Body
    if let numeric = NumericCells(profile) {
      body = .plot(numeric.plot(sides, gap: gap))
    } else {
      body = .bars(bars(profile, sides))
    }
    return Chart(
      title: title, summary: summary(profile), body: body,
      legend: sides.all.map { ($0.series, $0.series.rawValue) })
  }

  /// How far the cumulated shares are from the real ones; `nil` for levels.
  static func difference(_ name: String, _ profile: ColumnProfile, gap: Double?) -> Chart? {
    let count = profile.cells.count
    guard profile.training.count == count, profile.synthetic.count == count,
      profile.holdout.map({ $0.count == count }) ?? true,
      let plot = NumericCells(profile)?.differencePlot(Sides(profile), gap: gap)
    else { return nil }
    let widest = plot.paths.first?.points.map { abs($0.y) }.max() ?? 0
    return Chart(
      title: "Cumulated shares of \(VisibleText.clipped(name)) less the real ones",
      summary: "At the edges of the cells the synthetic curve is at most "
        + "\(NumberText.page.percent(widest)) from the real one.",
      body: .plot(plot), legend: plot.paths.map { ($0.series, $0.label) })
  }

  /// The cells that a numeric chart leaves to words: missing, outside, pooled.
  static func asides(_ profile: ColumnProfile, _ numbers: NumberText) -> [String] {
    guard NumericCells(profile) != nil else { return [] }
    return profile.cells.indices.compactMap { index in
      let cell = profile.cells[index]
      guard !NumericCells.isPlaced(cell) else { return nil }
      let shares = [profile.training[index], profile.synthetic[index]]
      guard (shares + (profile.holdout.map { [$0[index]] } ?? [])).contains(where: { $0 > 0 })
      else {
        return nil
      }
      var parts = [
        "real " + numbers.percent(profile.training[index]),
        "synthetic " + numbers.percent(profile.synthetic[index]),
      ]
      if let holdout = profile.holdout {
        parts.append("holdout " + numbers.percent(holdout[index]))
      }
      return VisibleText.clipped(cell.label) + ": " + parts.joined(separator: ", ")
    }
  }

  /// The same shares as a table.
  static func table(_ name: String, _ profile: ColumnProfile, _ numbers: NumberText) -> ChartTable {
    var headers = ["Cell", "Real", "Synthetic"]
    if profile.holdout != nil { headers.append("Holdout") }
    let rows = profile.cells.indices.prefix(rowLimit).map { index in
      var row = [profile.cells[index].label]
      for side in [profile.training, profile.synthetic] + (profile.holdout.map { [$0] } ?? []) {
        row.append(index < side.count ? numbers.percent(side[index]) : "–")
      }
      return row
    }
    let rest = profile.cells.count - rows.count
    return ChartTable(
      caption: "Shares of rows of " + VisibleText.clipped(name), headers: headers, rows: rows,
      note: rest > 0 ? "\(numbers.count(rest)) more cells are in the JSON report" : nil,
      places: NumericCells(profile).map { cells in
        let middles = cells.middles
        return (.x, rows.indices.map { row in middles[row].map { .init(x: $0, y: 0) } })
      })
  }

  /// The cell whose share differs most.
  static func worstCell(_ profile: ColumnProfile) -> TinyBars? {
    let indices = profile.cells.indices.filter {
      $0 < (profile.holdout ?? profile.training).count && $0 < profile.synthetic.count
    }
    // Findings compare with the holdout where there is one; a chart beside them must not say otherwise.
    let real = profile.holdout ?? profile.training
    let gaps = indices.map { (index: $0, gap: abs(real[$0] - profile.synthetic[$0])) }
    guard let worst = gaps.max(by: { $0.gap < $1.gap }), worst.gap > 0 else { return nil }
    return TinyBars(
      label: profile.cells[worst.index].label, real: real[worst.index],
      synthetic: profile.synthetic[worst.index])
  }

  private static func summary(_ profile: ColumnProfile) -> String {
    guard let worst = worstCell(profile) else { return "Real and synthetic shares are equal." }
    let numbers = NumberText.page
    return "The largest difference is at \(VisibleText.clipped(worst.label)): real "
      + "\(numbers.percent(worst.real)), synthetic \(numbers.percent(worst.synthetic))."
  }

  private static func bars(_ profile: ColumnProfile, _ sides: Sides) -> Chart.Bars {
    let levels = profile.cells.indices.filter { profile.cells[$0].kind == "level" }
    let others = profile.cells.indices.filter { profile.cells[$0].kind != "level" }
    let drawn = levels.count > levelLimit ? Array(levels.prefix(levelLimit - 1)) : levels
    let rest = levels.dropFirst(drawn.count)
    func group(_ label: String, _ indices: some Sequence<Int>) -> Chart.Bars.Group {
      let picked = Array(indices)
      return Chart.Bars.Group(
        label: label,
        values: sides.all.map { side in
          (side.series, picked.reduce(0) { $0 + side.shares[$1] })
        })
    }
    var groups = drawn.map { group(profile.cells[$0].label, [$0]) }
    if !rest.isEmpty { groups.append(group("\(rest.count) more levels", rest)) }
    for index in others.prefix(6) { groups.append(group(profile.cells[index].label, [index])) }
    let filled = groups.filter { $0.values.contains { $0.value > 0 } }
    if !filled.isEmpty { groups = filled }
    let most = groups.flatMap { $0.values.map(\.value) }.max() ?? 1
    let axis = Axis(0, max(most, 1e-6), format: .share, title: "share of rows", count: 4)
    return Chart.Bars(groups: groups, axis: axis)
  }

  /// The shares of each side, in drawing order.
  struct Sides {
    var all: [(series: Chart.Series, shares: [Double])]
    var names: [String] { all.map(\.series.rawValue) }

    init(_ profile: ColumnProfile) {
      all = [(.real, profile.training), (.synthetic, profile.synthetic)]
      if let holdout = profile.holdout { all.append((.holdout, holdout)) }
    }
  }
}

extension String {
  /// The text with the last occurrence of a separator replaced.
  func replacingLast(_ separator: String, _ replacement: String) -> String {
    guard let range = range(of: separator, options: .backwards) else { return self }
    return replacingCharacters(in: range, with: replacement)
  }
}
