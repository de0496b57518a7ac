public import AssayDocument

/// Renders a document as Markdown that fits a pull-request comment: the five answers, the worst
/// findings, the scores of the table as a whole.
public struct MarkdownRenderer: DocumentRenderer {
  /// The name of the file in a report's folder.
  public var fileName: String { "summary.md" }
  /// No output is longer than this many bytes.
  static let byteLimit = 58_000

  /// Makes a renderer.
  public init() {}

  /// Renders a document as UTF-8 Markdown.
  public func render(_ document: EvaluationDocument) -> [UInt8] {
    let model = ReportModel(document)
    var page = MarkdownPage(limit: Self.byteLimit)
    page.line("# " + Markdown.name(model.headline.title))
    page.line("")
    page.line("**\(model.headline.word)** · " + Markdown.text(model.headline.policy))
    page.line("")
    page.line("> " + Markdown.text(model.headline.sentence))
    page.line("")
    answers(model, into: &page)
    if let line = DrawsText(document: document, numbers: .plain).line {
      page.line(line.prefix(1).uppercased() + line.dropFirst() + ".")
      page.line("")
    }
    requirements(document, into: &page)
    diagnoses(document, into: &page)
    findings(model, into: &page)
    if !model.undecided.isEmpty {
      page.line("### Undecided")
      page.line("")
      for line in model.undecided.prefix(10) { page.line("- " + Markdown.text(line)) }
      page.line("")
    }
    scores(model, into: &page)
    comparisons(document, into: &page)
    draws(document, into: &page)
    about(document, into: &page)
    inputs(document, into: &page)
    return Array(page.text.utf8)
  }

  private func answers(_ model: ReportModel, into page: inout MarkdownPage) {
    page.line("| Question | Answer | |")
    page.line("| --- | --- | --- |")
    for answer in model.document.verdict.answers {
      let word = Wording.symbol(answer.mark) + " " + Markdown.text(answer.word)
      var sentence = Markdown.text(answer.sentence)
      if answer.question == .looksReal, let score = model.document.dimension(.fidelity),
        let value = score.score
      {
        let scale = ScaleReading.clipped(
          value, score.interval, facet: score.worst?.facet ?? "dependence")
        if !answer.sentence.hasPrefix(NumberText.plain.position(scale.value)) {
          sentence = scale.text(.plain) + "; " + sentence
        }
        sentence += " (\(scale.words))"
      }
      page.line("| \(answer.question.title) | \(word) | \(sentence) |")
    }
    page.line("")
  }

  private func findings(_ model: ReportModel, into page: inout MarkdownPage) {
    let findings = model.document.findings
    page.line("### Fix first")
    page.line("")
    if findings.isEmpty {
      page.line("Nothing was found that has to be mended.")
    } else {
      page.line("| | Where | What | Try |")
      page.line("| --- | --- | --- | --- |")
      let limit = 20
      for (position, finding) in findings.prefix(limit).enumerated() {
        page.row([
          "\(position + 1)", Markdown.subject(of: finding), Markdown.text(finding.sentence),
          finding.remedy.map(Markdown.text) ?? "–",
        ])
      }
      if findings.count > limit {
        page.line("")
        page.line("\(NumberText.plain.count(findings.count - limit)) more are in the report.")
      }
    }
    page.line("")
  }

  private func scores(_ model: ReportModel, into page: inout MarkdownPage) {
    let numbers = NumberText.plain
    page.line("### Scores of the table as a whole")
    page.line("")
    page.line("| Measure | Against | Value | Fresh real sample | Scale |")
    page.line("| --- | --- | ---: | ---: | ---: |")
    for section in model.dimensions {
      for metric in section.metrics {
        for reading in metric.readings {
          let interval = reading.interval(numbers).map { " (\($0))" } ?? ""
          page.row([
            Markdown.text(reading.title + (reading.phrase.map { ", " + $0 } ?? "")),
            Wording.against(reading.score.against),
            Markdown.text(reading.value(numbers) + interval),
            reading.fresh(numbers).map(Markdown.text) ?? "–",
            reading.scale.map { numbers.position($0.value) } ?? "–",
          ])
        }
      }
    }
    page.line("")
    page.line("Scale: 0 = the far end that the measure names, 1 = \(Wording.freshSample).")
    page.line("")
  }

  private func comparisons(_ document: EvaluationDocument, into page: inout MarkdownPage) {
    let tables = ComparisonTables(document: document, numbers: .plain)
    for table in [tables.baselines, tables.power].compactMap(\.self) {
      page.line("### " + Markdown.text(table.caption))
      page.line("")
      page.row(table.headers.map(Markdown.text))
      page.row(table.headers.map { _ in "---" })
      for row in table.rows { page.row(row.map(Markdown.text)) }
      page.line("")
      if let note = table.note {
        page.line(Markdown.text(note))
        page.line("")
      }
    }
  }

  private func draws(_ document: EvaluationDocument, into page: inout MarkdownPage) {
    guard document.draws != nil else { return }
    page.line("### Draws of the generator")
    page.line("")
    page.row(DrawsText.headers)
    page.line("| --- | --- | ---: | ---: | ---: |")
    for row in DrawsText(document: document, numbers: .plain).rows {
      page.row([Markdown.text(row.title), row.against, row.range, row.between, row.sampling])
    }
    page.line("")
    page.line(DrawsText(document: document, numbers: .plain).note)
    page.line("")
    guard let draws = document.draws, !draws.regressions.isEmpty else { return }
    page.row(CombinedText.headers)
    page.line("| --- | --- | --- | ---: | ---: | ---: | ---: |")
    for row in CombinedText(draws: draws, numbers: .plain).rows {
      page.row([Markdown.text(row.target)] + row.cells.dropFirst())
    }
    page.line("")
    page.line(CombinedText.note)
    page.line("")
  }

  private func about(_ document: EvaluationDocument, into page: inout MarkdownPage) {
    for (title, text) in AboutFacts.all(document.about) {
      page.line("- \(Markdown.text(title)): \(Markdown.text(text))")
    }
    page.line("")
  }

  private func inputs(_ document: EvaluationDocument, into page: inout MarkdownPage) {
    var sides = [("real", document.inputs.training), ("synthetic", document.inputs.synthetic)]
    if let holdout = document.inputs.holdout { sides.append(("holdout", holdout)) }
    for (side, input) in sides {
      let rows = NumberText.plain.count(input.rows)
      page.line(
        "- \(side): \(Markdown.name(input.name)), \(rows) \(Wording.rows(input.rows)) × "
          + "\(input.columns)")
    }
    page.line("")
    let form = Headline.form(of: document)
    page.line(
      "assay \(Markdown.text(document.tool.version)), seed \(document.plan.seed). "
        + form.prefix(1).uppercased() + form.dropFirst() + ".")
  }
}

/// Collects lines up to a number of bytes, and says at its end what did not fit.
struct MarkdownPage {
  private var written = ""
  private let limit: Int
  /// The parts that lack lines, by their headings.
  private var cut: [String] = []
  private var part = "the summary"
  /// Room that is kept for the last words.
  private static let reserve = 700

  init(limit: Int) { self.limit = limit }

  /// The page.
  var text: String {
    guard !cut.isEmpty else { return written }
    let parts = cut.count > 8 ? Array(cut.prefix(8)) + ["\(cut.count - 8) more"] : cut
    return written + "\n*Cut to fit: "
      + parts.joined(separator: ", ").replacingLast(", ", " and ")
      + " did not fit whole; all of it is in the report.*\n"
  }

  mutating func line(_ line: String) {
    if line.hasPrefix("### ") { part = String(line.dropFirst(4).prefix(60)) }
    if !cut.isEmpty || written.utf8.count + line.utf8.count + 1 + Self.reserve > limit {
      if !line.isEmpty, cut.last != part { cut.append(part) }
      return
    }
    written += line + "\n"
  }

  mutating func row(_ cells: [String]) { line("| " + cells.joined(separator: " | ") + " |") }
}
