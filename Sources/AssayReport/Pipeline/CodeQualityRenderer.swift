public import AssayDocument

/// Renders a document as GitLab code quality: a list of issues at lines of the policy.
///
/// Requirements that did not pass carry the policy's severity (`blocking` is `blocker`, `major` and
/// `minor` are themselves); what is waived and what was only found is `info`.
public struct CodeQualityRenderer: DocumentRenderer {
  /// The name of the file in a report's folder.
  public var fileName: String { "gl-code-quality-report.json" }
  /// Where the policy is written down.
  public var place: PolicyPlace
  /// The most issues; the last one says how many were left out.
  static let limit = 1_000

  /// Makes a renderer.
  public init(place: PolicyPlace = .document) { self.place = place }

  struct Issue: Encodable, Equatable {
    struct Place: Encodable, Equatable {
      struct Lines: Encodable, Equatable { var begin: Int }
      var path: String
      var lines: Lines
    }

    enum CodingKeys: String, CodingKey {
      case description, fingerprint, severity, location
      case checkName = "check_name"
    }

    var description: String
    var checkName: String
    var fingerprint: String
    var severity: String
    var location: Place
  }

  /// Renders a document as JSON.
  public func render(_ document: EvaluationDocument) -> [UInt8] {
    PipelineJSON.bytes(issues(document))
  }

  func issues(_ document: EvaluationDocument) -> [Issue] {
    let remarks = Remark.all(document, place)
    let kept = remarks.count > Self.limit ? Self.limit - 1 : remarks.count
    var issues = remarks.prefix(kept).map { remark in
      issue(
        PipelineJSON.text(remark.message), remark.rule, remark.fingerprint, severity(remark),
        line: remark.line)
    }
    if remarks.count > kept {
      let rest = remarks.count - kept
      issues.append(
        issue(
          "\(rest) more are in the report", "left-out",
          PipelineJSON.fingerprint("left out", document.verdict.policy.name), "info", line: 1))
    }
    return issues
  }

  private func issue(
    _ description: String, _ check: String, _ fingerprint: String, _ severity: String, line: Int
  ) -> Issue {
    Issue(
      description: description, checkName: PipelineJSON.text(check), fingerprint: fingerprint,
      severity: severity,
      location: .init(path: VisibleText.line(place.file), lines: .init(begin: line)))
  }

  private func severity(_ remark: Remark) -> String {
    guard let severity = remark.severity, remark.waiver == nil else {
      return remark.level == .warning ? "minor" : "info"
    }
    if remark.level == .warning { return "minor" }
    switch severity {
    case "blocking": return "blocker"
    case "major", "minor": return severity
    default: return "critical"
    }
  }
}
