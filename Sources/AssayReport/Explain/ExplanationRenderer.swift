public import AssayDocument

/// Renders cause, numbers and remedy of a finding, a diagnosis or columns of a saved document.
public struct ExplanationRenderer: Sendable {
  /// What the terminal can show.
  public var style: TerminalStyle
  /// Scores that are listed, at most.
  static let scoreLimit = 14

  /// Makes a renderer.
  public init(style: TerminalStyle = TerminalStyle()) { self.style = style }

  /// Renders a subject as lines of text, each ending in a newline; nothing in it is a command to
  /// the terminal, whatever the names in the document.
  public func text(_ subject: ExplanationSubject, of document: EvaluationDocument) -> String {
    var lines = TerminalLines(style: style)
    switch subject {
    case .all: all(document, into: &lines)
    case .finding(let finding): self.finding(finding, document, into: &lines)
    case .diagnosis(let diagnosis): whole(diagnosis, document, into: &lines)
    case .columns(let columns): self.columns(columns, document, into: &lines)
    }
    return lines.text
  }

  private var numbers: NumberText { style.usesUnicode ? .plain : .ascii }

  private func all(_ document: EvaluationDocument, into lines: inout TerminalLines) {
    if document.diagnoses.isEmpty, document.findings.isEmpty {
      lines.line("Nothing was found that has to be mended.", tone: .bold)
      return
    }
    for diagnosis in document.diagnoses { self.diagnosis(diagnosis, into: &lines) }
    if !document.findings.isEmpty { lines.line("Findings", tone: .bold) }
    for (position, finding) in document.findings.enumerated() {
      lines.hanging(
        [("  \(position + 1) ", 5, .plain)],
        body: ["\(Self.name(finding.subject)): \(finding.sentence)  [\(finding.id)]"])
    }
    lines.line("One of them: assay explain NUMBER, or COLUMN, or COLUMN,COLUMN")
  }

  // A diagnosis.

  private func diagnosis(_ diagnosis: Diagnosis, into lines: inout TerminalLines) {
    lines.line("\(diagnosis.name)  [\(diagnosis.id)]", tone: .bold)
    lines.hanging([("  ", 2, .plain)], body: [diagnosis.sentence])
    lines.hanging([("  try: ", 7, .plain)], body: [diagnosis.advice])
  }

  private func whole(
    _ diagnosis: Diagnosis, _ document: EvaluationDocument, into lines: inout TerminalLines
  ) {
    self.diagnosis(diagnosis, into: &lines)
    if diagnosis.advice != diagnosis.remedy {
      lines.hanging([("  or: ", 7, .plain)], body: [diagnosis.remedy])
    }
    for (kind, advice) in diagnosis.remedies.sorted(by: { $0.key < $1.key })
    where kind != diagnosis.generator {
      lines.hanging([("  with ", 7, .plain)], body: ["\(Wording.generator(kind)): \(advice)"])
    }
    if !diagnosis.subject.columns.isEmpty {
      lines.hanging(
        [("Shows in: ", 10, .plain)],
        body: [diagnosis.subject.columns.map { VisibleText.clipped($0) }.joined(separator: ", ")])
    }
    evidence(diagnosis.evidence, into: &lines)
    let findings = document.findings.filter { diagnosis.explains.contains($0.id) }
    if !findings.isEmpty { lines.line("Explains", tone: .bold) }
    for finding in findings {
      lines.hanging(
        [("  ", 2, .plain)], body: ["\(Self.name(finding.subject)): \(finding.sentence)"])
    }
  }

  // A finding.

  private func finding(
    _ finding: Finding, _ document: EvaluationDocument, into lines: inout TerminalLines
  ) {
    lines.line(
      "\(Self.name(finding.subject))  [\(finding.id)]", right: finding.severity.rawValue,
      tone: .bold)
    lines.hanging([("  ", 2, .plain)], body: [finding.sentence])
    let causes = document.diagnoses.filter { $0.explains.contains(finding.id) }
    for cause in causes {
      lines.hanging([("Cause: ", 7, .plain)], body: ["\(cause.name). \(cause.sentence)"])
    }
    if causes.isEmpty { lines.hanging([("Cause: ", 7, .plain)], body: ["no known pattern"]) }
    var advice: [String] = []
    for text in causes.map(\.advice) + [finding.remedy].compactMap(\.self)
    where !advice.contains(text) {
      advice.append(text)
    }
    for text in advice { lines.hanging([("Try:   ", 7, .plain)], body: [text]) }
    evidence(finding.evidence, into: &lines)
    scores(of: finding.subject.columns, document, into: &lines)
  }

  // Columns.

  private func columns(
    _ columns: [String], _ document: EvaluationDocument, into lines: inout TerminalLines
  ) {
    lines.line(Self.name(Subject(columns: columns)), tone: .bold)
    for name in columns {
      guard let record = document.columns.first(where: { $0.name == name }) else { continue }
      let why = record.why.isEmpty ? "" : ": " + record.why.joined(separator: "; ")
      let text = "\(record.kind), \(record.role)\(why)"
      lines.hanging(
        [("  ", 2, .plain)],
        body: [columns.count == 1 ? text : "\(VisibleText.clipped(name)): \(text)"])
    }
    let set = Set(columns)
    let findings = document.findings.filter { finding in
      let own = Set(finding.subject.columns)
      return columns.count == 1 ? own.contains(columns[0]) : !own.isEmpty && set.isSubset(of: own)
    }
    let causes = document.diagnoses.filter { diagnosis in
      findings.contains { diagnosis.explains.contains($0.id) }
        || set.isSubset(of: Set(diagnosis.subject.columns))
    }
    for finding in findings {
      lines.hanging(
        [("  \(Self.mark(finding.severity)) ", 4, .plain)],
        body: ["\(Self.name(finding.subject)): \(finding.sentence)"])
    }
    for cause in causes {
      lines.hanging([("Cause: ", 7, .plain)], body: ["\(cause.name). \(cause.sentence)"])
    }
    if findings.isEmpty, causes.isEmpty {
      lines.hanging([("  ", 2, .plain)], body: ["Nothing was found that has to be mended here."])
    } else if causes.isEmpty {
      lines.hanging([("Cause: ", 7, .plain)], body: ["no known pattern"])
    }
    var advice: [String] = []
    for text in causes.map(\.advice) + findings.compactMap(\.remedy) where !advice.contains(text) {
      advice.append(text)
    }
    for text in advice.prefix(3) { lines.hanging([("Try:   ", 7, .plain)], body: [text]) }
    scores(of: columns, document, into: &lines)
  }

  // Numbers.

  private func evidence(_ evidence: [String: DetailValue], into lines: inout TerminalLines) {
    let parts = evidence.sorted { $0.key < $1.key }.compactMap { key, value -> String? in
      let name = Wording.spaced(key)
      if let number = value.doubleValue { return "\(name) \(numbers.number(number))" }
      if let text = value.stringValue { return "\(name) \(VisibleText.clipped(text))" }
      return nil
    }
    if !parts.isEmpty {
      lines.hanging([("Because: ", 9, .plain)], body: [parts.joined(separator: "; ")])
    }
  }

  /// The scores of the columns themselves and of the parts of the rows that they make.
  private func scores(
    of columns: [String], _ document: EvaluationDocument, into lines: inout TerminalLines
  ) {
    guard !columns.isEmpty else { return }
    let index = ScoreIndex(document)
    let ordered = document.columns.map(\.name).filter(columns.contains)
    let own = index.preferredReadings(of: ordered).filter { $0.score.value != nil }
    let ranked = own.enumerated().sorted {
      let (a, b) = ($0.element, $1.element)
      return (a.isRanked ? a.excess : -1, $1.offset) > (b.isRanked ? b.excess : -1, $0.offset)
    }.map(\.element)
    let parts = document.scores.filter {
      $0.subject.segment != nil && $0.details["accused"]?.booleanValue == true
        && Set(ordered).isSubset(of: Set($0.subject.columns + Self.differing($0)))
    }.prefix(5)
    if !ranked.isEmpty {
      lines.line("Numbers", right: "value · fresh real sample", tone: .bold)
    }
    for reading in ranked.prefix(Self.scoreLimit) {
      let interval = reading.interval(numbers).map { " (\($0))" } ?? ""
      let moment = reading.score.parameters.sorted { $0.key < $1.key }
        .compactMap { $0.value.stringValue }.map { ", " + Wording.spaced($0) }.joined()
      lines.line(
        "  \(reading.title)\(moment), \(Wording.against(reading.score.against))",
        right: "\(reading.value(numbers))\(interval) · \(reading.fresh(numbers) ?? "–")")
    }
    if ranked.count > Self.scoreLimit {
      lines.line("  \(ranked.count - Self.scoreLimit) more in the report")
    }
    if !parts.isEmpty { lines.line("Where", tone: .bold) }
    for part in parts {
      guard let worst = part.details["differs"]?.arrayValue?.first,
        let words = worst["words"]?.stringValue, let real = worst["real"]?.doubleValue,
        let synthetic = worst["synthetic"]?.doubleValue
      else { continue }
      lines.hanging(
        [("  ", 2, .plain)],
        body: [
          "\(part.subject.segment ?? ""): \(words) in \(numbers.percent(synthetic)), real "
            + numbers.percent(real)
        ])
    }
  }

  private static func differing(_ score: Score) -> [String] {
    (score.details["differs"]?.arrayValue ?? []).compactMap { $0["column"]?.stringValue }
  }

  private static func mark(_ severity: Finding.Severity) -> String {
    severity == .notice ? "·" : "✗"
  }

  private static func name(_ subject: Subject) -> String {
    if subject.columns.isEmpty { return subject.segment ?? "the table" }
    return subject.columns.map { VisibleText.clipped($0) }.joined(separator: " × ")
  }
}
