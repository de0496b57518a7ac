import AssayDocument

/// Something that a reader of code is told at a line: a requirement that did not pass, or a finding.
struct Remark {
  enum Level: String { case error, warning, note }

  /// What stands behind it: a requirement's name, or `finding/` and its dimension.
  var rule: String
  /// What the rule asks, for lists of rules.
  var ruleText: String
  var level: Level
  var message: String
  /// Stable over runs.
  var fingerprint: String
  var line: Int
  /// The policy's severity word; nil for a finding.
  var severity: String?
  var subject: Subject
  /// Why it does not count, where somebody answers for it.
  var waiver: String?

  /// Requirements that did not pass, gravest first, then findings.
  ///
  /// With a policy the findings are notes: the requirements decide. An advisory policy's
  /// requirements and, without a policy, grave findings are warnings.
  static func all(_ document: EvaluationDocument, _ place: PolicyPlace) -> [Remark] {
    let verdict = document.verdict
    var remarks: [Remark] = []
    if !verdict.isFirstLook {
      for reading in RequirementReading.ordered(verdict)
      where reading.requirement.status != .passed {
        remarks.append(Remark(reading.requirement, verdict, place))
      }
    }
    remarks += document.findings.map { finding in
      let isGrave = finding.severity != .notice && verdict.isFirstLook
      return Remark(
        rule: "finding/" + finding.dimension.rawValue,
        ruleText: Wording.title(finding.dimension) + ": what was found",
        level: isGrave ? .warning : .note,
        message: ([Self.subject(finding.subject) + ": " + finding.sentence]
          + (finding.remedy.map { ["try: " + $0] } ?? [])).joined(separator: "; "),
        fingerprint: PipelineJSON.fingerprint("finding", finding.id), line: 1, severity: nil,
        subject: finding.subject)
    }
    return remarks
  }

  private static func subject(_ subject: Subject) -> String {
    let columns = subject.columns.map { VisibleText.clipped($0) }.joined(separator: " × ")
    let segment = subject.segment.map { (columns.isEmpty ? "" : ", ") + VisibleText.clipped($0) }
    let shown = columns + (segment ?? "")
    return shown.isEmpty ? "the table" : shown
  }

  private init(_ requirement: Verdict.Requirement, _ verdict: Verdict, _ place: PolicyPlace) {
    let rule = PolicyPlace.base(requirement.id)
    let isUndecided = requirement.status == .undecided
    let stops = !verdict.advisory && (!isUndecided || requirement.severity == "blocking")
    self.init(
      rule: rule, ruleText: requirement.compared,
      level: requirement.waiver != nil ? .note : stops ? .error : .warning,
      message: "\(requirement.id) \(requirement.status.rawValue): \(requirement.why)",
      fingerprint: PipelineJSON.fingerprint("requirement", verdict.policy.name, requirement.id),
      line: place.line(requirement.id), severity: requirement.severity,
      subject: requirement.subject, waiver: requirement.waiver)
  }

  private init(
    rule: String, ruleText: String, level: Level, message: String, fingerprint: String, line: Int,
    severity: String?, subject: Subject, waiver: String? = nil
  ) {
    self.rule = rule
    self.ruleText = ruleText
    self.level = level
    self.message = message
    self.fingerprint = fingerprint
    self.line = line
    self.severity = severity
    self.subject = subject
    self.waiver = waiver
  }
}
