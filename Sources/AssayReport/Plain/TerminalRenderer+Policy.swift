public import AssayDocument

extension TerminalRenderer {
  /// The most requirements that a summary lists.
  private static let requirementLimit = 6

  /// The requirements that failed, then those that are undecided, each with its reason.
  func requirements(_ document: EvaluationDocument, into lines: inout TerminalLines) {
    guard !document.verdict.isFirstLook else { return }
    let open = RequirementReading.ordered(document.verdict).filter {
      $0.mark == .bad || $0.mark == .undecided
    }
    guard !open.isEmpty else { return }
    lines.line("What the policy does not let pass, failed first", tone: .bold)
    rows(Array(open.prefix(Self.requirementLimit)), into: &lines)
    let rest = open.count - Self.requirementLimit
    if rest > 0 { lines.line("  and \(rest) more in the report") }
  }

  private func rows(_ readings: [RequirementReading], into lines: inout TerminalLines) {
    let names = readings.map { VisibleText.clipped($0.requirement.id, to: 60) }
    let width = min(34, (names.map { DisplayWidth.of(lines.shown($0)) }.max() ?? 0) + 2)
    for (reading, name) in zip(readings, names) {
      let symbol = Wording.symbol(reading.mark, ascii: !style.usesUnicode)
      let shown = DisplayWidth.cut(lines.shown(name), to: width - 2, mark: "~")
      lines.hanging(
        [("  \(symbol) ", 4, tone(reading)), (shown, width, .bold)],
        body: [
          reading.requirement.why,
          reading.requirement.waiver.map { "waived by \($0)" } ?? "",
        ])
    }
  }

  private func tone(_ reading: RequirementReading) -> TerminalLines.Tone {
    switch reading.mark {
    case .good: .good
    case .bad: .bad
    case .undecided: .open
    case .notJudged: .dim
    }
  }

  /// What a policy makes of a document, requirement by requirement.
  ///
  /// - Parameters:
  ///   - document: The document with its verdict.
  ///   - reasons: Why each margin is what it is, by requirement; with it every requirement is
  ///     explained, otherwise the ones that did not pass are listed.
  /// - Returns: lines of text, each ending in a newline.
  public func verdict(_ document: EvaluationDocument, reasons: [String: String]?) -> String {
    let model = ReportModel(document)
    var lines = TerminalLines(style: style)
    lines.line(model.headline.policy, right: model.headline.word, tone: .bold)
    let readings = RequirementReading.ordered(document.verdict)
    if let reasons {
      for reading in readings { explain(reading, reasons, into: &lines) }
    } else {
      rows(readings.filter { $0.mark != .good }, into: &lines)
    }
    lines.line("", right: "exit \(facts.exitStatus) (\(facts.exitWord))")
    return lines.text
  }

  private func explain(
    _ reading: RequirementReading, _ reasons: [String: String], into lines: inout TerminalLines
  ) {
    let requirement = reading.requirement
    let symbol = Wording.symbol(reading.mark, ascii: !style.usesUnicode)
    lines.hanging(
      [("\(symbol) ", 2, tone(reading))],
      body: [
        "\(VisibleText.clipped(requirement.id, to: 80)) · \(reading.word) · \(requirement.severity)"
      ])
    let name = requirement.id.split(separator: " (").first.map(String.init) ?? requirement.id
    let parts = [
      ("compared", requirement.compared), ("why", requirement.why),
      ("margin", reasons[requirement.id] ?? reasons[name] ?? ""),
      ("waiver", requirement.waiver ?? ""), ("command", requirement.command ?? ""),
    ]
    for (title, text) in parts where !text.isEmpty {
      lines.hanging([("    \(title)", 14, .dim)], body: [text])
    }
  }
}
