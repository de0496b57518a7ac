import AssayDocument

extension ReportPage {
  /// By what whole rows are told from real ones: the columns that had to be taken out, one after
  /// another, until they no longer were, and the part of the table where they are easiest to tell.
  func gaveAway(_ section: ReportModel.DimensionSection, into html: inout HTMLBuilder) {
    guard section.dimension == .fidelity, let score = classifierScore(section),
      case .object(let peeling)? = score.details["peeling"],
      let columns = peeling["columns"]?.arrayValue?.compactMap(\.stringValue),
      let areas = peeling["areas"]?.arrayValue?.compactMap(\.doubleValue), !columns.isEmpty,
      columns.count == areas.count, let whole = score.value
    else { return }
    html.tag(.h3, .class("label"), text: "What gives the rows away")
    let steps = [("all columns", whole)] + zip(columns.map { "without " + $0 }, areas)
    let lowest = min(0.5, steps.map(\.1).min() ?? 0.5)
    let chart = Chart(
      title: "Area by which rows are told from real ones, columns taken out one after another",
      summary:
        "With all columns \(numbers.position(whole)); ½ means that rows cannot be told apart.",
      body: .bars(
        Chart.Bars(
          groups: steps.map { .init(label: $0.0, values: [(.synthetic, $0.1)]) },
          axis: Axis(
            lowest, 1, format: .number,
            title: "area under the curve: ½ cannot be told, 1 told without fail", count: 5))),
      legend: [(.synthetic, "columns taken out one after another, the most telling first")])
    let table = ChartTable(
      caption: "Area after each step", headers: ["Columns", "Area"],
      rows: steps.map { [$0.0, numbers.position($0.1)] }, note: nil)
    var notes: [String] = []
    if let slice = slice(score) { notes.append(slice) }
    figure(chart, table, notes: notes, into: &html)
  }

  private func classifierScore(_ section: ReportModel.DimensionSection) -> Score? {
    let readings = section.metrics.flatMap(\.readings).filter {
      $0.score.metric == "fidelity.classifier-two-sample" && $0.score.details["peeling"] != nil
    }
    return (readings.last { $0.score.against == .holdout } ?? readings.first)?.score
  }

  private func slice(_ score: Score) -> String? {
    guard case .object(let slice)? = score.details["slice"],
      let cells = slice["cells"]?.arrayValue, let real = slice["real"]?.doubleValue,
      let synthetic = slice["synthetic"]?.doubleValue
    else { return nil }
    let parts = cells.compactMap { cell -> String? in
      guard case .object(let cell) = cell, let column = cell["column"]?.stringValue,
        let label = cell["cell"]?.stringValue
      else { return nil }
      return VisibleText.clipped(column) + ": " + VisibleText.clipped(label)
    }
    guard !parts.isEmpty else { return nil }
    return "Easiest to tell where " + parts.joined(separator: " and ")
      + " (\(numbers.percent(synthetic)) of synthetic rows, \(numbers.percent(real)) of real ones)."
  }
}
