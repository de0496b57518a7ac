import AssayEvaluation
import Foundation
import Testing

@testable import assay

@Suite struct `Formats for pipelines` {
  private static let policy = """
    assay-policy: 1
    name: trial
    version: "1"
    requirements:
      - id: tv
        metric: fidelity.total-variation
        at-most: -1
        severity: blocking
        reason: for the test
    """

  private static func workplace() async throws -> Workplace {
    let place = try Workplace()
    try place.write(SmallTables.csv(rows: 240, from: 0), to: "real.csv")
    try place.write(SmallTables.csv(rows: 230, from: 1_000), to: "synthetic.csv")
    try place.write(policy, to: "policy.yml")
    return place
  }

  private static let run = [
    "real.csv", "synthetic.csv", "--preset", "quick", "-m", "total-variation", "-j", "1", "-q",
  ]

  @Test func `are written by a run, by a saved document and by a gate`() async throws {
    let place = try await Self.workplace()
    let formats = "html,json,markdown,csv,junit,sarif,code-quality,badge"
    let done = try await place.run(
      Self.run + ["-p", "policy.yml", "--format", formats, "-o", "out", "--ci", "github"])
    #expect(done.status == 1, "\(done.error)")
    #expect(done.error.contains("::error file=policy.yml,line=5,title=assay%3A tv::"))
    let sarif = try place.read("out/assay.sarif")
    #expect(sarif.contains("\"uri\" : \"policy.yml\"") && sarif.contains("\"startLine\" : 5"))
    #expect(try place.read("out/junit.xml").contains("<failure"))
    #expect(try place.read("out/badge.svg").contains("trial: 1 failed"))
    let gated = try await place.run([
      "gate", "out/report.json", "-p", "policy.yml", "-q", "--junit", "a.xml", "--sarif", "-",
    ])
    #expect(gated.status == 1, "\(gated.error)")
    #expect(gated.output == sarif)
    #expect(try place.read("a.xml") == place.read("out/junit.xml"))
    let rendered = try await place.run([
      "render", "out/report.json", "-q", "--code-quality", "-",
    ])
    #expect(rendered.output.contains("\"path\" : \"out/report.json\""))
    #expect(rendered.output.contains("\"blocker\""))
  }

  @Test func `a PDF needs a browser, and says so before any work`() async throws {
    let place = try await Self.workplace()
    let done = try await place.run(
      Self.run + ["--pdf", "report.pdf"], environment: ["PATH": "/nowhere"])
    #expect(done.status == 74, "\(done.error)")
    #expect(done.error.contains("none of chromium, "))
    #expect(done.error.contains("--html report.html"))
    let stream = try await place.run(Self.run + ["--pdf", "-"])
    #expect(stream.status == 64, "\(stream.error)")
  }

  @Test func `settings name files too, and a flag outranks them`() async throws {
    let place = try await Self.workplace()
    try place.write(
      "real: real.csv\nsynthetic: synthetic.csv\njunit: from-file.xml\ncode-quality: q.json\n",
      to: "assay.yml")
    let common = ["--preset", "quick", "-m", "total-variation", "-j", "1", "-q"]
    #expect(try await place.run(common).status == 0)
    #expect(
      try place.names() == [
        "assay.yml", "from-file.xml", "policy.yml", "q.json", "real.csv", "synthetic.csv",
      ])
    let flag = try await place.run(common + ["--badge", "b.svg"])
    #expect(flag.status == 0)
    #expect(place.exists("b.svg"))
    let bad = try await place.run(common + ["--format", "junitt"])
    #expect(bad.error.contains("did you mean 'junit'?"))
  }

  @Test func `every requirement of a policy has its line, coverage too`() {
    let text = """
      assay-policy: 1
      requirements:
        - metric: fidelity.spearman
          id: first
        - {id: "second", metric: x}
      coverage:
        metrics: [privacy.*]
        dimensions:
          - privacy
      """
    #expect(
      PolicyLines.of(yaml: text) == [
        "first": 4, "second": 5, "coverage/privacy.*": 7, "coverage/privacy": 9,
      ])
    #expect(PolicyLines.of(yaml: "[").isEmpty)
  }
}
