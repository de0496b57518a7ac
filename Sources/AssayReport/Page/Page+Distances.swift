import AssayDocument

extension ReportPage {
  /// How near rows lie to the closest ones of each real side, and to one of them alone.
  func distances(_ section: ReportModel.DimensionSection, into html: inout HTMLBuilder) {
    guard section.dimension == .privacy else { return }
    let scores = section.metrics.flatMap(\.readings).map(\.score)
    let charts = scores.compactMap(DistanceChart.make) + scores.compactMap(DistanceRatioChart.make)
    guard !charts.isEmpty else { return }
    html.tag(.h3, .class("label"), text: "Distances to the closest rows")
    html.tag(.p, .class("small lead"), text: Self.aboutDistances)
    if let approximate = scores.lazy.compactMap({ $0.details["approximate"] }).first {
      html.tag(.p, .class("small"), text: self.approximate(approximate))
    }
    html.tag(.div, .class("two")) { html in
      for (chart, table) in charts {
        html.tag(.div) { html in
          html.tag(.h4, text: chart.title)
          figure(chart, table, notes: [chart.summary], into: &html)
        }
      }
    }
  }

  /// What an approximate search says of itself.
  private func approximate(_ details: DetailValue) -> String {
    let checked = details["checkedRows"]?.integerValue ?? 0
    func percent(_ member: String) -> String {
      details[member]?.doubleValue.map(numbers.percent) ?? "–"
    }
    return
      "Searched for approximately, every row, as was asked for. Of \(numbers.count(checked)) rows that "
      + "were searched for exactly too, the closest row was found for \(percent("recall")) (at least "
      + "\(percent("recallAtLeast"))). Rows that are missed are missed whatever their side, so the test stays "
      + "exact."
  }

  private static let aboutDistances =
    "Hints, not a verdict: a few copies among many rows hardly move a curve, and what is read from one "
    + "proves nothing about the rest. What counts are the tests of leaks."
}
