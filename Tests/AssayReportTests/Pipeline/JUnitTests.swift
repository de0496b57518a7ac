import AssayDocument
import Foundation
import Testing

@testable import AssayReport

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Reads a JUnit report with the system's XML parser, and checks it against the shape that Jenkins'
/// xunit plug-in publishes as `junit-10.xsd`: which elements and attributes may stand where.
private final class JUnitReading: NSObject, XMLParserDelegate {
  struct Case {
    var name: String
    var file: String?
    var line: String?
    var outcome = "passed"
    var message: String?
    var text = ""
  }

  private static let shape: [String: (parents: Set<String>, attributes: Set<String>)] = [
    "testsuites": ([""], ["name", "time", "tests", "failures", "errors"]),
    "testsuite": (
      ["testsuites"],
      ["name", "tests", "failures", "errors", "skipped", "time", "package", "file"]
    ),
    "properties": (["testsuite"], []), "property": (["properties"], ["name", "value"]),
    "testcase": (["testsuite"], ["name", "classname", "file", "line", "time"]),
    "failure": (["testcase"], ["message", "type"]), "error": (["testcase"], ["message", "type"]),
    "skipped": (["testcase"], ["message", "type"]), "system-out": (["testcase"], []),
  ]

  var cases: [Case] = []
  var suite: [String: String] = [:]
  var problems: [String] = []
  private var open: [String] = [""]

  init(_ bytes: [UInt8]) {
    super.init()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = self
    if !parser.parse() { problems.append("not XML: \(parser.parserError as Any)") }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    if let shape = Self.shape[name] {
      if !shape.parents.contains(open.last ?? "") { problems.append("\(name) in \(open)") }
      let strange = Set(attributes.keys).subtracting(shape.attributes)
      if !strange.isEmpty { problems.append("\(name) has \(strange)") }
    } else {
      problems.append("an element \(name)")
    }
    switch name {
    case "testsuite": suite = attributes
    case "testcase":
      cases.append(
        Case(
          name: attributes["name"] ?? "", file: attributes["file"], line: attributes["line"]))
    case "failure", "error", "skipped":
      cases[cases.count - 1].outcome = name
      cases[cases.count - 1].message = attributes["message"]
    default: break
    }
    open.append(name)
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if !cases.isEmpty { cases[cases.count - 1].text += text }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) { open.removeLast() }
}

@Suite struct `JUnit report` {
  private static func read(_ document: EvaluationDocument) -> JUnitReading {
    JUnitReading(JUnitRenderer(place: PipelineSample.place).render(document))
  }

  @Test func `each requirement is a case, and undecided is an error`() {
    let report = Self.read(PipelineSample.judged())
    #expect(report.problems == [])
    #expect(
      report.cases.map(\.outcome) == [
        "passed", "failure", "failure", "error", "error", "skipped",
      ])
    #expect(report.cases.map(\.line) == ["7", "12", "12", "20", "1", "1"])
    #expect(report.cases.allSatisfy { $0.file == "ci/policy.yml" })
    #expect(report.cases[5].message?.hasPrefix("waived by Ada: known") == true)
    #expect(report.suite["tests"] == "6" && report.suite["failures"] == "2")
    #expect(report.suite["errors"] == "2" && report.suite["skipped"] == "1")
    #expect(report.cases[1].text.contains("shown by: assay evaluate a.csv b.csv"))
  }

  @Test func `where nothing gated nothing passes and nothing fails`() {
    let free = Self.read(SampleDocument.adult())
    #expect(free.cases.map(\.name) == ["Valid?", "Looks real?", "Useful?", "Fair?", "Leaks?"])
    #expect(free.cases.allSatisfy { $0.outcome == "skipped" })
    let advice = Self.read(PipelineSample.judged(advisory: true))
    #expect(advice.cases.map(\.outcome) == ["passed"] + Array(repeating: "skipped", count: 5))
  }

  @Test func `a metric that failed is an error of its own`() {
    let report = Self.read(SampleName.failing.document)
    #expect(report.cases.last?.name == "every metric ran")
    #expect(report.cases.last?.outcome == "error")
    #expect(report.suite["errors"] == "1")
  }

  @Test(arguments: SampleName.allCases)
  func `keeps to the published shape`(sample: SampleName) {
    #expect(Self.read(sample.document).problems == [])
  }

  @Test func `hostile names stay texts`() {
    let report = Self.read(PipelineSample.hostile)
    #expect(report.problems == [])
    #expect(report.cases.count == HostileNames.all.count)
    for (item, name) in zip(report.cases, HostileNames.all) {
      #expect(item.name == VisibleText.escaped("each (\(name))"))
    }
  }
}
