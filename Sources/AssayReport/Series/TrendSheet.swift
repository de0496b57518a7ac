import AssayDocument

extension Sheet {
  /// Scores over releases.
  init(_ trend: ReleaseTrend) {
    let changed = trend.series.filter { !$0.changes.isEmpty }
    // Answers first, then what changed: the rest is folded on the page.
    var ordered = trend
    ordered.series =
      trend.series.filter { $0.metric == nil } + changed.filter { $0.metric != nil }
      + trend.series.filter { $0.metric != nil && $0.changes.isEmpty }
    let view = TrendView(trend: ordered)
    self.init(
      title: "Trend of \(trend.releases.count) releases", word: "\(trend.releases.count) releases",
      mark: .notJudged,
      status: "\(VisibleText.clipped(trend.releases.first?.name ?? "")) to "
        + VisibleText.clipped(trend.releases.last?.name ?? ""),
      headline: changed.isEmpty
        ? "No score changed its level."
        : "\(changed.count) of \(trend.series.count) scores changed their level.",
      remarks: trend.releases.compactMap { release in
        release.absence.map { "\(VisibleText.clipped(release.name)) is left out: \($0)." }
      } + trend.remarks.prefix(8).map { $0.prefix(1).uppercased() + $0.dropFirst() + "." },
      parts: [view.changes, view.series].compactMap(\.self),
      evidence: [("Changes of level", trend.method)]
        + trend.releases.map { ("SHA-256 " + VisibleText.clipped($0.name), $0.input.sha256) })
  }
}

private struct TrendView {
  let trend: ReleaseTrend
  let numbers = NumberText.page

  /// The releases' names without what all share.
  private var names: [String] { ShortNames.of(trend.releases.map(\.name)) }

  private func title(_ series: ReleaseTrend.Series) -> String {
    ScoreNames.title(series.title, series.dimension, series.metric)
  }

  private func longTitle(_ series: ReleaseTrend.Series) -> String {
    title(series) + (series.against.map { ", against \(Wording.against($0))" } ?? "")
  }

  var changes: Sheet.Part? {
    let rows = trend.series.flatMap { series in
      series.changes.map { change in
        let isBetter: Bool? =
          switch series.direction {
          case .higherIsBetter: change.after > change.before
          case .lowerIsBetter: change.after < change.before
          case .closerToFreshSample: nil
          }
        return [
          title(series), ScoreNames.against(series.against), names[change.release],
          ScoreNames.value(change.before, series.metric, numbers),
          ScoreNames.value(change.after, series.metric, numbers),
          change.pValue < 0.0001 ? "<0.0001" : numbers.fixed(change.pValue, decimals: 4),
          isBetter.map { $0 ? "better" : "worse" } ?? "other",
        ]
      }
    }
    guard !rows.isEmpty else { return nil }
    return Sheet.Part(
      title: "Changes of level",
      table: ChartTable(
        caption: "Where a level changes",
        headers: ["Score", "Against", "From", "Before", "After", "By chance", "Now"],
        rows: rows, note: nil),
      note: "Before and after are the levels; by chance is the probability of such a change where "
        + "nothing changed.")
  }

  var series: Sheet.Part? {
    guard !trend.series.isEmpty else { return nil }
    var figures: [Sheet.Figure] = []
    var rows: [[String]] = []
    for series in trend.series {
      let byRelease = Dictionary(
        series.points.map { ($0.release, $0) }, uniquingKeysWith: { first, _ in first })
      let starts = Set(series.changes.map(\.release))
      func shown(_ value: Double?) -> Double? {
        value.map { ScoreNames.onScale($0, series.metric) }
      }
      figures.append(
        .dots(
          DotChart(
            title: longTitle(series),
            summary: series.changes.isEmpty
              ? "No change of level." : "\(series.changes.count) changes of level, drawn as lines.",
            axisTitle: Wording.direction(series.direction),
            rows: names.enumerated().map { index, name in
              DotChart.Row(
                label: name, value: shown(byRelease[index]?.value),
                lower: shown(byRelease[index]?.interval?.lower),
                upper: shown(byRelease[index]?.interval?.upper), isChange: starts.contains(index))
            })))
      rows.append(
        [title(series), ScoreNames.against(series.against)]
          + trend.releases.indices.map { release in
            byRelease[release].map { ScoreNames.value($0.value, series.metric, numbers) } ?? "–"
          })
    }
    return Sheet.Part(
      title: "Scores over releases",
      lead: "In the order given, the first release above; a dashed line is where a level changes.",
      table: ChartTable(
        caption: "The same as a table",
        headers: ["Score", "Against"] + names.map { VisibleText.clipped($0, to: 24) },
        rows: rows,
        note: trend.series.contains { $0.metric == nil } ? ScoreNames.scale : nil),
      figures: figures)
  }
}
