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

  private func columnHead(_ block: ReportModel.ColumnBlock, into html: inout HTMLBuilder) {
    html.tag(.h3) { $0.name(block.record.name) }
    html.tag(.span, .class("kind")) { html in
      html.text(VisibleText.clipped(block.record.kind))
      if block.record.role != "feature" {
        html.text(" · " + VisibleText.clipped(block.record.role))
      }
      if let scale = block.scale { html.text(" · " + numbers.position(scale.value)) }
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
    } else {
      html.tag(.p, .class("small"), text: "Not drawn: its values are not published.")
    }
    let shown = VisibleText.clipped(record.name)
    let side: Against = document.inputs.holdout == nil ? .training : .holdout
    let first = block.readings.filter { $0.score.value != nil && $0.score.against == side }
    let rest = block.readings.filter { $0.score.value != nil && $0.score.against != side }
    let main = first.isEmpty ? rest : first
    if !main.isEmpty {
      let against = main.first.map { Wording.against($0.score.against) } ?? "real"
      scoreTable(
        main, caption: "\(shown) against \(against)", withSubject: false, into: &html)
    }
    if !first.isEmpty, !rest.isEmpty {
      html.tag(.details, .class("fold small")) { html in
        html.tag(.summary, text: "Other scores of this column")
        for against in [Against.training, .both, .none] {
          let group = rest.filter { $0.score.against == against }
          if group.isEmpty { continue }
          scoreTable(
            group, caption: "\(shown) against \(Wording.against(against))", withSubject: false,
            into: &html)
        }
      }
    }
    let notes = record.representation + record.why
    if !notes.isEmpty {
      html.tag(.details, .class("fold small")) { html in
        html.tag(.summary, text: "How it was read")
        html.tag(.ul) { html in for note in notes { html.tag(.li, text: note) } }
      }
    }
  }
}
