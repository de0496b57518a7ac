import AssayDocument

extension ReportPage {
  /// One block a column: its distribution on each side, and its scores.
  func columns(into html: inout HTMLBuilder) {
    guard !model.columns.isEmpty else { return }
    section(PlaceName("columns"), "Columns", into: &html) { html in
      let isFolded = model.columns.count > Self.foldAbove
      html.tag(.p, .class("lead small")) { html in
        html.text("\(numbers.count(model.columns.count)) columns in the order of the table. ")
        html.text(
          "The number after a column's kind is its place between uniform values (0) and a fresh "
            + "real sample (1). Rare levels and extremes are drawn together, so that no single "
            + "row shows.")
      }
      filter("columns", "Find a column", into: &html)
      html.tag(
        .div, .class(isFolded ? "cards folded" : "cards"), HTMLAttribute(.dataRows, "columns")
      ) { html in
        for block in model.columns {
          html.newline()
          let name = PlaceName("column", block.index + 1).text
          if isFolded {
            html.tag(.details, .class("card"), HTMLAttribute(.id, name)) { html in
              html.tag(.summary) { self.columnHead(block, into: &$0) }
              columnBody(block, into: &html)
            }
          } else {
            html.tag(.article, .class("card"), HTMLAttribute(.id, name)) { html in
              columnHead(block, into: &html)
              columnBody(block, into: &html)
            }
          }
        }
      }
    }
  }

  /// A search field, which appears where the script can serve it.
  func filter(_ rows: String, _ label: String, into html: inout HTMLBuilder) {
    html.tag(
      .label, .class("filter"), HTMLAttribute(.hidden), HTMLAttribute(.dataFilter, rows)
    ) { html in
      html.text(label)
      html.tag(.input, HTMLAttribute(.type, "search"))
      html.tag(.span, .class("small"), HTMLAttribute(.ariaLive, "polite"))
    }
  }

  /// The kind stands inside of the heading: beside a heading a summary holds nothing else.
  private func columnHead(_ block: ReportModel.ColumnBlock, into html: inout HTMLBuilder) {
    html.tag(.h3) { html in
      html.name(block.record.name)
      html.tag(.span, .class("kind")) { html in
        html.text(VisibleText.clipped(block.record.kind))
        if block.record.role != "feature" {
          html.text(" · " + VisibleText.clipped(block.record.role))
        }
        if let scale = block.scale { html.text(" · " + position(scale.value)) }
      }
    }
  }

  private func columnBody(_ block: ReportModel.ColumnBlock, into html: inout HTMLBuilder) {
    let record = block.record
    if let profile = record.profile,
      let chart = ColumnChart.make(record.name, profile, gap: block.gap)
    {
      figure(
        chart, ColumnChart.table(record.name, profile, numbers),
        notes: ColumnChart.asides(profile, numbers), into: &html)
      difference(block, profile, into: &html)
    } else {
      html.tag(.p, .class("small"), text: "Not drawn: its values are not published.")
    }
    scores(block, into: &html)
    let notes = record.representation + record.why
    if !notes.isEmpty {
      html.tag(.details, .class("fold small")) { html in
        html.tag(.summary, text: "How it was read")
        html.tag(.ul) { html in for note in notes { html.tag(.li, text: note) } }
      }
    }
  }

  /// The difference of cumulated shares, folded: most columns need no second look.
  private func difference(
    _ block: ReportModel.ColumnBlock, _ profile: ColumnProfile, into html: inout HTMLBuilder
  ) {
    guard
      let chart = ColumnChart.difference(block.record.name, profile, gap: block.gap)
    else { return }
    html.tag(.details, .class("fold small")) { html in
      html.tag(.summary, text: "Cumulated difference, and where it is largest")
      html.tag(.figure) { html in
        SVGWriter.draw(chart, into: &html)
        legend(chart, into: &html)
      }
    }
  }

  /// The few measures that say most of a column; all others are folded.
  private static let chief: Set<MetricID> = [
    "fidelity.total-variation", "fidelity.kolmogorov-smirnov", "fidelity.wasserstein-1",
    "diagnostics.missing-rate", "diagnostics.boundary-adherence", "diagnostics.category-adherence",
  ]

  private func scores(_ block: ReportModel.ColumnBlock, into html: inout HTMLBuilder) {
    let shown = VisibleText.clipped(block.record.name)
    let side: Against = document.inputs.holdout == nil ? .training : .holdout
    let measured = block.readings.filter { $0.score.value != nil }
    let first = measured.filter { reading in
      Self.chief.contains(reading.score.metric)
        && (reading.score.against == side || reading.score.against == .none)
    }
    let rest = measured.filter { reading in
      !Self.chief.contains(reading.score.metric)
        || (reading.score.against != side && reading.score.against != .none)
    }
    if !first.isEmpty {
      scoreTable(
        first, caption: "\(shown) against \(Wording.against(side))", withSubject: false,
        into: &html)
    }
    guard !rest.isEmpty else { return }
    // What was measured against the holdout was mostly measured against training rows as well.
    let isShort = side == .holdout && document.columns.count > ReportModel.manyColumns
    let listed = isShort ? rest.filter { $0.score.against != .training } : rest
    html.tag(.details, .class("fold small deep")) { html in
      html.tag(.summary, text: "\(numbers.count(listed.count)) further scores of this column")
      if listed.count < rest.count {
        html.tag(
          .p,
          text: "\(numbers.count(rest.count - listed.count)) against real are in the JSON report.")
      }
      for against in [Against.holdout, .training, .both, .none] {
        let group = listed.filter { $0.score.against == against }
        if group.isEmpty { continue }
        scoreTable(
          group, caption: "\(shown) against \(Wording.against(against))", withSubject: false,
          into: &html)
      }
    }
  }
}
