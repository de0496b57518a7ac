import AssayDocument
import Foundation
import Testing

@testable import assay

/// Whole runs on small tables; the standard work is cut to one metric so that each is quick.
@Suite struct `assay evaluate` {
  private static let quick = ["--preset", "quick", "-m", "total-variation", "-j", "1"]

  private static func workplace() throws -> Workplace {
    let place = try Workplace()
    try place.write(SmallTables.csv(rows: 240, from: 0), to: "real.csv")
    try place.write(SmallTables.csv(rows: 230, from: 1_000), to: "synthetic.csv")
    try place.write(SmallTables.csv(rows: 220, from: 2_000), to: "holdout.csv")
    return place
  }

  @Test func `two files are enough, and everything goes into assay-report`() async throws {
    let place = try Self.workplace()
    let done = try await place.run(["real.csv", "synthetic.csv"] + Self.quick)
    #expect(done.status == 0, "\(done.error)")
    for question in ["Valid?", "Looks real?", "Useful?", "Fair?", "Leaks?"] {
      #expect(done.output.contains(question))
    }
    #expect(done.error.hasPrefix("assay: reading real.csv\n"))
    let written = try FileManager.default.contentsOfDirectory(atPath: place.path("assay-report"))
    #expect(
      written.sorted() == [
        ".assay-report", ".gitignore", "report.html", "report.json", "scores.csv", "summary.md",
      ])
    #expect(try place.read("assay-report/.gitignore") == "*\n")
    #expect(try place.names() == ["assay-report", "holdout.csv", "real.csv", "synthetic.csv"])
    let again = try await place.run(["real.csv", "synthetic.csv"] + Self.quick)
    #expect(again.status == 0, "a folder of assay's own is written again: \(again.error)")
  }

  @Test func `bytes do not depend on the number of threads`() async throws {
    let place = try Self.workplace()
    let common = ["real.csv", "synthetic.csv", "-H", "holdout.csv", "--preset", "quick", "-q"]
    let one = try await place.run(common + ["-j", "1", "-o", "one"])
    let two = try await place.run(common + ["-j", "2", "-o", "two"])
    #expect(one.status == 0 && two.status == 0, "\(one.error)\(two.error)")
    for name in ["report.json", "report.html", "summary.md", "scores.csv"] {
      #expect(try place.read("one/\(name)") == place.read("two/\(name)"), "\(name)")
    }
  }

  @Test func `a dash puts the document on standard output and the summary elsewhere`() async throws
  {
    let place = try Self.workplace()
    let done = try await place.run(["real.csv", "synthetic.csv", "--json", "-"] + Self.quick)
    #expect(done.status == 0)
    let document = try EvaluationDocument(json: Data(done.output.utf8))
    #expect(document.inputs.training.name == "real.csv")
    #expect(done.error.contains("Looks real?"))
    #expect(!place.exists("assay-report"))
  }

  @Test func `quiet means that nothing is printed`() async throws {
    let place = try Self.workplace()
    let done = try await place.run(["real.csv", "synthetic.csv", "-q"] + Self.quick)
    #expect(done.status == 0)
    #expect(done.output.isEmpty && done.error.isEmpty)
  }

  @Test func `the plan is decided without the synthetic rows and nothing is written`() async throws
  {
    let place = try Self.workplace()
    let done = try await place.run(["--plan", "-r", "real.csv", "-q"])
    #expect(done.status == 0, "\(done.error)")
    let plan = try JSONDecoder().decode(PlanRecord.self, from: Data(done.output.utf8))
    #expect(plan.hash.count >= 16)
    let same = try await place.run(["real.csv", "synthetic.csv", "--plan", "-q"])
    #expect(same.output == done.output)
    #expect(!place.exists("assay-report"))
  }

  @Test func `a table may come from standard input`() async throws {
    let place = try Self.workplace()
    let done = try await place.run(
      ["real.csv", "-", "--json", "-", "--name", "fresh", "-q"] + Self.quick,
      input: try place.read("synthetic.csv"))
    #expect(done.status == 0, "\(done.error)")
    let document = try EvaluationDocument(json: Data(done.output.utf8))
    #expect(document.inputs.synthetic.name == "fresh")
  }

  @Test func `a configuration makes one word enough`() async throws {
    let place = try Self.workplace()
    try place.write(
      """
      real: real.csv
      synthetic: synthetic.csv
      preset: quick
      metrics: [total-variation]
      json: out.json
      target: income
      about: {title: "Release of May", generator: "copula"}
      seed: 5
      """, to: "assay.yml")
    let done = try await place.run([], environment: ["ASSAY_SEED": "6"])
    #expect(done.status == 0, "\(done.error)")
    let document = try EvaluationDocument(json: Data(try place.read("out.json").utf8))
    #expect(document.plan.seed == 6)
    #expect(document.about["title"] == "Release of May")
    #expect(document.columns.first { $0.name == "income" }?.role.contains("target") == true)
    let flag = try await place.run(
      ["--seed", "7", "--json", "-", "-q"], environment: ["ASSAY_SEED": "6"])
    #expect(try EvaluationDocument(json: Data(flag.output.utf8)).plan.seed == 7)
  }

  @Test func `times go into a file of their own`() async throws {
    let place = try Self.workplace()
    let done = try await place.run(
      ["real.csv", "synthetic.csv", "--timings", "t.json", "--json", "d.json", "-q"] + Self.quick)
    #expect(done.status == 0, "\(done.error)")
    #expect(try place.read("t.json").contains("\"totalSeconds\""))
    #expect(try !place.read("d.json").contains("seconds"))
  }

  @Test func `strict ends with 65 where form is at fault, and the report is there`() async throws {
    let place = try Self.workplace()
    let cut = try place.read("synthetic.csv").split(separator: "\n")
      .map { $0.split(separator: ",").prefix(3).joined(separator: ",") + "\n" }.joined()
    try place.write(cut, to: "cut.csv")
    let arguments = ["real.csv", "cut.csv", "--preset", "quick", "-j", "1"]
    let loose = try await place.run(arguments + ["--json", "loose.json"])
    #expect(loose.status == 0, "\(loose.error)")
    let strict = try await place.run(arguments + ["--json", "strict.json", "--strict"])
    #expect(strict.status == 65, "\(strict.error)")
    #expect(strict.output.contains("exit 65"))
    #expect(try place.read("loose.json") == place.read("strict.json"))

    var document = try EvaluationDocument(json: Data(try place.read("loose.json").utf8))
    #expect(EvaluationRun.outcome(document, isStrict: false).status == .success)
    document.scores[0].outcome = .failed(.init(code: "test", message: "made to fail"))
    #expect(EvaluationRun.outcome(document, isStrict: false).status == .undecided)
    #expect(EvaluationRun.outcome(document, isStrict: true).status == .data)
  }

  @Test func `an interrupt leaves nothing behind`() async throws {
    let place = try Workplace()
    try place.write(SmallTables.csv(rows: 120_000, from: 0), to: "real.csv")
    try place.write(SmallTables.csv(rows: 120_000, from: 190_000), to: "synthetic.csv")
    // At the first words, so that the whole run is ahead however late this process is woken.
    let done = try await place.run(
      ["real.csv", "synthetic.csv", "--preset", "full", "-j", "1"], interruptAt: "reading")
    #expect(done.status == 130, "\(done.error)")
    #expect(done.error.contains("cancelled; nothing was written"))
    #expect(try place.names() == ["real.csv", "synthetic.csv"])
  }
}

@Suite struct `What evaluate refuses` {
  private struct Case: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    var status: Int32
    var words: String
    var testDescription: String { arguments.joined(separator: " ") }
  }

  private static let cases: [Case] = [
    Case(arguments: [], status: 64, words: "assay real.csv synthetic.csv"),
    Case(arguments: ["real.csv"], status: 64, words: "two are needed"),
    Case(arguments: ["real.csv", "s.csv", "h.csv"], status: 64, words: "--holdout 'h.csv'"),
    Case(arguments: ["real.csv", "-s", "s.csv"], status: 64, words: "not both"),
    Case(arguments: ["-r", "real.csv"], status: 64, words: "no synthetic table"),
    Case(
      arguments: ["-r", "real.csv", "-s", "a", "-s", "b"], status: 66, words: "b: no such file"),
    Case(arguments: ["real.csv", "s.csv", "--sinthetic", "x"], status: 64, words: "'--synthetic'"),
    Case(arguments: ["real.csv", "s.csv", "--seed", "-1"], status: 64, words: "the seed must be"),
    Case(arguments: ["real.csv", "s.csv", "-j", "0"], status: 64, words: "from 1 to 1024"),
    Case(
      arguments: ["real.csv", "s.csv", "--preset", "standart"], status: 64,
      words: "did you mean 'standard'?"),
    Case(
      arguments: ["real.csv", "s.csv", "-m", "fidelty"], status: 64,
      words: "did you mean 'fidelity'?"),
    Case(
      arguments: ["real.csv", "s.csv", "--policy", "relaese"], status: 64,
      words: "did you mean 'release'?"),
    Case(
      arguments: ["real.csv", "s.csv", "--as-of", "2026-05-31"], status: 64,
      words: "needs a policy"),
    Case(
      arguments: ["real.csv", "s.csv", "-p", "release", "--as-of", "2026-02-30"], status: 64,
      words: "a day is written as"),
    Case(
      arguments: ["real.csv", "synthetic.csv", "--audience", "external"], status: 64,
      words: "--audience-key"),
    Case(
      arguments: ["real.csv", "synthetic.csv", "--audience", "extern"], status: 64,
      words: "did you mean 'external'?"),
    Case(
      arguments: ["real.csv", "synthetic.csv", "--audience-key", "key.json"], status: 64,
      words: "belongs to --audience external"),
    Case(
      arguments: [
        "real.csv", "synthetic.csv", "--audience", "external", "--audience-key", "out/key.json",
        "-o", "out",
      ], status: 64, words: "handed out with it"),
    Case(
      arguments: [
        "real.csv", "synthetic.csv", "--audience", "external", "--audience-key", "real.csv",
      ], status: 64, words: "named twice"),
    Case(
      arguments: [
        "real.csv", "synthetic.csv", "--audience", "external", "--audience-key", "no/key.json",
      ], status: 74, words: "does not exist"),
    Case(arguments: ["-", "-"], status: 64, words: "only one table can come from standard input"),
    Case(
      arguments: ["real.csv", "synthetc.csv"], status: 66, words: "did you mean 'synthetic.csv'?"),
    Case(arguments: ["real.csv", "synthetic.csv", "-c", "no.yml"], status: 66, words: "no.yml"),
    Case(arguments: ["real.csv", "synthetic.csv", "-t", "incme"], status: 65, words: "'income'"),
    Case(arguments: ["real.csv", "real.csv"], status: 65, words: "are the same data"),
    Case(arguments: ["real.csv", "copy.csv"], status: 65, words: "are the same data"),
    Case(
      arguments: ["real.csv", "synthetic.csv", "-H", "copy.csv"], status: 65,
      words: "assay split"),
    Case(
      arguments: ["real.csv", "synthetic.csv", "-o", "mine"], status: 74, words: "did not write"),
    Case(
      arguments: ["real.csv", "synthetic.csv", "--html", "no/a.html"], status: 74,
      words: "does not exist"),
    Case(
      arguments: ["real.csv", "synthetic.csv", "--json", "synthetic.csv"], status: 64,
      words: "would be overwritten"),
    Case(arguments: [".", "synthetic.csv"], status: 66, words: "directory"),
    Case(arguments: ["real.csv", "broken.csv"], status: 65, words: "line 3"),
  ]

  @Test(arguments: cases)
  private func `it says why, ends with the right status and writes nothing`(
    _ one: Case
  ) async throws {
    let place = try Workplace()
    let real = SmallTables.csv(rows: 30, from: 0)
    try place.write(real, to: "real.csv")
    try place.write(real, to: "copy.csv")
    try place.write(SmallTables.csv(rows: 30, from: 100), to: "synthetic.csv")
    try place.write("a,b\n1,2\n3\n", to: "broken.csv")
    try FileManager.default.createDirectory(
      atPath: place.path("mine"), withIntermediateDirectories: false)
    try place.write("x", to: "mine/thesis.txt")
    let before = try place.names()
    let done = try await place.run(one.arguments)
    #expect(done.status == one.status, "\(done.error)")
    #expect(done.error.contains(one.words), "\(done.error)")
    #expect(done.output.isEmpty)
    #expect(try place.names() == before)
    #expect(try place.read("mine/thesis.txt") == "x")
  }

  @Test func `both files' problems are told at once`() async throws {
    let place = try Workplace()
    try place.write("a,b\n1,2\n3\n", to: "one.csv")
    try place.write("a,b\n1,\"2\n", to: "two.csv")
    let done = try await place.run(["one.csv", "two.csv"])
    #expect(done.status == 65)
    #expect(done.error.contains("one.csv") && done.error.contains("two.csv"))
  }

  // Only Linux has a device that is always full.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func `standard output that is full is an error`() async throws {
    let place = try Workplace()
    let done = try await place.run(["metrics"], output: "/dev/full")
    #expect(done.status == 74)
  }

  @Test func `names from data reach the terminal without control characters`() async throws {
    let place = try Workplace()
    let rows = (0..<40).map { "\($0 % 7),\($0 % 3)\n" }.joined()
    try place.write("\u{1B}[31mage,b\n" + rows, to: "real\u{1B}[2J.csv")
    try place.write("\u{1B}[31mage,b\n" + rows + "1,1\n", to: "s.csv")
    let runs = [
      ["real\u{1B}[2J.csv", "s.csv", "--preset", "quick", "-v"], ["inspect", "real\u{1B}[2J.csv"],
      ["real\u{1B}[2J.csv", "s.csv", "-t", "\u{1B}[0m"], ["\u{1B}x", "s.csv"], ["-m", "\u{1B}"],
      ["split", "real\u{1B}[2J.csv"], ["real\u{1B}[2J.csv", "s.csv", "-o", "out\u{1B}"],
    ]
    for arguments in runs {
      let done = try await place.run(arguments)
      #expect(!(done.output + done.error).contains("\u{1B}"), "\(arguments)")
    }
  }
}
