public import AssayDocument

/// Renders the verdict of a document as a JUnit report: a case for each requirement.
///
/// Failed is `<failure>`, undecided is `<error>`: a pipeline that knows two colours must not take an
/// open question for a pass. `<skipped>` is only what somebody waived, what an advisory policy says
/// of a requirement that did not pass, and the five answers where no policy was given.
public struct JUnitRenderer: DocumentRenderer {
  /// The name of the file in a report's folder.
  public var fileName: String { "junit.xml" }
  /// Where the policy is written down.
  public var place: PolicyPlace

  /// Makes a renderer.
  public init(place: PolicyPlace = .document) { self.place = place }

  /// Renders a document as XML.
  public func render(_ document: EvaluationDocument) -> [UInt8] {
    let cases = GateCase.all(document)
    let broken = document.scores.filter { $0.status == .failed }
    let verdict = document.verdict
    let suite = "policy \(verdict.policy.name) \(verdict.policy.version)"
    func count(_ outcome: GateCase.Outcome) -> Int { cases.count { $0.outcome == outcome } }
    let errors = count(.undecided) + (broken.isEmpty ? 0 : 1)
    let totals: [(StaticString, String)] = [
      ("tests", "\(cases.count + (broken.isEmpty ? 0 : 1))"), ("failures", "\(count(.failed))"),
      ("errors", "\(errors)"),
    ]
    var xml = XMLWriter()
    xml.element("testsuites", [("name", "assay")] + totals) { xml in
      xml.element("testsuite", [("name", suite)] + totals + [("skipped", "\(count(.aside))")]) {
        xml in
        properties(document, into: &xml)
        for item in cases { write(item, verdict.policy.name, into: &xml) }
        if !broken.isEmpty { write(broken, into: &xml) }
      }
    }
    return xml.bytes
  }

  private func properties(_ document: EvaluationDocument, into xml: inout XMLWriter) {
    var facts = [
      ("assay", document.tool.version), ("policy", document.verdict.policy.name),
      ("policy version", document.verdict.policy.version),
      ("policy digest", document.verdict.policy.hash), ("plan", document.plan.hash),
      ("synthetic", document.inputs.synthetic.name),
    ]
    if let day = document.verdict.asOf { facts.append(("as of", day)) }
    xml.element("properties") { xml in
      for (name, value) in facts {
        xml.element("property", [("name", name), ("value", value)])
      }
    }
  }

  private func write(_ item: GateCase, _ policy: String, into xml: inout XMLWriter) {
    let attributes: [(StaticString, String)] = [
      ("classname", "assay.\(policy).\(item.group)"), ("name", item.name),
      ("file", VisibleText.line(place.file)), ("line", "\(place.line(item.rule))"),
    ]
    let text = ([item.message] + item.text).joined(separator: "\n")
    xml.element("testcase", attributes) { xml in
      switch item.outcome {
      case .passed: xml.element("system-out", text: text)
      case .failed:
        xml.element("failure", [("message", item.message), ("type", "failed")], text: text)
      case .undecided:
        xml.element("error", [("message", item.message), ("type", "undecided")], text: text)
      case .aside: xml.element("skipped", [("message", item.message)])
      }
    }
  }

  private func write(_ broken: [Score], into xml: inout XMLWriter) {
    let attributes: [(StaticString, String)] = [
      ("classname", "assay.run"), ("name", "every metric ran"),
    ]
    let lines = broken.prefix(50).map { "\($0.key.sentence): \($0.failure?.message ?? "")" }
    xml.element("testcase", attributes) { xml in
      xml.element(
        "error", [("message", "\(broken.count) scores failed"), ("type", "metric failed")],
        text: lines.joined(separator: "\n"))
    }
  }
}
