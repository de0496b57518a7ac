import AssayDocument
import Foundation
import Testing

@testable import AssayReport

@Suite struct `SARIF log` {
  private static let renderer = SARIFRenderer(place: PipelineSample.place)

  private static func results(_ document: EvaluationDocument) throws -> [[String: Any]] {
    let root = try JSONSerialization.jsonObject(with: Data(renderer.render(document)))
    let runs = try #require((root as? [String: Any])?["runs"] as? [[String: Any]])
    return try #require(runs.first?["results"] as? [[String: Any]])
  }

  @Test func `what did not pass is a result at its line of the policy`() throws {
    let log = Self.renderer.log(PipelineSample.judged())
    let results = log.runs[0].results
    let findings = PipelineSample.judged().findings.count
    #expect(results.count == 5 + findings)
    #expect(
      results.prefix(5).map(\.ruleId) == ["relations", "relations", "nearness", "weak", "copies"])
    #expect(results.prefix(5).map(\.level) == ["error", "error", "error", "warning", "note"])
    #expect(
      results.prefix(5).map(\.locations[0].physicalLocation.region.startLine) == [12, 12, 20, 1, 1])
    #expect(results[0].locations[0].physicalLocation.artifactLocation.uri == "ci/policy.yml")
    #expect(results[4].suppressions?.first?.justification.hasPrefix("Ada") == true)
    #expect(results.dropFirst(5).allSatisfy { $0.level == "note" })
    for result in results {
      #expect(log.runs[0].tool.driver.rules[result.ruleIndex].id == result.ruleId)
    }
  }

  @Test func `without a policy findings are warnings and never errors`() throws {
    let levels = Self.renderer.log(SampleDocument.adult()).runs[0].results.map(\.level)
    #expect(levels.contains("warning"))
    #expect(!levels.contains("error"))
  }

  @Test func `at most a thousand results are listed, and the rest is counted`() throws {
    let log = Self.renderer.log(PipelineSample.crowded)
    #expect(log.runs[0].results.count == 1_000)
    let left = 1_505 + PipelineSample.crowded.findings.count - 1_000
    #expect(
      log.runs[0].invocations[0].toolExecutionNotifications.first?.message.text
        == "\(left) more results are in the report")
  }

  @Test func `no name of the data becomes a link`() {
    let run = Self.renderer.log(PipelineSample.hostile).runs[0]
    let texts =
      run.results.map(\.message.text) + run.tool.driver.rules.map(\.shortDescription.text)
    #expect(texts.contains { $0.contains("[link] (javascript:") })
    #expect(!texts.contains { $0.contains("](") })
  }

  @Test func `a fingerprint is the same when its numbers change`() throws {
    var later = PipelineSample.judged()
    later.verdict.requirements[1].why = "0.6, at most 0.61; the margin is 0.8"
    let before = Self.renderer.log(PipelineSample.judged()).runs[0].results
    let after = Self.renderer.log(later).runs[0].results
    #expect(before.map(\.partialFingerprints) == after.map(\.partialFingerprints))
    #expect(Set(before.map { $0.partialFingerprints["assay/v1"] }).count == before.count)
  }

  @Test(.enabled(if: SchemaCheck.isHere, "the Python package jsonschema is missing"))
  func `keeps to the published shape, whatever the names`() throws {
    for document in [
      PipelineSample.judged(), PipelineSample.hostile, PipelineSample.crowded,
      SampleName.failing.document, SampleDocument.minimal,
    ] {
      #expect(
        try SchemaCheck.problems(Self.renderer.render(document), "sarif-2.1.0.schema.json") == "")
    }
    var odd = Self.renderer
    odd.place.file = "/a b/\"pölicy\".yml"
    let bytes = odd.render(PipelineSample.judged())
    #expect(try SchemaCheck.problems(bytes, "sarif-2.1.0.schema.json") == "")
    #expect(String(decoding: bytes, as: UTF8.self).contains("file:///a%20b/%22p%C3%B6licy%22.yml"))
    let broken = String(decoding: bytes, as: UTF8.self)
      .replacing("\"version\" : \"2.1.0\"", with: "\"version\" : \"2\"")
    #expect(
      try SchemaCheck.problems(Array(broken.utf8), "sarif-2.1.0.schema.json") != "", "it can fail")
  }
}

@Suite struct `GitLab code quality` {
  private static let renderer = CodeQualityRenderer(place: PipelineSample.place)

  @Test func `severities follow the policy`() {
    let issues = Self.renderer.issues(PipelineSample.judged())
    #expect(
      issues.prefix(5).map(\.severity) == ["blocker", "major", "blocker", "minor", "info"])
    #expect(issues.prefix(5).map(\.location.lines.begin) == [12, 12, 20, 1, 1])
    #expect(Set(issues.map(\.fingerprint)).count == issues.count)
    #expect(issues.dropFirst(5).allSatisfy { $0.severity == "info" })
  }

  @Test func `a long list ends by saying so`() {
    let issues = Self.renderer.issues(PipelineSample.crowded)
    #expect(issues.count == 1_000)
    let left = 1_505 + PipelineSample.crowded.findings.count - 999
    #expect(issues.last?.description == "\(left) more are in the report")
  }

  @Test(.enabled(if: SchemaCheck.isHere, "the Python package jsonschema is missing"))
  func `keeps to the published shape, whatever the names`() throws {
    for document in [
      PipelineSample.judged(), PipelineSample.hostile, PipelineSample.crowded,
      SampleDocument.minimal,
    ] {
      let bytes = Self.renderer.render(document)
      #expect(try SchemaCheck.problems(bytes, "gitlab-code-quality.schema.json") == "")
    }
  }
}

@Suite struct `Badge` {
  @Test func `green is only what a policy passed`() {
    var document = PipelineSample.judged()
    #expect(BadgeRenderer.face(document.verdict) == ("release: 2 failed", "#ab1f17"))
    document.verdict.status = .undecided
    #expect(BadgeRenderer.face(document.verdict).word == "release: 2 undecided")
    document.verdict.status = .passed
    #expect(BadgeRenderer.face(document.verdict) == ("release: passed", "#12633f"))
    document.verdict.advisory = true
    #expect(BadgeRenderer.face(document.verdict).colour == "#5f6368")
    #expect(BadgeRenderer.face(SampleDocument.adult().verdict) == ("evaluated", "#5f6368"))
  }

  @Test func `a hostile name adds no element and no address`() {
    let page = WellFormed(Array(BadgeRenderer().render(PipelineSample.hostile).dropFirst(39)))
    #expect(page.problems == [])
    #expect(Set(page.elements) == ["svg", "title", "rect", "g", "text"])
  }
}

@Suite struct `Lines for a pipeline` {
  private static let lines = Annotations(.github, place: PipelineSample.place)

  @Test func `point at the line of the policy`() {
    let line = Self.lines.line(
      PipelineSample.requirement("relations (age)", .failed), policy: "release", .error)
    #expect(
      line?.hasPrefix(
        "::error file=ci/policy.yml,line=12,title=assay%3A relations (age)::policy release:")
        == true)
    let free = Annotations(.github).line(
      PipelineSample.requirement("r", .failed), policy: "p", .warning)
    #expect(free?.hasPrefix("::warning title=assay%3A r::") == true)
  }

  @Test(arguments: HostileNames.all)
  func `hostile names start no command and end no property`(name: String) throws {
    let line = try #require(
      Self.lines.line(
        PipelineSample.requirement("each (\(name))", .failed, why: name + "\n::set-env::x%0A"),
        policy: name, .error))
    #expect(!line.contains("\n") && !line.contains("\r"))
    #expect(line.components(separatedBy: "::").count >= 3)
    let properties = line.dropFirst("::error ".count).components(separatedBy: "::")[0]
    #expect(properties.components(separatedBy: ",").count == 3)
    #expect(!line.contains("%0A"), "a percent sign of the data is written as %25")
  }

  @Test func `elsewhere only warnings need a line of their own`() {
    let plain = Annotations(.plain)
    let requirement = PipelineSample.requirement("r", .undecided)
    #expect(plain.line(requirement, policy: "p", .error) == nil)
    #expect(plain.line(requirement, policy: "p", .warning)?.hasPrefix("assay: warning: ") == true)
  }
}
