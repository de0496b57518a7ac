import AssayDocument
import Foundation
import Testing

@testable import assay

/// Judging a document that one quick run made.
@Suite struct `assay gate` {
  private static func policy(
    _ margins: [(id: String, metric: String, margin: String)], more: String = ""
  ) -> String {
    var text = "assay-policy: 1\nname: trial\nversion: \"1\"\n\(more)requirements:\n"
    for entry in margins {
      text += "  - id: \(entry.id)\n    metric: \(entry.metric)\n    \(entry.margin)\n"
      text += "    severity: blocking\n    reason: for the test\n"
    }
    return text
  }

  private static let passes = policy([("tv", "fidelity.total-variation", "at-most: 1")])
  private static let fails = policy([
    ("tv", "fidelity.total-variation", "at-most: -1"),
    ("open", "fidelity.spearman", "at-most: 1"),
  ])
  private static let open = policy([("open", "fidelity.spearman", "at-most: 1")])
  private static let waived =
    passes.replacing("at-most: 1", with: "at-most: -1")
    + "waivers:\n  - requirement: tv\n    owner: Ada\n    reason: known\n    expires: 2026-05-31\n"

  /// A folder with `report.json` and four policies.
  private static func workplace() async throws -> Workplace {
    let place = try Workplace()
    try place.write(SmallTables.csv(rows: 240, from: 0), to: "real.csv")
    try place.write(SmallTables.csv(rows: 230, from: 1_000), to: "synthetic.csv")
    for (name, text) in [
      ("passes", passes), ("fails", fails), ("open", open), ("waived", waived),
    ] {
      try place.write(text, to: "\(name).yml")
    }
    let done = try await place.run([
      "real.csv", "synthetic.csv", "--preset", "quick", "-m", "total-variation", "-j", "1", "-q",
      "--json", "report.json",
    ])
    #expect(done.status == 0, "\(done.error)")
    return place
  }

  @Test func `ends with 0, 1 or 2 as the policy says`() async throws {
    let place = try await Self.workplace()
    let passed = try await place.run(["gate", "report.json", "--policy", "passes.yml"])
    #expect(passed.status == 0, "\(passed.error)")
    #expect(passed.output.contains("policy trial 1: 1 passed · 0 failed · 0 undecided"))
    #expect(passed.output.contains("exit 0 (passed)"))
    let failed = try await place.run(["gate", "report.json", "--policy", "fails.yml"])
    #expect(failed.status == 1, "failing outranks undecided")
    #expect(failed.output.contains("exit 1 (a requirement failed)"))
    let open = try await place.run(["gate", "report.json", "--policy", "open.yml", "-q"])
    #expect(open.status == 2)
    #expect(open.output.isEmpty)
    let advice = try await place.run(["gate", "report.json", "--policy", "first-look"])
    #expect(advice.status == 0)
    #expect(advice.output.contains("exit 0 (evaluated)"))
  }

  @Test func `explains each requirement and the command that shows it`() async throws {
    let place = try await Self.workplace()
    let done = try await place.run(["gate", "report.json", "-p", "fails.yml", "--explain"])
    for words in ["compared", "why", "for the test", "assay evaluate real.csv synthetic.csv"] {
      #expect(done.output.contains(words), "\(words)")
    }
  }

  @Test func `the command keeps to the plan where columns were declared, and shows the same`()
    async throws
  {
    let place = try await Self.workplace()
    let tables = ["real.csv", "synthetic.csv"]
    let made = try await place.run(
      tables + ["-t", "income", "--preset", "quick", "-m", "total-variation", "-j", "1", "-q"]
        + ["-p", "fails.yml", "--json", "report.json"])
    #expect(made.status == 1, "\(made.error)")
    let document = try EvaluationDocument(json: Data(try place.read("report.json").utf8))
    let requirement = try #require(document.verdict.requirements.first)
    #expect(
      requirement.command
        == "assay evaluate real.csv synthetic.csv --plan-file report.json --policy fails.yml")
    let words = requirement.command?.split(separator: " ").dropFirst().map(String.init) ?? []
    let again = try await place.run(words + ["--json", "-", "-q"])
    #expect(try EvaluationDocument(json: Data(again.output.utf8)).scores == document.scores)
  }

  @Test func `writes the document with the new verdict`() async throws {
    let place = try await Self.workplace()
    let done = try await place.run(["gate", "report.json", "-p", "fails.yml", "--json", "-"])
    let document = try EvaluationDocument(json: Data(done.output.utf8))
    #expect(document.verdict.status == .failed)
    #expect(document.verdict.policy.name == "trial")
    #expect(document.verdict.requirements.map(\.id) == ["tv", "open"])
    #expect(done.error.contains("1 failed"))
  }

  @Test func `reads waivers against the day that is given, never the clock`() async throws {
    let place = try await Self.workplace()
    let gate = ["gate", "report.json", "-p", "waived.yml"]
    let without = try await place.run(gate)
    #expect(without.status == 64)
    #expect(without.error.contains("--as-of"))
    let held = try await place.run(gate + ["--as-of", "2026-05-31"])
    #expect(held.status == 0)
    #expect(held.error.contains("waived by Ada"))
    #expect(try await place.run(gate + ["--as-of", "2026-06-01"]).status == 1)
  }

  @Test func `warnings take the form that the pipeline reads`() async throws {
    let place = try await Self.workplace()
    try place.write(
      Self.open.replacing("severity: blocking", with: "severity: minor"), to: "minor.yml")
    let gate = ["gate", "report.json", "-p", "minor.yml"]
    let plain = try await place.run(gate)
    #expect(plain.status == 0)
    #expect(plain.error.hasPrefix("assay: warning: policy trial: open undecided"))
    let github = try await place.run(gate, environment: ["GITHUB_ACTIONS": "true"])
    #expect(
      github.error.hasPrefix(
        "::warning file=minor.yml,line=5,title=assay%3A open::policy trial: open undecided"))
    let none = try await place.run(
      gate + ["--ci", "none"], environment: ["GITHUB_ACTIONS": "true"])
    #expect(none.error.hasPrefix("assay: warning:"))
  }

  @Test func `a history counts the policy's own runs and names what it cannot read`() async throws {
    let place = try await Self.workplace()
    let gate = ["gate", "report.json", "-p", "fails.yml", "--history", "runs"]
    #expect(try await place.run(gate).status == 66)
    // The first look gates nothing, so a saved document has nothing that a history could tell.
    let idle = try await place.run(["gate", "report.json", "-p", "first-look", "--history", "runs"])
    #expect(idle.status == 64)
    #expect(idle.error.contains("--history"))
    try FileManager.default.createDirectory(
      atPath: place.path("runs"), withIntermediateDirectories: true)
    #expect(try await place.run(gate + ["--json", "runs/1.json"]).status == 1)
    #expect(try await place.run(gate).status == 1)
    try place.write("{}", to: "runs/2.json")
    let broken = try await place.run(gate)
    #expect(broken.status == 65)
    #expect(broken.error.contains("runs/2.json"))
  }

  @Test func `a policy that asks for the previous document gets it or is refused`() async throws {
    let place = try await Self.workplace()
    try place.write(
      Self.passes.replacing("    severity", with: "    compare: previous\n    severity"),
      to: "change.yml")
    let gate = ["gate", "report.json", "-p", "change.yml"]
    #expect(try await place.run(gate).status == 64)
    #expect(try await place.run(gate + ["--previous", "report.json"]).status == 0)
    // The page of such a judgement asks for both files that the verdict needs.
    let done = try await place.run(
      gate + ["--previous", "report.json", "--json", "judged.json", "--html", "judged.html"])
    #expect(done.status == 0, "\(done.error)")
    let page = try place.read("judged.html")
    #expect(page.contains(" --previous EARLIER-REPORT --policy change.yml</code>"))
    let again = try await place.run([
      "reproduce", "judged.json", "--real", "real.csv", "--synthetic", "synthetic.csv",
      "--previous",
      "report.json", "--policy", "change.yml",
    ])
    #expect(again.status == 0, "\(again.error)\(again.output)")
    #expect(try await place.run(gate + ["--previous", "none.json"]).status == 66)
  }

  @Test func `evaluate judges by a policy of the configuration`() async throws {
    let place = try await Self.workplace()
    try place.write(
      "real: real.csv\nsynthetic: synthetic.csv\npolicy: fails.yml\nmetrics: [total-variation]\n",
      to: "assay.yml")
    let done = try await place.run(["--preset", "quick", "-j", "1", "-o", "out"])
    #expect(done.status == 1, "\(done.error)")
    #expect(done.output.contains("policy trial 1: 0 passed · 1 failed · 1 undecided"))
    #expect(try place.read("out/summary.md").contains("Requirements of the policy"))
    #expect(try place.read("out/report.html").contains("Requirements that failed"))
  }

  @Test func `says before measuring what these rows cannot decide`() async throws {
    let place = try await Self.workplace()
    let done = try await place.run([
      "real.csv", "synthetic.csv", "-p", "release", "--preset", "quick", "-m", "total-variation",
      "-j", "1", "-o", "out",
    ])
    #expect(done.status == 1, "what had to be measured was not")
    #expect(done.error.contains("policy release: copies cannot pass: there is no holdout"))
  }

  @Test func `without a policy it says where they are`() async throws {
    let place = try Workplace()
    let done = try await place.run(["gate", "report.json"])
    #expect(done.status == 64)
    #expect(done.error.contains("assay policy list"))
  }
}

@Suite struct `assay policy` {
  @Test func `lists what can be shown, and shows what can be checked`() async throws {
    let place = try Workplace()
    let list = try await place.run(["policy", "list"])
    for name in ["first-look", "release", "training", "testing", "research"] {
      #expect(list.output.contains(name))
      let shown = try await place.run(["policy", "show", name])
      #expect(shown.status == 0)
      try place.write(shown.output, to: "\(name).yml")
      let checked = try await place.run(["policy", "check", "\(name).yml"])
      #expect(checked.status == 0, "\(checked.error)")
    }
    #expect(try place.read("release.yml").contains("false alarms per 1,000"))
  }

  @Test func `check names every line and ends with 65`() async throws {
    let place = try Workplace()
    try place.write("assay-policy: 1\nnme: a\nversion: 1\nrequirements: 3\n", to: "p.yml")
    let done = try await place.run(["policy", "check", "p.yml"])
    #expect(done.status == 65)
    #expect(done.error.contains("p.yml:2: unknown key 'nme'; did you mean 'name'?"))
    #expect(done.error.contains("p.yml:4: 'requirements' must be a list"))
    #expect(try await place.run(["policy", "check", "q.yml"]).status == 66)
    #expect(try await place.run(["policy", "show", "relase"]).status == 64)
  }

  @Test func `calibrate counts on splits of real rows`() async throws {
    let place = try Workplace()
    try place.write(SmallTables.csv(rows: 150, from: 0), to: "real.csv")
    let done = try await place.run([
      "policy", "calibrate", "testing", "--real-splits", "real.csv", "--runs", "2", "-j", "1",
    ])
    #expect(done.status == 0, "\(done.error)")
    #expect(done.output.hasPrefix("2 splits, 50 real rows a side\n"))
    let neither = try await place.run(["policy", "calibrate", "testing"])
    #expect(neither.status == 64)
  }
}
