public import AssayDocument

/// Renders the summary that a run prints: the five answers, what is wrong, what to do next.
public struct TerminalRenderer: Sendable {
  /// What the terminal can show.
  public var style: TerminalStyle
  /// What the run knows and the document does not.
  public var facts: RunFacts
  /// The most findings that are listed.
  static let findingLimit = 5

  /// Makes a renderer.
  public init(style: TerminalStyle = TerminalStyle(), facts: RunFacts = RunFacts()) {
    self.style = style
    self.facts = facts
  }

  /// Renders a document as lines of text, each ending in a newline.
  public func text(_ document: EvaluationDocument) -> String {
    let model = ReportModel(document)
    var lines = TerminalLines(style: style)
    header(model, into: &lines)
    inputs(document, into: &lines)
    answers(model, into: &lines)
    requirements(document, into: &lines)
    findings(model, into: &lines)
    closing(model, into: &lines)
    return lines.text
  }

  private var numbers: NumberText { style.usesUnicode ? .plain : .ascii }

  private func header(_ model: ReportModel, into lines: inout TerminalLines) {
    var run: [String] = []
    if let seconds = facts.seconds {
      run.append(numbers.fixed(seconds, decimals: seconds < 100 ? 1 : 0) + " s")
    }
    if let bytes = facts.peakBytes {
      run.append(numbers.count(Int((Double(bytes) / 1e6).rounded())) + " MB")
    }
    let version = VisibleText.clipped(model.document.tool.version)
    lines.line(
      "assay \(version) · \(model.headline.policy)", right: run.joined(separator: " · "),
      tone: .bold)
  }

  private func inputs(_ document: EvaluationDocument, into lines: inout TerminalLines) {
    var sides = [("real", document.inputs.training), ("synthetic", document.inputs.synthetic)]
    if let holdout = document.inputs.holdout { sides.append(("holdout", holdout)) }
    let room = max(12, min(40, style.width / 3))
    let names = sides.map { DisplayWidth.cut(lines.shown($0.1.name), to: room) }
    let counts = sides.map { numbers.count($0.1.rows) }
    let nameWidth = names.map(DisplayWidth.of).max() ?? 0
    let countWidth = counts.map(DisplayWidth.of).max() ?? 0
    for (position, side) in sides.enumerated() {
      let notices = Self.notices(side.0, side.1)
      let isBeside = style.width - nameWidth - countWidth - 27 >= 28
      let size =
        "\(DisplayWidth.padLeft(counts[position], to: countWidth)) \(Wording.rows(side.1.rows)) × "
        + "\(side.1.columns)"
      lines.hanging(
        [
          ("  " + side.0, 13, .plain), (names[position], nameWidth + 2, .plain),
          (size, countWidth + 12, .plain),
        ], body: [isBeside ? notices : ""])
      if !isBeside, !notices.isEmpty { lines.hanging([("", 13, .plain)], body: [notices]) }
    }
  }

  /// What was noticed of a table, or else what it was taken for.
  private static func notices(_ side: String, _ record: InputRecord) -> String {
    guard record.notices.isEmpty else { return record.notices.joined(separator: "; ") }
    switch side {
    case "real": return "taken as the rows the generator saw"
    // A run refuses any other.
    case "holdout": return "shares no row with real beyond chance"
    default: return ""
    }
  }

  private func answers(_ model: ReportModel, into lines: inout TerminalLines) {
    var hasScale = false
    let words = model.document.verdict.answers.map {
      Wording.symbol($0.mark, ascii: !style.usesUnicode) + " " + $0.word
    }
    let wordWidth = min(24, max(15, (words.map(DisplayWidth.of).max() ?? 0) + 2))
    var zero = "shuffled columns"
    for (position, answer) in model.document.verdict.answers.enumerated() {
      var body = [answer.sentence]
      if answer.question == .looksReal, let score = model.document.dimension(.fidelity),
        let value = score.score
      {
        hasScale = true
        let facet = score.worst?.facet ?? "dependence"
        let scale = ScaleReading.clipped(value, score.interval, facet: facet)
        zero = scale.zero
        body = likeness(scale, sentence: answer.sentence, lines, indent: 15 + wordWidth)
      }
      lines.hanging(
        [
          ("  " + answer.question.title, 15, .plain),
          (words[position], wordWidth, tone(answer.mark)),
        ], body: body)
    }
    if let line = DrawsText(document: model.document, numbers: numbers).line {
      lines.hanging([("", 15, .plain)], body: [line])
    }
    if hasScale {
      lines.hanging(
        [("", 15, .plain)],
        body: ["0 = \(zero) · 1 = \(Wording.freshSample) · (95 % interval)"])
    }
  }

  private func likeness(
    _ scale: ScaleReading, sentence: String, _ lines: TerminalLines,
    indent: Int
  ) -> [String] {
    let bar = Self.bar(scale)
    let number = numbers.position(scale.value)
    let text = sentence.hasPrefix(number) ? sentence : scale.text(numbers)
    let first = bar + "   " + text
    let rest = sentence.hasPrefix(number) ? "" : sentence
    let joined = rest.isEmpty ? first : first + "; " + rest
    if DisplayWidth.of(lines.shown(joined)) <= style.width - indent { return [joined] }
    // The number stays beside its bar; what follows the semicolon goes below.
    let parts = text.split(separator: ";", maxSplits: 1).map(String.init)
    let below = parts.dropFirst().map { String($0.drop { $0 == " " }) } + [rest]
    return [bar + "   " + (parts.first ?? "")] + below
  }

  /// A scale of characters, such as `0 ├────●━──┤ 1`.
  static func bar(_ scale: ScaleReading, width: Int = 21) -> String {
    func cell(_ value: Double) -> Int {
      Int((min(1, max(0, value)) * Double(width - 1)).rounded())
    }
    let dot = cell(scale.value)
    let low = min(dot, scale.lower.map(cell) ?? dot)
    let high = max(dot, scale.upper.map(cell) ?? dot)
    let inner = (0..<width).map { $0 == dot ? "●" : (low...high).contains($0) ? "━" : "─" }
    return "0 ├" + inner.joined() + "┤ 1"
  }

  private func tone(_ mark: Answer.Mark) -> TerminalLines.Tone {
    switch mark {
    case .good: .good
    case .bad: .bad
    case .undecided: .open
    case .notJudged: .dim
    }
  }

  private func findings(_ model: ReportModel, into lines: inout TerminalLines) {
    let grave = model.document.findings.filter { $0.severity != .notice }
    let shown = grave.prefix(Self.findingLimit)
    let more = model.document.findings.count - shown.count
    let rest = more > 0 ? "\(numbers.count(more)) more in the report" : ""
    if shown.isEmpty {
      lines.line("Nothing was found that has to be mended", right: rest, tone: .bold)
    } else {
      lines.line("What is wrong, worst first", right: rest, tone: .bold)
    }
    let subjects = shown.map { finding in
      finding.subject.columns.isEmpty
        ? Wording.whole(finding)
        : finding.subject.columns.map { VisibleText.clipped($0, to: 24) }.joined(separator: " × ")
    }
    let width = min(34, (subjects.map { DisplayWidth.of(lines.shown($0)) }.max() ?? 0) + 2)
    for (position, finding) in shown.enumerated() {
      let subject = DisplayWidth.cut(lines.shown(subjects[position]), to: width - 2, mark: "~")
      lines.hanging(
        [("  \(position + 1) ", 4, .plain), (subject, width, .bold)], body: [finding.sentence])
    }
    if model.document.diagnoses.isEmpty {
      lines.hanging([("Diagnosis: ", 11, .plain)], body: [model.headline.sentence])
    } else {
      return diagnoses(model.document.diagnoses, into: &lines)
    }
    var remedies: [String] = []
    for finding in shown {
      if let remedy = finding.remedy, !remedies.contains(remedy) { remedies.append(remedy) }
    }
    if !remedies.isEmpty {
      lines.hanging(
        [("  try: ", 7, .plain)], body: [remedies.prefix(3).joined(separator: "; ")])
    }
  }

  private func closing(_ model: ReportModel, into lines: inout TerminalLines) {
    if !facts.written.isEmpty {
      let files = facts.written.joined(separator: "  ")
      let all = (facts.folder.map { $0 + "  " } ?? "") + files
      let mark = "(\(Headline.form(of: model.document)))"
      let fits = DisplayWidth.of(lines.shown(all)) + 3 + mark.count + 6 <= style.width
      lines.hanging(
        [("Wrote ", 6, .plain)], body: fits ? [all + "   " + mark] : [all, mark])
    }
    let next = facts.next.isEmpty ? "" : "Next: " + facts.next.joined(separator: " · ")
    lines.line(next, right: "exit \(facts.exitStatus) (\(facts.exitWord))")
  }
}
